"""Golden files: what a parser made of a saved page, reviewed once and then held."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.paths import FIXTURES


def cases(parser: str, prefix: str = "") -> list[Path]:
    """The folders of a parser whose name begins so."""
    return sorted(folder for folder in (FIXTURES / parser).iterdir() if folder.name.startswith(prefix))


def page(folder: Path) -> bytes:
    """The saved page of a case."""
    [path] = folder.glob("page.*")
    return path.read_bytes()


def check(folder: Path, item: Any) -> None:
    """Compare with the golden; a missing one is written, and the test fails so that it is read before it is kept."""
    golden = folder / "expected.json"
    found = json.loads(
        json.dumps([asdict(one) for one in item] if isinstance(item, tuple) else asdict(item), default=str)
    )
    if not golden.exists():
        golden.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{golden} was missing and has been written: read it, then run again")
    assert found == json.loads(golden.read_text(encoding="utf-8"))
