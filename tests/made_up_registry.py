"""A registry with a made-up framework: ours, with the rows of a fixture put into it, as a person would put them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from scraper.reference.frameworks import OWN_FILE, registry_path
from tests.paths import FIXTURES

REPORT_CARD = FIXTURES / "frameworks" / "report_card.yaml"


def with_rows(ours: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    """A row with a key that is there changes that row; all others stand before the rest."""
    return {part: _joined(value, added.get(part)) for part, value in ours.items()}


def _joined(value: Any, added: Any) -> Any:
    if not added:
        return value
    if isinstance(value, dict):
        return {**value, **added}
    keys = [row.get("key") if isinstance(row, dict) else None for row in value]
    changes = {row["key"]: row for row in added if isinstance(row, dict) and row.get("key") in keys and row.get("key")}
    new = [row for row in added if not (isinstance(row, dict) and row.get("key") in changes)]
    return [*new, *({**row, **changes.get(key, {})} if key else row for key, row in zip(keys, value, strict=True))]


@contextmanager
def registry(folder: Path, added: Path = REPORT_CARD) -> Iterator[Path]:
    """In it, the programs read our registry with these rows, here and in their children."""
    read = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in (registry_path(), added))
    made = folder / "frameworks.yaml"
    made.write_text(yaml.safe_dump(with_rows(*read), allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(OWN_FILE, str(made))
        forget()
        yield made
    forget()


def forget() -> None:
    """Nothing is remembered of what files of data say."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("scraper.", "monitor.")):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
