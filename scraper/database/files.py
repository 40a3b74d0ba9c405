"""The PDFs, kept under their own SHA-256 and never overwritten: `<data>/reports/<first two digits>/<sha256>.pdf`."""

import hashlib
import os
import time
from pathlib import Path

FOLDER = "reports"
PART_LASTS = 3600.0  # seconds; nobody writes one file for so long


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
    """Remove what a killed crawl had begun to write, and leave what another crawl is just writing."""
    for part in (data / FOLDER).glob("*/*.part"):
        if not _lives(part.stem.rpartition(".")[2]) or _old(part):
            part.unlink(missing_ok=True)


def _lives(owner: str) -> bool:
    """Whether the process of this number is there. We ourselves have written nothing yet: ours is of one that had our number."""
    return owner.isdecimal() and int(owner) != os.getpid() and Path("/proc", owner).exists()


def _old(part: Path) -> bool:
    try:
        return time.time() - part.stat().st_mtime > PART_LASTS
    except FileNotFoundError:  # its owner has just given it its name
        return False


def _sync(folder: Path) -> None:
    """Make the new name in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
