"""
Record keys that a repeat arrives at again.

Source: atproto.com/specs/tid
"""

from datetime import timedelta
from hashlib import sha256

from syndicate.channels.wire.key import EPOCH, moment_of

LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
CLOCK_BITS, LENGTH = 10, 13
SECOND = 1_000_000  # microseconds


def tid(key: str) -> str:
    """
    Give the record key of one delivery: the same for the same key.

    A TID is a time in microseconds and ten bits that tell clocks apart. The second is
    that of the key; microseconds and clock are made of the rest of it, so that two
    deliveries of one second keep apart.
    """
    drawn = int.from_bytes(sha256(key.encode()).digest()[:8], "big")
    clock, micros = drawn % (1 << CLOCK_BITS), (drawn >> CLOCK_BITS) % SECOND
    seconds = (moment_of(key) - EPOCH) // timedelta(seconds=1)
    number = (seconds * SECOND + micros) << CLOCK_BITS | clock
    return "".join(
        LETTERS[number >> 5 * place & 31] for place in reversed(range(LENGTH))
    )
