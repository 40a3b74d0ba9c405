"""What the parsers yield and the store keeps: plain immutable values, no behaviour, no network.

Dates are `datetime.date`; times are timezone-aware UTC `datetime`; page numbers are 1-based pages of the PDF.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Verdict(StrEnum):
    """How one crawl of one source, or of one page of it, ended. What a page omits is believed of `OK` alone, what it adds of `BROKEN` too."""

    OK = "ok"
    EMPTY = "empty"
    BLOCKED = "blocked"
    BROKEN = "broken"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"


NOT_ASKED = "not asked for"
"""How the message of a page begins for which no request was made: it says nothing about the page."""


GOOD = frozenset({Verdict.OK, Verdict.EMPTY})
"""The verdicts of a crawl, or of a look at a page, that found nothing amiss."""


class Tone(StrEnum):
    """What an evaluative sentence says. What a report's lists ask for has kinds of its own, in frameworks.yaml."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class ReportLink:
    """One `a.publication-link` of a provider page; `report_id` is the number in `/v1/file/<id>`."""

    report_id: int
    url: str
    label: str
    published: date | None
    on_site: date | None = None


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """A provider page: who it is about, every report it links, in page order, and in words what of it could not be read."""

    urn: str
    name: str
    links: tuple[ReportLink, ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A provider among search results; `latest` is when its latest report was published, None where that is not said."""

    urn: str
    name: str
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of search results: how many providers there are in all, and those listed here, each once."""

    total: int
    rows: tuple[SearchRow, ...]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a news feed; `url` is without tracking parameters, `guid` what the feed calls it, "" where it has no such name."""

    url: str
    headline: str
    summary: str
    published: datetime | None
    guid: str = ""

    @property
    def key(self) -> str:
        """What the entry is known by among those of its source: its guid, else its address."""
        return self.guid or self.url


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A feed as read: its entries in order, and in one line what of it could not be read; "" where all could."""

    entries: tuple[FeedEntry, ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A news page as extracted. `text` is the publisher's: it is used in memory and never stored or mailed."""

    url: str
    headline: str
    text: str
    outlet: str
    published: datetime | None
    summary: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A graded area. `area` is the heading as printed; `grade` the words Ofsted uses, in lower case."""

    area: str
    grade: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of a report, verbatim with wrapped lines joined; subjects have the main one first.

    `kind` is a `Tone`, or what is asked: the key of one of the `asks` of frameworks.yaml. `lscb` marks what is asked of the Local Safeguarding Children Board and not of the authority (reports of 2013-18).
    """

    kind: str
    section: str
    text: str
    page: int
    subjects: tuple[str, ...] = ()
    lscb: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says. `report_type` and `framework` are keys of frameworks.yaml; `authority` is the short name as printed.

    `visit_number` and `since_judgement` ("YYYY-MM") are those of a monitoring visit. `warnings` name what looks unread,
    such as a graded inspection in which no grade was found. `page_texts` is the plain text of every page, for full-text search;
    that of pages that are scanned or damaged is empty. `missing` are those of the warnings that say that some of its text was
    not read.
    """

    report_type: str
    framework: str
    authority: str | None = None
    inspection_start: date | None = None
    inspection_end: date | None = None
    published: date | None = None
    lead_inspector: str | None = None
    judgements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    visit_number: int | None = None
    since_judgement: str | None = None
    page_texts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many things of a kind an article says that a report has, and what it calls them. `kind` is one of a `Finding`."""

    kind: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class VisitClues:
    """What an article says about which visit it means. Months are "YYYY-MM"; `anchor` is "YYYY-MM" or "YYYY".

    `whole`: the grade is said to be that of the whole; `areas` are (graded area, grade). The visit ended on `after` or later and
    began on `before` or earlier.
    """

    report_ids: tuple[int, ...] = ()
    start: date | None = None
    end: date | None = None
    month: str | None = None
    ordinal: int | None = None
    anchor: str | None = None
    grade: str | None = None
    quotes: tuple[str, ...] = ()
    whole: bool = False
    areas: tuple[tuple[str, str], ...] = ()
    after: date | None = None
    before: date | None = None
    counts: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What an article is about: derived facts only, none of its text but a snippet of at most 300 characters.

    `label` is report, followup or other; `kind` the kind of document meant, if the text says so; `reasons` are (what, points)
    in the order found, whose sum is `score`; `shingles` are hashes of the text's three-word runs.
    """

    label: str
    kind: str | None
    authority: str | None
    urn: str | None
    score: float
    reasons: tuple[tuple[str, float], ...]
    clues: VisitClues
    snippet: str
    shingles: frozenset[int]
