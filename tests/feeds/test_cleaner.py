from collections.abc import Callable
from weakref import ref

from syndicate.feeds.clean import clean_entry
from syndicate.feeds.cleaner import Cleaner
from syndicate.model import Entry

MakeEntry = Callable[..., Entry]


def test_an_entry_is_cleaned_once(entry: MakeEntry) -> None:
    clean = Cleaner()
    one, other = entry(1, title="하나\x00"), entry(2)

    first = clean(one)

    assert first == clean_entry(one)
    assert clean(other) == clean_entry(other)
    assert clean(one) is first


def test_it_forgets_what_nobody_holds(entry: MakeEntry) -> None:
    clean = Cleaner()
    one = entry(1)
    sound = ref(clean(one))
    assert sound() is not None

    del one

    assert sound() is None
