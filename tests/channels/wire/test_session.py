import pytest

from syndicate.channels.wire.session import Session
from syndicate.errors import NotSentError, StoreError
from tests.channels.pds import Pds
from tests.channels.test_bluesky import account, sent
from tests.receiver import Receiver


class Locked:
    """A safe of a database that is away."""

    def __init__(self, *, opens: bool) -> None:
        self.opens = opens

    def load(self, under: str) -> Session | None:  # noqa: ARG002
        if self.opens:
            return None
        raise StoreError("the disk is full")

    def keep(self, session: Session, under: str) -> None:  # noqa: ARG002
        raise StoreError("the disk is full")


def test_a_safe_that_does_not_open_leaves_nothing_in_doubt() -> None:
    with Receiver(Pds()) as peer:
        channel = account(peer)
        channel.safe = Locked(opens=False)
        with pytest.raises(NotSentError, match="the disk is full"):
            sent(channel)

    assert peer.requests == []


def test_a_session_that_cannot_be_kept_is_used_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Receiver(Pds()) as peer:
        channel = account(peer)
        channel.safe = Locked(opens=True)
        sent(channel)

    assert "could not be kept: the disk is full" in caplog.text
