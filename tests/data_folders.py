"""A data folder for each test that wants one: made once in a process, as the watch makes it, and copied from then on."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from monitor.database import begin, connect
from scraper.database import begin as begin_to_scrape


def new_database(data: Path) -> Database:
    """An empty database in a data folder of its own, with the tables of both packages."""
    shutil.copytree(_made(scraped_only=False), data, dirs_exist_ok=True)
    database = connect(data)
    database.conn.execute("PRAGMA synchronous = OFF")  # each commit waits for the disk else, and no test cuts the power
    return database


def new_scraped(data: Path) -> None:
    """A data folder whose database has the scraper's tables only, as a crawl by itself makes it."""
    shutil.copytree(_made(scraped_only=True), data, dirs_exist_ok=True)


@cache
def _made(scraped_only: bool) -> Path:
    """The folder that is copied: the migrations take 62 ms, and would be applied some 1,300 times in the suite."""
    folder = Path(tempfile.mkdtemp(prefix="ofsted-watch-tests-"))
    atexit.register(shutil.rmtree, folder)
    data = folder / "data"
    (begin_to_scrape if scraped_only else begin)(data).close()
    return data
