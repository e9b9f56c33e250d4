"""When the garbage collector of Python rests."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 1000  # files in one look


@contextmanager
def collector_at_rest(files: int) -> Iterator[None]:
    """
    Spare the garbage collector a large look, and all that was there before it.

    Ten thousand posts all live on, and it would go through them again and again: a
    tenth of the time of a first run.
    """
    busy = files > MANY
    if busy:
        gc.disable()
    try:
        yield
    finally:
        if busy:
            gc.freeze()
        gc.enable()
