"""What happens in a simulated month and when, by a seed: reports and stories appear, change and go, and everything fails once.

The real corpus has a handful of reports in any month, so the newest report of more authorities is published again, within the month: under
another day, as its file's name is all that says when it was published.
"""

import json
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
WHOLE = ("403", "429", "500", "503", "404", "reset", "empty", "redesign", "html", "redirect-loop", "charset")
"""How the search, or the whole site, misbehaves for hours."""
ONE = (*WHOLE, "redirect-internal", "truncate", "garbage", "bomb", "slow", "hang")
"""How one page or file does, a few times running."""
PDFS = ("truncate", "garbage", "bomb", "html", "404", "empty")
"""Those of them that a file is tried with; the others are of pages."""
HOURS, A_ROUND = timedelta(hours=3), timedelta(hours=25)
WAYS_TO_DIE = (("child", "scraper"), ("daemon", "scraper"), ("child", "monitor.rounds"), ("daemon", "monitor.rounds"))
"""What is killed, and while what is at work: most that runs looks whether all is well, and takes a second."""
STEM = " - "
UP = "up"
"""What an outage ends with."""


@dataclass(frozen=True, slots=True)
class Event:
    """At a moment, something: `day`, `close`, `fault`, `mend`, `mail`, `amend`, `withdraw`, `disk` or `kill`, with what it needs."""

    at: datetime
    what: str
    name: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Month:
    """From the first day to the last, both whole; `quiet` hours follow in which nothing happens any more."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A time of the clock in London, in UTC; of the hour that comes twice the first."""
        return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def published(pdf: Path) -> date:
    return datetime.strptime(pdf.stem.rpartition(STEM)[2].title(), "%d %B %Y").replace(tzinfo=UTC).date()


def moved_corpus(corpus: Path, folder: Path, month: Month, more: int, most: int, chance: random.Random) -> None:
    """The reports up to the month's end as links, of so many authorities at the most; the newest of `more` of them within it."""
    homes = chance.sample(sorted(path for path in corpus.iterdir() if path.is_dir()), k=len(list(corpus.iterdir())))
    active = [home for home in homes if any(month.first <= published(pdf) <= month.last for pdf in home.glob("*.pdf"))]
    kept = (active + [home for home in homes if home not in active])[:most]
    movable = [home for home in kept if home not in active][:more]
    for home in kept:
        (folder / home.name).mkdir(parents=True)
        pdfs = sorted((pdf for pdf in home.glob("*.pdf") if published(pdf) <= month.last), key=published)
        for pdf in pdfs:
            name = pdf.name
            if home in movable and pdf is pdfs[-1] and len(pdfs) > 1:
                name = f"{pdf.stem.rpartition(STEM)[0]}{STEM}{chance.choice(working(month)):%d %B %Y}.pdf"
            (folder / home.name / name).symlink_to(pdf.resolve())


def working(month: Month) -> list[date]:
    """Days of publication. A window of less than a week has all its days: it is looked at for its nights."""
    short = len(month.days) < 7
    return [day for day in month.days[1:-1] if short or day.weekday() < 5]


def moved_news(news: Path, folder: Path, month: Month, more: int, chance: random.Random) -> None:
    """One paper's articles, so many of them within the month, early in the morning."""
    articles = sorted(news.glob("*.json"))
    moved = chance.sample(articles, k=min(more, len(articles)))
    (folder / news.name).mkdir(parents=True)
    for path in articles:
        told = json.loads(path.read_text(encoding="utf-8"))
        if path in moved:
            told["published"] = month.at(chance.choice(month.days[1:-1]), 6).isoformat()
        (folder / news.name / path.name).write_text(json.dumps(told), encoding="utf-8")


def plan(
    month: Month, files: Sequence[dict[str, str]], feed: str, kills: int, disk: bool, chance: random.Random
) -> list[Event]:
    """Everything, in the order of time. `files` as the replay lists them."""
    events = [
        *days(month, chance), *changes(month, files, chance), *whole_faults(month, feed, chance), *page_faults(month, files, chance),
        *outages(month, disk, chance), *deaths(month, kills, chance),
    ]  # fmt: skip
    return sorted(events, key=lambda event: event.at)


