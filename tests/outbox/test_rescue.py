from datetime import timedelta
from typing import Any

from syndicate.errors import InDoubtError
from syndicate.model import DeliveryState, Limits, Memory
from syndicate.outbox.rescue import find_orphans, rescue
from syndicate.outbox.retry import Policy
from syndicate.store.deliveries import change, find_delivery
from syndicate.store.leases import lease_clock

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
KEYED = Limits(
    text=1,
    memory=Memory.KEYED,
    remembers_key_for=60 * MINUTE,
    resend_after=5 * SECOND,
)
LIMITS = {
    "desk": Limits(text=1),
    "keyed": KEYED,
    "semi": Limits(text=1, memory=Memory.SEMI),
    "back": Limits(text=1, memory=Memory.READ_BACK),
}


def restart(outbox: Any) -> int:
    outbox.owner = "next"
    orphans = outbox.do(find_orphans, in_hand=(), is_gone=lambda owner: owner != "next")
    found: int = outbox.do(rescue, LIMITS, orphans=orphans, policy=Policy())
    return found


def orphans(outbox: Any, *in_hand: int) -> list[int]:
    """Give what nobody sends, where no owner is known to be gone."""
    found = outbox.do(find_orphans, in_hand=in_hand, is_gone=lambda _: False)
    return [row.id for row in found]


def test_an_orphan_is_in_doubt_where_a_repeat_would_show(outbox: Any) -> None:
    outbox.accept("desk", "semi", "back")
    for channel in ("desk", "semi", "back"):
        outbox.claimed(channel)

    assert restart(outbox) == 3
    assert outbox.states() == [DeliveryState.IN_DOUBT] * 3
    assert outbox.delivery().ambiguous
    assert outbox.delivery().last_error == "its sender stopped before a verdict came"
    assert outbox.attempts()[0].verdict == "in_doubt"


def test_an_orphan_is_sent_again_under_its_key_where_the_channel_knows_it(
    outbox: Any,
) -> None:
    outbox.accept("keyed")
    orphan = outbox.claimed("keyed")
    restart(outbox)
    too_soon = outbox.claim("keyed")
    outbox.clock.advance(5 * SECOND)
    again = outbox.claimed("keyed")

    assert too_soon is None
    assert (again.key, again.body) == (orphan.key, orphan.body)
    assert again.fence == orphan.fence + 1


def test_an_orphan_whose_key_has_died_is_in_doubt(outbox: Any) -> None:
    outbox.accept("keyed")
    outbox.claimed("keyed")
    outbox.clock.advance(55 * MINUTE)
    restart(outbox)

    assert outbox.states() == [DeliveryState.IN_DOUBT]


def test_an_orphan_that_is_no_news_any_more_is_in_doubt(outbox: Any) -> None:
    outbox.accept("keyed", not_after=outbox.clock() + 10 * MINUTE)
    outbox.claimed("keyed")
    outbox.clock.advance(20 * MINUTE)
    restart(outbox)

    assert outbox.states() == [DeliveryState.IN_DOUBT]


def test_an_orphan_of_a_channel_that_is_gone_is_in_doubt(outbox: Any) -> None:
    outbox.accept("gone")
    outbox.claimed("gone")
    restart(outbox)

    assert outbox.states() == [DeliveryState.IN_DOUBT]


def test_what_nobody_was_sending_is_left_alone(outbox: Any) -> None:
    outbox.accept("desk", "keyed")
    outbox.accept("desk", held="approval")

    assert restart(outbox) == 0
    assert outbox.states() == [
        DeliveryState.QUEUED,
        DeliveryState.QUEUED,
        DeliveryState.HELD,
    ]


def test_a_second_rescue_finds_nothing(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.claimed()

    assert restart(outbox) == 1
    rows = outbox.chain().rows
    assert restart(outbox) == 0
    assert outbox.chain().rows == rows


def test_our_own_sends_are_no_orphans(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.owner = "next"
    outbox.claimed()

    assert restart(outbox) == 0
    assert outbox.states() == [DeliveryState.SENDING]


def test_the_old_sender_comes_too_late_to_settle(outbox: Any) -> None:
    outbox.accept("desk")
    orphan = outbox.claimed()
    restart(outbox)

    assert not outbox.sent(orphan)
    assert outbox.states() == [DeliveryState.IN_DOUBT]
    assert outbox.attempts()[0].late == "sent: 7"


def test_a_second_crash_does_not_make_the_key_live_longer(outbox: Any) -> None:
    outbox.accept("keyed")
    row = outbox.claimed("keyed")
    outbox.failed(row, InDoubtError("timeout"), limits=KEYED)
    outbox.clock.advance(50 * MINUTE)
    outbox.claimed("keyed")
    outbox.clock.advance(5 * MINUTE)
    restart(outbox)

    assert outbox.states() == [DeliveryState.IN_DOUBT]


def test_what_is_leased_is_nobodys_else_until_the_lease_ends(outbox: Any) -> None:
    outbox.accept("desk")
    row = outbox.claimed()
    leased = orphans(outbox)
    end_lease(outbox, row.id)

    assert leased == []
    assert orphans(outbox) == [row.id]
    assert orphans(outbox, row.id) == [], "its own process knows better"


def test_a_lease_that_was_renewed_meanwhile_still_holds(outbox: Any) -> None:
    outbox.accept("desk")
    row = outbox.claimed()
    end_lease(outbox, row.id)
    found = outbox.do(find_orphans, in_hand=())
    end_lease(outbox, row.id, by=SECOND)

    assert outbox.do(rescue, LIMITS, orphans=found, policy=Policy()) == 0
    assert outbox.states() == [DeliveryState.SENDING]


def end_lease(outbox: Any, number: int, *, by: timedelta = -SECOND) -> None:
    with outbox.store.begin() as connection:
        row = find_delivery(connection, number)
        assert row is not None
        moment = lease_clock(connection, now=outbox.clock()) + by
        change(connection, row, {"lease_until": moment})
