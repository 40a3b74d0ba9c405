"""The commands. Each is thin: it reads the config, calls one part, prints, and turns known errors into clear lines."""

import asyncio
import io
import json
import logging
import sqlite3
import sys
from contextlib import closing, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import click

from monitor import log
from monitor.browse import run_datasette
from monitor.cli import accepting, adding, history, terminal
from monitor.cli.demo import run_demo
from monitor.cli.documents import compare, read, read_articles
from monitor.cli.feedback import news
from monitor.cli.group import Commands, Unwell, Wrong, check_source, loaded
from monitor.cli.judging import judge_comparison
from monitor.cli.options import CONFIG, CONFIG_UNREAD, DURATION, JSON_LINE
from monitor.cli.progress import crawling
from monitor.config import Config, refuse_placeholders, sources
from monitor.daemon import Begin, become_daemon
from monitor.database import back_up, checkpoint, connect, connect_to_read, days_of, restore
from monitor.health import check_lines, day_lines, source_state, source_state_lines, status_lines, watch_state
from monitor.locks import DAEMON, locked
from monitor.mail import send_test
from monitor.reading import file_reports
from monitor.rounds import ConfigFile, crawl_and_conclude, lock_of, looks_unmounted
from scraper.clock import utc_now
from scraper.database import DatabaseFault, accept_page, check_whole, database_faults, own_folder
from scraper.reference import Authority, meant

MOVED = click.option(
    "--config-moved", is_flag=True, help="The data folder was watched with another config file, which is this one now."
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ofsted-watch")
def main() -> None:
    """Reads Ofsted's reports on children's services in England, and tells what has changed since the last visit."""
    logging.captureWarnings(True)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a file's name, or a word, that the terminal cannot show ends no command
            stream.reconfigure(errors="backslashreplace")


@main.command()
@CONFIG
@MOVED
def run(config_path: Path, config_moved: bool) -> None:
    """Watch in the foreground until SIGTERM or Ctrl-C."""
    log.set_up()
    config = loaded(config_path)
    refuse_placeholders(config)
    with database_faults(config.data):
        doubtful = looks_unmounted(config.data)  # before we make anything in it
    own_folder(config.data)
    become_daemon(Begin(config_path, config.data, config_moved, doubtful))


@main.command()
@CONFIG
@click.argument("source", required=False)
@click.option("--full", is_flag=True, help="Fetch everything again, as if the sites had never been asked before.")
@MOVED
def crawl(config_path: Path, source: str | None, full: bool, config_moved: bool) -> None:
    """One round now: crawl, read, compare, alert, deliver. SOURCE: ofsted, or the name of a news source."""
    log.set_up(logging.WARNING)
    config = loaded(config_path)
    names = (source,) if source else sources(config)
    check_source(config, source)
    refuse_placeholders(config)
    file = ConfigFile(config_path, config_moved)
    work = partial(crawl_and_conclude, config, utc_now, names, file=file, full=full)
    outcome, stopped = asyncio.run(crawling(config, work))
    for line in terminal.round_lines(config, outcome):
        click.echo(line)
    if stopped:
        click.echo("stopped in order; what was complete is stored", err=True)
    sys.exit(128 + stopped if stopped else terminal.round_status(outcome))


@main.command()
@CONFIG
@click.option("--feeds", is_flag=True, help="Try the feeds that the catalogue knows for the watched authorities, too.")
def check(config_path: Path, feeds: bool) -> None:
    """Is the config good, do the sources answer, what would be watched."""
    config = loaded(config_path)
    refuse_placeholders(config)
    healthy = True
    for good, line in check_lines(config, utc_now, feeds=feeds):
        healthy &= good
        click.echo(line)
    sys.exit(0 if healthy else 1)


@main.command(name="status")
@CONFIG
@click.argument("source", required=False)
@JSON_LINE
@click.option(
    "--max-age",
    type=DURATION,
    help="How old the last good crawl of a source may be, such as 2h; else three of its intervals.",
)
@click.option("--no-daemon", is_flag=True, help="No daemon is expected to run: `crawl` is started by something else.")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Only: what was looked at on this day, YYYY-MM-DD."
)
@click.option("--alive", is_flag=True, help="Only: does the daemon run, and does the database answer?")
def show_status(
    config_path: Path,
    source: str | None,
    as_json: bool,
    max_age: timedelta | None,
    no_daemon: bool,
    day: datetime | None,
    alive: bool,
) -> None:
    """How the watch does: what is to be looked at, sources, reports, mails, issues. Status 1 where anything is to be looked at.

    SOURCE: only this one, with its last crawls, and what came in place of what was wanted.
    """
    config = loaded(config_path)
    check_source(config, source)
    with closing(connect_to_read(config.data)) as db:
        check_whole(db, config.data)
        if day:
            found = [row for row in days_of(db, day.date()) if source in (None, row["source"])]
            click.echo(json.dumps(found, indent=1) if as_json else "\n".join(day_lines(db, config, day.date(), source)))
            sys.exit(0 if found else 1)
        if source:
            now = source_state(db, config, source, utc_now(), max_age)
        else:
            now = watch_state(db, config, utc_now(), max_age, daemon=not no_daemon)
    lines = source_state_lines(now) if source else status_lines(now)
    click.echo(json.dumps(now, indent=1, ensure_ascii=False) if as_json else "\n".join(lines))
    sys.exit(0 if now["ok"] or (alive and now.get("running")) else 1)


