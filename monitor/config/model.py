"""The shape of config.yaml: what each key may be. What keys may not be together is in `refusals`.

The shape is that of the project's own config.yaml, which is commented. Durations are `90s`, `30m`, `2h`, `1d`.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator

from monitor.config.kinds import (
    LISTED,
    Duration,
    MailAddress,
    Names,
    Often,
    OftenOrNever,
    Selector,
    Strict,
    WebAddress,
    ZoneName,
)
from monitor.config.second_reader import Compare
from scraper.reference import Authority, authority_named, find_authority, known_authorities

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVEN_IF_NOTHING = "even if nothing"


class When(Strict):
    """When alerts are mailed: at once, or in a digest at a local time, each day or on one weekday (0 = Monday)."""

    kind: Literal["now", "daily", "weekly"] = "now"
    weekday: int | None = None
    hour: int = 0
    minute: int = 0

    @property
    def digest(self) -> str | None:
        """A digest as the config has it, `weekly monday 08:00`; None for at once."""
        day = "" if self.weekday is None else f" {WEEKDAYS[self.weekday]}"
        return None if self.kind == "now" else f"{self.kind}{day} {self.hour:02}:{self.minute:02}"


def _when(value: object) -> object:
    if isinstance(value, When):
        return value
    text = " ".join(str(value).lower().split())
    if text == "now":
        return When()
    match = re.fullmatch(r"(?:daily|weekly (\w+)) (\d{1,2}):(\d\d)", text)
    if not match or (match[1] and match[1] not in WEEKDAYS) or int(match[2]) > 23 or int(match[3]) > 59:
        raise ValueError(
            f"now, daily 08:00 or weekly monday 08:00 is expected; behind one of the last two `, {EVEN_IF_NOTHING}` may stand"
        )
    weekday = WEEKDAYS.index(match[1]) if match[1] else None
    return When(kind="weekly" if match[1] else "daily", weekday=weekday, hour=int(match[2]), minute=int(match[3]))


def _said(value: object) -> object:
    """In a mapping on one line the comma of `weekly monday 08:00, even if nothing` ends the value, and what follows is a key of its own."""
    if value not in (None, True, False):
        raise ValueError("nothing is expected behind it")
    return value is not False


def _split_when(values: object) -> object:
    """A rule in which `when` is the time alone, and `even if nothing` is a key of its own as YAML has it on one line."""
    if not isinstance(values, dict) or not isinstance(values.get("when"), str):
        return values
    time, found, rest = values["when"].lower().rpartition(EVEN_IF_NOTHING)
    if not found or rest.strip():
        return values
    return values | {"when": time.strip().removesuffix(","), EVEN_IF_NOTHING: True}


class OfstedSource(Strict):
    """Ofsted's report site. `recheck`: how many PDFs already known are looked at again in one crawl, in case they were replaced.

    `sweep`: how often the search is asked which pages have a new report, None for never; `every`: how often all pages are looked at, else
    `whole_round` says.
    """

    url: WebAddress = "https://reports.ofsted.gov.uk"
    every: Often = None
    sweep: OftenOrNever = timedelta(minutes=15)
    delay: Duration = timedelta(seconds=3)
    recheck: Annotated[int, Field(ge=0)] = 250

    @property
    def whole_round(self) -> timedelta:
        """How often every page is looked at."""
        return self.every or (timedelta(hours=24) if self.sweep else timedelta(hours=2))


class NewsSource(Strict):
    """A news feed (RSS, Atom or a Google-News sitemap), or a page that lists stories and has none; `covers` are the authorities of the outlet's patch.

    `links`: a CSS selector of a page's stories, or of what they stand in; without it they are found.
    """

    name: Annotated[str, Field(min_length=1, pattern=r"^[^\r\n\t]+$")]
    feed: WebAddress | None = None
    page: WebAddress | None = None
    links: Selector = None
    covers: Names = ()
    every: Often = None
    delay: Duration = timedelta(seconds=5)

    @property
    def address(self) -> str:
        """That of the feed or the page: one of them is there."""
        return self.feed or self.page or ""

    @property
    def interval(self) -> timedelta:
        """How often it is looked at."""
        return self.every or timedelta(hours=1 if self.feed else 6)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.feed) is bool(self.page):
            raise ValueError("`feed` or `page` is expected, and one of them only")
        if self.links and not self.page:
            raise ValueError("`links` says which links of a `page` are stories; a feed has its entries")
        return self


class Sources(Strict):
    """Where reports and news come from; Ofsted's site is always one of them."""

    ofsted: OfstedSource = OfstedSource()
    news: tuple[NewsSource, ...] = ()


