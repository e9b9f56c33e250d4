"""Telling one of many recipients, beside hundreds of others."""

from collections.abc import Sequence
from concurrent.futures import Executor
from datetime import timedelta

from syndicate.channels.base import Wide
from syndicate.channels.wire import verdict
from syndicate.channels.wire.abreast import Abreast
from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.resolve import Address
from syndicate.errors import DeliveryError, InDoubtError, NotSentError, SetupError
from syndicate.fetch.guard import Guarded
from syndicate.model import Receipt
from syndicate.outbox.attempt import Flight, obstacle
from syndicate.outbox.settle import Outcome


class Crowd:
    """The recipients of a channel. Used from one event loop."""

    def __init__(self, wide: Wide, deadline: timedelta, *, lookups: Executor) -> None:
        self._wide = wide
        self._deadline = deadline
        self._sender = Abreast(self._addresses, lookups=lookups)

    async def tell(self, flight: Flight) -> Outcome:
        """
        Hand a body to its recipient, if that may still be done.

        Never raises, as ``attempt.send`` does not.
        """
        try:
            return obstacle(flight) or await self._post(flight)
        except DeliveryError as error:
            return error
        except SetupError as error:  # the file of recipients: nobody was asked
            return NotSentError(str(error))
        except Exception as error:  # noqa: BLE001, its words may hold a secret
            return InDoubtError(f"the channel broke off: {type(error).__name__}")

    async def _post(self, flight: Flight) -> Outcome:
        row = flight.row
        request = self._wide.request(
            row.body, key=row.key, recipient=row.recipient or ""
        )
        answer = await self._sender.post(request, allowed=self._deadline)
        problem = verdict(answer, speaks_json=False)
        return problem or Receipt(remote_id=row.key)

    def _addresses(self, host: str, port: int, deadline: Deadline) -> Sequence[Address]:
        """Give where a recipient may be connected to: nothing inside our own network."""
        return Guarded(deadline, allow=self._wide.allow).addresses(host, port)
