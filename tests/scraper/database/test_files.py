"""The PDFs on the disk: kept once under their hash, whole or not at all."""

import os
import time
from pathlib import Path

import pytest

from scraper.database import keep_report, report_path, sweep_parts

PDF = b"%PDF-1.4\nbody\n%%EOF\n"


def test_a_pdf_is_kept_under_its_hash_once(tmp_path: Path) -> None:
    sha256 = keep_report(tmp_path, PDF)
    assert keep_report(tmp_path, PDF) == sha256
    assert report_path(tmp_path, sha256).read_bytes() == PDF
    assert [path.name for path in tmp_path.rglob("*.*")] == [f"{sha256}.pdf"]


NOBODY = 2**22 + 1  # a number that no process has


@pytest.mark.parametrize(
    "owner",
    [f".{NOBODY}.part", f".{os.getpid()}.part", ".part", ".x.part"],
    ids=["one that is dead", "one that had our number", "none", "no number"],
)
def test_what_a_killed_crawl_left_is_swept_away(tmp_path: Path, owner: str) -> None:
    path = report_path(tmp_path, keep_report(tmp_path, PDF))
    path.with_suffix(owner).write_bytes(PDF[:5])
    sweep_parts(tmp_path)
    assert list(path.parent.iterdir()) == [path]


def test_what_another_crawl_is_just_writing_is_left_to_it_unless_it_is_an_hour_old(tmp_path: Path) -> None:
    path = report_path(tmp_path, keep_report(tmp_path, PDF))
    fresh, old = (path.with_stem(path.stem + name).with_suffix(f".{os.getppid()}.part") for name in ("a", "b"))
    for part in (fresh, old):
        part.write_bytes(PDF[:5])
    os.utime(old, (0, time.time() - 3700))
    sweep_parts(tmp_path)
    assert sorted(path.parent.iterdir()) == sorted([path, fresh])


def test_a_pdf_survives_a_power_cut_once_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made to last, in order, each with whether the PDF had its name by then: first the bytes, then the name."""
    lasting: list[tuple[Path, int, bool]] = []

    def fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        lasting.append((path, path.stat().st_size if path.is_file() else 0, any(tmp_path.rglob("*.pdf"))))

    monkeypatch.setattr(os, "fsync", fsync)
    kept = report_path(tmp_path, keep_report(tmp_path, PDF))
    (bytes_first, size, named), then = lasting
    assert (bytes_first.parent, bytes_first.suffix, size, named) == (kept.parent, ".part", len(PDF), False)
    assert then == (kept.parent, 0, True)
