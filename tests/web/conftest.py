import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from syndicate.config import Config
from syndicate.daemon.look import Fault
from syndicate.feeds import publish
from syndicate.store.engine import Store
from syndicate.web.asgi import App
from syndicate.web.readers import Readers
from syndicate.web.serve import make_site

RSS = ("<rss version='2.0'>" + "<item>소식</item>" * 200 + "</rss>").encode()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config.model_validate(
        {
            "site": {"url": "https://news.example", "title": "뉴스 & 소식"},
            "feeds": {
                "dir": str(tmp_path / "feeds"),
                "url": "https://feeds.example/all",
                "hubs": ["https://hub.example/push", "https://other.example/hub"],
            },
        }
    )


@pytest.fixture
def folder(config: Config) -> Path:
    publish(config.feeds_dir, {"rss.xml": RSS})
    return config.feeds_dir


@pytest.fixture
def faults() -> dict[str, Fault]:
    """What ``/readyz`` finds wrong; tests put faults in."""
    return {}


@contextmanager
def running(app: App) -> Iterator[str]:
    """Run an application under uvicorn and give its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on"))
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listener]))
    )
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture
def readers(sqlite_store: Store) -> Readers:
    return Readers(sqlite_store)


@pytest.fixture
def client(
    config: Config, readers: Readers, faults: Mapping[str, Fault]
) -> Iterator[httpx.Client]:
    with (
        running(make_site(config, readers, ready=lambda: faults)) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        yield client


Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(client: httpx.Client, folder: Path) -> Ask:
    """Ask for ``/feeds/rss.xml`` with nothing but these headers."""

    def get(path: str = "/feeds/rss.xml", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        bare = {"accept-encoding": "identity"} | named
        return client.get(path, headers=bare)

    return get
