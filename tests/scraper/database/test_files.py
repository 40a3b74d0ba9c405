"""The PDFs on the disk: kept once under their hash, whole or not at all."""

from pathlib import Path

from scraper.database import keep_report, report_path, sweep_parts

PDF = b"%PDF-1.4\nbody\n%%EOF\n"


def test_a_pdf_is_kept_under_its_hash_once(tmp_path: Path) -> None:
    sha256 = keep_report(tmp_path, PDF)
    assert keep_report(tmp_path, PDF) == sha256
    assert report_path(tmp_path, sha256).read_bytes() == PDF
    assert [path.name for path in tmp_path.rglob("*.*")] == [f"{sha256}.pdf"]


def test_what_a_killed_crawl_left_is_swept_away(tmp_path: Path) -> None:
    path = report_path(tmp_path, keep_report(tmp_path, PDF))
    path.with_suffix(".123.part").write_bytes(PDF[:5])
    sweep_parts(tmp_path)
    assert list(path.parent.iterdir()) == [path]
