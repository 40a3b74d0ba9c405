"""`ofsted-watch news`: what was kept and what nearly was, why, and what a reader says of it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from monitor.cli.group import loaded
from monitor.cli.options import CONFIG, given, json_line
from monitor.cli.terminal import wrapped
from monitor.config import Config
from monitor.database import connect, connect_to_read
from monitor.facts import phrases
from monitor.news import Judged, judged, labelled, mark
from scraper.clock import utc_now
from scraper.database import own_folder

SAID = {"right": "; you said: right", "wrong": "; you said: wrong"}


@click.group(invoke_without_command=True)
@CONFIG
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="How many articles.")
@click.pass_context
def news(ctx: click.Context, config_path: Path, most: int) -> None:
    """The latest articles that were kept or nearly kept, each with its name and the reasons."""
    ctx.obj = config_path
    if ctx.invoked_subcommand is None:
        with closing(connect_to_read(loaded(config_path).data)) as db:
            found = judged(db, most)
        click.echo(
            "\n".join(line for one in found for line in _lines(one)) if found else "no article has been kept yet"
        )


def _lines(one: Judged) -> Iterator[str]:
    kept = "kept" if one.kept else "not kept"
    about = f", {phrases.one_line(one.authority)}" if one.authority else ""
    yield from wrapped(f"{one.name}  {phrases.one_line(one.headline)}", "", "    ")
    yield from wrapped(
        f"{kept}: {one.label}{about}; {one.outlet}, {one.day}; {one.score:g} points{SAID.get(one.mark, '')}", "    "
    )
    if one.about.report:
        of = f"about the {phrases.kind_of(one.about.report)} published {phrases.day(one.about.report.published)}"
        yield from wrapped("; ".join(filter(None, (of, one.about.counts))), "    ")
    elif one.about.unknown:
        yield f"    about {one.about.unknown}"
    yield from wrapped(
        "; ".join(dict.fromkeys(f"{what} {points:+g}" if points else what for what, points in one.reasons)), "    "
    )
    yield f"    {one.url}"


@news.command()
@CONFIG
@click.argument("name")
@click.pass_obj
def wrong(of_group: Path, config_path: Path, name: str) -> None:
    """The article NAME is no news of a report: it is told nobody any more."""
    _mark(of_group, config_path, name, right=False)


@news.command()
@CONFIG
@click.argument("name")
@click.pass_obj
def right(of_group: Path, config_path: Path, name: str) -> None:
    """The article NAME is news of a report, or of what followed: it is kept."""
    _mark(of_group, config_path, name, right=True)


def _mark(of_group: Path, path: Path, name: str, *, right: bool) -> None:
    config = _loaded(of_group, path)
    own_folder(config.data)
    with closing(connect(config.data)) as db:
        headline = mark(db, name, right=right, now=utc_now())
    click.echo(f"{'right' if right else 'wrong'}: {phrases.one_line(headline)}")


@news.command()
@CONFIG
@click.pass_obj
def export(of_group: Path, config_path: Path) -> None:
    """The articles that you have marked, as labelled JSON lines."""
    with closing(connect_to_read(_loaded(of_group, config_path).data)) as db:
        for row in labelled(db):
            click.echo(json_line(row))


def _loaded(of_group: Path, own: Path) -> Config:
    """`--config` may stand before the word for what to do, or behind it."""
    return loaded(own if given("config_path") else of_group)
