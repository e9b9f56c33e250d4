"""Corrections and retractions on a real store, step by step, as the lanes would."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.errors import (
    DeliveryError,
    InDoubtError,
    NotSentError,
    RejectedError,
    UsageError,
)
from syndicate.model import Act, DeliveryState, Limits, Memory, Outgoing, Receipt
from syndicate.outbox import actions, amend, ledger
from syndicate.outbox.actions import LOOKS, Word
from syndicate.outbox.acts import Choice, Powers, Purpose
from syndicate.outbox.amend import MovedOnError, Thread
from syndicate.outbox.attempt import Terms
from syndicate.outbox.choosing import choose_all
from syndicate.outbox.coverage import Covered, coverage
from syndicate.outbox.looking import look
from syndicate.outbox.perform import perform
from syndicate.outbox.rescue import find_orphans, rescue
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import Outcome
from syndicate.store.deliveries import DeliveryRow
from syndicate.testing import (
    AskedFakeChannel,
    DeletesFakeChannel,
    EditsFakeChannel,
    FakeChannel,
    Remote,
)
from tests.outbox.conftest import ALERT, BLIND, Outbox, outgoing

State = DeliveryState
MINUTE = timedelta(minutes=1)
KEYED = Limits(text=1, memory=Memory.KEYED, remembers_key_for=60 * MINUTE)
EDITS, DELETES, NOTHING = Powers(edits=None), Powers(deletes=None), Powers()
ASKED = Powers(deletes=None, can_be_asked=True)


class Desk:
    """An outbox, and operators who change their minds."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.remote = Remote()

    def thread(self) -> Thread:
        with self.outbox.store.begin() as connection:
            return amend.load_thread(connection, 1)

    def choices(
        self, purpose: Purpose, powers: Powers | None, *, insist: bool = False
    ) -> list[Choice]:
        thread = self.thread()
        return choose_all(
            thread.rows,
            purpose=purpose,
            powers={} if powers is None else {"desk": powers},
            retracting=thread.retracting,
            now=self.outbox.clock(),
            insist=insist,
        )

    def amend(
        self,
        purpose: Purpose,
        powers: Powers | None = EDITS,
        *,
        thread: Thread | None = None,
        insist: bool = False,
        request_id: str | None = None,
    ) -> int:
        corrects = purpose is Purpose.CORRECT
        alert = replace(
            ALERT,
            corrects=1 if corrects else None,
            retracts=None if corrects else 1,
            who="kim",
        )
        choices = self.choices(purpose, powers, insist=insist)
        number: int = self.outbox.do(
            amend.amend,
            alert,
            thread or self.thread(),
            choices=choices,
            outgoing=parts(choices),
            request_id=request_id,
        )
        return number

    def sent(self) -> None:
        self.outbox.accept("desk")
        self.carry_out(FakeChannel)

    def carry_out(
        self, kind: type[FakeChannel], *, limits: Limits = BLIND
    ) -> DeliveryRow:
        row = self.outbox.claimed()
        channel = kind.towards(self.remote)
        try:
            outcome: Outcome = perform(row, channel)
        except DeliveryError as error:
            outcome = error
        self.outbox.settle(row, outcome, limits=limits)
        return row

    def covered(self, number: int) -> list[Covered]:
        with self.outbox.store.read() as connection:
            alert = ledger.find_alert(connection, number)
            assert alert is not None
            return coverage(alert, ledger.amended(connection, alert))

    def outcomes(self, number: int) -> list[str]:
        return [each.outcome for each in self.covered(number)]


def parts(choices: Sequence[Choice]) -> list[Outgoing]:
    found = []
    for choice in choices:
        for act in choice.acts:
            anew = act in {Act.SEND, Act.REPLACE}
            part = replace(
                outgoing(choice.row.channel),
                act=act,
                target=None if anew else choice.row.id,
                body="" if act is Act.DELETE else '{"text":"바른 말"}',
            )
            found.append(part)
    return found


@pytest.fixture
def desk(outbox: Outbox) -> Desk:
    return Desk(outbox)


