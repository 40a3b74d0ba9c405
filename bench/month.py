"""A simulated month of the real daemon: its clock runs from day to day, reports appear, everything fails once, processes are killed.

    python -m bench.month --replay serve.py --corpus FOLDER --news FOLDER/PAPER [--first 2022-01-15 --last 2022-02-15] [--sweep 15m]

It needs what is not part of the project: a replay of Ofsted's site (`serve.py`, with a clock and faults), the folder of real reports that it
shows (`<urn>_<authority>/<label> - <day>.pdf`), one paper's articles as it takes them, and libfaketime. `--digest 01:30` with a window
over the last Sunday of October tries the hour that comes twice. What is claimed at the end is checked, and one claim that fails is exit
status 1. How the clock is moved: `month_clock`; what happens: `month_plan`; what is claimed: `month_checks`.
"""

import argparse
import json
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from bench.month_checks import Outcome, claims, minutes_to_mail
from bench.month_clock import Clock
from bench.month_daemon import COMMAND, Daemon, Measures
from bench.month_mailbox import Mailbox
from bench.month_plan import LONDON, UP, Event, Month, copy_free, moved_corpus, moved_news, plan
from bench.month_site import Site, replayed
from bench.month_table import DayRow, table

AFTER = timedelta(hours=30)
"""So long nothing happens any more at the end: mail is tried again six hours apart, and a digest comes once a day."""
LOOK = 0.05  # seconds
KEPT = "outcome.pickle"


def config_of(
    site: Site, data: Path, urns: list[str], port: int, paper: str, args: argparse.Namespace
) -> dict[str, Any]:
    ofsted = {"url": site.url, "sweep": args.sweep, "delay": "0s"} | ({"every": args.every} if args.every else {})
    feed = {"name": "The paper", "feed": f"{site.url}{paper}", "every": args.news_every, "delay": "0s"}
    return {
        "data": str(data), "contact": "month@council.example", "watch": urns, "sources": {"ofsted": ofsted, "news": [feed]},
        "alerts": [
            {"to": "lead@council.example", "when": "now"},
            {"to": "ops@council.example", "about": ["source"], "when": "now"},
            {"to": "board@council.example", "when": f"daily {args.digest}"},
        ],
        "mail": {"from": "watch@council.example", "host": "127.0.0.1", "port": port},
    }  # fmt: skip


class Simulation:
    """What a month has to do with; what comes of it is its `outcome`."""

    def __init__(
        self, clock: Clock, site: Site, mailbox: Mailbox, daemon: Daemon, outcome: Outcome, chance: random.Random
    ) -> None:
        self.clock, self.site, self.mailbox, self.daemon, self.chance = clock, site, mailbox, daemon, chance
        self.outcome = outcome
        self._armed: list[Event] = []
        self._before = (0, 0, 0.0)
        self._begun = time.perf_counter()

    def happen(self, event: Event) -> None:
        """Do what the plan says."""
        getattr(self, event.what)(event)
        if event.what not in ("day", "kill", "close"):
            print(f"    {self.clock.now():%d %b %H:%M} {event.what} {event.name}", flush=True)

    def day(self, event: Event) -> None:
        self.site.move_to(date.fromisoformat(event.name))
        self.outcome.appeared[event.name] = self.clock.now()

    def fault(self, event: Event) -> None:
        self.site.fault(event.name, event.values)

    def mend(self, event: Event) -> None:
        self.site.mend(event.name)

    def mail(self, event: Event) -> None:
        self.mailbox.become(event.name)

    def amend(self, event: Event) -> None:
        self.site.amend(event.name, event.values["as"])

    def withdraw(self, event: Event) -> None:
        self.site.withdraw(event.name)

    def disk(self, event: Event) -> None:
        """Leave no room on the small file system of the data folder, or make room again."""
        ballast = self.outcome.data.parent / "ballast"
        if event.name == UP:
            ballast.unlink()
            return
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass

    def kill(self, event: Event) -> None:
        self._armed.append(event)

    def strike(self, event: Event) -> None:
        """Kill what is to be killed, at some moment of the work that it is to be killed in; where that has not begun or is over, later."""
        module = event.values["during"]
        if not self.daemon.at_work(module):
            return
        time.sleep(self.chance.uniform(0, 2.5))
        if not (found := self.daemon.at_work(module)):
            return
        if event.name == "daemon":
            self.outcome.lives.append(self.daemon.life)
            self.daemon.kill_itself()
        else:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(found), signal.SIGKILL)
        self._armed.remove(event)
        self.outcome.kills.append(f"{self.clock.now():%d %b %H:%M} the {event.name}, {module} at work")

    def run(self, events: Sequence[Event], end: datetime) -> None:
        """Let the clock run until the end, with everything happening at its time."""
        waiting = list(events)
        while self.clock.now() < end:
            self.daemon.keep_running()
            while waiting and waiting[0].at <= self.clock.now():
                self.happen(waiting.pop(0))
            self.clock.let_run_to(min(waiting[0].at, end) if waiting else end)
            if self.daemon.look() and self._armed:
                self.strike(self._armed[0])
            time.sleep(LOOK)

    def close(self, event: Event) -> None:
        """Note what a day took, and keep what there is."""
        requests, size = self.site.counted()
        so_far = (requests, size, self.daemon.processor())
        took = [now - then for now, then in zip(so_far, self._before, strict=True)]
        database = sum(path.stat().st_size for path in self.outcome.data.glob("ofsted-watch.db*"))
        row = DayRow(date.fromisoformat(event.name), int(took[0]), int(took[1]), took[2], database, self.daemon.today)
        self._before, self.daemon.today = so_far, Measures()
        self.outcome.rows.append(row)
        print(table([row], heading=len(self.outcome.rows) == 1), flush=True)
        self.keep()

    def keep(self) -> None:
        """So that what is claimed can be looked at again, and after a crash of the bench."""
        self.outcome.mails, self.outcome.ended_itself = self.mailbox.mails, self.daemon.ended_itself
        self.outcome.seconds = time.perf_counter() - self._begun
        (self.daemon.config.parent / KEPT).write_bytes(pickle.dumps(self.outcome))


