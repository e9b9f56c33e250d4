"""What every channel owes the outbox. A new channel is covered without a new line."""

import ast
import inspect
import logging
import re
import traceback
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from syndicate.alerts.count import count
from syndicate.alerts.template import FIELDS, fields_of
from syndicate.channels import built_in, find_channel
from syndicate.channels.base import Channel, Hub, ReadsBack, Uploads
from syndicate.channels.wire.redact import secrets_of
from syndicate.config import Section
from syndicate.config.secrets import secret_keys
from syndicate.errors import DeliveryError, UsageError
from syndicate.model import Memory, Message, Picture, Severity
from tests.channels.samples import address_names, http_kinds, make, page, sample
from tests.receiver import Behaviour, Connection, Receiver, answer

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text='[속보] "지진" <규모 5.2> & 여진 👨‍👩‍👧\n\n주민 대피.\n\nhttps://news.example/%EC%A7%80',
    link="https://news.example/%EC%A7%80",
    title='[속보] "지진" <규모 5.2> & 여진 👨‍👩‍👧',
    excerpt="주민 대피.",
    language="ko-KR",
    severity=Severity.BREAKING,
    picture=Picture(url="https://news.example/1.jpg"),
    identity="tag:news.example,2026:1",
)

every_kind = pytest.mark.parametrize("kind", built_in())
TELLING = [kind for kind in built_in() if not issubclass(find_channel(kind), Hub)]
every_telling_kind = pytest.mark.parametrize("kind", TELLING)
every_hub_kind = pytest.mark.parametrize(
    "kind", [kind for kind in built_in() if issubclass(find_channel(kind), Hub)]
)
every_http_kind = pytest.mark.parametrize("kind", http_kinds())


@every_kind
def test_states_its_limits(kind: str) -> None:
    limits = find_channel(kind).limits

    assert limits.text > 0
    assert count("속보 https://news.example", limits) > 0
    assert (limits.memory is Memory.KEYED) == bool(limits.remembers_key_for)
    assert limits.resend_after >= timedelta(0)
    if limits.memory is Memory.KEYED:
        assert limits.resend_after <= limits.remembers_key_for


@every_kind
def test_it_can_be_asked_where_it_says_how_soon(kind: str) -> None:
    found = find_channel(kind)

    assert found.limits.look_after is None or issubclass(found, ReadsBack)
    if found.limits.memory is Memory.READ_BACK:
        assert found.limits.look_after


@every_kind
def test_an_attempt_ends_after_fifteen_seconds(kind: str) -> None:
    assert make(kind).deadline == timedelta(seconds=15)


@every_kind
def test_its_template_can_be_filled(kind: str) -> None:
    assert "title" in fields_of(find_channel(kind).template)


@every_kind
def test_has_a_page_that_explains_every_key(kind: str) -> None:
    keys = find_channel(kind).Config.model_fields

    assert [key for key in keys if f"| `{key}` |" not in page(kind)] == []


@every_kind
def test_its_page_says_what_happens_in_doubt_and_what_is_unproven(kind: str) -> None:
    limits = find_channel(kind).limits

    assert f"| {limits.memory.value}" in page(kind).replace("**", "")
    assert f"{limits.text:,} " in page(kind)
    assert "| in doubt |" in page(kind)
    assert "## Unproven" in page(kind)


@every_kind
def test_is_short(kind: str) -> None:
    """A long channel is doing the outbox's work."""
    source = Path(inspect.getfile(find_channel(kind))).read_text("utf-8")

    assert source.count("\n") <= 150


@every_kind
def test_explains_each_key_in_the_code_as_well(kind: str) -> None:
    keys = find_channel(kind).Config

    explained = {
        said.target.id
        for table in keys.__mro__
        if issubclass(table, Section)
        for body in [ast.parse(inspect.getsource(table)).body[0]]
        if isinstance(body, ast.ClassDef)
        for said, words in pairwise(body.body)
        if isinstance(said, ast.AnnAssign) and isinstance(said.target, ast.Name)
        if isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant)
    }
    assert set(keys.model_fields) - explained == set()


