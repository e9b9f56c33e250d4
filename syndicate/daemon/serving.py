"""The port, and the web server on its own thread."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from syndicate.daemon.strict_http import StrictProtocol
from syndicate.errors import SetupError
from syndicate.words import Said


@contextmanager
def listening(address: str) -> Iterator[socket.socket | None]:
    """Take the port before anything else is done."""
    if not address:
        yield None
        return
    with _bound(address) as listener:
        yield listener


def _bound(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server(
            (host.strip("[]"), int(port)), family=family, backlog=512
        )
    except OSError as error:
        raise SetupError(
            "cannot listen on {address}: {reason}; "
            'set server.listen in config.toml to another address, or to ""',
            address=address,
            reason=Said(error.strerror or str(error)),
        ) from error


@contextmanager
def serving(site: Any, listener: socket.socket | None) -> Iterator[None]:
    """Serve the site on its own thread."""
    if listener is None:
        yield
        return
    settings = uvicorn.Config(
        site, http=StrictProtocol, log_config=None, log_level="error", lifespan="off", access_log=False,
        server_header=False,
        proxy_headers=False,  # nobody here asks who the client is
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(settings)
    thread = threading.Thread(
        target=server.run, args=([listener],), name="web", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(1.5)
