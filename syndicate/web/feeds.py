"""
The folder of feeds, for readers.

Every answer about a file carries what a cache, a browser and a WebSub hub need to know;
``conditional`` decides which form of it goes out and when 304 is enough. The query is
not looked at: some readers add one to get round caches.

Source: RFC 9110, RFC 9111, WebSub section 4, fetch.spec.whatwg.org (CORS)
"""

import time
from collections.abc import Mapping
from email.utils import formatdate
from html import escape
from urllib.parse import quote

from syndicate.config import Config
from syndicate.feeds import formats
from syndicate.feeds.page import is_ours, policy
from syndicate.web.asgi import Reply, Scope, plain, request_headers
from syndicate.web.conditional import IDENTITY, Asked, choose
from syndicate.web.files import File, Files
from syndicate.web.media import is_feed, media_type

SHARED = {
    "cache-control": "public, max-age=60",
    "vary": "Accept-Encoding",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link",
    "x-content-type-options": "nosniff",
}
CORS = {"access-control-allow-origin": "*"}
RETIRED_AFTER = 7 * 24 * 3600
"""Seconds a feed has to be missing before readers are told that it has ended."""

METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT = Reply(
    status=204,
    headers={
        "allow": METHODS,
        "access-control-allow-origin": "*",
        "access-control-allow-methods": METHODS,
        "access-control-allow-headers": "If-None-Match, If-Modified-Since",
        "access-control-max-age": "86400",
    },
)


class FeedFiles:
    """Answers requests for the files of ``config.feeds_dir``. One event loop uses it."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._files = Files(config.feeds_dir)

    async def reply(self, path: str, scope: Scope) -> Reply:
        """
        Answer one request.

        Args:
            path: Decoded, below ``/feeds/``.
            scope: The request (ASGI).
        """
        if scope["method"] == "OPTIONS":
            return PREFLIGHT
        if scope["method"] not in ("GET", "HEAD"):
            text = f"405: feeds are read with GET or HEAD, not {scope['method']}"
            return plain(405, text, {"allow": METHODS})
        try:
            file = await self._files.find(path)
        except OSError as error:
            return plain(503, f"503: cannot be read now: {error.strerror}", CORS)
        if file:
            return self._version(file, request_headers(scope))
        return self._missing(path, scope) if path else await self._contents()

    def _missing(self, path: str, scope: Scope) -> Reply:
        if self._is_retired(path):
            return plain(410, f"410: the feed at {scope['path']} has ended", CORS)
        return plain(404, f"404: no feed at {scope['path']}", CORS)

    def _is_retired(self, path: str) -> bool:
        """
        Tell whether there was a feed, and has not been for long enough.

        Readers give a feed up for good at a 410 (RFC 9110 section 15.5.11), so one
        whose posts may be back tomorrow is only missing.
        """
        since = self._files.emptied(path) if is_feed(path) else None
        return since is not None and since + RETIRED_AFTER < time.time()

    def _version(self, file: File, headers: Mapping[bytes, str]) -> Reply:
        """Answer with a file, or with 304 where the reader has it."""
        asked = Asked(
            accept_encoding=headers.get(b"accept-encoding", ""),
            if_none_match=headers.get(b"if-none-match", ""),
            if_modified_since=headers.get(b"if-modified-since", ""),
        )
        now = time.time()
        choice = choose(asked, file.tags, modified=file.modified, now=now)
        about = SHARED | {
            "etag": file.tags[choice.coding],
            # Never ahead of the clock: RFC 9110 section 8.8.2.1.
            "last-modified": formatdate(min(file.modified, now), usegmt=True),
        }
        if is_feed(file.name):
            about["link"] = self._link(file.name)
        if is_ours(file.bodies[IDENTITY]):
            about["content-security-policy"] = f"{policy()}; frame-ancestors 'none'"
        if choice.known:
            return Reply(status=304, headers=about)
        about["content-type"] = media_type(file.name)
        if choice.coding != IDENTITY:
            about["content-encoding"] = choice.coding
        return Reply(status=200, headers=about, body=file.bodies[choice.coding])

    def _link(self, name: str) -> str:
        links = [(f"{self._config.feeds_url}{quote(name)}", "self")]
        links += [(hub, "hub") for hub in self._config.feeds.hubs]
        return ", ".join(f'<{url}>; rel="{rel}"' for url, rel in links)

    async def _contents(self) -> Reply:
        """List the feeds, where no ``index.html`` does."""
        found = [each for each in formats() if await self._files.find(each.file)]
        items = "".join(f'<li><a href="{f.file}">{escape(f.name)}</a>' for f in found)
        site = self._config.site
        page = (
            f'<!doctype html><html lang="{site.language}"><meta charset="utf-8">'
            f"<title>{escape(site.name)}</title><h1>{escape(site.name)}</h1>"
            f"<ul>{items or '<li>No feed is written yet.'}</ul></html>\n"
        )
        headers = {
            "content-type": "text/html; charset=utf-8",
            "cache-control": "no-cache",
        }
        return Reply(status=200, headers=headers, body=page.encode())
