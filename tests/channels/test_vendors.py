"""
What we send, held against what the vendors themselves publish.

X and Discord: their OpenAPI descriptions, as packages carry them, behind Prism. LINE: its
own client, which sends the same requests. Where they come from: docs/decisions, "Whose
words a test believes".
"""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from syndicate.channels.base import Channel, Replies
from syndicate.channels.discord import Discord
from syndicate.channels.discord_bot import DiscordBot
from syndicate.channels.x import X
from syndicate.errors import RejectedError
from syndicate.model import Message, Picture
from tests.channels.node import MODULES, answer
from tests.channels.prism import guarded
from tests.channels.samples import make
from tests.receiver import Platform, Receiver, Request
from tests.receiver import answer as said

pytestmark = pytest.mark.full
KEY = "01a202b2d903" + "5be0" * 13
MESSAGE = Message(
    text="[속보] *규모 5.2* 지진\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] *규모 5.2* 지진",
    excerpt="@everyone 주민 대피.",
    language="ko",
    picture=Picture(url="https://news.example/1.jpg", alt="무너진 담"),
)
SINCE = datetime(2026, 11, 22, tzinfo=UTC)
JSON = {"Content-Type": "application/json"}
ROOM = {"channel": "41771983423143937", "token": "put-the-bot-token-here"}

# The schemas of Discord's description, as a package has them for zod.
DISCORD = """
import('zod').then(async (z) => {
  const all = await import('discord-api-spec/zod');
  const schema = (name) => {
    const made = z.toJSONSchema(all[name + 'Schema'],
      { target: 'draft-7', unrepresentable: 'any', io: 'input' });
    delete made.$schema;
    return made;
  };
  const names = process.argv.slice(1);
  console.log(JSON.stringify(Object.fromEntries(names.map((n) => [n, schema(n)]))));
});
"""
ASKED = {
    "/webhooks/{webhook}/{token}": {"post": "IncomingWebhookRequestPartial"},
    "/webhooks/{webhook}/{token}/messages/{message}": {
        "patch": "IncomingWebhookUpdateRequestPartial"
    },
    "/channels/{channel}/messages": {"post": "MessageCreateRequest"},
    "/channels/{channel}/messages/{message}": {"patch": "MessageEditRequestPartial"},
}
ONCE = "IncomingWebhookRequestPartial"


def discord() -> dict[str, Any]:
    """Give Discord's description of the requests we make."""
    names = [name for verbs in ASKED.values() for name in verbs.values()]
    schemas = json.loads(
        answer(DISCORD, *names, "MessageResponse", needs="discord-api-spec")
    )

    def operation(path: str, name: str) -> dict[str, Any]:
        parts = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        # Every answer is such a message. Once is enough to hold ours to it: it takes
        # Prism seconds to learn what one is.
        message = schemas["MessageResponse"] if name == ONCE else {}
        return {
            "parameters": [
                {"name": part, "in": "path", "required": True, "schema": {}}
                for part in parts
            ],
            "requestBody": {"content": {"application/json": {"schema": schemas[name]}}},
            "responses": {
                "200": {
                    "description": "a message",
                    "content": {"application/json": {"schema": message}},
                }
            },
        }

    return {
        "openapi": "3.1.0",
        "info": {"title": "Discord", "version": "10"},
        "paths": {
            path: {verb: operation(path, name) for verb, name in verbs.items()}
            for path, verbs in ASKED.items()
        },
    }


# A message as Discord answers it, field by field.
TOLD = {
    "id": "1309477432153243690",
    "channel_id": ROOM["channel"],
    "type": 0,
    "content": "",
    "author": {
        "id": "41771983423143938",
        "username": "desk",
        "avatar": None,
        "discriminator": "0000",
        "public_flags": 0,
        "flags": 0,
        "global_name": None,
        "primary_guild": None,
    },
    "attachments": [],
    "components": [],
    "embeds": [],
    "edited_timestamp": None,
    "flags": 0,
    "mention_everyone": False,
    "mention_roles": [],
    "mentions": [],
    "pinned": False,
    "timestamp": "2026-11-22T10:00:05.123000Z",
    "tts": False,
}


@pytest.fixture(scope="module")
def discord_itself() -> Iterator[str]:
    behave = said(200, json.dumps(TOLD).encode(), **JSON)
    with Receiver(behave) as fake, guarded(discord(), fake.url) as url:
        yield url


def both(url: str) -> list[Channel[Any]]:
    found = [
        make("discord", f"{url}/webhooks/1/token"),
        make("discord_bot", url, **ROOM),
    ]
    for each in found:
        each.deadline = timedelta(minutes=1)  # this machine may be busy
    return found


