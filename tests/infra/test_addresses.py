"""Addresses that Python calls global although they lead inside."""

import pytest

from dayloom.infra.addresses import is_loopback, is_public


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "192.0.0.192",
        "192.88.99.1",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "fec0::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "ff02::1",
        "3fff::1",
        "5f00::1",
        "2001:db8::1",
        "::",
        "0.0.0.0",
    ],
)
def test_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111"])
def test_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST"]
)
def test_names_of_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "127.1", "0.0.0.0", "10.0.0.1", "localhost.example", "::"])
def test_names_of_others(host: str) -> None:
    assert not is_loopback(host)
