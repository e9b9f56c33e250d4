"""What a preview shows is what the outbox keeps and what every platform gets."""

import json
import sqlite3
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from typing import Any

import pytest

from tests.receiver import Receiver
from tests.whole.every_kind import KEYS, World, configure, post_office

TITLE = '[속보] 규모 5.2 지진 · "솔바람" <전역> & 5.2 km 깊이'
TO_THE_BYTE = {"discord", "line", "matrix", "ntfy", "slack", "teams", "webhook"}
"""Kinds whose platform gets the body alone; others put a number or a place beside it."""


@pytest.mark.full
def test_every_kind_is_handed_what_was_previewed(make_site: Any, post: Any) -> None:
    site = make_site()
    with Receiver(World()) as peer, post_office() as office:
        configure(site, peer.url, port=office.port, language="ko")
        site.save("2026-11-22-a.md", post(TITLE))
        site.start()
        path = "_posts/2026-11-22-a.md"
        shown = json.loads(site.syndicate("preview", path, "--json").stdout)
        assert site.syndicate("push", path, "--yes").returncode == 0
        heard = {each.path.split("/")[1]: each.body.decode() for each in peer.requests}
    (letter,) = office.letters
    (pasted,) = (site.folder / "paste").glob("*.txt")
    with closing(sqlite3.connect(site.folder / "syndicate.db")) as store:
        rows = store.execute("SELECT kind, body, body_hash FROM deliveries").fetchall()

    kept = {kind: (body, digest) for kind, body, digest in rows}
    previewed = {each["kind"]: each for each in shown["channels"]}
    assert kept.keys() == previewed.keys() == KEYS.keys()
    for kind, (body, digest) in kept.items():
        assert body == previewed[kind]["body"], kind
        assert digest == previewed[kind]["sha256"], kind
        assert digest == sha256(body.encode()).hexdigest(), kind
        if kind in TO_THE_BYTE:
            assert heard[kind] == body, kind
        elif kind in {"discord_bot", "mastodon", "slack_bot", "telegram", "x"}:
            assert json.loads(body).items() <= json.loads(heard[kind]).items(), kind
    assert leaves(heard["bluesky"]) >= leaves(kept["bluesky"][0])
    assert previewed["kakao"]["text"] in leaves(heard["kakao"])
    assert set(json.loads(kept["apprise"][0]).values()) <= leaves(heard["apprise"])
    read = message_from_bytes(letter, policy=policy.SMTP).get_body(("plain",))
    assert isinstance(read, EmailMessage)
    assert read.get_content().splitlines() == previewed["email"]["text"].splitlines()
    assert pasted.read_text("utf-8").endswith(f" UTC, {kept['paste'][0]}")


def leaves(body: str) -> set[str]:
    """Give all words in a body of JSON, however deep."""
    found: set[str] = set()
    json.loads(body, object_hook=lambda each: found.update(map(str, each.values())))
    return found
