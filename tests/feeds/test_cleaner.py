from collections.abc import Callable

from syndicate.feeds.clean import clean_entry
from syndicate.feeds.cleaner import Cleaner
from syndicate.model import Entry

MakeEntry = Callable[..., Entry]


def test_an_entry_is_cleaned_once(entry: MakeEntry) -> None:
    clean = Cleaner(kept=2)
    one, other = entry(1, title="하나\x00"), entry(2)

    first = clean(one)

    assert first == clean_entry(one)
    assert clean(other) == clean_entry(other)
    assert clean(one) is first


def test_it_does_not_remember_without_end(entry: MakeEntry) -> None:
    clean = Cleaner(kept=1)
    one = entry(1)
    first = clean(one)
    clean(entry(2))

    assert clean(one) == first
    assert clean(one) is not first
