"""Moving the ledger to another database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from syndicate.errors import UsageError
from syndicate.outbox.sending_right import sending_right
from syndicate.store.engine import Store, missing_file, open_store
from syndicate.store.rows import Switch
from syndicate.store.switches import PAUSE, flip
from syndicate.store.transfer import transfer


def move_store(
    before: str, after: str, *, folder: Path, who: str, now: datetime
) -> Mapping[str, int]:
    """
    Copy all that is remembered, in one transaction, and stop the ledger it came from.

    The old one is paused before the new one is there: whoever goes on with it by mistake
    sends nothing twice, and finds out why.

    Args:
        before: Address of the database to leave. Nobody may be using it.
        after: Address of the one to go to: empty.
        folder: What relative SQLite files are relative to.
        who: The person who asks.
        now: The time, UTC.

    Returns:
        How many rows each table has.

    Raises:
        UsageError: There is nothing to move, or a daemon runs on either.
        StoreError: A database failed, or the new one is not empty. Nothing was moved.
    """
    if missing_file(before, folder):
        raise UsageError("there is no database to move: nothing was ever written there")
    with _opened(before, folder) as source, _opened(after, folder) as target:
        reason = f"moved to {target.place}: name it as store.url"
        paused = Switch(name=PAUSE, is_on=True, changed_at=now, who=who, reason=reason)
        with _alone(source), _alone(target), target.begin() as there:
            with source.begin() as here:
                counts = transfer(here, there)
                flip(here, paused)
            return counts


@contextmanager
def _opened(url: str, folder: Path) -> Iterator[Store]:
    store = open_store(url, folder)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _alone(store: Store) -> Iterator[None]:
    right = sending_right(store)
    try:
        if not right.acquire():
            raise UsageError(
                "a daemon runs on {place}: stop every `syndicate run` first",
                place=store.place,
            )
        yield
    finally:
        right.release()
