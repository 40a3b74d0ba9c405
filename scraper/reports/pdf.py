"""Opening a report's PDF within limits, and its pages as text and blocks. Every failure names the reason."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from scraper.errors import NotAReport, Unreadable
from scraper.reports import layout
from scraper.reports.blocks import Block, joined_in_page, joined_over_pages, tagged_blocks, with_labels
from scraper.reports.glyphs import Run, page_text, runs_of
from scraper.reports.tags import Role, roles_of

MAX_PAGES = 300
MAX_BYTES = 50 * 1024 * 1024
SIGNATURE = b"%PDF-"
LEAST_TAGGED = 0.5
LEAST_WORDS = 40
REASONS = {
    pypdfium2.raw.FPDF_ERR_PASSWORD: "it is encrypted and asks for a password",
    pypdfium2.raw.FPDF_ERR_SECURITY: "it uses an encryption that cannot be read",
    pypdfium2.raw.FPDF_ERR_FORMAT: "it is damaged or cut short",
}


@dataclass(frozen=True, slots=True)
class Document:
    """The plain text of every page, and the blocks of all pages with those cut by a page break joined."""

    page_texts: tuple[str, ...]
    blocks: tuple[Block, ...]


def load(path: Path) -> Document:
    """Read a PDF. Raises NotAReport for what is no PDF, Unreadable for one that cannot be read or is beyond the limits."""
    check_bytes(path)
    with _opened(path) as pdf:
        if len(pdf) > MAX_PAGES:
            raise Unreadable(f"{path}: it has {len(pdf)} pages; at most {MAX_PAGES} are read")
        try:
            pages = [_page(pdf, index) for index in range(len(pdf))]
        except pypdfium2.PdfiumError as error:
            raise Unreadable(f"{path}: a page is damaged ({error})") from error
    texts = tuple(text for text, _ in pages)
    if sum(len(text.split()) for text in texts) < LEAST_WORDS:
        raise Unreadable(f"{path}: it holds hardly any text; it may be a scan")
    plain = layout.without_furniture([blocks for _, blocks in pages])
    labelled = with_labels([layout.with_notes(page) for page in plain])
    blocks = [block for page in labelled for block in joined_in_page(page)]
    return Document(texts, tuple(joined_over_pages(blocks)))


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
    if SIGNATURE not in start:
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
        reason = REASONS.get(getattr(error, "err_code", None), str(error))
        raise Unreadable(f"{path}: {reason}") from error
    with closing(pdf):
        yield pdf


def _page(pdf: pypdfium2.PdfDocument, index: int) -> tuple[str, list[Block]]:
    with closing(pdf[index]) as page, closing(page.get_textpage()) as textpage:
        text = page_text(textpage)
        runs = runs_of(textpage, text)
        roles = roles_of(page)
    return text, _blocks(index + 1, runs, roles)


def _blocks(page: int, runs: list[Run], roles: dict[int, Role]) -> list[Block]:
    """By the tags where most of the text has one, else by the layout."""
    written = sum(len(run.text.strip()) for run in runs)
    tagged = sum(len(run.text.strip()) for run in runs if run.mcid in roles)
    if written and tagged < LEAST_TAGGED * written:
        return layout.in_reading_order(layout.blocks_of(page, runs))
    return layout.in_reading_order(tagged_blocks(page, runs, roles))
