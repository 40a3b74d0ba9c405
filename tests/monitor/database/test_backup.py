from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.database.backup import BackupError, back_up


def test_the_copy_holds_what_is_stored_while_the_database_is_open(db: Database, tmp_path: Path) -> None:
    db.table("authorities").insert({"urn": "1", "name": "Somewhere", "region": None})
    told = back_up(tmp_path / "data", tmp_path / "copy.db")
    copy = Database(str(tmp_path / "copy.db"))
    assert [row["name"] for row in copy["authorities"].rows] == ["Somewhere"]
    copy.close()
    assert "checked" in told


def test_nothing_is_overwritten(db: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(BackupError, match="is there already"):
        back_up(tmp_path / "data", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_a_data_folder_without_a_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no database yet"):
        back_up(tmp_path, tmp_path / "copy.db")
