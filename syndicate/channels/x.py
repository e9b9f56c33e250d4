"""
X: posts of one account.

Source: docs.x.com/x-api/posts/create-post
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from syndicate.channels.base import as_json
from syndicate.channels.wire import promised
from syndicate.channels.xapi.account import XConfig
from syndicate.channels.xapi.afterwards import Afterwards
from syndicate.channels.xapi.pictures import upload
from syndicate.channels.xapi.reading import receipt
from syndicate.model import (
    Limits,
    Memory,
    Message,
    PictureLimits,
    Rate,
    Receipt,
    Unit,
)

AGAIN = timedelta(seconds=30)  # a post may take its time to count as one


class X(Afterwards):
    """One account on X."""

    Config: ClassVar[type[XConfig]] = XConfig
    limits: ClassVar[Limits] = Limits(
        text=280,
        unit=Unit.X_WEIGHTED,
        link=23,
        memory=Memory.SEMI,
        resend_after=AGAIN,
        picture=PictureLimits(size=5_000_000, alt=1_000, side=4_096),
    )
    rate = Rate(count=100, per=timedelta(minutes=15))
    template: ClassVar[str] = "{title}\n{url}"  # the card says the rest

    @property
    def configured_limits(self) -> Limits:
        """
        Look a doubt up where that is allowed; else send it once more.

        But ask nothing of a second try where the same words may recur, or be new to X.
        """
        once = replace(self.limits, resend_after=timedelta(0))
        if self.config.reads:
            return replace(once, memory=Memory.READ_BACK, look_after=AGAIN)
        can_repeat = self.config.replay and not self.config.pictures
        return self.limits if can_repeat else once

    def write(self, message: Message) -> str:  # noqa: D102
        shown = self.picture_of(message) if self.config.pictures else {}
        return as_json({"text": message.text, **shown})

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - no place for a key
        self.open()
        with self.one_deadline():
            handed = self.hand_over(body, lambda shot, alt: upload(self, shot, alt))
            words = handed.words
            if handed.picture:
                shown = {"media": {"media_ids": [handed.picture]}}
                words = as_json(json.loads(words) | shown)
            response = self.ask("/2/tweets", words)
        return receipt(promised(response, "data", "id"), handed.warning)
