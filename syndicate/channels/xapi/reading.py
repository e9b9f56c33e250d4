"""
The account's own posts, read back: after a doubt, and before an edit.

Source: docs.x.com/x-api/users/get-posts, …/posts/get-post-by-id, …/fundamentals/
edit-posts (each edit is a post of its own; edit_controls)
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from syndicate.channels.base import ReadsBack
from syndicate.channels.text import pieces
from syndicate.channels.wire import promised
from syndicate.channels.wire.verdict import json_of
from syndicate.channels.xapi.account import Account
from syndicate.errors import InDoubtError, RejectedError
from syndicate.model import Receipt

CLOCKS = timedelta(minutes=1)  # X's may be behind ours
FIELDS = "tweet.fields=edit_controls,edit_history_tweet_ids,entities"

Post = Mapping[str, Any]


class Reading(Account, ReadsBack):
    """An account that may read what it has said."""

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - no place for a key
        wanted = json.loads(body)["text"]
        start = f"{(since - CLOCKS).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        query = f"exclude=retweets&max_results=100&start_time={start}&{FIELDS}"
        with self.one_deadline():
            place = f"/2/users/{self._number()}/tweets?{query}"
            listed = json_of(self.ask(place, method="GET"))
        if "meta" not in listed:
            raise InDoubtError("no list of posts in the answer")
        posts = listed.get("data") or []
        found = next((each for each in posts if says(each, wanted)), None)
        return receipt(str(found["id"])) if found else None

    def newest(self, number: str) -> Post:
        """
        Give a post as its latest edit left it; nothing where X does not show it.

        Raises:
            DeliveryError: It cannot be told now.
        """
        place = f"/2/tweets/{number}?{FIELDS}"
        try:
            found = json_of(self.ask(place, method="GET")).get("data")
        except RejectedError:  # reading costs, and some plans have none
            return {}
        return found if isinstance(found, dict) and "id" in found else {}

    def _number(self) -> str:
        """Give the account's number, with which its access token begins."""
        token = self.config.access_token
        begins = re.match(r"[0-9]+(?=-)", token.get_secret_value()) if token else None
        if begins:
            return begins[0]
        return promised(self.ask("/2/users/me", method="GET"), "data", "id")


def receipt(number: str, warning: str = "") -> Receipt:
    """Give the receipt of a post."""
    url = f"https://x.com/i/status/{number}"
    return Receipt(remote_id=number, url=url, warning=warning)


def says(post: Post, text: str) -> bool:
    """
    Tell whether a post says a text. X shows its own short addresses in place of ours.

    A post that is missed is sent again, and refused as a duplicate; one that is taken
    for another would never be sent. So all of it must be the same.

    Raises:
        InDoubtError: It is no post.
    """
    try:
        return bool(post["id"]) and _says(post, text)
    except (TypeError, KeyError, AttributeError) as error:
        raise InDoubtError("what should be a post is none") from error


def _says(post: Post, text: str) -> bool:
    theirs, shown = html.unescape(post["text"]), set()
    links = {each.text.rstrip("/") for each in pieces(text) if each.is_link}
    for each in (post.get("entities") or {}).get("urls") or []:
        long = each["expanded_url"].rstrip("/")
        shown.add(long)
        theirs = theirs.replace(each["url"], "" if long in links else _bare(each))
    ours = "".join("" if each.is_link else each.text for each in pieces(text))
    return links <= shown and ours.split() == theirs.split()


def _bare(address: Post) -> str:
    """Give what stood in a text where it was no full address; a picture's: nothing."""
    shown: str = address.get("display_url", "")
    return "" if shown.startswith("pic.") else shown
