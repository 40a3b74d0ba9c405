"""What came in place of a report's PDF is told from a whole one."""

import pytest

from scraper.pages import came_instead, is_page

PDF = b"%PDF-1.4\nbody\n%%EOF\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (PDF, ""),
        (b"", "the link answers with nothing"),
        (b"<html><h1>Sign in</h1></html>", "not a PDF"),
        (PDF + bytes(3000), ""),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + PDF, ""),
        (b"\xef\xbb\xbf" + PDF + b"<!-- served in 3 ms -->" * 200, ""),
        (
            b"%PDF-1.5\n1 0 obj <</Linearized 1/L 4000/E 90>> endobj startxref 0 %%EOF 2 0 obj",
            "a PDF that is cut off or damaged (it has no end)",
        ),
        (b"%PDF-1.5\n1 0 obj <</Linearized 1/L 60/E 90>> endobj startxref 0 %%EOF 2 0 obj", ""),
        (b"x" * 1024 + PDF, "not a PDF"),
        (PDF[:-7], "a PDF that is cut off or damaged (it has no end)"),
        (b"PK\x03\x04", "not a PDF"),
    ],
)
def test_what_is_not_a_whole_pdf_is_told(body: bytes, words: str) -> None:
    assert came_instead(body) == words


def test_a_page_is_told_from_other_files() -> None:
    assert is_page(b"\n <!DOCTYPE html><html>") and not is_page(PDF) and not is_page(b"")
