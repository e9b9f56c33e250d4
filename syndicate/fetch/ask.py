"""
One question over the network, asked of our own accord, and its answer.

The whole of it has one deadline, redirects and host names included, and an answer is
read no further than asked. No cookie, no proxy of the environment, no password of
``.netrc``: what is asked is what anybody may read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.resolve import Lookup, system_lookup
from syndicate.errors import SyndicateError
from syndicate.posts.addresses import web

if TYPE_CHECKING:
    import httpcore  # and TLS: a tenth of a second, only for those who ask

REDIRECTS = 3
MOVED = frozenset({301, 302, 303, 307, 308})
TEN_SECONDS = timedelta(seconds=10)


class FetchError(SyndicateError):
    """An address gave no answer: refused, unreachable, too slow, or redirected away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered, whatever its status."""

    status: int
    url: str  # where it came from, after redirects
    content: bytes  # its beginning
    is_whole: bool  # whether ``content`` is all of it
    length: int | None  # bytes of all of it, counted or as announced
    encoding: str = ""  # compressed, though it was not asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks. Thread-safe; keeps nothing between two questions."""

    allow: Collection[str] = ()  # hosts that need not be public, or ``host:port``
    allowed: timedelta = TEN_SECONDS  # longest time one question may take
    lookup: Lookup = system_lookup

    def open(self) -> None:
        """Import what asking takes, and load the certificates, before it matters."""
        from syndicate.channels.wire.exchange import tls  # noqa: PLC0415 - see above

        tls()

    def ask(self, url: str, *, most: int = 0, accept: str = "*/*") -> Answer:
        """
        Get what stands at an address.

        Args:
            url: Absolute, http or https.
            most: Bytes of the answer that are read, at most.
            accept: Types that are welcome, as in the header.

        Raises:
            FetchError: There was no answer. Its words begin with the host's name.
        """
        deadline = Deadline(self.allowed)
        # What stands there now is asked for, not what somebody in between remembers.
        headers = {"Accept": accept, "Cache-Control": "no-cache"}
        for _ in range(REDIRECTS + 1):
            answer, location = self._once(
                url, deadline=deadline, headers=headers, most=most
            )
            if location is None:
                return answer
            target = web(location, url)
            if target is None:
                raise FetchError(f"{_host(url)}: redirected to no web address")
            url = target
        raise FetchError(f"{_host(url)}: redirected more than {REDIRECTS} times")

    def _once(
        self, url: str, *, deadline: Deadline, headers: Mapping[str, str], most: int
    ) -> tuple[Answer, str | None]:
        import httpcore  # noqa: PLC0415 - see above

        from syndicate.channels.wire.exchange import OWN_HEADERS, tls  # noqa: PLC0415
        from syndicate.channels.wire.trouble import trouble  # noqa: PLC0415
        from syndicate.fetch.guard import Guarded  # noqa: PLC0415 - likewise

        sent = list({**OWN_HEADERS, **headers}.items())
        backend = Guarded(deadline, allow=self.allow, lookup=self.lookup)
        try:
            with (
                httpcore.ConnectionPool(tls(), network_backend=backend) as pool,
                pool.stream("GET", url.partition("#")[0], headers=sent) as response,
            ):
                return _read(response, url, most)
        # Whatever stands on the other side, it is one address that gave no answer.
        except Exception as error:
            reason = trouble(error)
            raise FetchError(f"{_host(url)}: {reason}") from error


def _read(
    response: httpcore.Response, url: str, most: int
) -> tuple[Answer, str | None]:
    """Read an answer as far as asked; give where it leads, too."""
    found = {
        name.decode("latin-1").lower(): value.decode("latin-1")
        for name, value in response.headers
    }
    if response.status in MOVED and "location" in found:
        most, location = 0, found["location"]
    else:
        location = None
    content = _beginning(response, most)
    announced = found.get("content-length", "")
    length = int(announced) if announced.isascii() and announced.isdecimal() else None
    is_whole = most > 0 and len(content) <= most
    answer = Answer(
        status=response.status,
        url=url,
        content=content[:most],
        is_whole=is_whole,
        length=len(content) if is_whole else length,
        encoding=found.get("content-encoding", "").replace("identity", ""),
    )
    return answer, location


def _beginning(response: httpcore.Response, most: int) -> bytes:
    """Give the first bytes: one more than ``most`` where there are more."""
    if most == 0:
        return b""
    content = bytearray()
    for piece in response.iter_stream():
        content += piece
        if len(content) > most:
            break
    return bytes(content[: most + 1])


def _host(url: str) -> str:
    return urlsplit(url).netloc
