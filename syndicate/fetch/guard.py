"""
Which addresses of the network may be connected to.

    a host's name -> looked up once -> every address of it is public -> connect to those
                                    -> one is not -> refused

What is connected to is what was checked: a name that leads elsewhere when it is asked
again (DNS rebinding) gains nothing. One bad address among good ones refuses the host,
for nobody has both for an honest reason.
"""

from collections.abc import Collection, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from syndicate.channels.wire.backend import Backend
from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.resolve import Address, Lookup, resolve, system_lookup

PORTS = frozenset({80, 443})

UNICAST = ip_network("2000::/3")
"""All of IPv6 that is handed out. Source: iana.org/assignments/ipv6-address-space"""

INSIDE = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",  # multicast
        "2001::/23",  # protocol assignments; Teredo among them
        "2002::/16",  # 6to4, which wraps any IPv4 address
        "3ffe::/16",  # 6bone, given back
        "3fff::/20",  # documentation
    )
)
"""
What ``is_global`` of Python 3.11 takes for public and is not, within ``UNICAST``.

Source: iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
"""


class RefusedError(OSError):
    """A connection that may not be opened."""


def is_public(address: str) -> bool:
    """
    Tell whether an address belongs to the public internet.

    Args:
        address: IPv4 or IPv6, as text; a zone (``%eth0``) makes it a local one.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None:
            return False
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
    return _is_handed_out(found)


def _is_handed_out(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address not in UNICAST:
        return False
    return address.is_global and not any(address in network for network in INSIDE)


class Guarded(Backend):
    """Opens connections to the public internet, and to hosts the operator names."""

    def __init__(
        self,
        deadline: Deadline,
        *,
        allow: Collection[str] = (),
        lookup: Lookup = system_lookup,
    ) -> None:
        """
        Prepare a connection.

        Args:
            deadline: For all of it, names looked up included.
            allow: Hosts that may be anywhere, on the usual ports, or ``host:port``.
            lookup: Gives a host's addresses.
        """
        super().__init__(deadline)
        self._allow = frozenset(name.lower() for name in allow)
        self._lookup = lookup

    def addresses(self, host: str, port: int) -> Sequence[Address]:
        """
        Give the addresses of a host, all of them checked.

        Raises:
            RefusedError: One of them, or the port, may not be connected to.
            OSError: The name is unknown.
        """
        name = host.lower()
        is_named = f"{name}:{port}" in self._allow
        if port not in PORTS and not is_named:
            raise RefusedError(
                f"port {port} of {host} is none of 80 and 443; if that is meant,"
                f" name {host}:{port} in fetch.allow"
            )
        found = resolve(host, port, self.deadline, lookup=self._lookup)
        if is_named or name in self._allow:
            return found
        for *_, address in found:
            if not is_public(str(address[0])):
                raise RefusedError(
                    f"{host} is {address[0]}, not a public address; if that is meant,"
                    " name the host in fetch.allow"
                )
        return found
