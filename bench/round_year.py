"""A round after a made-up year on all of England: how long it takes, its longest write lock, and how long the daemon's loop stands still.

    python -m bench.round_year [--years 1] [--new 300]

`--new`: so many new articles, and a tenth as many new comparisons, are there to be grouped, linked, compared and told in the round.
"""

import argparse
import asyncio
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bench.browse_year import END, fill
from monitor.comparing import compare_pending
from monitor.config import Config
from monitor.database import begin, connect, rows, stamp
from monitor.rounds.round import conclude
from monitor.rounds.stopping import in_thread
from scraper.reports import pdf_library, reader_version
from scraper.text import pack_shingles

LOOK = 0.01  # seconds


def settle(db: Database, now: datetime) -> None:
    """Everything that the made-up years hold is compared, told and sent, as a watch leaves it."""
    db.execute("UPDATE readings SET reader = ?, pdf_library = ?", [reader_version(), pdf_library()])
    compare_pending(db, lambda: now)
    db.execute("UPDATE reports SET baseline = 1")
    db.execute("UPDATE articles SET baseline = 1, story = coalesce(story, url)")
    db.conn.commit()


def add_articles(db: Database, number: int, now: datetime) -> None:
    """New stories, each about an authority, from a few outlets at once."""
    urns = [row["urn"] for row in rows(db, "SELECT urn FROM authorities ORDER BY urn")]
    for n in range(number):
        words = frozenset(hash((n // 3, k)) & 0xFFFFFFFF for k in range(120))
        db.table("articles").insert(
            {
                "url": f"https://paper{n % 3}.example/{n}", "headline": f"Ofsted visits council number {n // 3}", "outlet": f"Paper {n % 3}",
                "published": stamp(now - timedelta(hours=2)), "label": "report", "kind": "inspection", "urn": urns[n // 3 % len(urns)],
                "snippet": "Inspectors came.", "source": "Paper", "first_seen": stamp(now), "baseline": 0, "score": 9.0, "reasons": "[]",
                "clues": "{}", "shingles": pack_shingles(words),
            }
        )  # fmt: skip
    for row in rows(db, "SELECT report_id FROM compared ORDER BY report_id LIMIT ?", [number // 10]):
        db.execute("DELETE FROM compared WHERE report_id = ?", [row["report_id"]])
    db.conn.commit()


@contextmanager
def locks_held(data: Path, held: list[float]) -> Iterator[None]:
    """Ask for the write lock again and again from aside; `held` are the seconds for which it could not be had."""
    over = threading.Event()

    def ask() -> None:
        with closing(sqlite3.connect(data / "ofsted-watch.db", timeout=0, isolation_level=None)) as db:
            since: float | None = None
            while not over.wait(0.002):
                try:
                    db.execute("BEGIN IMMEDIATE")
                    db.execute("ROLLBACK")
                    if since is not None:
                        held.append(time.perf_counter() - since)
                    since = None
                except sqlite3.OperationalError:
                    since = since if since is not None else time.perf_counter()

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        yield
    finally:
        over.set()
        asker.join()


async def round_in_the_daemon(config: Config, still: list[float]) -> float:
    """Conclude as the daemon does, in a thread; `still` are the seconds by which the loop was late."""
    over = asyncio.Event()

    async def beat() -> None:
        while not over.is_set():
            before = time.perf_counter()
            await asyncio.sleep(LOOK)
            still.append(time.perf_counter() - before - LOOK)

    beating = asyncio.create_task(beat())
    started = time.perf_counter()
    await in_thread(conclude, config, lambda: END)
    taken = time.perf_counter() - started
    over.set()
    await beating
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--new", type=int, default=300)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data, now = Path(folder), END
        with closing(begin(data)) as db:
            fill(db, args.years)
            settle(db, now)
        told = {"contact": "a@example.org", "watch": ["all"], "alerts": [{"to": "lead@example.org"}], "data": data}
        config = Config.model_validate(told)
        for new in (0, 0, args.new):
            with closing(connect(data)) as db:
                add_articles(db, new, now)
            held: list[float] = []
            still: list[float] = []
            with locks_held(data, held):
                taken = asyncio.run(round_in_the_daemon(config, still))
            longest = (
                f"longest write lock {max(held, default=0):.2f} s, the loop at most {max(still, default=0):.3f} s late"
            )
            print(f"{new:>4} new articles: {taken:6.2f} s; {longest}")


if __name__ == "__main__":
    main()
