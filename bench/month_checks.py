"""What is claimed at the end of a simulated month, checked on what arrived at the mail server and on what the database holds."""

import json
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bench.month_daemon import Measures
from bench.month_mailbox import Arrived
from bench.month_plan import LONDON, UP, Event, Month
from bench.month_table import DayRow
from monitor.database import connect_to_read, rows, value
from scraper.items import GOOD

TOLD = """
SELECT a.report_id, a.kind, a.dedupe_key, a.created, d.recipient, d.state, d.message_id FROM alerts a JOIN deliveries d ON d.alert_id = a.id
WHERE a.kind IN ('report', 'amended', 'withdrawn') ORDER BY d.id
"""
NOTICES = "SELECT id, source, created, dedupe_key, detail FROM alerts WHERE kind = 'source' ORDER BY id"
BAD = "SELECT count(*) FROM crawls WHERE started BETWEEN ? AND ? AND verdict NOT IN ('ok', 'empty')"
UNSENT = "SELECT count(*) FROM deliveries WHERE state <> 'sent'"
OPEN = "SELECT source, message FROM issues WHERE (key LIKE 'step:%' OR key LIKE 'look:%' OR key = 'sweep') AND healed IS NULL"
NEWS = "SELECT article_url, count(*) AS times FROM alerts WHERE kind = 'news' GROUP BY article_url"
WAITS_FOR_A_PERSON = ("doubt", "begun")
"""Notices of what no program may decide; they are never over by themselves."""
SETTLES = timedelta(hours=2)
FDS = 4