def test_a_message_is_edited_and_its_first_words_no_longer_stand(desk: Desk) -> None:
    desk.sent()
    number = desk.amend(Purpose.CORRECT)

    assert desk.outbox.states() == [State.RETRACTING, State.QUEUED]
    desk.carry_out(EditsFakeChannel)

    assert desk.outbox.states() == [State.RETRACTED, State.SENT]
    assert list(desk.remote.shown.values()) == ['{"text":"바른 말"}']
    assert desk.outbox.alert(number).corrects == 1
    assert desk.outcomes(number) == ["edited"]
    assert desk.outbox.chain().is_whole


def test_a_message_is_deleted_and_another_sent_in_its_place(desk: Desk) -> None:
    desk.sent()
    number = desk.amend(Purpose.CORRECT, DELETES)
    desk.carry_out(DeletesFakeChannel)
    desk.carry_out(DeletesFakeChannel)

    assert desk.outbox.states() == [State.RETRACTED, State.SENT, State.SENT]
    assert list(desk.remote.shown.values()) == ['{"text":"바른 말"}']
    assert desk.outcomes(number) == ["deleted", "sent anew"]
    revisions = [each.revision for each in desk.outbox.alert(number).deliveries]
    assert revisions == [1, 2]


def test_a_correction_goes_before_all_that_waits(desk: Desk) -> None:
    desk.sent()
    desk.outbox.accept("desk")
    desk.amend(Purpose.CORRECT)

    assert desk.outbox.claimed().act is Act.EDIT


@pytest.mark.parametrize("error", [InDoubtError("timeout"), NotSentError("refused")])
def test_a_change_without_a_verdict_is_made_again(
    desk: Desk, error: DeliveryError
) -> None:
    desk.sent()
    desk.amend(Purpose.RETRACT, DELETES)
    desk.remote.answers.append(error)
    desk.carry_out(DeletesFakeChannel)

    assert desk.outbox.states() == [State.RETRACTING, State.QUEUED]
    assert desk.outbox.delivery().last_error == str(error)
    desk.outbox.clock.advance(MINUTE)
    desk.carry_out(DeletesFakeChannel)
    assert desk.outbox.states() == [State.RETRACTED, State.SENT]
    assert desk.remote.shown == {}


def test_a_change_that_is_refused_leaves_the_message_and_says_why(desk: Desk) -> None:
    desk.sent()
    number = desk.amend(Purpose.RETRACT, DELETES)
    desk.remote.answers.append(RejectedError("too old"))
    desk.carry_out(DeletesFakeChannel)

    assert desk.outbox.states() == [State.RETRACTING, State.FAILED]
    assert desk.outbox.delivery().last_error == "too old"
    (covered,) = desk.covered(number)
    assert (covered.is_reached, covered.reason) == (False, "too old")

    again = desk.amend(Purpose.RETRACT, DELETES)
    desk.carry_out(DeletesFakeChannel)
    assert desk.outbox.states() == [State.RETRACTED, State.FAILED, State.SENT]
    assert desk.outcomes(again) == ["deleted"]


def test_a_kind_that_lost_its_powers_meanwhile_refuses(desk: Desk) -> None:
    desk.sent()
    desk.amend(Purpose.RETRACT, DELETES)
    desk.carry_out(FakeChannel)

    assert desk.outbox.states() == [State.RETRACTING, State.FAILED]


def test_what_waits_is_called_off_first(desk: Desk) -> None:
    desk.outbox.accept("desk")
    number = desk.amend(Purpose.RETRACT)

    assert desk.outbox.states() == [State.CANCELLED]
    assert desk.outbox.claim() is None
    assert desk.outcomes(number) == ["called off before it left"]


def test_what_waits_gives_way_to_the_right_words(desk: Desk) -> None:
    desk.outbox.accept("desk")
    number = desk.amend(Purpose.CORRECT)
    desk.carry_out(FakeChannel)

    assert desk.outbox.states() == [State.CANCELLED, State.SENT]
    assert list(desk.remote.shown.values()) == ['{"text":"바른 말"}']
    assert desk.outcomes(number) == ["sent with the right words"]


def test_a_retry_never_brings_back_what_was_taken_away(desk: Desk) -> None:
    """It is called off, and a doubt until its channel was asked."""
    desk.outbox.accept("desk")
    desk.outbox.failed(desk.outbox.claimed(), InDoubtError("reset"), limits=KEYED)
    desk.outbox.clock.advance(10 * MINUTE)
    desk.amend(Purpose.RETRACT, ASKED)

    assert desk.outbox.states() == [State.IN_DOUBT, State.QUEUED]
    assert desk.outbox.claim() is None, "nobody knows its number yet"


