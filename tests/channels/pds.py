"""
A PDS on loopback, as far as posts and sessions go.

It answers as the reference PDS (0.4.217) did when it was asked: what is put where the
same stands already changes nothing; another record, or another version than the one
named, is InvalidSwap; what is not there is 400 RecordNotFound; deleting twice is 200.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from tests.receiver import Platform, Request

ACCOUNT = "did:plc:news"
Answer = tuple[int, dict[str, Any]]


class Pds(Platform):
    """A behaviour of ``Receiver``."""

    headers: ClassVar = {"RateLimit_Remaining": "2999"}

    def __init__(self) -> None:
        self.records: dict[str, Any] = {}
        self.access = self.refresh = 0  # numbers of the tokens that are good
        self.password = "right"
        self.calls: list[str] = []
        self.blobs: list[tuple[str, bytes]] = []

    def answer(self, request: Request) -> Answer:
        name = urlsplit(request.path).path.rpartition(".")[2]
        self.calls.append(name)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if name == "uploadBlob":
            return self.lay(request, token)
        asked = json.loads(request.body or b"{}")
        query = {k: v[0] for k, v in parse_qs(urlsplit(request.path).query).items()}
        if name == "createSession":
            if asked != {"identifier": "news.example", "password": self.password}:
                return _no("AuthenticationRequired", 401)
            return self.session()
        if name == "refreshSession":
            good = token == f"refresh-{self.refresh}"
            return self.session() if good else _no("ExpiredToken")
        if token != f"access-{self.access}":
            return _no("ExpiredToken")
        calls: dict[str, Callable[[dict[str, Any]], Answer]] = {
            "putRecord": self.put,
            "getRecord": self.get,
            "deleteRecord": self.delete,
            "getSession": lambda _: (200, {"handle": "news.example", "did": ACCOUNT}),
        }
        return calls[name](asked or query)

    def session(self) -> Answer:
        self.access += 1
        self.refresh += 1
        return 200, {
            "did": ACCOUNT,
            "accessJwt": f"access-{self.access}",
            "refreshJwt": f"refresh-{self.refresh}",
        }

    def lay(self, request: Request, token: str) -> Answer:
        if token != f"access-{self.access}":
            return _no("ExpiredToken")
        kind = request.headers["content-type"]
        self.blobs.append((kind, request.body))
        link = sha256(request.body).hexdigest()
        blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": kind}
        return 200, {"blob": blob | {"size": len(request.body)}}

    def put(self, asked: dict[str, Any]) -> Answer:
        there = self.records.get(asked["rkey"])
        if there != asked["record"]:
            if asked["swapRecord"] != (there and version(there)):
                return _no("InvalidSwap")
            self.records[asked["rkey"]] = asked["record"]
        return self.told(asked["rkey"])

    def get(self, asked: dict[str, Any]) -> Answer:
        if asked["rkey"] not in self.records:
            return _no("RecordNotFound")
        status, answer = self.told(asked["rkey"])
        return status, answer | {"value": self.records[asked["rkey"]]}

    def delete(self, asked: dict[str, Any]) -> Answer:
        self.records.pop(asked["rkey"], None)
        return 200, {}

    def told(self, name: str) -> Answer:
        uri = f"at://{ACCOUNT}/app.bsky.feed.post/{name}"
        return 200, {"uri": uri, "cid": version(self.records[name])}


def version(record: Any) -> str:
    return sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]


def _no(error: str, status: int = 400) -> Answer:
    return status, {"error": error, "message": f"it is {error}"}
