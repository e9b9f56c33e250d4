"""
An alert becomes a channel's message: its template filled, and cut to the limit.

What gives way, in this order: the excerpt, the hashtags, then the title. The address
never does, not by a letter; where it alone is too long it is left out whole, and that
is said.
"""

from dataclasses import dataclass, replace
from typing import Any

from syndicate.alerts.address import ascii_address
from syndicate.alerts.count import count, unit_name
from syndicate.alerts.endings import sentences
from syndicate.alerts.hashtags import hashtags
from syndicate.alerts.plain import normal, one_line, paragraphs
from syndicate.alerts.prefix import is_told
from syndicate.alerts.shorten import shorten
from syndicate.alerts.template import fields_of, fill
from syndicate.channels.base import Channel, Wide
from syndicate.model import Alert, Limits, Message, Outgoing, Picture

PLAIN = "{title}\n{url}"
PLANS = (PLAIN, "{title}", "{url}")  # in turn, where a template leaves no room
LONGEST_ALT = 2_000  # code points, where a channel says nothing; Slack takes no more
LEAST_EXCERPT = 20  # code points; less says nothing and looks like a mistake
LONGEST, BEYOND = 8, 4_000  # times the limit, or letters more than it: never reached

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
    text, picture = composed.message.text, composed.message.picture
    body = channel.write(composed.message)
    return Outgoing(
        channel=name,
        kind=kind,
        body=body,
        text=text,
        count=count(text, channel.configured_limits),
        limit=channel.configured_limits.text,
        unit=unit_name(channel.configured_limits),
        warnings=composed.warnings,
        picture=picture if picture and _stands_in(picture, body) else None,
        recipients=channel.recipients() if isinstance(channel, Wide) else (),
    )


def _stands_in(picture: Picture, body: str) -> bool:
    """Tell whether a body names a picture, as it is or as JSON writes it in JSON."""
    return picture.url in body.replace("\\/", "/")


def _compose(alert: Alert, channel: Channel[Any], template: str) -> Composed:
    fields_of(template)  # refuses what cannot be filled
    wanted = _with_prefix(_with_title(template) if alert.text else template, alert)
    words = _words(alert, channel.configured_limits)
    plan, cut = _planned(wanted, words, channel.configured_limits)
    if words["link"] in words["title"] and words["link"] not in _text(plan, cut):
        # An operator's own place for the address is where the text had to be cut.
        words = _apart(words)
        plan, cut = _planned(wanted, words, channel.configured_limits)
    reason = paragraphs(alert.reason)
    message = Message(
        text=_text(plan, cut),
        link=words["link"] or None,
        title=cut["title"].removesuffix(reason).rstrip(),
        excerpt=cut["excerpt"] if "excerpt" in fields_of(plan) else "",
        language=alert.language,
        severity=alert.severity,
        picture=alert.picture and _captioned(alert.picture, channel.configured_limits),
        identity=alert.identity,
        corrects=alert.corrects,
        retracts=alert.retracts,
        reason=reason,
        beside="" if "excerpt" in fields_of(plan) else words["excerpt"],
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


def _with_prefix(template: str, alert: Alert) -> str:
    """Make room for what must be said of a correction or withdrawal."""
    is_change = alert.corrects is not None or alert.retracts is not None
    if not is_change or "prefix" in fields_of(template):
        return template
    if "title" in fields_of(template):
        return template.replace("{title}", "{prefix} {title}", 1)
    return f"{{prefix}} {template}"


def _captioned(picture: Picture, limits: Limits) -> Picture:
    """Give a picture with as much of its alt text as a channel takes."""
    alt = one_line(picture.alt, most=LONGEST_ALT)
    most = limits.picture.alt if limits.picture else LONGEST_ALT
    return replace(picture, alt=shorten(alt, lambda each: len(each) <= most))


def _words(alert: Alert, limits: Limits) -> Words:
    most = min(LONGEST * limits.text, limits.text + BEYOND)
    title, excerpt = (
        one_line(each, most=most) for each in (alert.title, alert.excerpt)
    )
    link = ascii_address(alert.link) if alert.link else ""
    url = link
    if alert.text:
        title, excerpt = paragraphs(alert.text, most=most), ""
        url = "" if link in title.split() else link  # it stands where they want it
    return {
        "link": link,
        "title": title,
        "prefix": "" if is_told(alert.prefix, title) else one_line(alert.prefix),
        "hashtags": _hashtags(alert, title, limits),
        "excerpt": "" if excerpt == title else excerpt,
        "url": url,
        "site": one_line(alert.site),
        "severity": alert.severity.value,
        "author": one_line(", ".join(alert.authors)),
        "category": one_line(", ".join(alert.categories)),
        "language": alert.language,
    }


def _hashtags(alert: Alert, title: str, limits: Limits) -> str:
    """Give the hashtags that the title does not have already."""
    there = {word.casefold() for word in title.split()}
    found = hashtags(alert.tags, most=len(alert.tags))
    fresh = [tag for tag in found if tag.casefold() not in there]
    return " ".join(fresh[: limits.hashtags])


def _apart(words: Words) -> Words:
    title = paragraphs(words["title"].replace(words["link"], ""))
    return words | {"title": title, "url": words["link"]}


def _cut(plan: str, words: Words, limits: Limits) -> Words:
    """Shorten the excerpt, drop hashtags, shorten the title; in vain if it cannot fit."""
    if _fits(plan, words, limits):
        return words
    excerpt = shorten(
        words["excerpt"],
        lambda each: _fits(plan, words | {"excerpt": each}, limits),
        whole_sentences=True,
    )
    bare = words | {"excerpt": excerpt if len(excerpt) >= LEAST_EXCERPT else ""}
    while bare["hashtags"] and not _fits(plan, bare, limits):
        bare["hashtags"] = bare["hashtags"].rpartition(" ")[0]
    title = shorten(
        words["title"],
        lambda each: _fits(plan, bare | {"title": each}, limits),
        whole_sentences=len(sentences(words["title"])) > 1,  # no headline, but prose
    )
    # A message without its title says nothing: rather another plan.
    return bare | {"title": title} if title else bare


def _fits(plan: str, words: Words, limits: Limits) -> bool:
    return count(_text(plan, words), limits) <= limits.text


def _text(plan: str, words: Words) -> str:
    return normal(fill(plan, words))
