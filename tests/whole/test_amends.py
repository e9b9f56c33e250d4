"""A correction and a retraction on every kind at once, by the real command and daemon."""

import json
import socket
from collections.abc import Iterator
from email import message_from_bytes
from itertools import count
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from syndicate.channels import built_in, find_channel
from syndicate.channels.base import Hub
from tests.receiver import Connection, Platform, Receiver, Request, written

KEYS = {
    "apprise": 'url = "json://{host}/apprise"',
    "bluesky": 'pds = "{url}/bluesky"\nhandle = "news.example"\napp_password = "p"',
    "discord": 'webhook_url = "{url}/discord/webhooks/1/t"',
    "discord_bot": 'base_url = "{url}/discord_bot"\ntoken = "t"\nchannel = "12345678"',
    "email": 'host = "127.0.0.1"\nport = {port}\nsecurity = "plain"\n'
    'from = "News <a@news.example>"\nto = ["b@lists.example"]',
    "kakao": 'base_url = "{url}/kakao"\nappkey = "a"\nsecret_key = "s"\n'
    'sender_key = "k"\ntemplate_code = "B1"\nto = ["01012345678"]\n'
    'variables = {{ "내용" = "text", "제목" = "title" }}',
    "line": 'base_url = "{url}/line"\ntoken = "t"',
    "log": "",
    "mastodon": 'instance = "{url}/mastodon"\ntoken = "t"',
    "matrix": 'homeserver = "{url}/matrix"\ntoken = "t"\nroom = "!a:b.example"',
    "ntfy": 'server = "{url}/ntfy"\ntopic = "news"',
    "paste": 'folder = "{folder}"',
    "slack": 'webhook_url = "{url}/slack/services/T/B/x"',
    "slack_bot": 'base_url = "{url}/slack_bot"\ntoken = "xoxb-1"\nchannel = "C012345"',
    "teams": 'url = "{url}/teams/flow?sig=s"',
    "telegram": 'base_url = "{url}/telegram"\ntoken = "1:t"\nchat = "@news"',
    "webhook": 'url = "{url}/webhook/in"\nsecret = "whsec_c2VjcmV0c2VjcmV0c2VjcmV0"',
    "x": 'base_url = "{url}/x"\ntoken = "t"',
}

CORRECTED = {
    "apprise": ["POST /apprise"],
    "bluesky": ["POST deleteRecord", "POST putRecord"],
    "discord": ["PATCH /messages/"],
    "discord_bot": ["PATCH /messages/"],
    "kakao": ["POST /messages"],
    "line": ["POST /broadcast"],
    "mastodon": ["GET /statuses/", "PUT /statuses/"],
    "matrix": ["PUT /send/m.room.message/"],
    "ntfy": ["POST /"],
    "slack": ["POST /services/"],
    "slack_bot": ["POST /chat.update"],
    "teams": ["POST /flow"],
    "telegram": ["POST /editMessageText"],
    "webhook": ["POST /in"],
    "x": ["DELETE /2/tweets/", "POST /2/tweets"],
}
TAKEN_BACK = CORRECTED | {
    "bluesky": ["POST deleteRecord"],
    "discord": ["DELETE /messages/"],
    "discord_bot": ["DELETE /messages/"],
    "mastodon": ["DELETE delete_media=true"],
    "matrix": ["GET /m.replace", "PUT /redact/", "PUT /redact/%24edit/"],
    "ntfy": ["DELETE /news/"],
    "slack_bot": ["POST /chat.delete"],
    "telegram": ["POST /deleteMessage"],
    "x": ["DELETE /2/tweets/"],
}
STAYS = {"apprise", "email", "kakao", "line", "log", "paste", "slack", "teams"}
"""Kinds whose messages nobody can get at again."""
ANSWERED = {"email", "webhook"}


class World(Platform):
    """Every platform in one place, each under its own name."""

    def __init__(self) -> None:
        self.numbers = count(100)

    def __call__(self, connection: Connection) -> None:
        said = self.said(connection.read())
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        status = 202 if body == b"" else 200
        connection.send(written(status, body, x_line_request_id="r1"))

    def said(self, request: Request) -> Any:
        kind, number = request.path.split("/")[1], str(next(self.numbers))
        given = json.loads(request.body) if request.body[:1] == b"{" else {}
        message = {"message_id": int(number), "chat": {"id": -1}}
        sent = {"recipientSeq": 1, "resultCode": 0}
        found: dict[str, Any] = {
            "bluesky": {
                "did": "did:plc:a",
                "accessJwt": "a" * 20,
                "refreshJwt": "r" * 20,
                "uri": f"at://did:plc:a/app.bsky.feed.post/{given.get('rkey')}",
                "cid": f"bafy{number}",
            },
            "discord": {"id": number},
            "discord_bot": {"id": number},
            "kakao": {
                "header": {"isSuccessful": True, "resultCode": 0},
                "message": {"requestId": number, "sendResults": [sent]},
            },
            "mastodon": {"id": number},
            "matrix": {"event_id": f"$e{number}", "chunk": [{"event_id": "$edit"}]},
            "ntfy": {"id": number, "sequence_id": request.headers.get("x-sequence-id")},
            "slack": b"ok",
            "slack_bot": {"ok": True, "channel": "C1", "ts": given.get("ts", number)},
            "teams": b"",
            "telegram": {"ok": True, "result": message},
            "x": {"data": {"id": number}},
        }
        return found.get(kind, {})


