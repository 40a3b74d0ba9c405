"""`ofsted-watch judge`: what a reader says of what a report says about an earlier area."""

import getpass
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from sqlite_utils import Database

from monitor.cli.group import Wrong, loaded
from monitor.cli.options import CONFIG, json_line
from monitor.cli.terminal import wrapped
from monitor.comparing import Said, corrections, judge, labelled_pairs, status_named
from monitor.config import Config
from monitor.database import connect, connect_to_read, rows
from monitor.facts import phrases
from scraper.clock import utc_now
from scraper.database import own_folder
from scraper.reference import kind_name, stored_day

LIST, EXPORT = "list", "export"
REPORT = "SELECT a.name, r.kind, r.label, r.published FROM reports r JOIN authorities a ON a.urn = r.urn WHERE r.id = ?"
WAITS = "another ofsted-watch is at work; it is heeded with its next round"


@click.command(name="judge")
@CONFIG
@click.argument("comparison", metavar="COMPARISON|list|export")
@click.argument("status", nargs=-1)
@click.option("--sentence", help="The words of the later report that show it, as they stand there.")
@click.option("--by", help="Who says so; else your login name.")
@click.option("--withdraw", is_flag=True, help="Take back what was said.")
def judge_comparison(
    config_path: Path, comparison: str, status: tuple[str, ...], sentence: str | None, by: str | None, withdraw: bool
) -> None:
    """A comparison is wrong, or right: say what it should be. It counts from then on, whatever is read or compared again.

    COMPARISON: its name, as `history` and the page of its report have it. STATUS: still needs improvement, improved, mixed, not mentioned.

    `judge list`: what was judged. `judge export`: the same as labelled pairs of reports, a line of JSON each.
    """
    config = loaded(config_path)
    if comparison in (LIST, EXPORT):
        if status or sentence or by or withdraw:
            raise Wrong(f"`judge {comparison}` takes nothing else")
        _show(config, comparison)
        return
    if bool(status) is withdraw or (withdraw and sentence):
        raise Wrong(
            "say what it should be: still needs improvement, improved, mixed or not mentioned; or --withdraw alone"
        )
    said = None if withdraw else status_named(" ".join(status))
    own_folder(config.data)
    with closing(connect(config.data)) as db:
        of, done = judge(db, config.data, comparison, said, sentence, by if by is not None else _login(), utc_now)
    for line in wrapped(f"{of.name}: {phrases.STATUSES[said] if said else 'taken back'}: {phrases.one_line(of.text)}"):
        click.echo(line)
    likeliest = "" if of.certain else "unclear, likeliest "
    click.echo(f"we had said: {likeliest}{phrases.STATUSES[of.status]}{'' if done else f'; {WAITS}'}")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # as in a container that has no name for its user
        raise Wrong("your login has no name here: say who you are with --by") from None


def _show(config: Config, what: str) -> None:
    with closing(connect_to_read(config.data)) as db:
        if what == EXPORT:
            for pair in labelled_pairs(db):
                click.echo(json_line(pair))
            return
        found = [line for one in reversed(corrections(db)) for line in _lines(db, one)]
    click.echo("\n".join(found or ["nothing has been judged yet"]))


def _lines(db: Database, one: Said) -> Iterator[str]:
    status = phrases.STATUSES[one.status] if one.status else "taken back"
    old = "" if one.counts else "; said otherwise since"
    gone = "" if one.shown or not one.counts else "; there is no such comparison now"
    yield from wrapped(
        f"{one.of.name}  {status}, {phrases.one_line(one.by)}, {phrases.day(stored_day(one.at))}{old}{gone}", "", "    "
    )
    yield from wrapped(f"{phrases.one_line(one.of.text)} (we had said: {phrases.STATUSES[one.of.status]})", "    ")
    if one.sentence:
        yield from wrapped(f"“{phrases.one_line(one.sentence)}”", "    ")
    yield from wrapped(
        f"{_named(db, one.of.report_id)}; asked for by the {_named(db, one.of.key[0], short=True)}", "    "
    )


def _named(db: Database, report_id: int | None, *, short: bool = False) -> str:
    row = rows(db, REPORT, [report_id])[0]
    kind = (
        f"{kind_name(row['kind'] or '') or phrases.one_line(row['label'])}, {phrases.day(stored_day(row['published']))}"
    )
    return kind if short else f"{row['name']}, {kind}"
