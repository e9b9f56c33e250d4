"""Channels whose platforms answer, refuse, or break."""
# ruff: noqa: ARG002 - they take what every channel takes

from datetime import timedelta

from syndicate.app.opening import now_utc
from syndicate.channels.base import Channel, Deletes, Edits, Probes, Standing
from syndicate.config import Section
from syndicate.errors import RejectedError
from syndicate.model import Limits, Message, Receipt


class Welcome(Channel[Section], Edits, Deletes, Probes):
    Config = Section
    limits = Limits(text=500)
    edit_within = timedelta(hours=48)

    def write(self, message: Message) -> str:
        return message.text

    def send(self, body: str, *, key: str) -> Receipt:
        return Receipt(remote_id=key)

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:
        return Receipt(remote_id=remote_id)

    def delete(self, remote_id: str, *, key: str) -> Receipt:
        return Receipt(remote_id=remote_id)

    def probe(self) -> Standing:
        end = now_utc() + timedelta(days=3, hours=1)
        return Standing(
            account="@desk",
            scopes=("read", "write"),
            expires=end,
            quota="17 of 50 today",
        )


class Unwelcome(Welcome):
    def probe(self) -> Standing:
        raise RejectedError("HTTP 401", unwelcome=True)


class Broken(Welcome):
    def probe(self) -> Standing:
        raise ZeroDivisionError("secret")


class Ended(Welcome):
    def probe(self) -> Standing:
        return Standing(account="@desk", expires=now_utc() - timedelta(days=1))
