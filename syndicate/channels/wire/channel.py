"""What a kind that speaks HTTP is built on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from syndicate.channels.base import Channel, Keys
from syndicate.channels.wire.redact import secrets_of
from syndicate.channels.wire.verdict import verdict
from syndicate.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx  # a tenth of a second; only those who send pay for it


class HttpChannel(Channel[Keys]):
    """A channel whose messages are HTTP requests."""

    speaks_json: ClassVar[bool] = True
    """Whether the platform's own refusals, and its receipts, are JSON."""

    def open(self) -> None:
        """Import httpx and load the certificates."""
        from syndicate.channels.wire.exchange import tls  # noqa: PLC0415 - see open

        tls()

    def post(
        self,
        url: str,
        body: str,
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
        request = httpx.Request(method, url, headers=encoded, content=body.encode())
        response = exchange(request, allowed=self.deadline, secrets=self.secrets())
        if problem := self.verdict(response):
            raise problem
        return response

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read an answer. A kind with more to say about it asks here first."""
        return verdict(response, speaks_json=self.speaks_json)

    def secrets(self) -> list[str]:
        """Give what must never be shown: every ``SecretStr`` of the configuration."""
        return secrets_of(self.config)
