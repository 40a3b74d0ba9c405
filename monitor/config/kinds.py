"""The kinds of values that keys of config.yaml have, and what every part of it is made of."""

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from cssselect import SelectorError, parse
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from monitor.config.addresses import mail_address

DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d)")
LONGEST = timedelta(days=366)
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _duration(value: object) -> timedelta:
    match = DURATION.fullmatch(str(value).strip())
    if isinstance(value, timedelta):
        return value
    if not match:
        raise ValueError("a duration such as 90s, 30m, 2h or 1d is expected")
    seconds = float(match[1]) * SECONDS[match[2]]
    if seconds > LONGEST.total_seconds():
        raise ValueError(f"no more than {LONGEST.days}d is expected")
    return timedelta(seconds=seconds)


def _every(value: timedelta) -> timedelta:
    if value < timedelta(seconds=1):
        raise ValueError("at least 1s is expected")
    return value


def _or_never(value: object) -> object:
    """YAML reads a bare `off` as false."""
    return None if value is False or str(value).strip().lower() in ("off", "never") else value


def _every_or_never(value: timedelta | None) -> timedelta | None:
    return value if value is None else _every(value)


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address that begins with http:// or https:// is expected")
    return value.rstrip("/") if parts.path in ("", "/") and not parts.query else value


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("the name of a time zone such as Europe/London is expected")
    return value


def _selector(value: str | None) -> str | None:
    try:
        parse(value or "*")
    except SelectorError as error:
        raise ValueError(f"a CSS selector is expected: {error}") from None
    return value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
MailAddress = Annotated[str, AfterValidator(mail_address)]
LISTED = BeforeValidator(_listed)
"""One value may stand for a list of one."""
Names = Annotated[tuple[str, ...], LISTED]
Often = Annotated[Duration | None, AfterValidator(_every_or_never)]
OftenOrNever = Annotated[Duration | None, BeforeValidator(_or_never), AfterValidator(_every_or_never)]
ZoneName = Annotated[str, AfterValidator(_zone)]
Selector = Annotated[str | None, AfterValidator(_selector)]


class Strict(BaseModel):
    """A part of the config: a key that it does not know is an error, and it never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, populate_by_name=True)
