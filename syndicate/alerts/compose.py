"""
An alert becomes a channel's message: its template filled, and cut to the limit.

What gives way, in this order: the excerpt, then the title. The address never does, not
by a letter; where it alone is too long it is left out whole, and that is said.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from syndicate.alerts.address import ascii_address
from syndicate.alerts.count import count, unit_name
from syndicate.alerts.shorten import shorten
from syndicate.alerts.template import fields_of, fill
from syndicate.channels.base import Channel
from syndicate.model import Alert, Limits, Message, Outgoing

PLAIN = "{title}\n{url}"
PLANS = (PLAIN, "{title}", "{url}")  # in turn, where a template leaves no room
LEAST_EXCERPT = 20  # code points; less says nothing and looks like a mistake
LONGEST = 8  # times the limit; what is beyond is never reached, and costs time

Words = dict[str, str]
"""What each field of a template stands for, and ``link``, which may stand in ``text``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A message, and what had to give way for it."""

    message: Message
    warnings: tuple[str, ...]


def compose(
    alert: Alert, channel: Channel[Any], *, template: str | None = None
) -> Message:
    """
    Write an alert for a channel.

    Args:
        alert: Its ``text``, where there is one, stands in place of title and excerpt.
        channel: Gives the limits, and the template where none is given.
        template: The one of ``config.toml``; see ``template.fields_of``.

    Returns:
        A message whose text is NFC and within the channel's limits.

    Raises:
        UsageError: The template has a field nobody knows.
    """
    return _compose(alert, channel, template or channel.template).message


def outgoing(
    alert: Alert,
    *,
    name: str,
    kind: str,
    channel: Channel[Any],
    template: str | None = None,
) -> Outgoing:
    """
    Write an alert for a configured channel: the very body that will be sent.

    Raises:
        UsageError: The template has a field nobody knows.
    """
    composed = _compose(alert, channel, template or channel.template)
    text = composed.message.text
    return Outgoing(
        channel=name,
        kind=kind,
        body=channel.write(composed.message),
        text=text,
        count=count(text, channel.limits),
        limit=channel.limits.text,
        unit=unit_name(channel.limits),
        warnings=composed.warnings,
    )


def _compose(alert: Alert, channel: Channel[Any], template: str) -> Composed:
    fields_of(template)  # refuses what cannot be filled
    wanted = _with_title(template) if alert.text else template
    words = _words(alert, channel.limits)
    plan, cut = _planned(wanted, words, channel.limits)
    if words["link"] in words["title"] and words["link"] not in _text(plan, cut):
        # An operator's own place for the address is where the text had to be cut.
        words = _apart(words)
        plan, cut = _planned(wanted, words, channel.limits)
    message = Message(
        text=_text(plan, cut),
        link=words["link"] or None,
        title=cut["title"],
        excerpt=cut["excerpt"] if "excerpt" in fields_of(plan) else "",
        language=alert.language,
        severity=alert.severity,
        picture=alert.picture,
        identity=alert.identity,
        decided=alert.decided,
    )
    warnings = {
        "the template leaves no room for the title; it was not used": plan != wanted,
        f"your {'text' if alert.text else 'title'} was too long and was cut": (
            cut["title"] != words["title"]
        ),
        "the address alone is too long; it was left out": (
            "url" in fields_of(wanted) and words["url"] not in message.text
        ),
    }
    return Composed(
        message=message,
        warnings=tuple(each for each, holds in warnings.items() if holds),
    )


def _planned(wanted: str, words: Words, limits: Limits) -> tuple[str, Words]:
    """Choose the first plan that can be made to fit, and the words that make it fit."""
    for plan in (wanted, *PLANS):
        cut = _cut(plan, words, limits)
        if _fits(plan, cut, limits):
            return plan, cut
    return "", words | {"title": "", "excerpt": ""}


def _with_title(template: str) -> str:
    """Make room for an operator's own words, which stand where the title stands."""
    fields = fields_of(template)
    if "title" in fields:
        return template
    return template.replace("{excerpt}", "{title}") if "excerpt" in fields else PLAIN


def _words(alert: Alert, limits: Limits) -> Words:
    most = LONGEST * limits.text
    title, excerpt = _line(alert.title[:most]), _line(alert.excerpt[:most])
    link = ascii_address(alert.link) if alert.link else ""
    url = link
    if alert.text:
        title, excerpt = _clean(alert.text[:most]), ""
        url = "" if link in title.split() else link  # it stands where they want it
    return {
        "link": link,
        "title": title,
        "excerpt": "" if excerpt == title else excerpt,
        "url": url,
        "site": _line(alert.site),
        "severity": alert.severity.value,
        "author": _line(", ".join(alert.authors)),
        "category": _line(", ".join(alert.categories)),
        "language": alert.language,
    }


def _apart(words: Words) -> Words:
    title = _clean(words["title"].replace(words["link"], ""))
    return words | {"title": title, "url": words["link"]}


def _cut(plan: str, words: Words, limits: Limits) -> Words:
    """Shorten the excerpt, then the title, until a template fits; in vain if it cannot."""
    if _fits(plan, words, limits):
        return words
    excerpt = shorten(
        words["excerpt"],
        lambda each: _fits(plan, words | {"excerpt": each}, limits),
        whole_sentences=True,
    )
    bare = words | {"excerpt": excerpt if len(excerpt) >= LEAST_EXCERPT else ""}
    title = shorten(
        words["title"], lambda each: _fits(plan, bare | {"title": each}, limits)
    )
    # A message without its title says nothing: rather another plan.
    return bare | {"title": title} if title else bare


def _fits(plan: str, words: Words, limits: Limits) -> bool:
    return count(_text(plan, words), limits) <= limits.text


def _text(plan: str, words: Words) -> str:
    return unicodedata.normalize("NFC", fill(plan, words))


def _clean(text: str) -> str:
    """Give plain text: NFC, no control characters, at most one empty line in a row."""
    text = "\n".join(" ".join(line.split()) for line in text.splitlines())
    kept = "".join(each for each in text if each == "\n" or not _is_unprintable(each))
    return unicodedata.normalize("NFC", re.sub(r"\n{3,}", "\n\n", kept).strip())


def _line(text: str) -> str:
    return " ".join(_clean(" ".join(text.split())).split())


def _is_unprintable(letter: str) -> bool:
    # The last three are refused by X; the first two by terminals and by UTF-8.
    return (
        unicodedata.category(letter) in {"Cc", "Cs"} or letter in "\ufeff\ufffe\uffff"
    )