class Post:
    """A post office that keeps the letters."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.letters: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd calls it so
        self.letters.append(envelope.content)
        return "250 OK"


@pytest.fixture
def office() -> Iterator[Post]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        office = Post(probe.getsockname()[1])
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    yield office
    controller.stop()


def told_of(requests: list[Request], kind: str) -> list[str]:
    """Give what a platform was asked."""
    return [
        f"{each.method} {each.path}"
        for each in requests
        if f"{each.path}/".startswith(f"/{kind}/")
    ]


def holds(requests: list[Request], expected: dict[str, list[str]]) -> None:
    for kind, acts in expected.items():
        told = told_of(requests, kind)
        assert len(told) == len(acts), (kind, told)
        for said, act in zip(told, acts, strict=True):
            method, _, place = act.partition(" ")
            assert said.startswith(method), kind
            assert place in said, kind


def configure(site: Any, url: str, *, port: int, language: str) -> None:
    """Write a channel of every kind into the configuration of a site."""
    folder = site.folder / "paste"
    folder.mkdir()
    words = {"url": url, "host": url.removeprefix("http://"), "port": port}
    tables = [
        f'[[channels]]\nname = "{kind.replace("_", "-")}"\nkind = "{kind}"\n'
        f"{keys.format(**words, folder=folder)}\n"
        for kind, keys in KEYS.items()
    ]
    config = site.folder / "config.toml"
    head = config.read_text("utf-8").replace('"ko"', f'"{language}"')
    config.write_text("\n".join([head, *tables]), "utf-8")
    site.environment["COLUMNS"] = "200"  # a line of a table stays one


def says_what_stays(said: str, cannot: str) -> None:
    """Hold that people are told plainly what nobody can take back."""
    for kind in STAYS - ANSWERED:
        lines = [each for each in said.splitlines() if each.split()[:1] == [kind]]
        assert lines, kind
        assert all(cannot in line for line in lines), lines


@pytest.mark.full
@pytest.mark.parametrize(
    ("language", "cannot", "taken"),
    [("en", "cannot be recalled", "RETRACTED:"), ("ko", "거둘 수 없습니다", "[취소]")],
)
def test_every_kind_is_put_right_and_taken_back(
    make_site: Any, post: Any, office: Post, *, language: str, cannot: str, taken: str
) -> None:
    telling = {k for k in built_in() if not issubclass(find_channel(k), Hub)}
    assert telling == KEYS.keys(), "a new kind is followed here as well"
    site, speak = make_site(), ("--lang", language)
    with Receiver(World()) as peer:
        configure(site, peer.url, port=office.port, language=language)
        site.save("2026-11-22-a.md", post("담장이 무너졌다"))
        site.start()
        pushed = site.syndicate("push", "_posts/2026-11-22-a.md", "--yes")
        before = len(peer.requests)
        right = site.syndicate(*speak, "correct", "1", "--text", "한 곳", "--yes")
        middle = len(peer.requests)
        back = site.syndicate(*speak, "retract", "1", "--reason", "오보", "--yes")
        requests = list(peer.requests)

    assert (pushed.returncode, right.returncode, back.returncode) == (0, 0, 0)
    holds(requests[before:middle], CORRECTED)
    holds(requests[middle:], TAKEN_BACK)
    says_what_stays(right.stdout, cannot)
    says_what_stays(back.stdout, cannot)
    first, second, third = map(message_from_bytes, office.letters)
    numbers = [first["Message-ID"], second["Message-ID"]]
    assert first["References"] is None
    assert (second["In-Reply-To"], second["References"]) == (numbers[0], numbers[0])
    assert third["In-Reply-To"] == numbers[1]
    assert third["References"].split() == numbers, "the whole thread"
    for each in requests[middle:]:
        body = each.body.decode()
        bare = body.count("담장이") - body.count(f"{taken} 담장이")
        assert bare == 0 or each.path.startswith("/webhook/"), each.path
