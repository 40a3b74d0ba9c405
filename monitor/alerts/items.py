"""What one mail tells: items as plain values, each of one alert, ready to be laid out."""

from dataclasses import dataclass
from datetime import date, datetime

from monitor.facts import Came, ReportFacts, StoryAbout


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A report that is new (`report`), replaced by other text (`amended`) or no longer listed (`withdrawn`, with `since`).

    `was_unread`: there is an earlier alert of when its PDF could not be read; `was_misfiled`: of when its text named another authority;
    `was_uncompared`: of when it was not compared. `told_before`: this recipient was sent it. `back`: it was withdrawn and is listed again.
    `older`: newer reports of its authority were known before it was listed.
    """

    kind: str
    facts: ReportFacts
    was_unread: bool = False
    since: date | None = None
    back: bool = False
    was_misfiled: bool = False
    was_uncompared: bool = False
    told_before: bool = True
    older: bool = False


@dataclass(frozen=True, slots=True)
class StoryItem:
    """A story in the news; `elsewhere` are the other outlets that have it, as (outlet, url); `about`: which report, if one can be named."""

    headline: str
    outlet: str
    url: str
    published: date | None
    authority: str
    snippet: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()
    about: StoryAbout = StoryAbout()  # noqa: RUF009 - immutable


@dataclass(frozen=True, slots=True)
class SourceItem:
    """How a source, or the mail, does now; `link` is a page that is not right, `waiting` how many mails wait.

    `authorities` are those whose page is not right, empty where the whole source is concerned;
    `files_only`: all pages or the feed were read, and what failed are PDFs or articles that they link. `came` is what came instead.
    """

    source: str
    verdict: str
    message: str
    since: datetime
    well: bool
    authorities: tuple[str, ...] = ()
    last_good: datetime | None = None
    broken_since: datetime | None = None
    files_only: bool = False
    link: str = ""
    waiting: int = 0
    came: Came | None = None


Item = ReportItem | StoryItem | SourceItem
