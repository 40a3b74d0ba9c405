"""`ofsted-watch demo`: the main job from the silent baseline to the mail, without any network but loopback."""

import asyncio
import shlex
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import click
import yaml

from monitor.browse import free_port, run_datasette
from monitor.cli import terminal
from monitor.cli.terminal import day
from monitor.config import Config, load_config, sources
from monitor.database import connect
from monitor.demo import DemoSite, story
from monitor.errors import UserError
from monitor.facts import report_facts
from monitor.rounds import Round, crawl_and_conclude
from scraper.clock import utc_now
from scraper.database import own_folder

MARK = "made-by-ofsted-watch-demo"


class DemoError(UserError):
    """The demo cannot run, or did not come out as it must; the message says why."""


def run_demo(data: Path, browse: bool, say: Callable[[str], None] = click.echo) -> None:
    """Run the demo into a fresh folder, and start Datasette on it at the end if wanted; the site stays up for its links."""
    begun = time.monotonic()
    _fresh(data)
    with DemoSite(story.BEFORE) as site:
        config = _config(site, data)
        say(f"A small site of an invented authority, {story.AUTHORITY}, runs on {site.url}.\n")
        say(f"{day(story.BEFORE)}: the first crawl is a silent baseline.")
        _tell(say, config, _round(config))
        site.move_to(story.AFTER)
        say(f"\n{day(story.AFTER)}: a report and a story have appeared.")
        outcome = _round(config)
        _tell(say, config, outcome)
        if not outcome.concluded.alerts:
            raise DemoError("the second crawl raised no alert, though a report and a story had appeared")
        _what_changed(say, config)
        _where(say, config)
        say(f"\n{time.monotonic() - begun:.1f} s.")
        _browse(say, config, data, browse)


def _fresh(data: Path) -> None:
    if data.exists() and not data.is_dir():
        raise DemoError(f"{data}: is a file; name a folder with --data")
    if data.exists() and any(data.iterdir()):
        if not (data / MARK).exists():
            raise DemoError(f"{data}: is not empty and was not made by the demo; name another folder with --data")
        shutil.rmtree(data)
    own_folder(data)
    (data / MARK).touch()


def _config(site: DemoSite, data: Path) -> Config:
    """Write the demo's config.yaml beside its data and load it as any other, so that the commands work on it afterwards."""
    other_host = [
        address.replace("127.0.0.1", "localhost", 1) for address in (site.feed, site.newsroom)
    ]  # two hosts are crawled at once
    told = story.config(site.url, other_host[0], site.second_feed, Path(), other_host[1])
    path = data / "config.yaml"
    path.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return load_config(path)


def _round(config: Config) -> Round:
    return asyncio.run(crawl_and_conclude(config, utc_now, sources(config)))


def _tell(say: Callable[[str], None], config: Config, outcome: Round) -> None:
    for line in terminal.round_lines(config, outcome):
        say(f"  {line}")


def _what_changed(say: Callable[[str], None], config: Config) -> None:
    with closing(connect(config.data)) as db:
        facts = report_facts(db, story.NEW_REPORT.report_id)
    say("\nWhat changed since the last visit")
    for line in terminal.facts_lines(facts):
        say(f"  {line}")


def _where(say: Callable[[str], None], config: Config) -> None:
    say("\nThe mails, HTML and plain text in each:")
    for file in sorted((config.data / "mail").glob("*.eml")):
        say(f"  {file}")


def _browse(say: Callable[[str], None], config: Config, data: Path, browse: bool) -> None:
    if not browse:
        say(f"To browse: {shlex.join(['ofsted-watch', 'browse', '--config', str(data / 'config.yaml')])}")
        return
    port = free_port()
    say(f"\nBrowse it at http://127.0.0.1:{port}/ (Ctrl-C ends it)")
    run_datasette(config.data, port, judge=config.browse.judge)