@every_kind
def test_a_key_nobody_knows_is_refused(kind: str) -> None:
    with pytest.raises(ValidationError):
        make(kind, tokne="x")


@every_telling_kind
def test_writing_is_pure(kind: str) -> None:
    body = make(kind).write(MESSAGE)

    assert body == make(kind).write(MESSAGE)
    assert body != make(kind).write(replace(MESSAGE, text="[정정] 지진"))
    assert "지진" in body, "readable in the ledger, not escaped"


@every_telling_kind
def test_a_message_of_bare_words_can_be_written(kind: str) -> None:
    bare = Message(text="속보", link=None, title="", excerpt="", language="")

    assert "속보" in make(kind).write(bare)


@pytest.mark.parametrize("kind", [kind for kind in TELLING if kind != "webhook"])
def test_a_withdrawal_never_says_the_headline_without_its_prefix(kind: str) -> None:
    text = "[취소] 담장이 무너졌다\n\n오보였습니다"
    taken = replace(MESSAGE, text=text, title="담장이 무너졌다", link=None)
    body = make(kind).write(taken)

    assert body.count("담장이 무너졌다") == body.count("[취소] 담장이 무너졌다") > 0


@every_hub_kind
def test_a_hub_is_told_of_every_address_once_and_of_nothing_else(kind: str) -> None:
    channel = make(kind)
    assert isinstance(channel, Hub)
    addresses = [f"https://news.example/{n}?a=1&b=속보" for n in range(3)]
    bodies = channel.announce(addresses)

    assert [each for body in bodies for each in channel.addresses(body)] == addresses
    assert bodies == channel.announce(addresses)
    assert channel.announce([]) == []
    assert channel.limits.memory is Memory.HARMLESS


@every_kind
def test_a_body_holds_no_secret(kind: str) -> None:
    body = make(kind).write(MESSAGE)

    assert [secret for secret in secrets(kind) if secret in body] == []


@every_kind
def test_a_configuration_shows_no_secret(kind: str) -> None:
    shown = repr(make(kind).config) + make(kind).config.model_dump_json()

    assert [secret for secret in secrets(kind) if secret in shown] == []


@every_kind
def test_opening_twice_and_closing_twice_is_harmless(kind: str) -> None:
    channel = make(kind)
    channel.open()
    channel.open()
    channel.close()
    channel.close()


def wordy(kind: str) -> Message:
    """Give the message, without its picture where that goes before the words."""
    uploads = issubclass(find_channel(kind), Uploads)
    return replace(MESSAGE, picture=None) if uploads else MESSAGE


@every_http_kind
def test_the_body_leaves_as_it_was_written_and_once(kind: str) -> None:
    with Receiver(answer(500)) as peer:
        body = make(kind).write(wordy(kind))
        with pytest.raises(DeliveryError):
            make(kind, peer.url).send(body, key=KEY)

    (request,) = peer.requests
    # Whole; around it an envelope, or behind its last field the key.
    assert body.removesuffix("}") in request.body.decode()
    assert request.headers["content-type"].startswith("application/")
    assert request.headers["user-agent"].startswith("syndicate/")
    assert request.headers["accept-encoding"] == "identity"


@every_http_kind
def test_the_tries_of_one_delivery_tell_the_receiver_that_they_are_one(
    kind: str,
) -> None:
    """By the key, or by what is made of it: in a header, the address or the body."""
    with Receiver(answer(500)) as peer:
        channel = make(kind, peer.url)
        for key in (KEY, KEY, KEY[::-1]):
            with pytest.raises(DeliveryError):
                channel.send(channel.write(MESSAGE), key=key)

    first, second, another = (
        {("path", request.path), ("body", request.body), *request.headers.items()}
        for request in peer.requests
    )
    told = bool(first & second - another)
    assert told or channel.limits.memory is not Memory.KEYED
    assert not told or channel.limits.memory in {Memory.KEYED, Memory.READ_BACK}


