"""Opening a report's PDF within limits, and its pages as text and blocks. Every failure names the reason."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from scraper.errors import NotAReport, Unreadable
from scraper.reference import is_cut, is_pdf
from scraper.reports import layout
from scraper.reports.blocks import Block, joined_in_page, joined_over_pages, with_labels
from scraper.reports.characters import UNKNOWN
from scraper.reports.pages import Page, page_of
from scraper.reports.seen import Unseen
from scraper.reports.streams import is_damaged

MAX_PAGES = 300
MAX_BYTES = 50 * 1024 * 1024
LEAST_WORDS = 40
REASONS = {
    raw.FPDF_ERR_SUCCESS: "it is damaged: no page can be found in it",
    raw.FPDF_ERR_UNKNOWN: "it is damaged in a way that the library which reads it has no word for",
    raw.FPDF_ERR_FILE: "it could not be opened",
    raw.FPDF_ERR_FORMAT: "it is damaged or cut short",
    raw.FPDF_ERR_PASSWORD: "it is encrypted and asks for a password",
    raw.FPDF_ERR_SECURITY: "it uses an encryption that cannot be read",
    raw.FPDF_ERR_PAGE: "its pages cannot be found",
}
"""What each of PDFium's codes means to somebody who has never heard of it."""
WHY_NONE = {
    Unseen.DAMAGED: "its pages are damaged",
    Unseen.SCAN: "it holds hardly any text; it may be a scan",
    Unseen.MEANINGLESS: "its text cannot be told: the letters of its fonts have no meaning",
}
"""Why a report is unread of which no page could be read, by what most of its pages are."""


@dataclass(frozen=True, slots=True)
class Document:
    """The plain text of every page, "" of one that could not be read, and the blocks of all pages with those cut by a page break joined.

    `unseen` are the pages (from 1) that could not be read, and why; `askew` those on which the text runs in several directions,
    `unclear` those with letters that cannot be told, `pictured` those that are mostly a picture. `cut`: the file has no end, and PDFium has made the best of it;
    `damaged`: so it has of a part that cannot be unpacked to its end.
    """

    page_texts: tuple[str, ...]
    blocks: tuple[Block, ...]
    unseen: Mapping[int, Unseen] = field(default_factory=dict)
    askew: tuple[int, ...] = ()
    unclear: tuple[int, ...] = ()
    pictured: tuple[int, ...] = ()
    cut: bool = False
    damaged: bool = False


def load(path: Path) -> Document:
    """Read a PDF. Raises NotAReport for what is no PDF, Unreadable for one that cannot be read or is beyond the limits."""
    check_bytes(path)
    with _opened(path) as pdf:
        if len(pdf) > MAX_PAGES:
            raise Unreadable(f"{path}: it has {len(pdf)} pages; at most {MAX_PAGES} are read")
        pages = [page_of(pdf, index) for index in range(len(pdf))]
    if sum(len(page.text.split()) for page in pages) < LEAST_WORDS:
        raise Unreadable(f"{path}: {_why_none(pages)}")
    plain = layout.without_furniture([page.blocks for page in pages])
    labelled = with_labels([layout.with_notes(page) for page in plain])
    blocks = [block for page in labelled for block in joined_in_page(page)]
    unseen = {number: page.unseen for number, page in enumerate(pages, 1) if page.unseen}
    content = path.read_bytes()
    return Document(
        tuple(page.text for page in pages),
        tuple(joined_over_pages(blocks, frozenset(unseen))),
        unseen,
        tuple(number for number, page in enumerate(pages, 1) if page.askew),
        tuple(sorted({block.page for block in blocks if UNKNOWN in block.text and not block.aside})),
        tuple(number for number, page in enumerate(pages, 1) if page.pictured),
        is_cut(content),
        is_damaged(content),
    )


def _why_none(pages: Sequence[Page]) -> str:
    if not pages:
        return REASONS[raw.FPDF_ERR_SUCCESS]
    reasons = [page.unseen or Unseen.SCAN for page in pages]
    return WHY_NONE[max(Unseen, key=reasons.count)]


def check_bytes(path: Path) -> None:
    """Refuse what is empty, too large or no PDF, before PDFium sees it."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    if not size:
        raise NotAReport(f"{path}: the file is empty")
    if not is_pdf(start):
        raise NotAReport(f"{path}: it is no PDF: {_looks_like(start)}")
    if size > MAX_BYTES:
        raise Unreadable(f"{path}: it is larger than {MAX_BYTES // 2**20} MiB")


def _looks_like(start: bytes) -> str:
    lowered = start.lower()
    if b"<html" in lowered or b"<!doctype html" in lowered:
        return "it is an HTML page"
    return "it does not begin with %PDF-"


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        reason = REASONS.get(getattr(error, "err_code", None), REASONS[raw.FPDF_ERR_UNKNOWN])
        raise Unreadable(f"{path}: {reason}") from error
    with closing(pdf):
        yield pdf
