"""
Who reads, by what readers say of themselves. Nothing that points at a person is kept.

    Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers)  -> Feedly, 42
    Mozilla/5.0 (compatible; theoldreader.com; 3 subscribers)         -> theoldreader.com, 3
    Mozilla/5.0 (X11; Linux x86_64; rv:128.0) … Firefox/128.0         -> browser

Of a ``User-Agent`` only the name of the program and the number of subscribers it
announces remain: no version, no address, no machine.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

BROWSER = "browser"
UNNAMED = "unnamed"
OTHERS = "others"
KNOWN = frozenset(
    [
        *(BROWSER, UNNAMED, OTHERS),
        *"AppleNewsBot Bloglovin Daum Feedbin FeedBurner FeedFetcher-Google Feedly".split(),
        *"Feedspot Flipboard FlipboardProxy FreshRSS Googlebot Inoreader".split(),
        *"inoreader.com Liferea Miniflux MSNBot NetNewsWire Netvibes Newsboat".split(),
        *"NextCloud-News Reeder SimplePie Slackbot SmartNews Superfeedr".split(),
        *"Thunderbird theoldreader.com Yeti bingbot curl feedparser".split(),
        *("NewsBlur Feed Fetcher", "Tiny Tiny RSS", "The Old Reader"),
    ]
)
"""Readers that are counted by name however many names strangers make up."""

LONGEST = 40  # characters of a name
_WORD = r"[A-Za-z][\w.+-]*"
_NAME = re.compile(rf"{_WORD}(?: [A-Z][\w.+-]*){{0,3}}")
_COMPATIBLE = re.compile(rf"compatible; *({_WORD})")
_SUBSCRIBERS = re.compile(r"\b(\d{1,9}) (?:subscriber|reader)s?\b", re.IGNORECASE)
_OLD_BROWSERS = {"MSIE", "Konqueror"}


@dataclass(frozen=True, slots=True)
class Reader:
    """A program that fetches feeds, for itself or for many."""

    name: str
    subscribers: int | None  # None: it does not say


@lru_cache(maxsize=4096)
def reader_of(user_agent: str) -> Reader:
    """Tell who asks."""
    announced = _SUBSCRIBERS.search(user_agent)
    count = int(announced[1]) if announced else None
    return Reader(_name(user_agent)[:LONGEST], count)


def _name(user_agent: str) -> str:
    if user_agent.startswith(("Mozilla/", "Opera/")):
        found = _COMPATIBLE.search(user_agent)
        return found[1] if found and found[1] not in _OLD_BROWSERS else BROWSER
    found = _NAME.match(user_agent)
    return found[0] if found else UNNAMED
