"""The PDFs, kept under their own SHA-256 and never overwritten: `<data>/reports/<first two digits>/<sha256>.pdf`."""

import hashlib
import os
from pathlib import Path

FOLDER = "reports"


def report_path(data: Path, sha256: str) -> Path:
    """Where the PDF with this hash is kept."""
    return data / FOLDER / sha256[:2] / f"{sha256}.pdf"


def keep_report(data: Path, body: bytes) -> str:
    """Keep a PDF and return its SHA-256. It is on the disk, whole, before it has its name: a kill at any point leaves no half file."""
    sha256 = hashlib.sha256(body).hexdigest()
    path = report_path(data, sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    return sha256


def sweep_parts(data: Path) -> None:
    """Remove what a killed crawl had begun to write."""
    for part in (data / FOLDER).glob("*/*.part"):
        part.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make the new name in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
