"""Tables of invented texts in tests/fixtures: a line a row, cells between bars, `#` before what is said of the table."""

from pathlib import Path


def table(file: Path, cells: int) -> list[list[str]]:
    """The rows of a table, each with this many cells."""
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.strip() and not line.startswith("#")]
    assert all(len(row) == cells for row in rows), f"{file}: a row has not {cells} cells"
    return rows
