"""Ofsted's addresses: the number of a report's file in each of the shapes it has had, and the page of a provider."""

import re

from scraper.reference.addresses import address_parts

# /v1/file/50231520 now, /provider/files/2753832/urn/80425.pdf before 2018, and /file/... The number is the identity, the host is not.
FILE = re.compile(r"/(?:(?:v\d+/)?file|provider/files?)/(\d+)(?:/|\.pdf|$)", re.IGNORECASE)
PROVIDER = re.compile(r"/provider/\d+/(\d{1,12})/?$")
ADDRESS = re.compile(r"(?:https?://|\bwww\.|\b(?:files|reports)\.)[^\s<>\"'()]+", re.IGNORECASE)
HOST = "ofsted.gov.uk"
LONGEST_NUMBER = 18
"""Digits; what a database holds as an integer. Ofsted's have eight."""


def file_number(address: str) -> int | None:
    """The number that identifies a report, from any of the addresses its file has had; None where there is none."""
    found = FILE.search(address_parts(address).path)
    return int(found[1]) if found and len(found[1]) <= LONGEST_NUMBER else None


def provider_urn(address: str) -> str | None:
    """The URN of the provider whose page this is; None for other pages."""
    found = PROVIDER.search(address_parts(address).path)
    return found[1] if found else None


def is_ofsteds(address: str) -> bool:
    """Whether an address is on one of Ofsted's hosts."""
    host = (address_parts(address).hostname or "").rstrip(".")
    return host == HOST or host.endswith(f".{HOST}")


def linked_reports(addresses: tuple[str, ...], text: str = "") -> tuple[int, ...]:
    """The numbers of the reports on Ofsted's site that these addresses, or addresses written in the text, lead to; each once."""
    written = (found[0].rstrip(".,;:") for found in ADDRESS.finditer(text))
    whole = (address if "//" in address else f"https://{address}" for address in (*addresses, *written))
    numbers = (file_number(address) for address in whole if is_ofsteds(address))
    return tuple(dict.fromkeys(number for number in numbers if number is not None))
