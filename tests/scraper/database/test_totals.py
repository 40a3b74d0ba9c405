"""What all pages list, and what of it can be compared with the rounds before."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database import totals_of
from scraper.looks import Totals

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
OLD, NEW = "91001", "91002"


def watched(db: Database, urn: str, since: datetime, *reports: int) -> None:
    db.conn.execute("INSERT INTO authorities (urn, name) VALUES (?, ?)", [urn, f"Authority {urn}"])
    db.conn.execute("INSERT INTO baselines (subject, since) VALUES (?, ?)", [f"authority:{urn}", stamp(since)])
    for number in reports:
        db.conn.execute(
            "INSERT INTO reports (id, urn, label, url, first_seen) VALUES (?, ?, 'Inspection', 'http://x', ?)",
            [number, urn, stamp(since)],
        )
        db.conn.execute(
            "INSERT INTO listings (urn, report_id, first_seen) VALUES (?, ?, ?)", [urn, number, stamp(since)]
        )


@pytest.mark.parametrize(
    ("asked", "totals"),
    [
        ({OLD}, Totals(2, 1, ((2, 1), (2, 1)))),
        ({OLD, NEW}, Totals(3, 2, ((2, 1), (2, 1)), (2, 1))),
        ({NEW}, Totals(1, 1)),
    ],
    ids=["watched all the time", "and one since", "the new one alone"],
)
def test_all_watched_pages_are_counted_and_those_since_the_first_of_the_rounds_compared(
    db: Database, asked: set[str], totals: Totals
) -> None:
    watched(db, OLD, NOW - timedelta(days=9), 1, 2)
    watched(db, NEW, NOW - timedelta(days=1), 3)
    for days in (5, 2):
        ended = stamp(NOW - timedelta(days=days))
        db.conn.execute(
            "INSERT INTO crawls (source, started, finished, verdict, scope) VALUES ('ofsted', ?, ?, 'ok', 'all')",
            [ended, ended],
        )
    assert totals_of(db, "ofsted", asked) == totals