@main.command(name="history")
@CONFIG
@click.argument("authority")
def show_history(config_path: Path, authority: str) -> None:
    """The visits to AUTHORITY, its judgements over time and its open areas for improvement."""
    config = loaded(config_path)
    found = _authority(config, authority)
    with closing(connect_to_read(config.data)) as db:
        for line in history.lines(db, found):
            click.echo(line)


def _authority(config: Config, name: str) -> Authority:
    found = config.resolve((name,)) if name != "all" else ()
    if len(found) != 1:
        names = [one.name for one in config.known]
        hint = meant(name, names) or meant(name, [alias for one in config.known for alias in one.aliases]) or "."
        raise Wrong(f"no authority is called {name!r}{hint} Write it as Ofsted does, or give its URN")
    return found[0]


@main.command()
@CONFIG
@click.argument("authority")
@click.argument("reports", nargs=-1, type=int)
def accept(config_path: Path, authority: str, reports: tuple[int, ...]) -> None:
    """You have looked at the page of AUTHORITY: believe what it omits and what it lists. REPORTS: only these, by their numbers.

    `all`: you have looked at the site as a whole; believe what the pages omit. The name of a news source with a `page`: what that page
    lists now is where the watch begins anew, and told to nobody.
    """
    config = loaded(config_path)
    pages = {news.name: news.page for news in config.sources.news if news.page}
    if authority in pages:
        with closing(connect(config.data)) as db, locked(config.data, lock_of(authority)):
            click.echo(accepting.page_line(db, authority, pages[authority]))
        return
    one = None if authority == "all" else _authority(config, authority)
    with closing(connect(config.data)) as db:
        if one is None:
            lines = accepting.accept_all(db, config.watched, reports, utc_now())
        else:
            settled = accept_page(db, one.urn, utc_now(), reports)
            file_reports(db, utc_now())
            lines = accepting.lines(db, one, reports, settled)
        for line in lines:
            click.echo(line)


@main.command()
@CONFIG
@click.argument("document")
@click.option("--authority", help="Whose it is, where the document does not say.")
def add(config_path: Path, document: str, authority: str | None) -> None:
    """Add DOCUMENT, a PDF or its address: a report of Ofsted's that its site does not list, such as a letter that only the council publishes."""
    config = loaded(config_path)
    own_folder(config.data)
    connect(config.data).close()
    for line in adding.add(config, document, _authority(config, authority) if authority else None, utc_now):
        click.echo(line)


@main.command(name="test-mail")
@CONFIG
def test_mail(config_path: Path) -> None:
    """Send a test mail to every recipient of the config, and say what came of it."""
    config = loaded(config_path)
    if not config.mail.host:
        where = config.data / "mail"
        raise Unwell(f"no mail host is set, so NOTHING IS MAILED: each mail becomes a file in {where}; set mail.host")
    if not config.alerts:
        raise Unwell("nobody is named under `alerts`, so nobody is told of anything; add a rule")
    good = True
    for recipient, error in send_test(config, utc_now()):
        good &= error is None
        click.echo(f"{recipient}: {error or 'handed over'}")
    sys.exit(0 if good else 1)


@main.command()
@CONFIG
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="On this machine only.")
def browse(config_path: Path, port: int) -> None:
    """Browse what is stored, with Datasette, at http://127.0.0.1:PORT."""
    config = loaded(config_path)
    connect_to_read(config.data).close()
    status = run_datasette(config.data, port, judge=config.browse.judge)
    with suppress(DatabaseFault, sqlite3.Error):  # where others still have it open, or only they may write
        checkpoint(config.data)
    sys.exit(status)


@main.command()
@CONFIG
@click.argument("file", type=click.Path(path_type=Path))
def backup(config_path: Path, file: Path) -> None:
    """Copy the database to FILE while everything runs on; the PDFs lie beside it in the data folder."""
    config = loaded(config_path)
    click.echo(back_up(config.data, file))


@main.command(name="restore")
@CONFIG
@click.argument("file", type=click.Path(path_type=Path))
def put_back(config_path: Path, file: Path) -> None:
    """Put the backup FILE in place of the database, while nothing runs; the database of before is kept beside it."""
    config = loaded(config_path)
    own_folder(config.data)
    with locked(config.data, DAEMON):
        click.echo(restore(config.data, file))


@main.command()
@CONFIG_UNREAD
@click.option("--data", type=click.Path(path_type=Path), default=Path("demo-data"), show_default=True)
@click.option("--browse/--no-browse", default=True, help="Start Datasette at the end.")
def demo(data: Path, browse: bool) -> None:
    """The whole thing offline, on an invented authority: baseline, a new report, what changed, the mail."""
    log.set_up(logging.WARNING)
    run_demo(data, browse)


for command in (read, compare, read_articles, news, judge_comparison):
    main.add_command(command)


if __name__ == "__main__":
    main()
