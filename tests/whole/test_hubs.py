"""A real hub: subscribe, save a post, receive the new feed with a valid signature."""

import hashlib
import hmac
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from celery import Celery
from flask import Flask, request
from flask_websub.hub import Hub, SQLite3HubStorage
from werkzeug.serving import make_server

SECRET = "between subscriber and hub"


class Subscriber(ThreadingHTTPServer):
    """Confirms that it wants a feed, then takes whatever the hub hands it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.received: list[tuple[str, bytes]] = []  # signature and feed
        self.confirmed: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Request(BaseHTTPRequestHandler):
    server: Subscriber

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        self.server.confirmed += asked["hub.topic"]
        self._answer(asked["hub.challenge"][0].encode())

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.headers["X-Hub-Signature"], content))
        self._answer(b"")

    def _answer(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(server: Any) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class RealHub:
    """Flask-WebSub, its tasks done at once."""

    folder: Path
    pings: list[str] = field(default_factory=list)

    def application(self) -> Flask:
        application = Flask(__name__)
        application.config["PUBLISH_SUPPORTED"] = True
        celery = Celery("hub", broker="memory://", backend="cache+memory://")
        celery.conf.task_always_eager = True
        celery.conf.task_eager_propagates = False
        storage = SQLite3HubStorage(str(self.folder / "hub.db"))
        hub = Hub(storage, celery, PUBLISH_SUPPORTED=True)
        application.register_blueprint(hub.build_blueprint(url_prefix="/hub"))

        @application.before_request
        def note() -> None:
            if request.form.get("hub.mode") == "publish":
                self.pings.append(request.form["hub.topic"])

        return application


@pytest.fixture
def subscriber() -> Iterator[Subscriber]:
    server = Subscriber()
    with serving(server):
        yield server


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[tuple[RealHub, str]]:
    real = RealHub(tmp_path)
    server = make_server("127.0.0.1", 0, real.application(), threaded=True)
    with serving(server):
        yield real, f"http://127.0.0.1:{server.server_port}/hub"


def test_a_subscriber_at_a_real_hub_receives_the_new_feed(
    make_site: Any, post: Any, wait_for: Any, hub: Any, subscriber: Subscriber
) -> None:
    real, address = hub
    site = make_site()
    served = f"http://127.0.0.1:{site.port}/feeds"
    config = site.folder / "config.toml"
    told = f'[feeds]\nurl = "{served}"\nhubs = ["{address}"]\n\n[server]'
    config.write_text(config.read_text("utf-8").replace("[server]", told), "utf-8")
    site.save("2026-05-18-old.md", post("예전 소식"))
    site.start()
    topic = site.get("atom.xml").links["self"]["url"]
    assert site.get("atom.xml").links["hub"]["url"] == address

    subscription = {
        "hub.mode": "subscribe",
        "hub.topic": topic,
        "hub.callback": subscriber.url,
        "hub.secret": SECRET,
    }
    assert httpx.post(address, data=subscription).status_code == 202
    wait_for(lambda: subscriber.confirmed == [topic])
    assert real.pings == [], "what stood when the hub came is no news"

    site.save("2026-05-19-new.md", post("새 소식"))
    wait_for(lambda: subscriber.received)
    signature, content = subscriber.received[0]
    digest = hmac.new(SECRET.encode(), content, hashlib.sha512).hexdigest()

    assert signature == f"sha512={digest}"
    assert content == site.get("atom.xml").content
    assert "새 소식" in content.decode()
    wait_for(
        lambda: (
            sorted(real.pings)
            == [f"{served}/{name}" for name in ("atom.xml", "feed.json", "rss.xml")]
        )
    )
    assert site.json("alerts") == []
    wait_for(lambda: site.states() == {"sent": 3})

    time.sleep(0.2)
    site.stop()
    site.start()
    time.sleep(0.2)
    assert len(real.pings) == 3, "a restart tells nothing twice"
