"""
Host names, within a deadline.

``getaddrinfo`` cannot be interrupted, so it runs in a thread that is left behind when
it does not come back in time. It ends when the system's resolver gives up.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from syndicate.channels.wire.deadline import Deadline

Address = tuple[Any, ...]
"""Family, type, protocol, canonical name and socket address, as in ``socket``."""

Lookup = Callable[[str, int], Sequence[Address]]


def system_lookup(host: str, port: int) -> Sequence[Address]:
    """Ask the system."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


def resolve(
    host: str, port: int, deadline: Deadline, *, lookup: Lookup = system_lookup
) -> Sequence[Address]:
    """
    Give the addresses of a host, in the order to try them; at least one.

    Raises:
        OSError: The name is unknown.
        TimeoutError: Nobody answered in time.
    """
    if _is_number(host):
        return lookup(host, port)
    answers: SimpleQueue[Sequence[Address] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(lookup(host, port))
        except Exception as error:  # noqa: BLE001 - handed to the thread that asked
            answers.put(error)

    Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except Empty:
        raise TimeoutError(f"no address of {host} in time") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
