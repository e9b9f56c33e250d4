"""
Record keys that a repeat arrives at again.

Source: atproto.com/specs/tid
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CLOCK_BITS, LENGTH = 10, 13
SECOND = 1_000_000  # microseconds


def tid(moment: datetime, key: str) -> str:
    """
    Give the record key of one delivery: the same for the same moment and key.

    A TID is a time in microseconds and ten bits that tell clocks apart. The second is
    the moment's; microseconds and clock come from the key, so that two deliveries of one
    second keep apart.

    Args:
        moment: When the message was decided, aware.
        key: The delivery's.
    """
    drawn = int.from_bytes(sha256(key.encode()).digest()[:8], "big")
    clock, micros = drawn % (1 << CLOCK_BITS), (drawn >> CLOCK_BITS) % SECOND
    seconds = max(0, (moment - EPOCH) // timedelta(seconds=1))
    number = (seconds * SECOND + micros) << CLOCK_BITS | clock
    return "".join(
        LETTERS[number >> 5 * place & 31] for place in reversed(range(LENGTH))
    )
