"""Bad lines and bad PDFs: each is one clear line with the exit status of its kind, and everything else goes on.

What huge and garbled pages cost is in tests/scraper/spiders/test_huge_pages.py.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli.commands import main
from tests.end_to_end.conftest import forked_crawls
from tests.paths import FIXTURES
from tests.scraper.reports.bad_pdfs import blank, long
from tests.scraper.spiders.site import Answer, Site

NONE = "it does not read as a report or letter of Ofsted's about an authority's children's services"


def document(case: str) -> Callable[[], bytes]:
    return (FIXTURES / "documents" / case / "page.pdf").read_bytes


LETTER = document("the-letter")()
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "no PDF": (lambda: b"Dear all,\n", "it is no PDF: it does not begin with %PDF-"),
    "a web page": (lambda: b"<!DOCTYPE html><html><body>Sign in</body></html>", "it is no PDF: it is an HTML page"),
    "nothing": (bytes, "the file is empty"),
    "encrypted": ((FIXTURES / "reports/encrypted.pdf").read_bytes, "it is encrypted and asks for a password"),
    "cut off": (lambda: LETTER[:-2000], "it is damaged or cut short"),
    "a scan": (blank, "it holds hardly any text; it may be a scan"),
    "2,000 pages": (lambda: long(2000), "it has 2000 pages; at most 300 are read"),
    "no report of a council's": (document("fostering-agency"), NONE),
    "minutes": (document("minutes"), "it is about a visit of Ofsted's and has neither Ofsted's address nor an inspector's name under it, as minutes or a covering report; if it is Ofsted's own, say whose it is with `--authority NAME`"),
    "a pack": (document("cabinet-pack"), f"{NONE}; one begins on its page 57: add the pages from there on, as a file of their own"),
}  # fmt: skip
ANSWERS = {
    "gone": (Answer(b"no", 404), "broken: HTTP 404"),
    "forbidden": (Answer(b"no", 403), "blocked: HTTP 403"),
    "a web page": (Answer(b"<html>Sign in</html>"), "broken: not a PDF"),
    "nothing": (Answer(b""), "broken: the link answers with nothing"),
    "breaks off": (Answer(LETTER, kind="application/pdf", mode="reset"), "broken: the answer broke off"),
    "cut off": (Answer(LETTER[:5000], kind="application/pdf"), "broken: a PDF that is cut off or damaged (it has no end)"),
}  # fmt: skip


def add(config: Path, document: str) -> Result:
    with forked_crawls():
        return CliRunner().invoke(main, ["add", document, "--config", str(config)])


def lines(result: Result) -> tuple[int, str, list[str]]:
    """How a command ended, what it printed, and the lines of its errors."""
    return result.exit_code, result.stdout, result.stderr.splitlines()


@pytest.mark.parametrize(("make", "said"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_report_is_refused_in_one_line(
    crawled: Path, tmp_path: Path, make: Callable[[], bytes], said: str
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(make())
    assert lines(add(crawled, str(path))) == (2, "", [f"Error: {path}: {said}"])


@pytest.mark.parametrize(("answer", "said"), ANSWERS.values(), ids=ANSWERS)
def test_an_address_that_gives_no_report_is_refused_in_one_line(crawled: Path, answer: Answer, said: str) -> None:
    site = Site()
    site.pages["/letter.pdf"] = answer
    result = add(crawled, f"{site.url}/letter.pdf")
    site.close()
    assert lines(result) == (2, "", [f"Error: {site.url}/letter.pdf: {said}"])


GOOD = json.dumps(
    {"headline": "Ofsted rates Westmarch children's services inadequate", "text": "Ofsted came.", "url": ""}
)
BAD_LINES = [
    "not json",
    "[1]",
    "{}",
    '{"headline": "x", "published": "someday"}',
    "{" * 5000,
    "[" * 100_000,
    "\x00",
]


def test_bad_lines_are_named_one_by_one_and_the_good_ones_are_read(crawled: Path) -> None:
    told = "\n".join(line for bad in BAD_LINES for line in (bad, GOOD)) + "\n"
    result = CliRunner().invoke(main, ["read-article", "--config", str(crawled)], input=told)
    status, out, errors = lines(result)
    assert status == 1
    assert len(out.splitlines()) == len(BAD_LINES) and len(set(out.splitlines())) == 1
    assert len(errors) == len(BAD_LINES)
    for number, error in enumerate(errors):
        assert error.startswith(f"Error: line {2 * number + 1} of the input is no article: ")
        assert len(error) < 300
