"""Open areas on pages and in the terminal are the same for real authorities; skipped where the real reports are not beside the project.

An eighth of the authorities are read; all of them where OFSTED_WATCH_ALL_REPORTS is set.
"""

import os
from pathlib import Path

import pytest

from bench.compare_corpus import NOW, store
from monitor.comparing import compare_pending
from monitor.database import rows
from scraper.reference import Authority
from scraper.reports import read_files
from tests.monitor.comparing.test_areas import agree
from tests.paths import SHARED

FOLDERS = sorted(path for path in (SHARED / "corpus").glob("*_*") if path.is_dir())
SOME = FOLDERS if os.environ.get("OFSTED_WATCH_ALL_REPORTS") else FOLDERS[::8]


@pytest.mark.real
@pytest.mark.skipif(not FOLDERS, reason=f"the real reports are not in {SHARED}")
def test_pages_and_terminal_agree_on_what_is_open_at_each_real_authority(tmp_path: Path) -> None:
    found = dict(read_files([path for folder in SOME for path in sorted(folder.glob("*.pdf"))]))
    db = store(tmp_path, found)
    compare_pending(db, lambda: NOW)
    told = [agree(db, Authority(row["urn"], row["name"], "")) for row in rows(db, "SELECT urn, name FROM authorities")]
    assert len(told) == len(SOME)
    assert sum(current for current, _ in told) > len(SOME)
    assert not rows(db, "SELECT * FROM issues")
    db.close()
