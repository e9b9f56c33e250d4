from datetime import UTC, datetime, timedelta

from syndicate.channels.atproto.tid import tid
from syndicate.channels.wire.key import DIGITS, new_key

NOON = datetime(2026, 11, 22, 12, 0, 0, 999_000, tzinfo=UTC)


def test_a_key_is_the_same_for_every_try_and_another_for_every_delivery() -> None:
    second = new_key(NOON)[-DIGITS:]
    made = [f"{number:052x}{second}" for number in range(1_000)]
    keys = [tid(key) for key in made]

    assert keys[7] == tid(made[7])
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {13}


def test_keys_sort_by_the_second_they_stand_for() -> None:
    earlier = [tid(new_key(NOON)) for _ in range(50)]
    later = [tid(new_key(NOON + timedelta(seconds=1))) for _ in range(50)]

    assert max(earlier) < min(later)
