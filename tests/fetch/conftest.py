"""A web site on loopback, and somebody who may ask it."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from syndicate.fetch.ask import Asker
from tests.receiver import Behaviour, Connection, Receiver, Request, answer


class Web(Receiver):
    """Answers each path in its own way, and 404 elsewhere."""

    def __init__(self) -> None:
        self.pages: dict[str, Behaviour] = {}
        super().__init__(self._answer)

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def asker(self) -> Asker:
        """Give one who may ask here."""
        return Asker(allow=[self.host], allowed=timedelta(minutes=1))

    @property
    def asked(self) -> list[str]:
        return [request.path for request in self.requests]

    def put(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        """Put something at a path and give its address."""
        self.pages[path] = answer(status, body, **headers)
        return self.url + path

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        return self.put(path, b"", status, Location=location)

    def _answer(self, connection: Connection) -> None:
        request = connection.read()
        page = self.pages.get(request.path, answer(404))
        page(_Read(connection, request))


class _Read(Connection):
    """A connection whose request has been read already."""

    def __init__(self, connection: Connection, request: Request) -> None:
        super().__init__(connection.socket, connection.receiver)
        self.request = request

    def read(self) -> Request:
        """Give it, without counting it again."""
        return self.request


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web
