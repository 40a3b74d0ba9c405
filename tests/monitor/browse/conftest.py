"""Datasette's application in this process, on a filled database and on an empty one, with the very files that are served."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasette import facets
from datasette.app import Datasette
from datasette.utils import sqlite as datasette_sqlite

from monitor.browse import serve
from scraper.database import DATABASE_FILE
from tests.data_folders import new_database
from tests.monitor.browse.filled import fill

CONFIG: dict[str, Any] = yaml.safe_load((serve.HERE / "datasette.yaml").read_text(encoding="utf-8"))
DATABASE = CONFIG["databases"]["ofsted-watch"]
QUERIES = DATABASE["queries"]


class Site:
    """What a browser would be given, without a network: `get(path)` answers with an httpx response."""

    def __init__(self, data: Path) -> None:
        self.runner = asyncio.Runner()
        self.datasette = Datasette(
            [str(data / DATABASE_FILE)],
            metadata=CONFIG,
            plugins_dir=str(serve.HERE / "plugins"),
            template_dir=str(serve.HERE / "templates"),
            static_mounts=[("watch", str(serve.HERE / "static"))],
            settings={"num_sql_threads": 0},
        )
        self.runner.run(self.datasette.invoke_startup())

    def close(self) -> None:
        """Datasette closes the connections to files when told, and leaves those to its databases in memory to us."""
        for served in self.datasette.databases.values():
            for connection in filter(None, (served._read_connection, served._write_connection)):
                connection.close()
            served.close()
        self.runner.close()

    def get(self, path: str) -> Any:
        return self.runner.run(self.datasette.client.get(path))

    def post(self, path: str, form: dict[str, str], **headers: str) -> Any:
        """As a browser sends a form; `headers` have underscores for hyphens."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.runner.run(self.datasette.client.post(path, data=form, headers=told))


def _site(data: Path, filled: bool) -> Iterator[Site]:
    database = new_database(data)
    if filled:
        fill(database)
    database.close()
    site = Site(data)
    yield site
    site.close()


@pytest.fixture(scope="session", autouse=True)
def no_connection_is_left_open() -> Iterator[None]:
    """Datasette 0.65 opens a database to see what SQLite this is and whether it knows JSON, and never closes it: Python 3.13 warns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facets, "detect_json1", lambda: True)
        patch.setattr(datasette_sqlite, "_cached_sqlite_version", sqlite3.sqlite_version_info)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_traceback_is_drawn() -> Iterator[None]:
    """Datasette draws one in colours for each page that is not there, where rich is installed, as a linter of ours has it: for a second each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("datasette.handle_exception.rich", None)
        yield


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from _site(tmp_path_factory.mktemp("filled"), filled=True)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from _site(tmp_path_factory.mktemp("empty"), filled=False)
