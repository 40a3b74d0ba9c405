"""By which reader a report was read: stored with every reading, so that a better one reads everything again."""

from functools import cache
from importlib.metadata import version

from scraper.reference import registry_version

READER = "6"
"""Version of this reader: raised whenever the same file may read differently because of the code."""


@cache
def reader_version() -> str:
    """Version of this reader and of the registry of frameworks, whose every change may let a file read differently."""
    return f"{READER}.{registry_version()}"


def pdf_library() -> str:
    """The PDF library and its version, as stored with every reading."""
    return f"pypdfium2 {version('pypdfium2')}"
