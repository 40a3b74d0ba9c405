"""The web proxy that the environment names (HTTP_PROXY, HTTPS_PROXY): whether it can be one, and what people call it. No password is told."""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from scraper.fetching.addresses import proxy_host

UNUSABLE = "{variable} names no proxy that can be used ({called}): write it as http://host:port, or http://name:password@host:port with what is special in name and password escaped (%40 for @)"


def proxy_for(url: str) -> str:
    """The proxy that stands between us and this address, as the environment has it; empty where there is none."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return ""
    return getproxies().get(parts.scheme, "")


def wrong_proxy(url: str) -> str:
    """What is wrong with the proxy for this address, in words; empty where nothing is, or there is none."""
    proxy = proxy_for(url)
    if not proxy or proxy_host(proxy):
        return ""
    return UNUSABLE.format(variable=f"{urlsplit(url).scheme.upper()}_PROXY", called=_called(proxy))


def through(url: str) -> str:
    """What to add to a failure on the way to this address: that there is a proxy between."""
    proxy = proxy_for(url)
    return f" (through the proxy {_called(proxy)})" if proxy else ""


def _called(proxy: str) -> str:
    """A proxy without its name and password."""
    scheme, slashes, rest = proxy.rpartition("://")
    return f"{scheme}{slashes}{rest.rpartition('@')[2]}".rstrip("/")
