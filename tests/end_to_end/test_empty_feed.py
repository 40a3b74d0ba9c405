"""A feed that turns empty is told once, when its own past says that it is too long, and once more when it is back; by real crawls over days."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.database import connect
from scraper.crawling import feed_past
from scraper.reference import london_day
from tests.end_to_end.paper import NOW, Entry, Watch, after, watch_of
from tests.scraper.spiders.site import Site

TODAY = london_day(NOW)
NAME = "Westmarch"


def fairs(count: int) -> list[Entry]:
    """Stories of no report."""
    told = [
        Entry(f"/news/{n}.fair/", f"Fair number {n} returns", f"fair-{n}", summary="Bring a chair.")
        for n in range(count)
    ]
    return [one.of(NAME) for one in told]


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    monkeypatch.setattr(feed_past, "is_quiet", lambda day: False)  # today may be Christmas
    site = Site()
    yield watch_of(tmp_path, site, [NAME])
    site.close()


def with_past(watch: Watch, days: list[tuple[int, int]]) -> None:
    """The feed had so many entries and new ones on the days before today, the last one yesterday."""
    with closing(connect(watch.config.parent / "data")) as db, db.conn:
        db.conn.execute("DELETE FROM feed_days")
        for back, (entries, new) in zip(range(len(days), 0, -1), days, strict=True):
            day: date = TODAY - timedelta(days=back)
            row = ["Gazette", day.isoformat(), entries, entries, new]
            db.conn.execute("INSERT INTO feed_days (source, day, least, most, new) VALUES (?, ?, ?, ?, ?)", row)


def live(watch: Watch, monkeypatch: pytest.MonkeyPatch, counts: list[int]) -> list[list[bool]]:
    """Days from today on with so many entries; what was told on each: whether the feed is well."""
    told = []
    for day, count in enumerate(counts):
        before = len(watch.notices())
        with monkeypatch.context() as patch:
            after(patch, timedelta(days=day))
            watch.look(fairs(count))
        told.append([well for well, _ in watch.notices()[before:]])
    return told


def test_one_with_a_past_is_told_at_once_and_when_it_is_back(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.look(fairs(30))
    with_past(watch, [(30, 2)] * 40)
    assert live(watch, monkeypatch, [0, 0, 0, 0, 0, 31, 32]) == [[False], [], [], [], [], [True], []]
    assert "0 entries; in the 40 days before never fewer than 30" in watch.notices()[0][1]


def test_a_small_one_is_told_after_its_usual_silence(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.look(fairs(4))
    with_past(watch, [(4, 1), (4, 0)] * 20)
    assert live(watch, monkeypatch, [0, 0, 0, 0, 0, 5]) == [[], [], [False], [], [], [True]]


def test_one_without_a_past_is_told_after_a_week(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.look(fairs(4))
    assert live(watch, monkeypatch, [*[0] * 10, 5]) == [*[[]] * 7, [False], [], [], [True]]
    assert "has had no entry since" in watch.notices()[0][1]


def test_one_that_always_was_empty_now_and_then_is_not_told(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.look(fairs(20))
    with_past(watch, [(20, 1), (20, 1), (0, 0), (0, 0)] * 10)
    assert live(watch, monkeypatch, [21, 22, 0, 0, 23, 0, 0, 24]) == [[]] * 8