class AlertRule(Strict):
    """Who is told of what, and when. Without `watch`: all watched authorities; without `about`: everything but `source`.

    `even_if_nothing`: a digest also comes where there is nothing to tell. It is written behind the time.
    """

    to: Annotated[tuple[MailAddress, ...], LISTED, Field(min_length=1)]
    watch: Names | None = None
    about: Annotated[frozenset[Literal["report", "amended", "withdrawn", "news", "source"]], LISTED] = frozenset(
        ("report", "amended", "withdrawn", "news")
    )
    when: Annotated[When, BeforeValidator(_when)] = When()
    even_if_nothing: Annotated[bool, BeforeValidator(_said), Field(alias=EVEN_IF_NOTHING)] = False

    _when_alone = model_validator(mode="before")(_split_when)


class Mail(Strict):
    """How mail leaves. Without `host` each mail is a file in `<data>/mail`.

    The password is never in this file: `password_env` names an environment variable, `password_file` a file that holds it.
    """

    sender: Annotated[MailAddress, Field(alias="from")] = "ofsted-watch@localhost"
    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65535)] = 25
    security: Literal["none", "starttls", "tls"] = "none"
    username: str | None = None
    password_env: str | None = None
    password_file: Path | None = None
    ca_file: Path | None = None


class ExtraAuthority(Strict):
    """An authority that the built-in list does not have yet, such as one that a reorganisation has made.

    `replaces`: the URN of the built-in one whose place it takes; what news calls that one is then this one.
    """

    urn: Annotated[str, Field(pattern=r"^\d{4,9}$")]
    name: Annotated[str, Field(min_length=2, pattern=r"^[^\r\n\t]+$")]
    aliases: Names = ()
    replaces: str | None = None

    @property
    def authority(self) -> Authority:
        """The authority as it is known from then on."""
        return authority_named(self.urn, self.name, self.aliases, self.replaces)


class Browse(Strict):
    """What `browse` allows. `judge`: comparisons may be corrected from the page of a report, on this machine."""

    judge: bool = False


class Config(Strict):
    """The whole of config.yaml; `data` and the files named in it are relative to the folder of config.yaml.

    `ping`: an address that is asked after each round.
    """

    data: Path = Path("data")
    contact: MailAddress
    timezone: ZoneName = "Europe/London"
    watch: Names = Field(min_length=1)
    authorities: tuple[ExtraAuthority, ...] = ()
    sources: Sources = Sources()
    alerts: tuple[AlertRule, ...] = ()
    mail: Mail = Mail()
    compare: Compare = Compare()
    ping: WebAddress | None = None
    browse: Browse = Browse()

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which digests are due and times are told; its name was checked as the file was read."""
        return ZoneInfo(self.timezone)

    @property
    def known(self) -> tuple[Authority, ...]:
        """The authorities that can be named: the extra ones of the file, then the built-in ones."""
        taken = {urn for extra in self.authorities for urn in (extra.urn, extra.replaces)}
        extra = tuple(one.authority for one in self.authorities)
        return extra + tuple(one for one in known_authorities() if one.urn not in taken)

    @property
    def watched(self) -> tuple[Authority, ...]:
        """The authorities named by `watch`, each once."""
        return self.resolve(self.watch)

    def resolve(self, names: tuple[str, ...]) -> tuple[Authority, ...]:
        """The authorities of these names, aliases or URNs, each once; `all` is all that are known."""
        if "all" in names:
            return self.known
        found = [find_authority(name, self.known) for name in names]
        return tuple(dict.fromkeys(authority for authority in found if authority))