@dataclass
class Outcome:
    """What a run leaves beside its data folder; `appeared`: when each day's reports did, `ended`: the daemon's exit status."""

    month: Month
    data: Path
    files: list[dict[str, str]]
    events: list[Event]
    mails: list[Arrived] = field(default_factory=list)
    appeared: dict[str, datetime] = field(default_factory=dict)
    rows: list[DayRow] = field(default_factory=list)
    lives: list[Measures] = field(default_factory=list)
    kills: list[str] = field(default_factory=list)
    ended_itself: list[str] = field(default_factory=list)
    ended: int | None = None
    seconds: float = 0.0

    def to(self, name: str) -> list[Arrived]:
        """What came for the recipient whose address begins so."""
        return [mail for mail in self.mails if mail.to.startswith(f"{name}@")]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that is to hold, with the figures that it rests on."""

    holds: bool
    said: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """From publication to mail: of each report, and in lines."""

    calm: list[float] = field(default_factory=list)
    troubled: list[float] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def new_in(run: Outcome) -> dict[int, datetime]:
    """When each report of the month appeared."""
    return {int(one["id"]): run.appeared[one["published"]] for one in run.files if one["published"] in run.appeared}


def minutes_to_mail(run: Outcome) -> Minutes:
    """By the watch's clock, from a report's appearance until the mail server had the first mail of it. Calm: no fault was on meanwhile."""
    with closing(connect_to_read(run.data)) as db:
        told = first_told(db, "lead")
    came = {mail.message_id: mail.at for mail in reversed(run.to("lead"))}
    found = Minutes()
    trouble = spans(run.events)
    for report, since in new_in(run).items():
        if at := came.get(told.get(report, "")):
            calm = not any(start < at and end > since for start, end in trouble)
            (found.calm if calm else found.troubled).append((at - since).total_seconds() / 60)
    for name, all_of in (("no fault on", found.calm), ("a fault or an outage on", found.troubled)):
        if all_of:
            found.lines.append(
                f"minutes from publication to mail, {name}: {len(all_of)} reports, median {statistics.median(all_of):.0f}, most {max(all_of):.0f}"
            )
    return found


def spans(events: Sequence[Event]) -> list[tuple[datetime, datetime]]:
    """From when to when the site as a whole, the search, one page or the mail server was at fault."""
    found = []
    for event in events:
        if event.what == "fault" and "times" not in event.values:
            found.append((event.at, next(one.at for one in events if one.at > event.at and one.name == event.name)))
        elif event.what in ("mail", "disk") and event.name != UP:
            found.append((event.at, next(one.at for one in events if one.at > event.at and one.what == event.what)))
    return found


def first_told(db: Database, recipient: str) -> dict[int, str]:
    """The Message-ID of the mail that first told a recipient of each new report."""
    return {
        row["report_id"]: row["message_id"]
        for row in rows(db, TOLD)
        if row["recipient"].startswith(f"{recipient}@") and row["dedupe_key"] == f"report:{row['report_id']}"
    }


def claims(run: Outcome) -> list[Claim]:
    """Everything that is to hold after the month."""
    new = set(new_in(run))
    with closing(connect_to_read(run.data)) as db:
        told = rows(db, TOLD)
        return [
            *_of_reports(told, new, run), *_of_changes(told, run.events), *_of_digests(told, new, run), *_of_news(db), *_of_faults(db, run.events),
            *_of_the_disk(run), *_of_the_end(db, run),
        ]  # fmt: skip


def _of_reports(told: Sequence[Mapping[str, Any]], new: set[int], run: Outcome) -> Iterator[Claim]:
    """A mail that comes again under its own Message-ID is one mail, which was handed over and not recorded before a kill."""
    lead = [row for row in told if row["recipient"].startswith("lead@") and row["kind"] == "report"]
    first = Counter(row["report_id"] for row in lead if row["dedupe_key"] == f"report:{row['report_id']}")
    arrived = Counter(mail.message_id for mail in run.to("lead"))
    ids = {row["report_id"]: row["message_id"] for row in lead if row["dedupe_key"] == f"report:{row['report_id']}"}
    mailed = {report for report in new if arrived[ids.get(report, "")]}
    lost = sorted(new - mailed)
    yield Claim(not lost, f"{len(mailed)} of {len(new)} reports of the month were mailed; lost: {lost or 'none'}")
    yield Claim(
        set(first) == new and set(first.values()) <= {1},
        f"alerted once: {len(first)}, others: {sorted(set(first) - new)}",
    )
    told_in = {report: {row["message_id"] for row in lead if row["report_id"] == report} for report in new}
    known = {row["message_id"] for row in lead}
    named = {report: {m.message_id for m in run.to("lead") if f"/v1/file/{report}" in m.text} & known for report in new}
    wrong = {report: found ^ told_in[report] for report, found in named.items() if found != told_in[report]}
    later = sum(len(found) - 1 for found in told_in.values() if found)
    yield Claim(
        not wrong,
        f"each report is named in its own mails alone: {wrong or 'yes'}; told once more, as its PDF could be read later: {later}",
    )
    again = {message_id: n for message_id, n in Counter(mail.message_id for mail in run.mails).items() if n > 1}
    yield Claim(True, f"mails repeated with the same Message-ID after a kill: {sum(again.values()) - len(again)}")


def _of_changes(told: Sequence[Mapping[str, Any]], events: Sequence[Event]) -> Iterator[Claim]:
    for what, kind in (("amend", "amended"), ("withdraw", "withdrawn")):
        wanted = {int(event.name): 1 for event in events if event.what == what}
        found = Counter(r["report_id"] for r in told if r["kind"] == kind and r["recipient"].startswith("lead@"))
        yield Claim(dict(found) == wanted, f"{kind}, told once each: {sorted(found)} of {sorted(wanted)}")


def _of_digests(told: Sequence[Mapping[str, Any]], new: set[int], run: Outcome) -> Iterator[Claim]:
    mails = {mail.message_id: mail for mail in reversed(run.to("board"))}
    days = Counter(mail.at.astimezone(LONDON).date() for mail in mails.values())
    more = {f"{day:%d %b}": n for day, n in days.items() if n > 1}
    yield Claim(not more, f"{len(mails)} digests on {len(days)} days; more than one on: {more or 'none'}")
    board = Counter(r["report_id"] for r in told if r["recipient"].startswith("board@") and r["dedupe_key"] == f"report:{r['report_id']}" and r["message_id"] in mails)  # fmt: skip
    yield Claim(
        set(board) == new and set(board.values()) <= {1}, f"reports in one digest each: {len(board)} of {len(new)}"
    )


def _of_news(db: Database) -> Iterator[Claim]:
    told = rows(db, NEWS)
    new = value(db, "SELECT count(*) FROM articles WHERE baseline = 0 AND label <> 'other'")
    yield Claim(
        all(row["times"] == 1 for row in told),
        f"{len(told)} stories told once each, of {new} articles about reports that were new",
    )


def _of_faults(db: Database, events: Sequence[Event]) -> Iterator[Claim]:
    """A fault that no crawl met is nobody's; one that a crawl met is told within two hours of its end, unless it was told before and never over."""
    notices = [dict(row) | json.loads(row["detail"]) for row in rows(db, NOTICES)]
    met, untold = 0, []
    for event in events:
        if event.what == "fault" and "times" not in event.values:
            ends = next(one.at for one in events if one.at > event.at and one.name == event.name)
            if value(db, BAD, [event.at.isoformat(), ends.isoformat()]):
                met += 1
                if not _told_between(notices, event.at, ends + SETTLES):
                    untold.append(event.name)
    yield Claim(not untold, f"{met} faults of the site, the search or the feed were met; not told: {untold or 'none'}")
    last = {(one["source"], _key(one)): one for one in notices}
    unwell = [
        f"{one['source']}: {one.get('message', '')}"[:90]
        for one in last.values()
        if not one["well"] and one["verdict"] not in WAITS_FOR_A_PERSON
    ]
    yield Claim(not unwell, f"{len(notices)} notices to the operators; told and never over: {unwell or 'none'}")
    health = {row["source"]: row["verdict"] for row in rows(db, "SELECT source, verdict FROM source_health")}
    yield Claim(set(health.values()) <= set(GOOD), f"the sources at the end: {health}")


