"""
How long a text is, counted as its receiver counts.

Where a rule cannot be known from outside, the count errs upwards: a message that could
have been longer is better than one that is refused.

Sources: twitter-text 3.1 (github.com/twitter/twitter-text, config/v3.json) for X;
docs.joinmastodon.org/user/posting for links on Mastodon.
"""

import unicodedata
from collections.abc import Callable

import regex

from syndicate.model import Limits, Unit

# Top-level names that are no public domain (RFC 6761 and custom): no network makes them
# a link. ``.example`` is left out: it stands for a real one in samples and tests.
_PRIVATE = r"(?!(?:local|localhost|internal|intranet|lan|home|corp|test|invalid)\b)"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LABEL_BELOW = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_PATH = r"[a-z0-9!*';:=+,.$/%#\[\]_~@|&-]"
_PARENS = rf"\((?:{_PATH}+|{_PATH}*\({_PATH}+\){_PATH}*)\)"

ADDRESS = regex.compile(
    rf"""(?<![a-z0-9@＠$#＃\u202a-\u202e])
    https?://(?:t\.co/[a-z0-9]{{1,40}}(?![a-z0-9])|(?!t\.co/)
    (?:{_LABEL_BELOW}\.)*{_LABEL}\.{_PRIVATE}(?:[a-z]{{2,63}}|xn--[a-z0-9-]+)(?![a-z0-9@+_-])
    (?::[0-9]+)?
    (?:/(?:{_PATH}*(?:{_PARENS}{_PATH}*)*(?:[a-z0-9=_/#+-]|{_PARENS}))?)?
    (?:\?[a-z0-9!?*'();:&=+$/%#\[\]_.,~|@-]*[a-z0-9_&=#/-])?)""",
    regex.IGNORECASE | regex.VERBOSE,
)
"""An address that every network takes for a link, up to where the strictest ends it."""

SCHEME = regex.compile("https?://", regex.IGNORECASE)

_DOMAIN = regex.compile(
    r"(?<![a-z0-9_-])(?<![@＠$#＃][a-z0-9_.-]*)([a-z0-9_-]*[^.\s]\.(?:[a-z]{2,}|xn--[a-z0-9-]+|[^\W\d_a-z]{2})(?![a-z0-9@+-]))"
    r"(?:\.[a-z0-9-]+)*",
    regex.IGNORECASE,
)
LINK_ON_X = 23
LONGEST_ADDRESS = 4_096  # code points; X takes no more for a link

# The emoji twitter-text knows. Later ones it weighs part by part, and so do we: what X
# itself knows by now is not written down anywhere.
_LATER = r"[👫-👭\U0001F90C\U0001F90F\U0001F977\U0001F9BB\U0001F9CD-\U0001F9CF\U0001FA70-\U0001FAFF]"
_PERSON = rf"(?!{_LATER})\p{{Emoji_Modifier_Base}}\p{{Emoji_Modifier}}?"
_ADULT = r"[👨👩]\p{Emoji_Modifier}?"
EMOJI = regex.compile(
    rf"""\p{{RI}}{{2}}                                        # flags
    | \U0001F3F4[\U000E0061-\U000E007A]+\U000E007F         # of England, …
    | \U0001F3F3\uFE0F\u200D\U0001F308                      # of many colours
    | [0-9\#*]\uFE0F?\u20E3                                # key caps
    | [👨👩]\u200D❤\uFE0F\u200D(?:💋\u200D)?[👨👩]           # couples
    | [👨👩](?:\u200D[👨👩])?(?:\u200D[👧👦]){{1,2}}            # families
    | {_ADULT}\u200D(?:[⚕⚖✈]\uFE0F|[🌾🍳🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦰-🦳])
    | (?![🕵⛹🏋🏌]\u200D)(?:{_PERSON}|[👯🤼🧞🧟])\u200D[♀♂]\uFE0F
    | {_PERSON}
    | (?!♾)\p{{Extended_Pictographic}}\uFE0F""",
    regex.VERBOSE,
)
"""Emoji of several code points that X counts as one."""

# twitter-text's third configuration: what is in here weighs 1, all else 2.
_LIGHT = regex.compile(r"[\0-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]")

Measure = Callable[[str], int]


def count(text: str, limits: Limits) -> int:
    """
    Count a text in the unit of a channel, addresses as the channel counts them.

    Args:
        text: In any normal form; it is counted in NFC, as it is sent.
        limits: The channel's.
    """
    text = unicodedata.normalize("NFC", text)
    unit = limits.unit
    measure = MEASURES[unit] if isinstance(unit, Unit) else unit
    if limits.link is None:
        return measure(text)
    addresses, between = _apart(text)
    # An address only some networks take for one: with Hangul in its host, say.
    doubtful = sum(len(SCHEME.findall(part)) for part in between)
    extra = max(0, limits.link - measure("https://"))
    return (
        addresses * limits.link
        + doubtful * extra
        + sum(measure(each) for each in between)
    )


def _apart(text: str) -> tuple[int, list[str]]:
    """Give how many addresses there are, and what stands between them."""
    between, place = [], 0
    for found in ADDRESS.finditer(text):
        if len(found[0]) <= LONGEST_ADDRESS:
            between.append(text[place : found.start()])
            place = found.end()
    return len(between), [*between, text[place:]]


def unit_name(limits: Limits) -> str:
    """Name what ``count`` counts, for people: ``graphemes``."""
    if isinstance(limits.unit, Unit):
        return limits.unit.value
    return getattr(limits.unit, "__name__", "units").replace("_", " ")


def code_points(text: str) -> int:
    """Count Unicode code points."""
    return len(text)


def utf16(text: str) -> int:
    """Count UTF-16 units, as JavaScript and Telegram do: 2 for most emoji."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8(text: str) -> int:
    """Count bytes of UTF-8: 3 for a Hangul syllable."""
    return len(text.encode("utf-8", "surrogatepass"))


def graphemes(text: str) -> int:
    """Count what a reader takes for one character (UAX 29, extended clusters)."""
    return len(regex.findall(r"\X", text))


def weighted(text: str) -> int:
    """
    Count as X does: 2 for Hangul, Hanja and emoji, 1 for Latin, 23 for a bare domain.

    Whether X knows a domain is not asked: ``Mr.Kim`` counts as one. What begins with
    ``https://`` is the business of ``Limits.link``.
    """
    domains = (found[1] for found in _DOMAIN.finditer(text))
    extra = sum(max(0, LINK_ON_X - _weight(domain)) for domain in domains)
    return _weight(text) + extra


MEASURES: dict[Unit, Measure] = {
    Unit.CODE_POINTS: code_points,
    Unit.UTF16: utf16,
    Unit.GRAPHEMES: graphemes,
    Unit.BYTES: utf8,
    Unit.X_WEIGHTED: weighted,
}


def _weight(text: str) -> int:
    """Weigh a text without links."""
    emoji = sum(1 for _ in EMOJI.finditer(text))
    rest = EMOJI.sub("", text)
    return 2 * emoji + 2 * len(rest) - len(_LIGHT.findall(rest))
