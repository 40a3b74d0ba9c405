"""`compare.second_reader` of config.yaml: whom else to ask, and what that may cost."""

from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from monitor.config.kinds import Duration, Strict, WebAddress

ENDPOINT = "/chat/completions"
SHORTEST, LONGEST = timedelta(seconds=1), timedelta(minutes=10)


def _base_address(value: str) -> str:
    parts = urlsplit(value)
    base = value.rstrip("/")
    if parts.username is not None or parts.password is not None:
        raise ValueError("no name and no password are expected in the address: name the key's variable with `key_env`")
    if "?" in value or "#" in value:
        raise ValueError("an address without `?` and `#` is expected")
    _ = parts.port  # raises where it is none
    if base.endswith(ENDPOINT):
        raise ValueError(f"the address before `{ENDPOINT}` is expected: leave that out")
    return base


def _patience(value: timedelta) -> timedelta:
    if not SHORTEST <= value <= LONGEST:
        raise ValueError("from 1s to 10m is expected")
    return value


class SecondReader(Strict):
    """A server with OpenAI's interface that is asked where we are not sure. The key is never in this file: `key_env` names an environment variable.

    `at_most`: questions a day; `wait`: how long one may take from its sending to the last byte of the answer.
    """

    url: Annotated[WebAddress, AfterValidator(_base_address)]
    model: Annotated[str, Field(pattern=r"^\S+$")]
    key_env: Annotated[str | None, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] = None
    at_most: Annotated[int, Field(ge=1)] = 50
    wait: Annotated[Duration, AfterValidator(_patience)] = timedelta(seconds=60)

    @property
    def endpoint(self) -> str:
        """The address that questions are sent to."""
        return self.url + ENDPOINT

    @property
    def host(self) -> str:
        """Whom that is: the host, and its port where one is given."""
        return urlsplit(self.url).netloc.lower()


class Compare(Strict):
    """How reports are compared, beside what the program does by itself."""

    second_reader: SecondReader | None = None
