"""A made-up year of rounds on England, or several, and how long each page and named query takes on it, by HTTP: seconds on the clock, and of the
processor, which are the same where nothing else is at work.

    python -m bench.browse_year [--years 1] [--keep FOLDER]

153 authorities with 10 reports of 30 findings each; 6 sources crawled every hour; the page checks of the last 90 days; 8,000 articles a year.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from monitor.browse import free_port
from monitor.browse.reads import named_queries
from monitor.browse.serve import datasette_command
from monitor.comparing import compare_pending, to_compare
from monitor.database import begin, remember_authorities, rows, stamp, writing
from scraper.reference import known_authorities

END = datetime(2027, 6, 1, tzinfo=UTC)
REPORTS, FINDINGS, ASKS, ARTICLES = 10, 30, 8, 8_000
SOURCES = ("ofsted", "Gazette", "Courier", "Post", "Echo", "Herald")
CHECKS_KEPT = timedelta(days=90)
THINGS = (
    "supervision",
    "pathway plans",
    "return home interviews",
    "life-story work",
    "strategy meetings",
    "assessments",
    "chronologies",
    "audits",
)
LIMIT = 1.0  # seconds a page may take


def crawls(years: int) -> Iterator[tuple[Any, ...]]:
    """One row an hour and source, one in fifty not well."""
    for hour in range(years * 365 * 24):
        started = END - timedelta(days=365 * years) + timedelta(hours=hour)
        for place, source in enumerate(SOURCES):
            verdict = "timed_out" if (hour + place) % 50 == 0 else "ok"
            yield (
                source,
                stamp(started),
                stamp(started + timedelta(minutes=5)),
                verdict,
                "153 of 153 authorities checked",
                160,
                900_000,
                0,
            )


def checks(db: Database, urns: list[str]) -> Iterator[tuple[Any, ...]]:
    """The page checks of the crawls that are kept."""
    kept = stamp(END - CHECKS_KEPT)
    for crawl in rows(db, "SELECT id, source, started FROM crawls WHERE started >= ?", [kept]):
        for urn in urns if crawl["source"] == "ofsted" else [None]:
            yield (
                crawl["id"],
                f"https://pages.example.org/{crawl['source']}/{urn}",
                urn,
                "ok",
                "[1, 2, 3]",
                crawl["started"],
            )


def reports(urns: list[str]) -> Iterator[tuple[int, str, int]]:
    """(number, urn, place among the authority's) of every report."""
    yield from ((place * REPORTS + n + 1, urn, n) for place, urn in enumerate(urns) for n in range(REPORTS))


def sentence(number: int, position: int, chance: random.Random) -> tuple[str, str]:
    """The kind and text of one finding."""
    thing = chance.choice(THINGS)
    if position < ASKS:
        return "area_for_improvement", f"The quality and timeliness of {thing} for children, case {number % 7}."
    good = chance.random() < 0.5
    return (
        "strength" if good else "weakness"
    ), f"The quality of {thing} is {'now good' if good else 'too variable'} for most children."


def write_reports(db: Database, urns: list[str]) -> None:
    chance = random.Random(7)
    for number, urn, place in reports(urns):
        day = f"{2015 + place}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        kind = "inspection" if place % 3 == 0 else "focused_visit"
        values = (
            number,
            urn,
            kind.replace("_", " "),
            kind,
            "ILACS",
            day,
            f"https://files.example.org/v1/file/{number}",
            f"{number:064x}",
            stamp(END),
            int(place < 9),
        )
        db.conn.execute(
            "INSERT INTO reports (id, urn, label, kind, framework, published, url, sha256, first_seen, baseline) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        db.conn.execute(
            "INSERT INTO readings (report_id, sha256, reader, pdf_library, read_at, pages, warnings) VALUES (?, ?, '1', '1', ?, 9, '[]')",
            (number, f"{number:064x}", stamp(END)),
        )
        if kind == "inspection":
            db.conn.execute(
                "INSERT INTO judgements VALUES (?, 'Overall effectiveness', ?, 0)",
                (number, chance.choice(("good", "inadequate"))),
            )
        for position in range(FINDINGS):
            what, text = sentence(number, position, chance)
            made = db.conn.execute(
                "INSERT INTO findings (report_id, kind, section, text, page, position) VALUES (?, ?, 'What needs to improve', ?, 2, ?)",
                (number, what, text, position),
            )
            db.conn.execute(
                "INSERT INTO finding_subjects VALUES (?, ?, 0)",
                (made.lastrowid, next(thing for thing in THINGS if thing in text)),
            )
        for page in range(1, 10):
            db.conn.execute(
                "INSERT INTO report_pages (report_id, page, text) VALUES (?, ?, ?)",
                (number, page, f"Supervision is regular. Page {page}. " * 60),
            )


def articles(urns: list[str], years: int) -> Iterator[tuple[Any, ...]]:
    """8,000 a year, two of a story."""
    for n in range(ARTICLES * years):
        when = stamp(END - timedelta(minutes=n * 65))
        yield (
            f"https://news.example.org/{n}", f"Children's services story {n}", SOURCES[1 + n % 5], when, "report", urns[n % len(urns)], f"s{n // 2}",
            "Snippet.", SOURCES[1 + n % 5], when, 0, 9.0, "[]", "{}",
        )  # fmt: skip


def fill(db: Database, years: int) -> None:
    """Write the rows, as the steps of the watch leave them."""
    remember_authorities(db, known_authorities())
    urns = [row["urn"] for row in rows(db, "SELECT urn FROM authorities ORDER BY urn")]
    with writing(db):
        db.conn.executemany(
            "INSERT INTO crawls (source, started, finished, verdict, message, requests, bytes, found) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            crawls(years),
        )
        db.conn.executemany(
            "INSERT INTO page_checks (crawl_id, url, urn, verdict, listed, checked) VALUES (?, ?, ?, ?, ?, ?)",
            list(checks(db, urns)),
        )
        db.conn.executemany(
            "INSERT INTO source_health (source, verdict, message, since) VALUES (?, 'ok', '', ?)",
            [(source, stamp(END)) for source in SOURCES],
        )
        write_reports(db, urns)
        db.conn.executemany(
            "INSERT INTO articles (url, headline, outlet, published, label, urn, story, snippet, source, first_seen, baseline, score, reasons, clues) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            articles(urns, years),
        )
        db.conn.execute(
            "INSERT INTO article_reports SELECT url, 1 + rowid % 1500, 'quotation', 0.9 FROM articles WHERE rowid % 3 = 0"
        )
        db.conn.execute(
            "INSERT INTO alerts (kind, report_id, created, dedupe_key) SELECT 'report', id, first_seen, 'report:' || id FROM reports"
        )
        db.conn.execute(
            "INSERT INTO deliveries (alert_id, recipient, channel, state, due) "
            "SELECT a.id, w.value || '@example.org', 'smtp', 'sent', a.created FROM alerts a, json_each('[1,2,3,4,5]') w"
        )


def pages(urn: str) -> list[str]:
    """Every page and named query."""
    given = "authority=&words=supervision&from_year="
    queries = [f"/ofsted-watch/{name}?{given}" for name in named_queries()]
    return [
        "/",
        f"/authority/{urn}",
        "/report/20",
        "/find?q=supervision",
        "/ofsted-watch",
        "/ofsted-watch/crawls",
        "/ofsted-watch/areas",
        *queries,
    ]


def measure(data: Path, urn: str) -> Iterator[tuple[float, float, int, str]]:
    """Seconds on the clock, of the processor, status and path of each page; the slower of two requests."""
    port = free_port()
    with subprocess.Popen(datasette_command(data, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        try:
            _wait(port)
            for path in pages(urn):
                yield max(_timed(child.pid, port, path) for _ in range(2))
        finally:
            child.terminate()


def _timed(pid: int, port: int, path: str) -> tuple[float, float, int, str]:
    clock, busy = time.perf_counter(), _busy(pid)
    status = _get(port, path)
    return time.perf_counter() - clock, _busy(pid) - busy, status, path


def _busy(pid: int) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            _get(port, "/-/versions.json")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("Datasette does not answer")


def _get(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=120) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = args.keep or Path(folder)
        db = begin(data)
        if not rows(db, "SELECT 1 FROM crawls LIMIT 1"):
            fill(db, args.years)
        print(
            f"compared in {_seconds(lambda: compare_pending(db, lambda: END)):.1f} s, again in {_seconds(lambda: to_compare(db)):.2f} s"
        )
        for table in ("crawls", "page_checks", "reports", "findings", "areas", "articles"):
            print(f"{db.table(table).count:>9,} {table}")
        urn = rows(db, "SELECT urn FROM reports LIMIT 1")[0]["urn"]
        db.close()
        slow = 0
        for clock, busy, status, path in measure(data, urn):
            print(f"{clock:7.2f} s {busy:7.2f} s  {status}  {path}")
            slow += busy > LIMIT or status != 200
        sys.exit(bool(slow))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
