"""The commands for documents that the user has, which need no crawl and no database: reports as PDFs, articles as JSON lines."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from monitor.cli import terminal
from monitor.cli.group import Wrong, loaded
from monitor.cli.options import CONFIG, CONFIG_UNREAD, JSON_LINE, given, json_line
from monitor.cli.progress import reading
from monitor.comparing import as_json as why_as_json
from monitor.comparing import asks_of, compare_pair, why
from monitor.facts import phrases
from scraper.errors import ScraperError
from scraper.items import Reading
from scraper.reference import name_key
from scraper.reports import read_files, reading_to_json


@click.command()
@CONFIG_UNREAD
@click.argument("files", nargs=-1, required=True)
@JSON_LINE
def read(files: tuple[str, ...], as_json: bool) -> None:
    """Read report PDFs: who, what, when, grades and findings. One that cannot be read is named with the reason."""
    as_given = {Path(file): file for file in files}
    failed = False
    for path, outcome in reading(read_files(list(as_given)), len(as_given)):
        failed |= isinstance(outcome, ScraperError)
        click.echo(_read_line(as_given[path], outcome) if as_json else "\n".join(terminal.reading_lines(path, outcome)))
    sys.exit(1 if failed else 0)


def _read_line(file: str, outcome: Reading | ScraperError) -> str:
    if isinstance(outcome, ScraperError):
        return json_line({"file": file, "error": str(outcome)})
    return json_line(reading_to_json(outcome, file))


@click.command()
@CONFIG_UNREAD
@click.argument("earlier", type=click.Path(path_type=Path))
@click.argument("later", type=click.Path(path_type=Path))
@JSON_LINE
@click.option("--explain", is_flag=True, help="Say why: the best sentences, what spoke for each and for the verdict.")
def compare(earlier: Path, later: Path, as_json: bool, explain: bool) -> None:
    """What the LATER report says about what the EARLIER one asked for, and what it asks for that is new."""
    readings = dict(read_files([earlier, later]))
    for outcome in readings.values():
        if isinstance(outcome, ScraperError):
            raise Wrong(str(outcome))
    then, now = (readings[path] for path in (earlier, later))
    assert isinstance(then, Reading)  # noqa: S101 - errors are gone
    assert isinstance(now, Reading)  # noqa: S101
    for doubt in no_pair(then, now):
        click.echo(f"look at this: {doubt}", err=True)
    pair = compare_pair(then, now)
    if explain:
        for area, reason in zip(pair["areas"], why(asks_of(then), now), strict=True):
            area["explain"] = why_as_json(reason)
    click.echo(json_line(pair) if as_json else "\n".join(terminal.pair_lines(pair)))


def no_pair(then: Reading, now: Reading) -> Iterator[str]:
    """Why two reports should not be set against each other as an earlier and a later one of the same authority."""
    if then.authority and now.authority and name_key(then.authority) != name_key(now.authority):
        yield f"these are reports of two authorities, {phrases.one_line(then.authority)} and {phrases.one_line(now.authority)}"
    if then.published and now.published and then.published >= now.published:
        yield f"the report that was named first was not published before the other: {then.published} and {now.published}"


@click.command(name="read-article")
@CONFIG
@click.option(
    "--json", is_flag=True, expose_value=False, help="Print JSON, a line an article (the default and only form)."
)
def read_articles(config_path: Path) -> None:
    """Read articles from JSON lines on stdin: is each about a report, which authority, which visit."""
    from monitor.cli.article_lines import BadLine, read_lines  # noqa: PLC0415 - no other command needs the rules, a tenth of a second

    if sys.stdin is None:
        raise Wrong("standard input is closed: give articles as JSON lines, as in `read-article < articles.jsonl`")
    config = loaded(config_path) if config_path.exists() or given("config_path") else None
    good = True
    for article in read_lines(sys.stdin.buffer, config):
        good &= not isinstance(article, BadLine)
        click.echo(
            f"Error: {article}" if isinstance(article, BadLine) else json_line(article),
            err=isinstance(article, BadLine),
        )
    sys.exit(0 if good else 1)
