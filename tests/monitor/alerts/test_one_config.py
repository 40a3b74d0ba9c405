"""One config a data folder, and how a config may move."""

import os
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import claim_data
from monitor.alerts.one_config import OtherConfig
from monitor.database import rows


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Path:
    """The config that has the data folder."""
    path = tmp_path / "config.yaml"
    path.write_text("watch: [Brent]\n")
    claim_data(db, path)
    claim_data(db, path)
    return path


def test_another_config_is_refused_with_what_to_do(db: Database, config: Path) -> None:
    other = config.with_name("other.yaml")
    other.write_bytes(config.read_bytes())
    with pytest.raises(OtherConfig, match="--config-moved") as told:
        claim_data(db, other)
    assert str(config) in str(told.value)
    claim_data(db, config)


def test_one_that_says_that_it_moved_takes_over(db: Database, config: Path) -> None:
    other = config.with_name("other.yaml")
    other.write_bytes(config.read_bytes())
    claim_data(db, other, moved=True)
    with pytest.raises(OtherConfig):
        claim_data(db, config)
    assert rows(db, "SELECT path FROM config_file") == [{"path": str(other)}]


def test_one_whose_file_is_gone_has_moved(db: Database, config: Path) -> None:
    claim_data(db, config.rename(config.with_name("renamed.yaml")))


@pytest.mark.parametrize("make", [os.symlink, os.link])
def test_the_same_file_by_another_name_is_the_same_config(db: Database, config: Path, make: object) -> None:
    other = config.parent / "etc" / "config.yaml"
    other.parent.mkdir()
    make(config, other)  # type: ignore[operator]
    claim_data(db, other)
    claim_data(db, config)


def test_the_same_file_named_from_its_folder(db: Database, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(config.parent)
    claim_data(db, Path("config.yaml"))
    claim_data(db, Path("./nowhere/../config.yaml"))


def test_a_symlink_may_lead_elsewhere_at_each_edit(db: Database, tmp_path: Path) -> None:
    link = tmp_path / "config.yaml"
    for name in ("one", "two"):
        (tmp_path / name).write_text("watch: [Brent]\n")
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / name)
        claim_data(db, link)


def test_one_in_a_folder_where_we_may_not_look_is_another(
    db: Database, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hidden(self: Path, **_: object) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "exists", hidden)
    with pytest.raises(OtherConfig, match="--config-moved"):
        claim_data(db, tmp_path / "mine.yaml")
