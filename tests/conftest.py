"""What every test may use. Nothing here reaches the network: pytest-socket allows loopback only."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlite_utils import Database

from tests.data_folders import new_database

# How long an example takes says how busy the machine is; a hang is pytest-timeout's.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_configure() -> None:
    """Let pytest's workers and the programs that the tests start share bytecode: they are some 300, and each would compile everything anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty database in a data folder of its own, with the tables of both packages."""
    database = new_database(tmp_path / "data")
    yield database
    database.close()
