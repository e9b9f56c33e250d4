"""
How much of a body is rendered.

Words cost little. Signs of Markdown and HTML cost far more, since each may become an
element: half a million of them would take hundreds of megabytes.
"""

from itertools import islice

from syndicate.posts.late import late

LONGEST = 1 << 19
"""Most characters: a book."""

MOST_SIGNS = 1 << 16
"""Most signs: longer bodies that people wrote have half as many."""

SIGN = late(r"[\n!-/:-@\[-`{-~]")


def end_of(body: str) -> int:
    """Give where the rendering of a body stops: at its end, for nearly every post."""
    if len(body) <= MOST_SIGNS:
        return len(body)
    signs = SIGN.finditer(body, 0, LONGEST)
    first_too_many = next(islice(signs, MOST_SIGNS, None), None)
    return first_too_many.start() if first_too_many else min(len(body), LONGEST)
