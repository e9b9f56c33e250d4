"""
Signs that turn the direction of writing, and those that end their doing so.

A headline may begin with one and never end it. By itself that is as its author wrote it;
in a line with other words it would turn those round, the address too.

Source: unicode.org/reports/tr9, sections 2.1 to 2.5.
"""

from syndicate.posts.late import late

TURN_BACK, LET_GO = "\u202c", "\u2069"
ENDS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", TURN_BACK),
    **dict.fromkeys("\u2066\u2067\u2068", LET_GO),
}
"""What ends each of them."""

SIGN = late("[\u202a-\u202e\u2066-\u2069]")
DEEPEST = 125
"""What is nested deeper does nothing."""


def ended(text: str) -> str:
    """End in a text what begins in it. Nothing of it is taken away."""
    if text.isascii():
        return text
    open_: list[str] = []
    for sign in SIGN.findall(text):
        if sign in ENDS:
            open_.append(ENDS[sign])
        elif sign == LET_GO and LET_GO in open_:  # and with it all that began inside
            while open_.pop() != LET_GO:
                pass
        elif open_ and open_[-1] == sign:
            open_.pop()
    return text + "".join(open_[DEEPEST - 1 :: -1])
