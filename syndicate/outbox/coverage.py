"""How far a correction or a retraction has got, message by message. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from syndicate.model import Act, DeliveryState
from syndicate.outbox.ledger import LedgerAlert, LedgerDelivery

SENT = {
    Act.SEND: "sent with the right words",
    Act.EDIT: "edited",
    Act.DELETE: "deleted",
    Act.REPLACE: "sent anew",
    Act.REPLY: "answered; the first message stays",
    Act.NOTICE: "notice sent; the first message cannot be recalled",
}
"""What is true once an act is done."""

NOT_DONE = {
    DeliveryState.HELD: "held: waits for a person",
    DeliveryState.QUEUED: "not done yet",
    DeliveryState.SENDING: "not done yet",
    DeliveryState.IN_DOUBT: "in doubt: may have arrived",
    DeliveryState.FAILED: "failed; the first message stays",
    DeliveryState.EXPIRED: "expired: too late to send",
    DeliveryState.CANCELLED: "nothing to do",
    DeliveryState.RETRACTING: "being changed or withdrawn",
    DeliveryState.RETRACTED: "changed or withdrawn since",
}
LEFT = {
    DeliveryState.HELD: "held: waits for a person",
    DeliveryState.QUEUED: "still waits to be sent",
    DeliveryState.SENDING: "being sent; it cannot be recalled",
    DeliveryState.SENT: "delivered; it cannot be recalled",
    DeliveryState.IN_DOUBT: "in doubt: it may stand there; `syndicate resolve` settles it",
    DeliveryState.FAILED: "never arrived",
    DeliveryState.EXPIRED: "never arrived",
    DeliveryState.CANCELLED: "called off before it left",
    DeliveryState.RETRACTING: "still stands; trying to change it has failed",
    DeliveryState.RETRACTED: "changed or withdrawn before",
}
"""What is true of a message that no act was filed for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How one message stands."""

    channel: str
    delivery: int  # number of the act, or of the message where none was filed
    outcome: str  # a phrase
    is_reached: bool  # readers see the right words, or no longer the wrong ones
    is_doubtful: bool  # nobody knows what they see
    where: str = ""
    reason: str = ""


def coverage(alert: LedgerAlert, thread: Sequence[LedgerAlert]) -> list[Covered]:
    """
    Say what has become of every message that an alert corrects or retracts.

    Args:
        alert: One that corrects or retracts.
        thread: It, and all that belongs to it, as ``ledger.amended`` gives them.
    """
    about = {each.target_id for each in alert.deliveries}
    # In a channel that is told in words of its own, one message speaks of all.
    anew = {each.channel for each in alert.deliveries if not each.act.is_change}
    before = [
        each
        for earlier in thread
        if earlier.id < alert.id and earlier.retracts is None
        for each in earlier.deliveries
        if each.act is not Act.DELETE
    ]
    return [
        *(_of_act(each) for each in alert.deliveries),
        *_left(before, about=about, anew=anew),
    ]


def _of_act(each: LedgerDelivery) -> Covered:
    sent = each.state is DeliveryState.SENT
    return Covered(
        channel=each.channel,
        delivery=each.id,
        outcome=SENT[each.act] if sent else NOT_DONE[each.state],
        is_reached=sent or each.state is DeliveryState.CANCELLED,
        is_doubtful=each.state is DeliveryState.IN_DOUBT,
        where=each.remote_url or "",
        reason="" if sent else each.last_error or "",
    )


def _left(
    before: Sequence[LedgerDelivery], *, about: set[int | None], anew: set[str]
) -> Iterator[Covered]:
    """Give the messages that nothing is done about, but for those long gone."""
    for each in before:
        superseded = each.state is DeliveryState.RETRACTED or each.channel in anew
        if each.id in about or superseded or each.act is Act.EDIT:
            continue
        reached = each.state in {
            DeliveryState.CANCELLED,
            DeliveryState.EXPIRED,
            DeliveryState.FAILED,
        }
        yield Covered(
            channel=each.channel,
            delivery=each.id,
            outcome=LEFT[each.state],
            is_reached=reached,
            is_doubtful=each.state is DeliveryState.IN_DOUBT,
            where=each.remote_url or "",
            reason="",
        )
