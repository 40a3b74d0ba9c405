"""`ofsted-watch compare`: what two reports say of each other, and when they are no pair. All texts are invented."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.documents import no_pair
from monitor.cli.terminal import pair_lines
from monitor.comparing import compare_pair
from scraper.items import Reading
from tests.monitor.cli.test_commands import invoke
from tests.monitor.comparing.chain_store import SUPERVISION, SUPERVISION_AGAIN, SUPERVISION_WEAK


def report(authority: str | None, published: date | None, *findings: Any) -> Reading:
    return Reading("inspection", "ILACS", authority, published=published, findings=findings)


EARLIER, LATER = date(2020, 3, 1), date(2023, 1, 1)


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (report("Westmere", EARLIER), report("Westmere", LATER), []),
        (report("Westmere", EARLIER), report("London Borough of Westmere", LATER), []),
        (report(None, None), report("Westmere", LATER), []),
        (report("Westmere", EARLIER), report("Northmere", LATER), ["two authorities, Westmere and Northmere"]),
        (report("Westmere", LATER), report("Westmere", EARLIER), ["not published before the other: 2023-01-01 and 2020-03-01"]),
        (report("Westmere", LATER), report("Westmere", LATER), ["not published before the other"]),
    ],
)  # fmt: skip
def test_two_reports_that_are_no_pair_are_told(then: Reading, now: Reading, told: list[str]) -> None:
    found = list(no_pair(then, now))
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


def test_what_is_asked_for_again_stands_there_in_its_new_words() -> None:
    pair = compare_pair(
        report("Westmere", EARLIER, SUPERVISION), report("Westmere", LATER, SUPERVISION_AGAIN, SUPERVISION_WEAK)
    )
    told = list(pair_lines(pair))
    assert f"    asked for now: {SUPERVISION_AGAIN.text}" in told
    pair["areas"][0]["surely_matched"] = False
    assert f"    perhaps asked for now: {SUPERVISION_AGAIN.text}" in list(pair_lines(pair))


def test_a_file_that_is_not_there_is_named_once(tmp_path: Path) -> None:
    missing = tmp_path / "nope.pdf"
    assert invoke("compare", str(missing), str(missing)).stderr == f"Error: {missing}: No such file or directory\n"
