"""A channel of every kind in one site, and every platform in one place."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from aiosmtpd.controller import Controller

from tests.receiver import Connection, Platform, Request, free_port, written

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


@contextmanager
def post_office() -> Iterator[Post]:
    """Give a post office that is open."""
    with free_port() as port:
        office = Post(port)
        controller = Controller(
            office, hostname="127.0.0.1", port=port, ready_timeout=60
        )
        controller.start()
        try:
            yield office
        finally:
            controller.stop()


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
