"""What a kind that speaks HTTP is built on."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from syndicate.channels.base import Channel, Keys
from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.redact import secrets_of
from syndicate.channels.wire.verdict import reason, verdict
from syndicate.errors import DeliveryError, InDoubtError, NotSentError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import httpx  # a tenth of a second; only those who send pay for it


class HttpChannel(Channel[Keys]):
    """A channel whose messages are HTTP requests."""

    speaks_json: ClassVar[bool] = True
    """Whether the platform's own refusals, and its receipts, are JSON."""

    accepts: ClassVar[Collection[bytes] | None] = None
    """The only bodies of an acceptance, where those say nothing more; ``None``: any."""

    _shared: Deadline | None = None

    def open(self) -> None:
        """Import httpx and load the certificates."""
        from syndicate.channels.wire.exchange import tls  # noqa: PLC0415 - see open

        tls()

    def post(
        self,
        url: str,
        body: str | bytes,
        *,
        headers: Mapping[str, str],
        method: str = "POST",
    ) -> httpx.Response:
        """
        Make one request within ``deadline`` and judge the answer.

        Returns:
            An accepted answer, its body read, free of this channel's secrets.

        Raises:
            DeliveryError: One of its three kinds; see ``verdict``.
        """
        import httpx  # noqa: PLC0415 - imported by open, before the first message

        from syndicate.channels.wire.exchange import exchange  # noqa: PLC0415 - likewise

        # As bytes: a token may have been pasted with letters that are not ASCII.
        encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
        content = body.encode() if isinstance(body, str) else body
        request = httpx.Request(method, url, headers=encoded, content=content)
        response = exchange(request, allowed=self._left(), secrets=self.secrets())
        if problem := self.verdict(response):
            raise problem
        if self.accepts is not None and response.content.strip() not in self.accepts:
            raise InDoubtError(f"not the platform's own answer, {reason(response)}")
        return response

    @contextmanager
    def one_deadline(self, allowed: timedelta | None = None) -> Iterator[None]:
        """
        Have all requests of a block share one ``deadline``: together they are a try.

        Args:
            allowed: Less than that, for a part of a try that must not use it up.
        """
        outer = self._shared
        if outer is None:
            self._shared = Deadline(allowed or self.deadline)
        elif allowed:
            self._shared = Deadline(min(allowed, self._left()))
        try:
            yield
        finally:
            self._shared = outer

    def _left(self) -> timedelta:
        try:
            left = self._shared and timedelta(seconds=self._shared.left())
        except TimeoutError as error:
            raise NotSentError(str(error)) from None
        return left or self.deadline

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read an answer. A kind with more to say about it asks here first."""
        return verdict(response, speaks_json=self.speaks_json)

    def secrets(self) -> list[str]:
        """Give what must never be shown: every ``SecretStr`` of the configuration."""
        return secrets_of(self.config)
