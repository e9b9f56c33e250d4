"""The shapes that an address of the inside can take."""

from datetime import timedelta

import pytest

from syndicate.channels.wire.deadline import Deadline
from syndicate.fetch.guard import Guarded, RefusedError, is_public

BAD = """
127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1
169.254.169.254 100.64.0.1 192.0.0.8 192.0.0.170 192.0.2.1 192.88.99.1 198.18.0.1
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b:1::1 100::1 100:0:0:1::1 2001::1 2001:10::1 2001:db8::1 2002:7f00:1::
3ffe::1 3fff::1 4000::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1
fe80::1%eth0 2606:4700::1111%eth0
""".split()

GOOD = """
1.1.1.1 8.8.8.8 93.184.216.34 223.130.195.95 192.0.1.1 100.128.0.1 ::ffff:8.8.8.8
2606:4700:4700::1111 2a00:1450:4001:81b::200e 2001:4860:4860::8888
""".split()


@pytest.mark.parametrize("address", BAD)
def test_an_address_of_the_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_the_internet_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["", "localhost", "2130706433", "0x7f.1", "1.2.3"])
def test_what_is_no_address_is_not(address: str) -> None:
    assert not is_public(address)


def looked_up(
    *addresses: str, port: int = 80, allow: tuple[str, ...] = ()
) -> list[str]:
    """Ask where a host may be connected to whose name leads to some addresses."""
    guarded = Guarded(
        Deadline(timedelta(seconds=1)),
        allow=allow,
        lookup=lambda _, port: [(2, 1, 6, "", (each, port)) for each in addresses],
    )
    return [str(at[0]) for *_, at in guarded.addresses("Pictures.example", port)]


def test_every_good_address_of_a_host_may_be_tried() -> None:
    assert looked_up("1.1.1.1", "8.8.8.8") == ["1.1.1.1", "8.8.8.8"]


def test_one_bad_address_refuses_the_host() -> None:
    with pytest.raises(RefusedError, match=r"is 10\.0\.0\.1"):
        looked_up("1.1.1.1", "10.0.0.1")


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_the_ports_of_the_web_are_open(port: int) -> None:
    with pytest.raises(RefusedError, match=f"port {port}"):
        looked_up("1.1.1.1", port=port)


def test_the_operator_may_name_a_host_of_the_inside() -> None:
    assert looked_up("10.0.0.1", allow=("pictures.example",)) == ["10.0.0.1"]


def test_a_name_without_a_port_opens_no_other_port() -> None:
    with pytest.raises(RefusedError):
        looked_up("10.0.0.1", port=8080, allow=("pictures.example",))
    allow = ("pictures.example:8080",)
    assert looked_up("10.0.0.1", port=8080, allow=allow) == ["10.0.0.1"]
    with pytest.raises(RefusedError):
        looked_up("10.0.0.1", allow=allow)
