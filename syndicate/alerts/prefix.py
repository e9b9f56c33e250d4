"""
What stands before a title to say what an alert is: ``[속보]``, ``[정정]``, ``[취소]``.

    breaking      where a template has {prefix}
    correction    always: in its {prefix}, or else before the title
    retraction    likewise

A title that begins so already is left as it is, whatever its brackets.
"""

from collections.abc import Mapping

import regex

from syndicate.config.alerting import Prefixes
from syndicate.model import Alert, Severity

OURS: Mapping[str, Prefixes] = {
    "ko": Prefixes(breaking="[속보]", correction="[정정]", retraction="[취소]"),
    "ja": Prefixes(breaking="【速報】", correction="【訂正】", retraction="【取消】"),
    "en": Prefixes(
        breaking="BREAKING:", correction="CORRECTION:", retraction="RETRACTED:"
    ),
}
"""Where a newsroom says nothing else. A language nobody named speaks English."""

_EDGES = regex.compile(r"^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$")


def prefix_of(alert: Alert, configured: Mapping[str, Prefixes]) -> str:
    """
    Give what stands before an alert's title; empty where nothing does.

    Args:
        alert: Says in which language, and what it is.
        configured: By language, ``alerts.prefixes``; what it leaves out is ours.
    """
    language = alert.language.partition("-")[0].lower()
    theirs, ours = configured.get(language, Prefixes()), OURS.get(language, OURS["en"])
    if alert.retracts is not None:
        kind = "retraction"
    elif alert.corrects is not None:
        kind = "correction"
    elif alert.severity is Severity.BREAKING:
        kind = "breaking"
    else:
        return ""
    said = getattr(theirs, kind)
    return str(getattr(ours, kind) if said is None else said)


def is_told(prefix: str, title: str) -> bool:
    """Tell whether a title begins with a prefix, in whatever brackets or case."""
    word = _EDGES.sub("", prefix).casefold()
    pattern = rf"[\s\p{{P}}\p{{S}}]*{regex.escape(word)}\s?[\p{{P}}\p{{S}}]"
    return bool(word) and regex.match(pattern, title.casefold()) is not None
