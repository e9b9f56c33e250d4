"""
Bluesky: posts in an account's repository.

Source: docs.bsky.app/docs/advanced-guides/posts, atproto.com/specs/record-key
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

import regex

from syndicate.channels.atproto.account import Account, AccountConfig
from syndicate.channels.atproto.facets import rich
from syndicate.channels.atproto.record import POSTS, record, timed
from syndicate.channels.atproto.tid import tid
from syndicate.channels.base import Deletes, Edits, Probes, Replies, Standing, as_json
from syndicate.channels.wire import promised
from syndicate.channels.wire.uploading import UploadingChannel
from syndicate.channels.wire.verdict import GoneError, json_of
from syndicate.model import (
    Limits,
    Memory,
    Message,
    PictureLimits,
    Rate,
    Receipt,
)

if TYPE_CHECKING:
    import httpx

    from syndicate.channels.wire.session import Session


def graphemes_or_tenths_of_bytes(text: str) -> int:
    """Count the larger of graphemes (most 300) and bytes of UTF-8 (most 3,000), as shown."""
    shown = rich(text)[0]
    return max(len(regex.findall(r"\X", shown)), -(-len(shown.encode()) // 10))


class Bluesky(
    Account, UploadingChannel[AccountConfig], Edits, Deletes, Replies, Probes
):
    """One account's posts."""

    Config: ClassVar[type[AccountConfig]] = AccountConfig
    edits_show: ClassVar[bool] = False  # most apps show what they saw first
    # A record stays, and so does its key. A year stands for ever.
    limits: ClassVar[Limits] = Limits(
        text=300,
        unit=graphemes_or_tenths_of_bytes,
        memory=Memory.KEYED,
        remembers_key_for=timedelta(days=365),
        look_after=timedelta(seconds=10),
        picture=PictureLimits(size=1_000_000, alt=1_000, side=1_200),  # of the card
    )
    rate = Rate(count=1_600, per=timedelta(hours=1))  # 5,000 points, 3 for a new record
    template: ClassVar[str] = "{title}\n{url}"  # the card says the rest

    def write(self, message: Message) -> str:  # noqa: D102
        shown = self.picture_of(message) if message.link else {}
        return as_json(record(message) | shown)

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        uri, _, cid = remote_id.partition("#")
        place = {"uri": uri, "cid": cid}
        return as_json(record(message) | {"reply": {"root": place, "parent": place}})

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        whole = timed(body, key)
        with self.one_deadline():
            return self.signed_in(lambda each: self._show(tid(key), whole, each))

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: D102
        uri, _, cid = remote_id.partition("#")
        name = uri.rpartition("/")[2]

        def put(session: Session) -> Receipt:
            there = json_of(self._get(name, session)).get("value") or {}
            first = {"createdAt": there["createdAt"]} if "createdAt" in there else {}
            return self._show(
                name, as_json(json.loads(timed(body, key)) | first), session, cid=cid
            )

        with self.one_deadline():
            return self.signed_in(put)

    def delete(self, remote_id: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - gone is gone
        name = remote_id.partition("#")[0].rpartition("/")[2]

        def remove(session: Session) -> None:
            asked = {"collection": POSTS, "repo": session.account, "rkey": name}
            self.call("repo.deleteRecord", as_json(asked), session=session)

        with self.one_deadline():
            self.signed_in(remove)
        return Receipt(remote_id=remote_id)

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - a record is known by its key
        try:
            with self.one_deadline():
                return _receipt(self.signed_in(lambda each: self._get(tid(key), each)))
        except GoneError:
            return None

    def probe(self) -> Standing:  # noqa: D102
        with self.one_deadline():
            told_us = self.signed_in(
                lambda session: self.ask("server.getSession", {}, session=session)
            )
        left = told_us.headers.get("ratelimit-remaining")
        return Standing(
            account=f"@{promised(told_us, 'handle')}",
            quota=f"{left} requests left for now" if left else "",
        )

    def _show(
        self, name: str, body: str, session: Session, *, cid: str | None = None
    ) -> Receipt:
        """Have a record stand, its card with a picture if that can be had."""
        handed = self.hand_over(body, lambda shot, _: self.lay(shot, session))
        words = handed.words
        if handed.picture:
            fields = json.loads(words)
            fields["embed"]["external"]["thumb"] = handed.picture
            words = as_json(fields)
        return replace(self._put(name, words, session, cid=cid), warning=handed.warning)

    def _put(
        self, name: str, body: str, session: Session, *, cid: str | None = None
    ) -> Receipt:
        """Have a record stand under a name, in place of nothing or of version ``cid``."""
        asked = as_json({"collection": POSTS, "repo": session.account, "rkey": name})
        swap = json.dumps(cid)
        whole = f'{asked[:-1]},"swapRecord":{swap},"record":{body}}}'
        return _receipt(self.call("repo.putRecord", whole, session=session))

    def _get(self, name: str, session: Session) -> httpx.Response:
        query = {"repo": session.account, "collection": POSTS, "rkey": name}
        return self.ask("repo.getRecord", query, session=session)


def _receipt(response: httpx.Response) -> Receipt:
    uri, cid = promised(response, "uri"), promised(response, "cid")
    place = uri.replace("at://", "https://bsky.app/profile/").replace(POSTS, "post")
    return Receipt(remote_id=f"{uri}#{cid}", url=place)
