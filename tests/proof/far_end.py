"""
The far end of every class of channel, which outlives whatever is killed.

An effect is what followers would see. It is counted once a request has been read whole
and before it is answered: that is when a real platform would have shown the message.
Each case has its own part of the address, so that no straggler of one counts in another.
"""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

KEYED = {"webhook", "mastodon"}
DUPLICATE = {
    "detail": "You are not allowed to create a Tweet with duplicate content.",
    "status": 403,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing the public saw."""

    case: str
    channel: str
    text: str
    key: str


class FarEnd(ThreadingHTTPServer):
    """Webhook and Mastodon know keys, X knows words, ``asked`` can be asked, Telegram nothing."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Requests)
        self.effects: list[Effect] = []
        self.lock = threading.Lock()
        self._cases = count(1)
        self._known: dict[tuple[str, ...], int] = {}  # what it would know again

    def new_case(self) -> str:
        """Give a name no case has had."""
        return f"case-{next(self._cases)}"

    def url(self, case: str) -> str:
        """Give the address that begins every channel's of one case."""
        return f"http://127.0.0.1:{self.server_address[1]}/{case}"

    def seen(self, case: str) -> Counter[tuple[str, str]]:
        """Count what followers saw: channel and text."""
        with self.lock:
            mine = [each for each in self.effects if each.case == case]
        return Counter((each.channel, each.text) for each in mine)

    def show(self, effect: Effect) -> int | None:
        """Show a message; ``None``: a far end that knows words has it already."""
        shown = (effect.case, effect.channel, effect.key)
        if effect.channel == "x":
            shown = (effect.case, effect.channel, effect.text)
        with self.lock:
            number = self._known.get(shown)
            if number is not None and effect.channel == "x":
                return None
            if number is None or effect.channel not in KEYED:
                self.effects.append(effect)
                number = self._known[shown] = len(self.effects) - 1
            return number

    def find(self, case: str, key: str) -> int | None:
        """Look for what was shown under a key."""
        with self.lock:
            return self._known.get((case, "asked", key))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no news here."""


class Requests(BaseHTTPRequestHandler):
    server: FarEnd
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece: the other side reads once, always

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return
        effect = self._effect(json.loads(body))
        number = self.server.show(effect)
        if number is None:
            self._say(403, DUPLICATE)
        elif effect.channel == "telegram":
            chat = {"id": -100, "type": "channel", "username": "desk"}
            self._say(200, {"ok": True, "result": {"message_id": number, "chat": chat}})
        elif effect.channel == "x":
            self._say(201, {"data": {"id": str(number), "text": effect.text}})
        else:
            self._say(200, {"id": str(number), "url": f"https://far.example/{number}"})

    def do_GET(self) -> None:
        _, case, *_, key = self.path.split("/")
        number = self.server.find(case, key)
        self._say(200, {"id": None if number is None else str(number)})

    def _effect(self, said: Any) -> Effect:
        _, case, *rest = self.path.split("/")
        path = "/".join(rest)
        header, name, text = "", "webhook", json.dumps(said, ensure_ascii=False)
        if path == "hook":
            header = "webhook-id"
        elif path == "asked":
            header, name, text = "X-Key", "asked", said["text"]
        elif path == "api/v1/statuses":
            header, name, text = "Idempotency-Key", "mastodon", said["status"]
        elif path == "2/tweets":
            name, text = "x", said["text"]
        elif path.endswith("/sendMessage"):
            name, text = "telegram", re.sub("<[^>]*>", "", said["text"])
        key = self.headers[header] if header else ""
        return Effect(case=case, channel=name, text=text, key=key)

    def _say(self, status: int, said: Any) -> None:
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def far_end() -> Iterator[FarEnd]:
    """Serve until the block ends."""
    server = FarEnd()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