def echo(status: int) -> Behaviour:
    """Answer with all that was sent, as some debugging page of a platform might."""

    def behave(connection: Connection) -> None:
        request = connection.read()
        said = f"{request.path} {dict(request.headers)} {request.body.decode()}"
        body = b'{"error": "' + said.replace('"', "'").encode() + b'"}'
        connection.send(
            f"HTTP/1.1 {status} {request.path}\r\nX-Echo: {request.path}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )

    return behave


@every_http_kind
@pytest.mark.parametrize("status", [200, 302, 400, 401, 429, 500])
def test_no_secret_comes_back_in_an_error_or_a_log(
    kind: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = ""
    with Receiver(echo(status)) as peer:
        channel = make(kind, f"{peer.url}/private-path")
        try:
            channel.send(channel.write(MESSAGE), key=KEY)
        except DeliveryError as error:
            said = "".join(traceback.format_exception(error)) + repr(error)

    told = said + caplog.text + repr([vars(record) for record in caplog.records])
    assert [secret for secret in secrets_of(channel.config) if secret in told] == []


@every_http_kind
def test_a_secret_that_fits_no_header_does_not_show_either(kind: str) -> None:
    config = find_channel(kind).Config
    tokens = set(secret_keys(config)) - set(address_names(kind)) - {"secret"}
    words = {key: word for key, word in sample(kind).items() if key in tokens}
    with Receiver(answer(401)) as peer:
        channel = make(kind, peer.url, **{k: f"{w}\n보안" for k, w in words.items()})
        with pytest.raises(DeliveryError) as caught:
            channel.send(channel.write(MESSAGE), key=KEY)

    said = "".join(traceback.format_exception(caught.value))
    assert [word for word in words.values() if word in said] == []


def secrets(kind: str) -> list[str]:
    found = secrets_of(make(kind).config)
    assert bool(found) == bool(list(secret_keys(find_channel(kind).Config)))
    return found


# Finding a kind


def test_the_kinds_are_the_modules() -> None:
    assert {"log", "mastodon", "telegram", "webhook", "x"} <= set(built_in())
    assert "base" not in built_in()
    assert "wire" not in built_in()


@pytest.mark.parametrize(
    "kind",
    [
        "pigeon",
        "base",
        "wire",
        "",
        "../x",
        "pathlib:Path",
        "no.such:Thing",
        "pathlib:",
        ":Path",
        "syndicate.channels.base:Channel",
        "syndicate.channels.wire:HttpChannel",
        "tests.channels.broken:Anything",
    ],
)
def test_a_kind_that_is_not_a_channel_is_named_in_the_error(kind: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_channel(kind)

    assert repr(kind) in str(caught.value)


def test_an_unknown_kind_is_told_the_known_ones() -> None:
    with pytest.raises(
        UsageError, match=r"log, .*mastodon, .*telegram, .*webhook, .*x"
    ):
        find_channel("mastodn")


def test_a_kind_may_come_from_any_package() -> None:
    found: type[Channel[Any]] = find_channel("syndicate.channels.mastodon:Mastodon")

    assert found is find_channel("mastodon")


def test_the_example_of_a_kind_of_ones_own_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = re.search(r"```python\n(.+?)```", page("README"), re.DOTALL)
    assert example
    (tmp_path / "pager.py").write_text(example[1], "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    pager: type[Channel[Any]] = find_channel("pager:Pager")
    with Receiver(answer(201, b'{"id": 7}')) as peer:
        table = {"base_url": peer.url, "token": "put-the-token-here"}
        channel = pager(pager.Config.model_validate(table))
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    assert receipt.remote_id == "7"


def test_every_kind_and_every_field_stands_in_the_overview() -> None:
    assert [
        kind for kind in built_in() if f"[`{kind}`]({kind}.md)" not in page("README")
    ] == []
    assert [field for field in FIELDS if f"`{{{field}}}`" not in page("README")] == []
