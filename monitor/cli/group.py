"""What all commands share: how an error that a user can mend ends one, in one line and with its exit status."""

import sqlite3
from pathlib import Path
from typing import Any

import click

from monitor.config import Config, load_config, sources
from monitor.errors import UserError
from scraper.database import DatabaseFault, explained
from scraper.errors import ScraperError
from scraper.reference import frameworks

DATA = "monitor.cli.data"


class Wrong(click.ClickException):
    """A bad config or argument."""

    exit_code = 2


class Unwell(click.ClickException):
    """Something is to be looked at."""

    exit_code = 1


class Commands(click.Group):
    """Turns the errors that users can cause into one line on stderr, with the exit status of each."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; bad input ends it with status 2, a database that cannot be used with 1, Ctrl-C with 130."""
        try:
            return super().invoke(ctx)
        except (UserError, ScraperError, sqlite3.Error) as error:
            click.echo(f"Error: {_in_words(ctx, error)}", err=True)
            ctx.exit(1 if isinstance(error, (DatabaseFault, sqlite3.Error)) else getattr(error, "exit_code", 2))
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(130)


def loaded(path: Path) -> Config:
    """The config of a command; its data folder is remembered, for a fault of the database names its file.

    A registry of frameworks that is wrong ends the command here: everything that is read or shown goes by it.
    """
    config = load_config(path)
    frameworks()
    click.get_current_context().meta[DATA] = config.data
    return config


def check_source(config: Config, source: str | None) -> None:
    """Raise `Wrong`, with the sources there are, where none is called so."""
    if source is not None and source not in sources(config):
        raise Wrong(f"no source is called {source!r}; the config has: {', '.join(sources(config))}")


def _in_words(ctx: click.Context, error: Exception) -> str:
    if isinstance(error, sqlite3.Error) and DATA in ctx.meta:
        return str(explained(error, ctx.meta[DATA]))
    return str(error)
