"""
The key of a delivery: what tells its tries from all others, and when it was accepted.

    5be0c1…7f 01a202b2d903        what cannot be guessed, then milliseconds since 1970

A body is written before it is accepted, to be looked at; so no time stands in it. Where a
network wants one, ``send`` reads it here: the same for every try.
"""

import secrets
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DIGITS = 12  # of the time, hexadecimal; RFC 9562 section 5.7 has as many
LAST = (datetime(2200, 1, 1, tzinfo=UTC) - EPOCH) // timedelta(milliseconds=1)
"""No clock tells a later one; a key that was made another way may."""


def new_key(now: datetime) -> str:
    """Give 64 hex digits: a time, and 208 bits that nobody can guess."""
    milliseconds = max(0, (now - EPOCH) // timedelta(milliseconds=1))
    return f"{secrets.token_hex(32 - DIGITS // 2)}{milliseconds:0{DIGITS}x}"


def moment_of(key: str) -> datetime:
    """Read the time out of a key, UTC, to the millisecond."""
    return EPOCH + timedelta(milliseconds=min(int(key[-DIGITS:], 16), LAST))
