"""
What to do after a failed try. Pure: no clock, no store, no randomness of its own.

                    keyed                       read-back   semi       blind      harmless
    NotSentError    retry                       retry       retry      retry      retry
    InDoubtError    retry while the key lives   in doubt    one more   in doubt   retry
    RejectedError   failed                      failed      failed     failed     failed

One more, ``resend_after`` the first, and then it is in doubt: a channel that refuses the
same words again tells by its refusal that it has them (``settle.py``).

A retry that would come too late is an end instead: ``expired`` past the not-after,
``failed`` past the policy's patience. And whatever the end, a delivery of which some
try may have arrived is in doubt: expired and failed promise that nobody saw it.

A retry uses the same key and the same bytes. Its wait is drawn at random below a
ceiling that doubles (full jitter), so that many deliveries do not come back at once. A
channel's own ``Retry-After`` is a floor, never a wish.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndicate.errors import DeliveryError, NotSentError, RejectedError
from syndicate.model import DeliveryState, Limits, Memory

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Retry:
    """Put it back in the queue."""

    after: timedelta
    key_until: datetime | None = None  # its key is good until then; None: any time


@dataclass(frozen=True, slots=True)
class Stop:
    """Leave it in a final state, with the reason shown to operators."""

    state: DeliveryState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How patient a lane is."""

    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=5)
    patience: timedelta = timedelta(days=1)  # for what has no not-after

    def ceiling(self, attempt: int) -> timedelta:
        """Double from ``first`` and stop at ``longest``. The first attempt is 1."""
        return min(self.longest, self.first * (1 << min(attempt - 1, 20)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What is known of a delivery whose latest try just failed. Times are UTC."""

    attempt: int  # tries so far, this one included
    now: datetime
    first: datetime  # when the first try began
    began: datetime  # when this one did
    ambiguous: bool = False  # an earlier try may have arrived
    key_until: datetime | None = None  # from that earlier try
    not_after: datetime | None = None


def after_failure(
    error: DeliveryError,
    tried: Tried,
    *,
    limits: Limits,
    policy: Policy,
    draw: float,
) -> Retry | Stop:
    """
    Decide what becomes of a delivery.

    Args:
        error: What the channel raised. A plain ``DeliveryError`` proves nothing and
            counts as a doubt.
        tried: The story so far.
        limits: The channel's.
        policy: The lane's.
        draw: A random number, from 0 up to but not including 1.
    """
    proven = isinstance(error, NotSentError | RejectedError)
    harmless = limits.memory is Memory.HARMLESS
    if harmless:  # nobody needs to know whether it arrived
        tried = replace(tried, ambiguous=False, key_until=None)
    ambiguous = not harmless and (tried.ambiguous or not proven)
    if isinstance(error, RejectedError):
        return _stop(DeliveryState.FAILED, f"{error}", ambiguous=ambiguous)
    if not proven and not _may_repeat(tried, limits):
        return _stop(DeliveryState.IN_DOUBT, f"{error}", ambiguous=ambiguous)
    keyed = limits.memory is Memory.KEYED
    key_until = _key_end(tried, limits) if keyed and not proven else tried.key_until
    wait = _wait(error, tried, policy=policy, draw=draw)
    if ambiguous:
        wait = max(wait, limits.resend_after)
    if late := _too_late(tried, tried.now + wait, key_until=key_until, policy=policy):
        state, reason = late
        return _stop(state, f"{error}; {reason}", ambiguous=ambiguous)
    return Retry(wait, key_until)


def _stop(state: DeliveryState, reason: str, *, ambiguous: bool) -> Stop:
    if ambiguous and state is not DeliveryState.IN_DOUBT:
        reason = f"{reason}; an earlier try may have arrived"
    return Stop(DeliveryState.IN_DOUBT if ambiguous else state, reason)


def _may_repeat(tried: Tried, limits: Limits) -> bool:
    """Tell whether what may have arrived may be sent again without asking."""
    if limits.memory is Memory.SEMI:
        return bool(limits.resend_after) and not tried.ambiguous
    return limits.memory in {Memory.KEYED, Memory.HARMLESS}


def _key_end(tried: Tried, limits: Limits) -> datetime:
    """
    Give the time from which the key may no longer be trusted.

    A twelfth of the channel's memory is left as a margin: it remembers from when it
    answered, we count from when we asked, and its clock is not ours. Of Mastodon's
    hour that leaves 55 minutes.
    """
    end = tried.began + limits.remembers_key_for * 11 / 12
    return min(tried.key_until, end) if tried.key_until else end


def _wait(
    error: DeliveryError, tried: Tried, *, policy: Policy, draw: float
) -> timedelta:
    if isinstance(error, NotSentError) and error.retry_after is not None:
        return max(error.retry_after, NOTHING) + policy.first * draw
    ceiling = policy.ceiling(tried.attempt)
    if tried.not_after:  # a last try shortly before it is too late, not after
        ceiling = min(ceiling, max(tried.not_after - tried.now, policy.first))
    return ceiling * draw


def _too_late(
    tried: Tried, then: datetime, *, key_until: datetime | None, policy: Policy
) -> tuple[DeliveryState, str] | None:
    if key_until and then >= key_until:
        return DeliveryState.IN_DOUBT, "the channel would no longer know the key"
    if tried.not_after and then > tried.not_after:
        return DeliveryState.EXPIRED, "the next try would come after its not-after"
    if then - tried.first > policy.patience:
        return DeliveryState.FAILED, f"gave up after {tried.attempt} tries"
    return None
