"""What a mail address is: the one judge of it, for the config and for the mails that are made of it."""

import re
from email.errors import HeaderParseError
from email.headerregistry import Address

EXPECTED = "a mail address such as name@example.org is expected"
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
LOCAL = re.compile(rf"{ATOM}+(?:\.{ATOM}+)*")
LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
LONGEST, LONGEST_LOCAL, LONGEST_LABEL = 254, 64, 63  # RFC 5321, DNS


def mail_address(text: str) -> str:
    """The address as it is; raises `ValueError` with words where no mail can go to it or come from it."""
    local, _, domain = text.rpartition("@")
    for words, is_wrong in _wrong(local, domain).items():
        if is_wrong:
            raise ValueError(f"{EXPECTED}: {words}")
    try:
        Address(addr_spec=text)
        domain.encode("idna")
    except (HeaderParseError, ValueError, LookupError, AttributeError) as error:
        raise ValueError(f"{EXPECTED}: {error}") from None
    return text


def _wrong(local: str, domain: str) -> dict[str, bool]:
    """What can be wrong with an address, in words, and whether it is; the first that is says it best."""
    return {
        "something is missing before or after the @": not local or not domain,
        "there is more than one @; give several addresses as a list": "@" in local,
        "only ASCII is possible; write a name of a domain as xn--...": not (local + domain).isascii(),
        "there is a full stop at its end": domain.endswith("."),
        "there is a full stop beside the @ or at the beginning": "." in (local[:1], local[-1:], domain[:1]),
        "there are two full stops side by side": ".." in local or ".." in domain,
        f"what is before the @ is longer than {LONGEST_LOCAL} characters": len(local) > LONGEST_LOCAL,
        f"it is longer than {LONGEST} characters": len(local) + 1 + len(domain) > LONGEST,
        "what is before the @ has a character that no address has": not LOCAL.fullmatch(local),
        "what is after the @ is not the name of a host": not all(map(_is_label, domain.split("."))),
    }


def _is_label(part: str) -> bool:
    return len(part) <= LONGEST_LABEL and LABEL.fullmatch(part) is not None
