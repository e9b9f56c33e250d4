"""
The folder of feeds, for readers.

    find the file -> 412 where it is not the one that is wanted (preconditions)
                  -> choose a form, or 304 (conditional)
                  -> leave out what the reader has (deltas)
                  -> count the poll (readers)

The query is not looked at: some readers add one to get round caches.

Source: RFC 9110, RFC 9111, RFC 3229
"""

import time
from collections.abc import Mapping
from html import escape

from syndicate.config import Config
from syndicate.feeds import formats
from syndicate.web.asgi import Reply, Scope, plain, request_headers
from syndicate.web.conditional import (
    Asked,
    Choice,
    accepted,
    choose,
    held_tags,
    takes_deltas,
)
from syndicate.web.deltas import Past
from syndicate.web.disk import emptied
from syndicate.web.file import File
from syndicate.web.files import Files
from syndicate.web.headers import CORS, Headers
from syndicate.web.media import is_feed
from syndicate.web.preconditions import fails
from syndicate.web.readers import Readers

RETIRED_AFTER = 7 * 24 * 3600
"""Seconds a feed has to be missing before readers are told that it has ended."""

METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT = Reply(
    status=204,
    headers=CORS
    | {
        "allow": METHODS,
        "access-control-allow-methods": METHODS,
        "access-control-allow-headers": "A-IM, If-None-Match, If-Modified-Since",
        "access-control-max-age": "86400",
    },
)


class FeedFiles:
    """Answers requests for the files of ``config.feeds_dir``. One event loop uses it."""

    def __init__(self, config: Config, readers: Readers) -> None:
        self._config = config
        self._headers = Headers(config)
        self._files = Files(config.feeds_dir)
        self._past = Past()
        self._readers = readers

    async def reply(self, path: str, scope: Scope) -> Reply:
        """
        Answer one request.

        Args:
            path: Decoded, below ``/feeds/``.
            scope: The request (ASGI).
        """
        method = scope["method"]
        if method not in ("GET", "HEAD"):
            return self._refuse(method)
        file = self._files.known(path)
        if file is None:
            try:
                file = await self._files.find(path)
            except OSError as error:
                return plain(503, f"503: cannot be read now: {error.strerror}", CORS)
            if file is None:
                return self._missing(path, scope) if path else await self._contents()
            if file.is_feed:
                self._past.remember(file)
        headers = request_headers(scope)
        if fails(headers, file.tags.values(), modified=file.modified):
            return plain(412, "412: the feed is another by now", CORS)
        reply = await self._answer(file, headers, method)
        if file.is_feed:
            length = len(reply.body) if method == "GET" else 0
            self._readers.count(file.name, headers, status=reply.status, length=length)
        return reply

    def _refuse(self, method: str) -> Reply:
        if method == "OPTIONS":
            return PREFLIGHT
        text = f"405: feeds are read with GET or HEAD, not {method}"
        return plain(405, text, CORS | {"allow": METHODS})

    async def _answer(
        self, file: File, headers: Mapping[bytes, str], method: str
    ) -> Reply:
        """Answer with a file, with part of it, or with 304 where the reader has it."""
        asked = Asked(
            accept_encoding=headers.get(b"accept-encoding", ""),
            if_none_match=headers.get(b"if-none-match", ""),
            if_modified_since=headers.get(b"if-modified-since", ""),
        )
        now = time.time()
        choice = choose(asked, file.tags, modified=file.modified, now=now)
        if choice.known or method == "HEAD" or b"a-im" not in headers:
            return self._version(file, choice, now)
        delta = await self._delta(file, asked, headers[b"a-im"], now=now)
        return delta or self._version(file, choice, now)

    def _version(self, file: File, choice: Choice, now: float) -> Reply:
        """Give a file, or 304: made once for each form of each version."""
        key = choice.coding, choice.known
        if (reply := file.replies.get(key)) is None:
            if choice.known:
                reply = self._headers.unmodified(file, choice.coding, now=now)
            else:
                reply = self._headers.whole(file, choice.coding, now=now)
            if file.modified <= now:  # otherwise its date moves with the clock
                file.replies[key] = reply
        return reply

    async def _delta(
        self, file: File, asked: Asked, a_im: str, *, now: float
    ) -> Reply | None:
        """Give what the reader has not got; ``None`` where it must have the whole."""
        held = held_tags(asked.if_none_match)
        if not (held and takes_deltas(a_im)):
            return None
        if not (base := self._past.base(file.name, held)):
            return None
        if not (delta := await self._past.delta(file, base)):
            return None
        coding = accepted(asked.accept_encoding, tuple(delta.bodies))[0]
        return self._headers.part(file, delta, coding, now=now)

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
        since = emptied(self._config.feeds_dir, path) if is_feed(path) else None
        return since is not None and since + RETIRED_AFTER < time.time()

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