def status(folder: Path, environment: dict[str, str], *words: str) -> str:
    """Print what a person who asks is told, in the watch's time."""
    command = [str(COMMAND), "status", *words, "--config", str(folder / "config.yaml")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    print(f"\n$ ofsted-watch status {' '.join(words)}      (exit status {done.returncode})\n{done.stdout}{done.stderr}")
    return done.stdout


def simulate(args: argparse.Namespace, folder: Path) -> int:
    """The month; the exit status."""
    chance, month = random.Random(args.seed), Month(args.first, args.last)
    copy_free(folder)
    data = (args.disk or folder) / "data"
    shutil.rmtree(data, ignore_errors=True)
    moved_corpus(args.corpus, folder / "corpus", month, args.more, args.authorities, chance)
    moved_news(args.news, folder / "news", month, args.stories, chance)
    clock = Clock(folder / "clock", month.at(month.first, 5), args.step)
    mailbox = Mailbox(clock)
    mailbox.become("up")
    with replayed(args.replay, folder / "corpus", folder / "news", month.first - timedelta(days=1)) as site:
        files, feed = site.files(), f"/news/{args.news.name}/rss.xml"
        config = folder / "config.yaml"
        urns = sorted({one["urn"] for one in files})
        config.write_text(yaml.safe_dump(config_of(site, data, urns, mailbox.port, feed, args)), encoding="utf-8")
        daemon = Daemon(config, clock, folder / "daemon.log")
        events = plan(month, files, feed, args.kills, bool(args.disk), chance)
        simulation = Simulation(clock, site, mailbox, daemon, Outcome(month, data, files, events), chance)
        try:
            simulation.run(events, month.at(month.last, 12) + AFTER)
            simulation.outcome.lives.append(daemon.life)
            simulation.outcome.ended = daemon.stop()
        finally:
            if daemon.process and daemon.process.poll() is None:
                daemon.kill_itself()
        simulation.keep()
    return tell(folder, clock.environment())


def tell(folder: Path, environment: dict[str, str]) -> int:
    """Print and write what was measured and claimed; the exit status."""
    run: Outcome = pickle.loads((folder / KEPT).read_bytes())  # noqa: S301 - our own
    print("\n" + table(run.rows))
    print(f"\n{len(run.kills)} kills; {run.seconds / 60:.0f} minutes of real time")
    for line in run.kills:
        print(f"    {line}")
    print(f"the last life of the daemon: {asdict(run.lives[-1])}")
    minutes = minutes_to_mail(run)
    print("\n".join(minutes.lines))
    day = next((event.at.astimezone(LONDON).date() for event in run.events if event.what == "fault"), run.month.first)
    proof = status(folder, environment, "--on", day.isoformat())
    status(folder, environment, "--no-daemon")
    claimed = claims(run)
    for claim in claimed:
        print(f"{'ok    ' if claim.holds else 'FAILED'} {claim.said}")
    told = asdict(run) | {"minutes": asdict(minutes), "claims": [asdict(one) for one in claimed], "status_on": proof}
    (folder / "month.json").write_text(json.dumps(told, indent=1, default=str), encoding="utf-8")
    return 0 if all(claim.holds for claim in claimed) else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replay", type=Path, required=True, help="serve.py, which replays Ofsted's site")
    parser.add_argument("--corpus", type=Path, required=True, help="the folder of real reports")
    parser.add_argument("--news", type=Path, required=True, help="the folder of one paper's articles")
    parser.add_argument("--first", type=date.fromisoformat, default=date(2022, 1, 15))
    parser.add_argument("--last", type=date.fromisoformat, default=date(2022, 2, 15))
    parser.add_argument("--sweep", default="15m")
    parser.add_argument("--every", default="", help="the product's own where not given")
    parser.add_argument("--news-every", default="1h")
    parser.add_argument("--digest", default="08:00")
    parser.add_argument("--authorities", type=int, default=39)
    parser.add_argument("--more", type=int, default=25, help="so many known reports are published again in the month")
    parser.add_argument("--stories", type=int, default=6)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--step", type=lambda text: timedelta(minutes=float(text)), default=timedelta(minutes=3),
        help="minutes by which the clock is moved at once; what falls due within is late by that much",
    )  # fmt: skip
    parser.add_argument(
        "--disk", type=Path, help="a small file system, empty, for the data folder: it is filled once, for three hours"
    )
    parser.add_argument("--again", action="store_true", help="tell again what a run in this folder has left")
    parser.add_argument("--folder", type=Path, required=True, help="a working folder, emptied first")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    missing = [str(path) for path in (args.replay, args.corpus, args.news) if not path.exists()]
    if missing:
        sys.exit(f"not there: {', '.join(missing)}. This bench needs a replay, real reports and articles")
    print(f"begun {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, seed {args.seed}", flush=True)
    folder = args.folder.resolve()
    sys.exit(tell(folder, dict(os.environ)) if args.again else simulate(args, folder))


if __name__ == "__main__":
    main()
