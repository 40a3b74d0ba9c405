"""Rule files with one thing changed, for tests that they are refused with words."""

from pathlib import Path
from typing import Any

import pytest

from scraper.errors import RuleFileError
from scraper.reference import read_rules


def refusal(folder: Path, file: Path, shape: Any, good: str, bad: str) -> str:
    """What is said of a copy of a file in which the first `good` became `bad`; it begins with the copy's name and the line of that."""
    whole = file.read_text(encoding="utf-8")
    before, found, after = whole.partition(good)
    assert found, f"{good!r} is not in {file}"
    copy = folder / file.name
    copy.write_text(before + bad + after, encoding="utf-8")
    with pytest.raises(RuleFileError) as told:
        read_rules(copy, shape)
    return str(told.value).replace(str(folder), "").removeprefix("/")


def line_of(file: Path, text: str) -> int:
    """The line where a text begins in a file."""
    whole = file.read_text(encoding="utf-8")
    return whole[: whole.index(text)].count("\n") + 1
