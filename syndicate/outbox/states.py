"""
Which state may follow which. Whatever is not here never happens.

    held -> queued -> sending -> sent -> retracting -> retracted
                        |-> queued      never left, or refused for now, or keyed
                        |-> failed      refused for good, or patience ended
                        |-> expired     never left, and the next try would come too late
                        |-> in_doubt    it may have arrived
                        |-> cancelled   never left, and was called off meanwhile
    held, queued -> cancelled, expired  nobody has seen it
    queued -> in_doubt                  too late or withdrawn, after a try that may have arrived
    in_doubt -> sent, queued, cancelled read back, or a named person's word
"""

from collections.abc import Mapping

from syndicate.model import DeliveryState as State

FOLLOWS: Mapping[State, frozenset[State]] = {
    State.HELD: frozenset({State.QUEUED, State.CANCELLED, State.EXPIRED}),
    State.QUEUED: frozenset(
        {State.SENDING, State.CANCELLED, State.EXPIRED, State.IN_DOUBT}
    ),
    State.SENDING: frozenset(
        {
            State.SENT,
            State.QUEUED,
            State.FAILED,
            State.EXPIRED,
            State.IN_DOUBT,
            State.CANCELLED,
        }
    ),
    State.IN_DOUBT: frozenset({State.SENT, State.QUEUED, State.CANCELLED}),
    State.SENT: frozenset({State.RETRACTING}),
    State.RETRACTING: frozenset({State.RETRACTED}),
    State.FAILED: frozenset(),
    State.EXPIRED: frozenset(),
    State.CANCELLED: frozenset(),
    State.RETRACTED: frozenset(),
}

FIRST = frozenset({State.HELD, State.QUEUED, State.EXPIRED})
"""How a delivery may begin: an alert that comes too late is filed as expired."""


def too_late(*, ambiguous: bool) -> State:
    """Give the end of what waited too long: ``expired`` promises that nobody saw it."""
    return State.IN_DOUBT if ambiguous else State.EXPIRED


def withdrawn(*, ambiguous: bool) -> State:
    """Give the end of what was called back while it waited."""
    return State.IN_DOUBT if ambiguous else State.CANCELLED
