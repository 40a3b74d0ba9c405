"""By which reader a report was read: stored with every reading, so that a better one reads everything again."""

from importlib.metadata import version

READER = "4"
"""Version of this reader: raised whenever the same file may read differently."""


def pdf_library() -> str:
    """The PDF library and its version, as stored with every reading."""
    return f"pypdfium2 {version('pypdfium2')}"