def test_the_act_on_a_message_in_the_air_waits_for_its_verdict(desk: Desk) -> None:
    desk.outbox.accept("desk")
    flying = desk.outbox.claimed()
    desk.amend(Purpose.RETRACT, DELETES)

    assert desk.outbox.claim() is None
    desk.outbox.settle(flying, Receipt(remote_id="7"))
    row = desk.outbox.claimed()
    assert (row.act, row.remote_id) == (Act.DELETE, "7")
    assert desk.outbox.states() == [State.RETRACTING, State.SENDING]


def test_a_message_in_the_air_that_comes_down_is_not_sent_again(desk: Desk) -> None:
    desk.outbox.accept("desk")
    flying = desk.outbox.claimed()
    number = desk.amend(Purpose.RETRACT, DELETES)
    desk.outbox.settle(flying, NotSentError("refused"))

    assert desk.outbox.states() == [State.CANCELLED, State.CANCELLED]
    assert "called off while it was being sent" in str(
        desk.outbox.delivery().last_error
    )
    assert desk.outbox.claim() is None
    assert desk.outcomes(number) == ["nothing to do"]


def test_what_no_look_finds_is_not_sent_again_once_it_is_taken_back(desk: Desk) -> None:
    desk.outbox.accept("desk")
    row = desk.outbox.claimed()
    desk.amend(Purpose.RETRACT, ASKED)
    desk.outbox.settle(row, InDoubtError("reset"), limits=AskedFakeChannel.limits)
    terms = Terms(
        store=desk.outbox.store,
        owner="lane",
        now=desk.outbox.clock,
        draw=lambda: 0.5,
        policy=Policy(),
    )
    for _ in range(LOOKS):
        desk.outbox.clock.advance(timedelta(seconds=10))
        look(terms, "desk", AskedFakeChannel.towards(desk.remote))

    assert desk.outbox.states() == [State.CANCELLED, State.CANCELLED]
    assert desk.remote.effects == []


def test_the_right_words_go_where_the_wrong_ones_never_arrived(desk: Desk) -> None:
    desk.outbox.accept("desk")
    flying = desk.outbox.claimed()
    desk.amend(Purpose.CORRECT, EDITS)
    desk.outbox.settle(flying, NotSentError("refused"))

    row = desk.carry_out(EditsFakeChannel)
    assert row.act is Act.SEND
    assert desk.outbox.states() == [State.CANCELLED, State.SENT]
    assert list(desk.remote.shown.values()) == ['{"text":"바른 말"}']


def test_a_correction_by_notice_says_what_holds_in_any_case(desk: Desk) -> None:
    desk.outbox.accept("desk")
    flying = desk.outbox.claimed()
    desk.amend(Purpose.CORRECT, NOTHING)
    desk.outbox.settle(flying, RejectedError("400"))

    assert desk.carry_out(FakeChannel).act is Act.NOTICE


def test_a_doubt_in_the_air_waits_for_a_person_and_then_nothing_can_be_done(
    desk: Desk,
) -> None:
    desk.outbox.accept("desk")
    flying = desk.outbox.claimed()
    desk.amend(Purpose.RETRACT, DELETES)
    desk.outbox.settle(flying, InDoubtError("reset"))
    assert desk.outbox.claim() is None

    with pytest.raises(UsageError, match="not sent again"):
        desk.outbox.do(actions.resolve, 1, Word.RESEND, who="kim")
    desk.outbox.do(actions.resolve, 1, Word.SENT, who="kim")
    assert desk.outbox.states() == [State.SENT, State.CANCELLED]
    assert "nobody knows its number" in str(desk.outbox.delivery(2).last_error)


def test_a_doubt_that_is_left_ends_what_waits_for_it(desk: Desk) -> None:
    desk.outbox.accept("desk")
    flying = desk.outbox.claimed()
    desk.amend(Purpose.RETRACT, DELETES)
    desk.outbox.settle(flying, InDoubtError("reset"))
    desk.outbox.do(actions.resolve, 1, Word.CANCEL, who="kim")

    assert desk.outbox.states() == [State.CANCELLED, State.CANCELLED]
    assert desk.outbox.delivery(2).last_error == "whether it arrived is unknown"


