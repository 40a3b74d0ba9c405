"""Which addresses may be reached: all without a network."""

import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.address import IPv4Address

from scraper.fetching.addresses import (
    AddressGuard,
    AddressPolicy,
    AllowedAddresses,
    as_ip,
    host_of,
    is_web_address,
    policy_for,
)
from scraper.politeness import FetchFailed
from tests.scraper.fetching.server import run

PUBLIC, LOOPBACK, PRIVATE = (AddressPolicy(host) for host in ("reports.example", "127.0.0.1", "10.1.2.3"))
INTERNAL = [
    *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
    *("240.0.0.1", "0.0.0.0"),  # noqa: S104 - refused, not bound to
]


@pytest.mark.parametrize("host", [*INTERNAL, "[::1]", "localhost", "LOCALHOST.", "a.localhost", "fe80::1%eth0"])
def test_a_public_source_reaches_no_address_inside(host: str) -> None:
    assert not PUBLIC.allows_host(host)


@pytest.mark.parametrize("host", ["files.example", "8.8.8.8", "2001:4860:4860::8888"])
def test_a_public_source_reaches_public_addresses(host: str) -> None:
    assert PUBLIC.allows_host(host)


def test_a_loopback_source_reaches_loopback_only_besides_the_public() -> None:
    assert all(LOOPBACK.allows_host(host) for host in ("127.0.0.1", "localhost", "127.0.0.2", "::1"))
    assert AddressPolicy("localhost").allows_host("127.0.0.1")
    assert not any(LOOPBACK.allows_host(host) for host in ("10.0.0.1", "169.254.169.254", "192.168.0.1"))


def test_a_private_source_reaches_itself_only_besides_the_public() -> None:
    assert PRIVATE.allows_host("10.1.2.3")
    assert not any(PRIVATE.allows_host(host) for host in ("10.1.2.4", "127.0.0.1", "localhost", "169.254.169.254"))


class Receiver:
    """Notes what a resolver is told."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.done = False

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.done = True


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (PUBLIC, ["8.8.8.8"]),
        (LOOPBACK, ["8.8.8.8", "127.0.0.1"]),
        (AddressPolicy("reports.example", frozenset({"name.example"})), ["8.8.8.8", "127.0.0.1", "10.1.2.3"]),
    ],
)
def test_a_name_does_not_stand_for_an_address_inside(policy: AddressPolicy, allowed: list[str]) -> None:
    receiver = Receiver()
    filtered = AllowedAddresses(receiver, "name.example", policy)
    for host in ("8.8.8.8", "127.0.0.1", "10.1.2.3"):
        filtered.addressResolved(IPv4Address("TCP", host, 443))
    filtered.resolutionComplete()
    assert receiver.addresses == allowed and receiver.done


@given(st.ip_addresses())
def test_an_address_that_is_not_global_is_never_reached_from_a_public_source(address: Any) -> None:
    assert address.is_global or not PUBLIC.allows(address)


def test_proxies_of_the_machine_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.internal:3128")
    assert "proxy.internal" in policy_for("https://reports.example/x").proxies
    assert as_ip("proxy.internal") is None


def test_a_host_for_which_no_proxy_is_used_is_not_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "intranet.example")
    monkeypatch.setenv("https_proxy", "proxy.internal:3128")
    policy = policy_for("https://reports.example/x")
    assert policy.proxies == {"proxy.internal"}
    receiver = Receiver()
    AllowedAddresses(receiver, "intranet.example", policy).addressResolved(IPv4Address("TCP", "10.1.2.3", 443))
    assert receiver.addresses == []


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy", "ALL_PROXY", "SOCKS_PROXY"])
@pytest.mark.parametrize("proxy", ["HTTPS_PROXY", "https_proxy"])
def test_what_is_no_proxy_of_ours_is_not_taken_for_one_however_it_is_written(
    monkeypatch: pytest.MonkeyPatch, name: str, proxy: str
) -> None:
    for other in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(other, raising=False)
        monkeypatch.delenv(other.upper(), raising=False)
    monkeypatch.setenv(name, "intranet.example")
    monkeypatch.setenv(proxy, "http://Proxy.internal:3128")
    policy = policy_for("https://reports.example/x")
    assert policy.proxies == {"proxy.internal"}
    receiver = Receiver()
    AllowedAddresses(receiver, "Proxy.internal", policy).addressResolved(IPv4Address("TCP", "10.1.2.3", 443))
    assert receiver.addresses == ["10.1.2.3"]


def test_a_proxy_that_is_written_wrongly_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://[proxy")
    assert policy_for("https://reports.example/x").proxies <= {"proxy.internal"}


BEHIND_PROXY = AddressPolicy("reports.example", frozenset({"proxy.internal"}))
KNOWN = {"files.example": "8.8.8.8", "trap.example": "10.1.2.3", "reports.example": "10.1.2.4"}


def asked_by_name(name: str, *_: Any, **__: Any) -> list[Any]:
    if name not in KNOWN:
        raise socket.gaierror
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (KNOWN[name], 0))]


@pytest.mark.parametrize(
    ("host", "passes"),
    [
        ("files.example", True),
        ("unknown-here.example", True),  # many a network lets only its proxy ask for public names
        ("reports.example", True),  # the config names it
        ("trap.example", False),
        ("proxy.internal", False),
        ("intranet.council.local", False),
        ("intranet", False),
        ("router.lan.", False),
        ("10.1.2.3", False),
    ],
)
def test_a_proxy_is_not_asked_for_what_this_machine_knows_to_lie_inside(
    monkeypatch: pytest.MonkeyPatch, host: str, passes: bool
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", asked_by_name)
    guard = AddressGuard(BEHIND_PROXY)
    for _ in range(2):
        if passes:
            run(guard.check(f"http://{host}/x"))
            continue
        with pytest.raises(FetchFailed, match="not a public address") as refused:
            run(guard.check(f"http://{host}/x"))
        assert refused.value.lasting and not refused.value.again


@pytest.mark.parametrize(
    "url",
    [
        "http://[feed]/x",
        "http://a.example:99999/",
        "http://8.8.8.8:99999/",
        "http://8.8.8.8:0/",
        f"http://{'a' * 64}.example/",
        "http://a..b/",
        "https:",
        "http:///x",
        "http://a b.example/",
        "http://a%00b.example/",
        "http://a;b.example/",
        "http://a\u00b4b.example/",
    ],
)
def test_an_address_that_names_no_host_there_can_be_is_refused_before_it_is_looked_up(url: str) -> None:
    assert host_of(url) == ""


@pytest.mark.parametrize("url", ["http://a.example:80/", "http://[::1]/", "http://bücher.example/", "http://10.0.0.1/"])
def test_an_address_that_names_a_host_is_looked_at(url: str) -> None:
    assert host_of(url)


@pytest.mark.parametrize(
    "url", ["http://a.example/", "https://a_b.example:8443/x?y", "http://[::1]:80/", "HTTP://-a.example"]
)
def test_a_web_address_can_be_asked_for(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize("url", ["ftp://a.example/", "//a.example/", "http://", "", "http://me:secret@a.example/"])
def test_what_scrapy_could_not_ask_for_is_no_web_address(url: str) -> None:
    assert not is_web_address(url)
