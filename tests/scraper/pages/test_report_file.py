"""What came in place of a report's PDF is told from a whole one."""

import pytest

from scraper.errors import NotAReport
from scraper.pages import check_pdf

PDF = b"%PDF-1.4\nbody\n%%EOF\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "nothing"),
        (b"<html><h1>Report not found</h1></html>", "'Report not found' page"),
        (b"<html><h1>Sign in</h1></html>", "not a PDF"),
        (PDF[:-7], "cut off"),
        (b"PK\x03\x04", "not a PDF"),
    ],
)
def test_what_is_not_a_whole_pdf_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(NotAReport, match=words):
        check_pdf(body)
    check_pdf(PDF)
