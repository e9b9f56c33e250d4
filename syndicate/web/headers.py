"""
What an answer about a file says to readers, caches, browsers and hubs.

Source: RFC 9110, RFC 9111, RFC 3229 section 10, WebSub section 4,
fetch.spec.whatwg.org (CORS)
"""

from email.utils import formatdate
from urllib.parse import quote

from syndicate.config import Config
from syndicate.feeds.page import is_ours, policy
from syndicate.web.asgi import Reply
from syndicate.web.conditional import IDENTITY
from syndicate.web.deltas import Delta
from syndicate.web.file import File
from syndicate.web.media import media_type

FRESH = "max-age=60"
CORS = {"access-control-allow-origin": "*"}
SHARED = CORS | {
    "cache-control": f"public, {FRESH}",
    "vary": "Accept-Encoding",
    "access-control-expose-headers": "ETag, Link, IM, Delta-Base",
    "x-content-type-options": "nosniff",
}


class Headers:
    """Writes answers for one configuration."""

    def __init__(self, config: Config) -> None:
        self._root = config.feeds_url
        self._hubs = config.feeds.hubs

    def whole(self, file: File, coding: str, *, now: float) -> Reply:
        """Answer with a file, in one of its forms."""
        about = self._about(file, coding, now)
        about |= _content(file, coding)
        return Reply(status=200, headers=about, body=file.bodies[coding])

    def unmodified(self, file: File, coding: str, *, now: float) -> Reply:
        """Answer that the reader has it."""
        return Reply(status=304, headers=self._about(file, coding, now))

    def part(self, file: File, delta: Delta, coding: str, *, now: float) -> Reply:
        """
        Answer with what the reader lacks.

        The tag is that of the present version: with this answer the reader has it. A
        cache that knows no deltas must not keep the answer; one that does may
        (RFC 3229 section 10.8.3).
        """
        tagged = coding if coding in file.tags else IDENTITY
        about = self._about(file, tagged, now) | _content(file, coding)
        about |= {
            "im": "feed",
            "delta-base": delta.base,
            "cache-control": f"no-store, im, {FRESH}",
            "vary": "A-IM, If-None-Match, Accept-Encoding",
        }
        return Reply(status=226, headers=about, body=delta.bodies[coding])

    def _about(self, file: File, coding: str, now: float) -> dict[str, str]:
        about = SHARED | {
            "etag": file.tags[coding],
            # Never ahead of the clock: RFC 9110 section 8.8.2.1.
            "last-modified": formatdate(min(file.modified, now), usegmt=True),
        }
        if file.is_feed:
            about["link"] = self._link(file.name)
        if is_ours(file.bodies[IDENTITY]):
            about["content-security-policy"] = f"{policy()}; frame-ancestors 'none'"
        return about

    def _link(self, name: str) -> str:
        links = [(f"{self._root}{quote(name)}", "self")]
        links += [(hub, "hub") for hub in self._hubs]
        return ", ".join(f'<{url}>; rel="{rel}"' for url, rel in links)


def _content(file: File, coding: str) -> dict[str, str]:
    about = {"content-type": media_type(file.name)}
    return about if coding == IDENTITY else about | {"content-encoding": coding}