def _of_the_disk(run: Outcome) -> Iterator[Claim]:
    """A full disk is told past the database, and when it is over."""
    for start, end in (
        (e.at, next(o.at for o in run.events if o.at > e.at and o.what == "disk"))
        for e in run.events
        if e.name == "full"
    ):
        told = [
            mail.subject
            for mail in run.to("ops")
            if "its database" in mail.subject and start <= mail.at <= end + SETTLES
        ]
        yield Claim(
            len(set(told)) == 2, f"a full disk from {start:%d %b %H:%M} to {end:%H:%M} UTC, told by mail: {told}"
        )


def _key(notice: Mapping[str, Any]) -> str:
    """What a notice is about: the one that it is over is about the same."""
    key = str(notice["dedupe_key"])
    return ":".join(key.split(":")[:3]) if key.startswith("issue:") else ""


def _told_between(notices: Sequence[Mapping[str, Any]], start: datetime, end: datetime) -> bool:
    """Whether a notice of something unwell was made then, or one made before was not yet over at the start."""
    state: dict[tuple[str, str], bool] = {}
    for one in notices:
        at = datetime.fromisoformat(one["created"])
        if at < start:
            state[(one["source"], _key(one))] = one["well"]
        elif at <= end and not one["well"]:
            return True
    return not all(state.values())


def _of_the_end(db: Database, run: Outcome) -> Iterator[Claim]:
    unsent, issues = value(db, UNSENT), rows(db, OPEN)
    yield Claim(not unsent, f"mails that have not left: {unsent}")
    yield Claim(not issues, f"open issues of the watch itself: {[row['message'][:90] for row in issues] or 'none'}")
    yield Claim(not run.ended_itself, f"the daemon ended by itself: {run.ended_itself or 'never'}")
    yield Claim(run.ended == 0, f"SIGTERM at the end: status {run.ended}")
    life = run.lives[-1]
    yield Claim(life.fds_last <= life.fds_first + FDS, f"files open in the last life of the daemon: {life.fds_first} first, {life.fds_last} last, {life.fds_most} at the most")  # fmt: skip
    looked = value(db, "SELECT count(DISTINCT day) FROM days WHERE source = 'ofsted'")
    yield Claim(
        looked >= len(run.month.days), f"days that are proven to have been looked at: {looked} of {len(run.month.days)}"
    )