def test_discord_takes_what_we_say_and_we_read_what_it_answers(
    discord_itself: str,
) -> None:
    for channel in both(discord_itself):
        assert isinstance(channel, Discord | DiscordBot)
        body = channel.write(replace(MESSAGE, picture=None))
        number = channel.send(body, key=KEY).remote_id

        assert number.strip()
        assert channel.edit(number, body, key=KEY).remote_id == number
        if isinstance(channel, Replies):
            channel.send(channel.reply(MESSAGE, number), key=KEY)


def test_discord_would_refuse_what_is_far_too_long(discord_itself: str) -> None:
    for channel in both(discord_itself):
        most = "가" * channel.limits.text * 2
        body = channel.write(replace(MESSAGE, text=f"{most}!", link=None, picture=None))
        with pytest.raises(RejectedError, match="422"):
            channel.send(body, key=KEY)


# X: the paths we use, of the description that a package carries.

X_SAYS = MODULES.parent / "openapi" / "x.json"
OURS = ("/2/tweets", "/2/tweets/{id}", "/2/users/me", "/2/users/{id}/tweets")


class FakeX(Platform):
    """Answers as the fakes of all other tests do."""

    headers = JSON

    def answer(self, request: Request) -> tuple[int, Any]:
        me = {"id": "7", "name": "Desk", "username": "desk"}
        post = {"id": "1795", "text": MESSAGE.text, "edit_history_tweet_ids": ["1795"]}
        said: dict[tuple[str, bool], tuple[int, Any]] = {
            ("POST", False): (201, {"data": {"id": "1795", "text": MESSAGE.text}}),
            ("DELETE", False): (200, {"data": {"deleted": True}}),
            ("GET", True): (200, {"data": me}),
            ("GET", False): (200, {"data": [post], "meta": {"result_count": 1}}),
        }
        return said[request.method, request.path.startswith("/2/users/me")]


@pytest.fixture(scope="module")
def x_itself() -> Iterator[str]:
    if not X_SAYS.is_file():
        pytest.skip("no description of X: make full-setup")
    whole = json.loads(X_SAYS.read_text("utf-8"))
    paths = {path: whole["paths"][path] for path in OURS}
    document = whole | {"paths": paths}
    with Receiver(FakeX()) as fake, guarded(document, fake.url) as url:
        yield url


def test_x_takes_a_post_an_answer_to_it_and_its_end(x_itself: str) -> None:
    table = {"token": "put-the-user-token-here", "base_url": x_itself, "reads": True}
    channel = X(X.Config.model_validate(table))
    channel.deadline = timedelta(minutes=1)  # this machine may be busy
    body = channel.write(MESSAGE)
    number = channel.send(body, key=KEY).remote_id

    assert number == "1795"
    assert channel.send(channel.reply(MESSAGE, number), key=KEY).remote_id == number
    assert channel.delete(number, key=KEY).remote_id == number
    assert channel.probe().account == "@desk"
    channel.find(body, key=KEY, since=SINCE)


def test_x_would_refuse_a_field_it_does_not_know(x_itself: str) -> None:
    table = {"token": "put-the-user-token-here", "base_url": x_itself}
    channel = X(X.Config.model_validate(table))
    channel.deadline = timedelta(minutes=1)  # this machine may be busy
    with pytest.raises(RejectedError, match="422"):
        channel.send('{"text": "가", "txt": "나"}', key=KEY)


# LINE: what its own client for Python sends. Its models are made of its description.

VENDOR = MODULES.parent / "bin" / "python"
BROADCAST = """
import json, sys
from linebot.v3.messaging import *
url, token, key, body = sys.argv[1:]
kinds = {"text": TextMessage, "image": ImageMessage}
said = [kinds[each["type"]].parse_obj(each) for each in json.loads(body)["messages"]]
with ApiClient(Configuration(host=url, access_token=token)) as client:
    MessagingApi(client).broadcast(BroadcastRequest(messages=said), x_line_retry_key=key)
"""


def test_lines_own_client_sends_what_we_send() -> None:
    if not VENDOR.with_name("pip").is_file():
        pytest.skip("nothing below .full: make full-setup")
    with Receiver(said(200, b"{}", **JSON, x_line_request_id="1")) as peer:
        channel = make("line", peer.url)
        body = channel.write(MESSAGE)
        channel.send(body, key=KEY)
        (ours,) = peer.requests
        token = ours.headers["authorization"].removeprefix("Bearer ")
        key = ours.headers["x-line-retry-key"]
        command = [str(VENDOR), "-c", BROADCAST, peer.url, token, key, body]
        subprocess.run(command, check=True, capture_output=True)
        _, theirs = peer.requests

    assert (ours.method, ours.path) == (theirs.method, theirs.path)
    assert json.loads(ours.body) == sent_by(theirs)
    for name in ("authorization", "content-type", "x-line-retry-key"):
        assert ours.headers[name] == theirs.headers[name]


def sent_by(request: Request) -> Any:
    """Give a body of LINE's client without what it says though it is the default."""
    fields = json.loads(request.body)
    assert fields.pop("notificationDisabled") is False
    return fields