def test_a_notice_about_a_doubt_goes_at_once_if_a_person_insists(desk: Desk) -> None:
    desk.outbox.accept("desk")
    desk.outbox.failed(desk.outbox.claimed(), InDoubtError("reset"))
    assert desk.choices(Purpose.RETRACT, NOTHING)[0].acts == ()

    number = desk.amend(Purpose.RETRACT, NOTHING, insist=True)
    assert desk.carry_out(FakeChannel).act is Act.NOTICE
    assert desk.outbox.states() == [State.IN_DOUBT, State.SENT]
    assert desk.covered(number)[0].is_reached
    desk.outbox.do(actions.resolve, 1, Word.CANCEL, who="kim")


def test_a_doubt_nothing_is_done_about_is_told_plainly(desk: Desk) -> None:
    desk.outbox.accept("desk")
    desk.outbox.failed(desk.outbox.claimed(), InDoubtError("reset"))
    number = desk.amend(Purpose.RETRACT, NOTHING)

    (covered,) = desk.covered(number)
    assert covered.is_doubtful
    assert "it may stand there" in covered.outcome


def test_a_channel_that_is_gone_is_told_plainly(desk: Desk) -> None:
    desk.sent()
    number = desk.amend(Purpose.RETRACT, None)

    assert desk.outbox.states() == [State.SENT]
    assert desk.outcomes(number) == ["delivered; it cannot be recalled"]


def test_a_correction_of_a_correction_ends_in_one_message(desk: Desk) -> None:
    desk.sent()
    desk.amend(Purpose.CORRECT)
    desk.carry_out(EditsFakeChannel)
    number = desk.amend(Purpose.CORRECT)
    desk.carry_out(EditsFakeChannel)

    assert desk.outbox.states() == [State.RETRACTED, State.RETRACTED, State.SENT]
    assert len(desk.remote.shown) == 1
    assert desk.outcomes(number) == ["edited"]
    assert desk.outcomes(2) == ["changed or withdrawn since"]


def test_words_that_wait_never_come_after_newer_ones(desk: Desk) -> None:
    desk.sent()
    desk.amend(Purpose.CORRECT)
    flying = desk.outbox.claimed()
    desk.amend(Purpose.CORRECT)
    assert desk.outbox.claim() is None, "the edit before is still under way"

    desk.outbox.settle(flying, InDoubtError("reset"))
    assert desk.outbox.states() == [State.RETRACTING, State.CANCELLED, State.QUEUED]
    desk.carry_out(EditsFakeChannel)
    assert desk.outbox.states()[0] is State.RETRACTED


def test_a_second_retraction_finds_nothing_left(desk: Desk) -> None:
    desk.sent()
    desk.amend(Purpose.RETRACT, DELETES, request_id="r")
    assert desk.choices(Purpose.RETRACT, DELETES) == []

    rows = desk.outbox.chain().rows
    assert desk.amend(Purpose.RETRACT, DELETES, request_id="r") == 2
    assert desk.outbox.chain().rows == rows


def test_a_plan_that_no_longer_holds_is_not_carried_out(desk: Desk) -> None:
    desk.outbox.accept("desk")
    before = desk.thread()
    row = desk.outbox.claimed()
    rows = desk.outbox.chain().rows

    with pytest.raises(MovedOnError, match="moved on"):
        desk.amend(Purpose.RETRACT, DELETES, thread=before)
    assert desk.outbox.chain().rows == rows
    desk.outbox.sent(row)


def test_an_alert_nobody_filed_is_named(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no alert 1"):
        desk.thread()


def test_a_process_that_dies_in_the_middle_of_a_change_makes_it_again(
    desk: Desk,
) -> None:
    desk.sent()
    desk.amend(Purpose.RETRACT, DELETES)
    desk.outbox.claimed()
    desk.outbox.clock.advance(MINUTE)
    with desk.outbox.store.begin() as connection:
        now = desk.outbox.clock()
        orphans = find_orphans(connection, in_hand=(), now=now, is_gone=bool)
        rescue(connection, {}, orphans=orphans, policy=Policy(), now=now)

    assert desk.outbox.states() == [State.RETRACTING, State.QUEUED]
    desk.outbox.clock.advance(MINUTE)
    desk.carry_out(DeletesFakeChannel)
    assert desk.outbox.states() == [State.RETRACTED, State.SENT]
    assert desk.remote.shown == {}
    assert desk.outbox.chain().is_whole
