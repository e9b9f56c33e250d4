from datetime import UTC, datetime, timedelta

from syndicate.channels.atproto.tid import EPOCH, tid

NOON = datetime(2026, 11, 22, 12, 0, 0, 999_999, tzinfo=UTC)


def test_a_key_is_the_same_for_every_try_and_another_for_every_delivery() -> None:
    keys = [tid(NOON, f"{n:064x}") for n in range(5_000)]

    assert keys[7] == tid(NOON, f"{7:064x}")
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {13}


def test_keys_sort_by_the_second_they_stand_for() -> None:
    earlier = [tid(NOON, f"{n:064x}") for n in range(50)]
    later = [tid(NOON + timedelta(seconds=1), f"{n:064x}") for n in range(50)]

    assert max(earlier) < min(later)
    assert tid(EPOCH - timedelta(days=1), "") < min(earlier)
