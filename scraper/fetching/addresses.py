"""Which network addresses a crawl may reach: public ones, and the loopback or private one that the config itself names.

Otherwise a link or redirect on a public page could make this machine ask its own network for something.
Behind a web proxy it is the proxy that connects: names that this machine knows to be inside are not asked for, the rest is its to refuse.
"""

import asyncio
import logging
import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IResolutionReceiver
from zope.interface import implementer

from scraper.items import Verdict
from scraper.politeness import FetchFailed

logger = logging.getLogger(__name__)
IP = IPv4Address | IPv6Address
WEB = frozenset({"http", "https"})
NAME = re.compile(rb"[\w.-]+")
LOOKUP = 5.0  # seconds
INSIDE = ("corp", "home", "home.arpa", "internal", "intranet", "lan", "local", "localdomain", "private")
"""How names end that nobody has in public."""
NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """`host` is that of the source's own URL; `proxies` are hosts of the machine's own web proxies."""

    host: str
    proxies: frozenset[str] = frozenset()

    def allows_host(self, host: str) -> bool:
        """Whether a URL may name this host. Other names than localhost are decided when they are resolved."""
        literal = as_ip(host)
        return self.allows(literal) if literal else not is_localhost(host) or self._loopback()

    def allows(self, address: IP) -> bool:
        """Whether a connection to this address may be made."""
        real = embedded(address)
        if real.is_loopback:
            return self._loopback()
        return (real.is_global and not real.is_multicast) or real == as_ip(self.host)

    def _loopback(self) -> bool:
        literal = as_ip(self.host)
        return literal.is_loopback if literal else is_localhost(self.host)


def as_ip(host: str) -> IP | None:
    """The address written as a host, with or without brackets; None for a name."""
    try:
        return embedded(ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        return None


def embedded(address: IP) -> IP:
    """The IPv4 address that an IPv6 one stands for, where it does: otherwise ::ffff:10.0.0.1 would pass for public."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_localhost(host: str) -> bool:
    """Whether a name always means this machine."""
    name = host.lower().rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


def is_inside(name: str) -> bool:
    """Whether a name can only be one of a network's own: a single word, or one that ends as no public name does."""
    parts = name.lower().rstrip(".")
    return not as_ip(name) and ("." not in parts or parts.endswith(tuple(f".{end}" for end in INSIDE)))


async def stands_inside(name: str, policy: AddressPolicy) -> bool:
    """Whether this machine knows the name, and for an address that may not be reached. What it does not know, a proxy may."""
    lookup = asyncio.get_running_loop().getaddrinfo(name, None)
    try:
        found = await asyncio.wait_for(lookup, LOOKUP)
    except (OSError, ValueError):
        return False
    addresses = (str(address[0]).partition("%")[0] for *_, address in found)
    return any(not policy.allows(ip_address(address)) for address in addresses)


def policy_for(url: str) -> AddressPolicy:
    """The policy of a source with this URL on this machine; among its proxies, `no` is the list of what is reached without one."""
    named = (proxy for kind, proxy in getproxies().items() if kind in WEB)
    return AddressPolicy(urlsplit(url).hostname or "", frozenset(filter(None, map(proxy_host, named))))


def proxy_host(proxy: str) -> str:
    """The host of a proxy as the environment names it, with its scheme or without; "" where that is no proxy that can be used."""
    address = proxy if "//" in proxy else f"//{proxy}"
    host = host_of(address)
    usable = host and urlsplit(address).scheme in ("", *WEB) and urlsplit(address).netloc.count("@") < 2
    return host if usable else ""


def host_of(url: str) -> str:
    """The host that a URL names; "" where it names none that could exist, or a port that could not.

    What Twisted cannot ask for fails there in ways of its own: a name that is too long never comes back from Python's resolver.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        possible = (as_ip(host) or NAME.fullmatch(host.encode("idna"))) and parts.port != 0
    except ValueError:
        return ""
    return host if possible else ""


def is_web_address(url: str) -> bool:
    """Whether it is one that can be asked for: what stands before an @ Twisted takes for a part of the host's name."""
    return bool(host_of(url)) and urlsplit(url).scheme in WEB and "@" not in urlsplit(url).netloc


class AddressGuard:
    """Says of every address, each hop of a redirect included, whether a crawl with this policy may ask for it."""

    def __init__(self, policy: AddressPolicy) -> None:
        self.policy = policy
        self.inside: dict[str, bool] = {}

    @classmethod
    def of(cls, source: str) -> "AddressGuard":
        """That of a crawl of the source with this URL."""
        return cls(policy_for(source))

    async def check(self, url: str) -> None:
        """Raise `FetchFailed` where the address is none, or its host not one that may be reached."""
        host = host_of(url)
        if not is_web_address(url):
            raise FetchFailed(Verdict.BROKEN, f"it leads to {url[:100]}, not a web address", host=False)
        if not self.policy.allows_host(host) or await self._leads_inside(host):
            reason = f"it leads to {host}, not a public address, and the config does not name that"
            raise FetchFailed(Verdict.BROKEN, reason, host=False)

    async def _leads_inside(self, host: str) -> bool:
        """Whether a proxy would be asked for what lies inside. Without one, the resolver looks at the addresses themselves."""
        if not self.policy.proxies or host == self.policy.host or as_ip(host):
            return False
        if host not in self.inside:
            self.inside[host] = is_inside(host) or await stands_inside(host, self.policy)
        return self.inside[host]


@implementer(IResolutionReceiver)
class AllowedAddresses:
    """Passes on only the addresses that may be reached, so that no name can stand for another machine's address."""

    def __init__(self, receiver: Any, name: str, policy: AddressPolicy) -> None:
        self.receiver, self.name, self.policy = receiver, name, policy

    def resolutionBegan(self, resolution: Any) -> None:
        """Passed on."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        """Passed on if the address may be reached, else logged."""
        if self.name.lower() in self.policy.proxies or self.policy.allows(ip_address(address.host.partition("%")[0])):
            self.receiver.addressResolved(address)
        else:
            logger.warning("refused: the name %s stands for %s, which is not a public address", self.name, address.host)

    def resolutionComplete(self) -> None:
        """Passed on; a name of which no address was, is one that does not exist."""
        self.receiver.resolutionComplete()


class GuardedResolver(CachingHostnameResolver):
    """Scrapy's caching resolver for IPv4 and IPv6, without the addresses that may not be reached."""

    policy: AddressPolicy

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """As Scrapy makes its resolver, with the policy of the source that is crawled."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.policy = policy_for(crawler.settings["SOURCE_URL"])
        return resolver

    def resolveHostName(self, resolutionReceiver: Any, hostName: str, *args: Any, **kwargs: Any) -> Any:
        """Resolve as Scrapy does; the receiver is told only of addresses that may be reached."""
        allowed: Any = AllowedAddresses(resolutionReceiver, hostName, self.policy)
        return super().resolveHostName(allowed, hostName, *args, **kwargs)
