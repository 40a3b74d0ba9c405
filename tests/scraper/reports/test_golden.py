"""Each kind of report, printed from invented HTML, against a golden reading beside it.

A missing expected.json is written and the test fails, so that somebody reviews it.
"""

import json
from pathlib import Path

import pytest

from scraper.reports.reader import read
from scraper.reports.shape import reading_to_json
from tests.paths import FIXTURES

REPORTS = FIXTURES / "reports"
CASES = sorted(path.parent for path in REPORTS.glob("*/page.pdf"))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_reading_is_as_reviewed(case: Path) -> None:
    shape = reading_to_json(read(case / "page.pdf"), "page.pdf")
    for finding in shape["findings"]:
        del finding["subjects"]  # an editable list, with tests of its own
    golden = case / "expected.json"
    if not golden.exists():
        golden.write_text(json.dumps(shape, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{golden} was written: review it")
    assert shape == json.loads(golden.read_text(encoding="utf-8"))


def test_a_graded_report_without_grades_warns() -> None:
    assert "no grades were found in a graded inspection" in read(REPORTS / "changed-no-grades/page.pdf").warnings


def test_there_is_a_case_of_every_kind() -> None:
    kinds = {json.loads((case / "expected.json").read_text(encoding="utf-8"))["report_type"] for case in CASES}
    assert kinds == {"inspection", "focused_visit", "monitoring_visit", "jtai", "area_send", "other"}