def days(month: Month, chance: random.Random) -> Iterator[Event]:
    """What has a day appears at a time of that day between nine and five; on the Sunday of the clocks in the night."""
    for day in month.days:
        back = month.at(day, 12).astimezone(LONDON).utcoffset() != month.at(day, 0).astimezone(LONDON).utcoffset()
        at = month.at(day, 1, 31) if back else month.at(day, chance.randrange(9, 17), chance.randrange(60))
        yield Event(at, "day", day.isoformat())
        yield Event(month.at(day + timedelta(days=1), 0), "close", day.isoformat())


def changes(month: Month, files: Sequence[dict[str, str]], chance: random.Random) -> Iterator[Event]:
    """Two old reports are replaced by another of their authority, two are taken down."""
    old = [one for one in files if one["published"] < month.first.isoformat()]
    several = [one for one in old if sum(other["urn"] == one["urn"] for other in old) >= 4]
    homes = chance.sample(sorted({one["urn"] for one in several}), k=min(4, len({one["urn"] for one in several})))
    for number, urn in enumerate(homes):
        mine = sorted((one for one in several if one["urn"] == urn), key=lambda one: one["published"])
        at = month.at(chance.choice(month.days[2:-3] or month.days), 11)
        if number % 2:
            yield Event(at, "withdraw", mine[-1]["id"])
        else:
            yield Event(at, "amend", mine[-1]["id"], {"as": mine[-2]["id"]})


def whole_faults(month: Month, feed: str, chance: random.Random) -> Iterator[Event]:
    """The search, the paper's feed or everything, for three hours, each way of failing once."""
    for number, mode in enumerate(chance.sample(WHOLE, k=min(len(WHOLE), len(month.days) // 2))):
        path = ("/search", "/", feed)[number % 3]
        at = month.at(month.days[1 + 2 * number], chance.randrange(6, 20))
        yield from lasting(at, HOURS, f"{mode} {path}", {"path": path, "mode": mode})


def page_faults(month: Month, files: Sequence[dict[str, str]], chance: random.Random) -> Iterator[Event]:
    """One page, or the file of a report that is published just then, a few times running, within a day and a bit."""
    new = sorted(
        (one for one in files if one["published"] >= month.first.isoformat()), key=lambda one: one["published"]
    )
    pages = sorted({f"/provider/44/{one['urn']}" for one in files})
    for number, mode in enumerate(chance.sample(ONE, k=min(len(ONE), len(month.days) - 3))):
        day = month.days[1 + number * (len(month.days) - 3) // len(ONE)]
        soon = [one for one in new if day.isoformat() <= one["published"] <= (day + timedelta(days=1)).isoformat()]
        path = f"/v1/file/{soon[0]['id']}" if soon and mode in PDFS else chance.choice(pages)
        times = "1" if mode == "bomb" else "3"
        yield from lasting(month.at(day, 8), A_ROUND, f"{mode} {path}", {"path": path, "mode": mode, "times": times})


def outages(month: Month, disk: bool, chance: random.Random) -> Iterator[Event]:
    """The mail server is away for five hours once, and refuses for three hours once; a disk is full for three."""
    ways = [("mail", "away", 5), ("mail", "refusing", 3), *([("disk", "full", 3)] if disk else [])]
    open_days = working(month)
    on = (
        chance.sample(open_days, k=len(ways)) if len(open_days) >= len(ways) else chance.choices(open_days, k=len(ways))
    )
    for (what, state, hours), day in zip(ways, on, strict=True):  # two at once would end with the first that ends
        at = month.at(day, chance.randrange(8, 14))
        yield Event(at, what, state)
        yield Event(at + timedelta(hours=hours), what, UP)


def deaths(month: Month, kills: int, chance: random.Random) -> Iterator[Event]:
    """kill -9 of a child all month, of the daemon in the first half: in the second it lives, for its memory to be looked at."""
    half = month.days[: (len(month.days) + 1) // 2]
    for number in range(kills):
        whom, during = WAYS_TO_DIE[number % len(WAYS_TO_DIE)]
        day = chance.choice(half if whom == "daemon" else month.days[:-1])
        yield Event(month.at(day, chance.randrange(7, 22), chance.randrange(60)), "kill", whom, {"during": during})


def lasting(at: datetime, hours: timedelta, name: str, how: dict[str, str]) -> Iterator[Event]:
    yield Event(at, "fault", name, how)
    yield Event(at + hours, "mend", name)


def copy_free(folder: Path) -> None:
    """Begin with an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
