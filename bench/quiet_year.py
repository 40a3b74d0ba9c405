"""How the database grows while nothing happens: a made-up year of sweeps, daily rounds on all of England and ten papers looked at hourly, and nothing new.

    python -m bench.quiet_year [--days 365] [--only sweeps|rounds|news] [--keep-all]

Rows are written by the functions that a crawl uses, once a baseline is there, and forgotten by the one that a round uses; `--keep-all`: nothing is
forgotten. Told for each month: the size of the file and of its free pages, the rows of the tables that grow, and how long forgetting took, in seconds of the
processor.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from monitor.config import Config, wait_of
from monitor.database import begin, note_day, prune_daily, remember_authorities, stamp, value, writing
from scraper.database import finish_crawl, store_feed, store_provider, store_swept
from scraper.items import FeedEntry, ReportLink, Verdict
from scraper.looks import FeedLook, PageTrust, ProviderLook, Validators
from scraper.reference import known_authorities

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
PAPERS = [f"Paper {n}" for n in range(10)]
REPORTS, ENTRIES, SWEPT = 1, 20, 20
GROWING = ("crawls", "page_checks", "days", "feed_entries", "validators")
SAID = "20 of 153 authorities have a report since 22 December 2025 by the search, and nothing of them is new"
HOUR = timedelta(hours=1)
MB = 1_000_000


def config() -> Config:
    """The config of the default intervals."""
    return Config.model_validate({"contact": "a@example.org", "watch": ["all"], "alerts": [{"to": "lead@example.org"}]})


def times(days: int) -> Iterator[tuple[datetime, str]]:
    """When what is looked at: the search as often as the daemon asks it, all pages at two in the morning, each paper each hour."""
    settings, now, end = config(), BEGIN, BEGIN + timedelta(days=days)
    while now < end:
        yield now, "sweeps"
        if now.minute == 0:
            yield now, "news"
            if now.hour == 2:
                yield now, "rounds"
        now += wait_of(settings, now) or HOUR


class Watch:
    """A database in which all is known already."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.urns = [authority.urn for authority in known_authorities()]
        self.links = {
            urn: tuple(_link(place * REPORTS + n) for n in range(REPORTS)) for place, urn in enumerate(self.urns)
        }
        self.entries = {paper: [_entry(paper, n) for n in range(ENTRIES)] for paper in PAPERS}
        remember_authorities(db, known_authorities())

    def crawl(self, source: str, scope: str, now: datetime, message: str) -> int:
        """One crawl from its beginning to its end, as the daemon and its child write it; its number."""
        with writing(self.db):
            row = self.db.conn.execute(
                "INSERT INTO crawls (source, started, scope) VALUES (?, ?, ?)", [source, stamp(now), scope]
            )
        number = int(row.lastrowid or 0)
        if scope == "sweep":
            with writing(self.db):
                store_swept(self.db, dict.fromkeys(self.urns[:SWEPT], BEGIN.date()))
        elif source == "ofsted":
            for urn in self.urns:
                store_provider(self.db, number, self._page(urn), now)
        else:
            store_feed(self.db, number, self._feed(source), now)
        with writing(self.db):
            finish_crawl(self.db, number, Verdict.OK, message, (2, 40_000, 0), now + timedelta(seconds=9))
        note_day(self.db, source, now)
        return number

    def _page(self, urn: str) -> ProviderLook:
        url = f"https://reports.ofsted.gov.uk/provider/44/{urn}"
        return ProviderLook(
            urn, urn, url, PageTrust(Verdict.OK), self.links[urn], validators=Validators('"0123456789abcdef"')
        )

    def _feed(self, paper: str) -> FeedLook:
        entries = self.entries[paper]
        known = value(self.db, "SELECT 1 FROM feed_entries WHERE source = ?", [paper])
        return FeedLook(
            paper, f"https://www.{paper.replace(' ', '').lower()}.example/news/rss/", Verdict.OK, "",
            {entry.key: entry for entry in entries} if known else {}, () if known else tuple(entries), validators=Validators('"0123456789abcdef"'),
        )  # fmt: skip

    def look(self, what: str, now: datetime) -> None:
        """One sweep, one round, or one look at each paper."""
        if what == "sweeps":
            self.crawl("ofsted", "sweep", now, SAID)
        elif what == "rounds":
            self.crawl("ofsted", "all", now, "153 of 153 authorities checked, 153 reports listed, 0 new")
        else:
            for paper in PAPERS:
                self.crawl(paper, "all", now, "0 new entries, 0 articles fetched, 0 kept")


def _link(number: int) -> ReportLink:
    day = BEGIN.date() - timedelta(days=30 + number % 900)
    return ReportLink(
        50_000_000 + number,
        f"https://files.ofsted.gov.uk/v1/file/{50_000_000 + number}",
        "Children's services inspection",
        day,
        day,
    )


def _entry(paper: str, number: int) -> FeedEntry:
    url = f"https://www.{paper.replace(' ', '').lower()}.example/news/{24_000_000 + number}.the-headline-of-a-story/"
    return FeedEntry(url, f"The headline of a story, number {number}", "", BEGIN - timedelta(hours=number), "")


def size(db: Database) -> tuple[float, float]:
    """Of the file and of the pages in it that are free, in MB."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = value(db, "PRAGMA page_size")
    return value(db, "PRAGMA page_count") * page / MB, value(db, "PRAGMA freelist_count") * page / MB


def told(db: Database, now: datetime, taken: list[float]) -> str:
    whole, free = size(db)
    counts = ", ".join(f"{table} {value(db, f'SELECT count(*) FROM {table}'):,}" for table in GROWING)  # noqa: S608 - names of ours
    return f"{now:%Y-%m-%d}: {whole:6.2f} MB, {free:5.2f} free; {counts}; forgetting took at most {max(taken, default=0):.2f} s of the processor"


def watch(db: Database, args: argparse.Namespace) -> tuple[float, float]:
    """Look for so many days and tell each month; sizes in MB after the baseline and at the end."""
    db.execute("PRAGMA synchronous = OFF")  # nothing here is to outlive the program, and the size is the same
    made = Watch(db)
    for what in ("rounds", "news", "sweeps"):
        made.look(what, BEGIN - HOUR)
    begun, taken, month = size(db)[0], [0.0], BEGIN.month
    print(told(db, BEGIN, []))
    for now, what in times(args.days):
        if now.month != month:
            print(told(db, now, taken), flush=True)
            month = now.month
            taken.clear()
        if args.only in (None, what):
            made.look(what, now)
            before = time.process_time()
            if not args.keep_all and prune_daily(db, now):
                taken.append(time.process_time() - before)
    print(told(db, now, taken))
    return begun, size(db)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--only", choices=("sweeps", "rounds", "news"))
    parser.add_argument("--keep-all", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, closing(begin(Path(folder))) as db:
        first, last = watch(db, args)
    print(f"{args.only or 'all together'}: {last - first:.1f} MB more after {args.days} days")


if __name__ == "__main__":
    main()
