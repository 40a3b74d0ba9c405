"""Pages are read as they are seen, and what cannot be read is told: invented reports made odd in the ways in which PDFs are."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdfium2 import raw

from bench.odd_pdfs import told
from bench.odd_variants import EMOJI, PARTLY, SAME, Pdf, damaged, followed_by, lost, scanned, without_meaning
from scraper.errors import Unreadable
from scraper.items import Reading
from scraper.reference import ask_kinds
from scraper.reports.characters import ALIKE, ODD
from scraper.reports.pdf import REASONS
from scraper.reports.reader import read
from tests.paths import FIXTURES
from tests.scraper.reports.bad_pdfs import FONT, _file, stream, text_page
from tests.scraper.reports.test_layout import FRONT, SECOND, THIRD, untagged

REPORTS = FIXTURES / "reports"
TAGGED = [REPORTS / name / "page.pdf" for name in ("ilacs-2024", "sif-2015", "focused-visit-2025", "area-send-2024")]


def reading_of(folder: Path, content: bytes) -> Reading:
    path = folder / "odd.pdf"
    path.write_bytes(content)
    return read(path)


def words(reading: Reading) -> list[str]:
    return [finding.text for finding in reading.findings]


@pytest.mark.parametrize("kind", SAME)
@pytest.mark.parametrize("path", TAGGED, ids=lambda path: path.parent.name)
def test_what_the_eye_sees_alike_is_read_alike(tmp_path: Path, path: Path, kind: str) -> None:
    before, after = read(path), reading_of(tmp_path, SAME[kind](path.read_bytes()))
    assert told(after) == told(before)
    assert words(after) == words(before)
    assert after.warnings == before.warnings


@pytest.mark.parametrize("kind", SAME)
def test_without_tags_too(tmp_path: Path, kind: str) -> None:
    plain = untagged(tmp_path, [FRONT, SECOND, THIRD])
    before, after = read(plain), reading_of(tmp_path, SAME[kind](plain.read_bytes()))
    assert told(after) == told(before)
    assert words(after) == words(before)
    assert after.warnings == before.warnings


@pytest.mark.parametrize(
    ("take", "said"),
    [
        (scanned, "has no text: it may be a scan"),
        (damaged, "is damaged and was not read"),
        (lost, "is damaged and was not read"),
    ],
)
def test_a_page_that_cannot_be_read_is_named_and_the_others_are_read(
    tmp_path: Path, take: Callable[[bytes, Sequence[int]], bytes], said: str
) -> None:
    path = REPORTS / "ilacs-2024/page.pdf"
    before = read(path)
    pages = [1]
    after = reading_of(tmp_path, take(path.read_bytes(), pages))
    assert f"page {pages[0] + 1} {said}" in after.warnings
    assert after.page_texts[pages[0]] == ""
    assert len(after.page_texts) == len(before.page_texts)
    kept = {finding.text for finding in before.findings if finding.page == 1 and finding.text.endswith(".")}
    assert kept
    assert kept <= set(words(after))


@pytest.mark.parametrize("kind", ["pages scanned", "pages damaged", "pages lost"])
def test_where_no_page_can_be_read_the_report_is_unread_with_the_reason(tmp_path: Path, kind: str) -> None:
    path = REPORTS / "ilacs-2024/page.pdf"
    every = range(len(read(path).page_texts))
    with pytest.raises(Unreadable, match=r"scan|its pages are damaged"):
        reading_of(tmp_path, PARTLY[kind](path.read_bytes(), every))


def test_several_pages_are_named_in_one_warning(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, scanned(untagged(tmp_path, [FRONT, SECOND, THIRD]).read_bytes(), [1, 2]))
    assert "pages 2 and 3 have no text: they may be scans" in reading.warnings


def test_a_page_with_nothing_on_it_is_no_doubt(tmp_path: Path) -> None:
    reading = read(untagged(tmp_path, [FRONT, SECOND, [], THIRD]))
    assert not [warning for warning in reading.warnings if "page" in warning]


def test_a_list_does_not_go_on_after_a_page_that_was_not_read(tmp_path: Path) -> None:
    """Its end may stand there: what follows is praise, and no item."""
    front = [line for line in FRONT if line[1] > 40]
    praise = [(72, 780, 12, "\x95 Carers are well supported and say that they are listened to by their workers.")]
    whole = untagged(tmp_path, [front, SECOND, praise, THIRD]).read_bytes()
    items = [
        finding.text for finding in reading_of(tmp_path, scanned(whole, [1])).findings if finding.kind in ask_kinds()
    ]
    assert items
    assert not [item for item in items if "Carers" in item]


def test_letters_without_a_meaning_are_no_findings(tmp_path: Path) -> None:
    for path in TAGGED:
        with pytest.raises(Unreadable, match="letters of its fonts have no meaning"):
            reading_of(tmp_path, without_meaning(path.read_bytes()))


def test_letters_of_one_font_without_a_meaning_are_a_doubt(tmp_path: Path) -> None:
    """Here bold words alone have no meaning, as where one font of a file is embedded without its table."""
    path = REPORTS / "ilacs-2024/page.pdf"
    content = without_meaning(path.read_bytes(), b"Bold")
    reading = reading_of(tmp_path, content)
    assert [warning for warning in reading.warnings if "letters that cannot be told" in warning]
    assert not [each for each in reading.findings if "\ufffd" in each.text and each.kind not in ask_kinds()]


def test_a_second_report_in_the_file_is_told_and_not_read(tmp_path: Path) -> None:
    first, second = TAGGED[0].read_bytes(), TAGGED[2].read_bytes()
    reading = reading_of(tmp_path, followed_by(first, second))
    before = read(TAGGED[0])
    starts = len(before.page_texts) + 1
    assert f"on page {starts} another report begins: what stands from there on was not read" in reading.warnings
    assert reading.authority == before.authority
    assert max(finding.page for finding in reading.findings) < starts


def test_the_same_report_twice_in_a_file_is_two(tmp_path: Path) -> None:
    source = TAGGED[2].read_bytes()
    assert any(
        "another report begins" in warning for warning in reading_of(tmp_path, followed_by(source, source)).warnings
    )


ITEMS = [
    "The timeliness of plans for children who live with their grandparents or with an aunt.",
    "The supervision of staff who work with children and families at night.",
    "The response to children who go missing from home or from care.",
]
EMOJI_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
UNKNOWN_FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
UNKNOWN_CHILD = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
)


@pytest.mark.parametrize(
    ("glyph", "font", "more"),
    [(b"(A)", EMOJI_FONT, stream(EMOJI)), (b"<0007>", UNKNOWN_FONT, UNKNOWN_CHILD)],
    ids=["emoji", "unknown"],
)
def test_a_picture_before_each_item_is_its_bullet(tmp_path: Path, glyph: bytes, font: bytes, more: bytes) -> None:
    lines = text_page([(x, y, size, text.replace("\x92", "’")) for x, y, size, text in FRONT if y > 480])
    items = b"".join(
        b"BT /Odd 12 Tf 1 0 0 1 72 %d Tm %s Tj /F1 12 Tf ( %s) Tj ET\n" % (470 - 14 * place, glyph, item.encode())
        for place, item in enumerate(ITEMS)
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 7 0 R /Odd 5 0 R >> >> >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page]
    reading = reading_of(tmp_path, _file([*objects, stream(lines + b"\n" + items), font, more, FONT]))
    assert [finding.text for finding in reading.findings if finding.kind in ask_kinds()] == ITEMS
    assert not [warning for warning in reading.warnings if "letters" in warning]


def test_a_page_whose_content_breaks_off_is_a_doubt(tmp_path: Path) -> None:
    """PDFium shows what it could unpack of it."""
    path = REPORTS / "ilacs-2024/page.pdf"
    reading = reading_of(tmp_path, PARTLY["pages that break off"](path.read_bytes(), [1]))
    assert words(reading) != words(read(path))
    assert "a part of the file is damaged: words may be missing" in reading.warnings
    assert not any("is damaged" in warning for warning in read(path).warnings)


@pytest.mark.parametrize(("height", "doubted"), [(430, True), (200, False)])
def test_a_page_of_some_words_and_a_large_picture_is_read_and_doubted(
    tmp_path: Path, height: int, doubted: bool
) -> None:
    """The list may be in the picture."""
    pdf = Pdf(untagged(tmp_path, [FRONT, SECOND, THIRD]).read_bytes())
    number = pdf.pages()[1]
    image = b"q 595 0 0 %d 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n" % height
    words = text_page([(72, 800 - 14 * line, 12, f"On day {line} leaders and staff met.") for line in range(1, 12)])
    pdf.around(number, image + words + b"\n")
    reading = reading_of(tmp_path, pdf.bytes())
    assert ("page 2 is mostly a picture, which may hold words" in reading.warnings) is doubted
    assert "met" in reading.page_texts[1]


@pytest.mark.parametrize("mark", ["\u02bc", "\u2032", "`", "\u00b4", "\u2019", "'"])
def test_whatever_the_apostrophe_the_title_is_understood(mark: str) -> None:
    assert ODD.sub(lambda found: ALIKE[found[0]], f"children{mark}s") in ("children’s", "children's")


def test_each_code_of_the_library_has_words() -> None:
    codes = {value for name, value in vars(raw).items() if name.startswith("FPDF_ERR_") and "XFA" not in name}
    assert codes == set(REASONS)


def test_what_stands_around_a_pdf_does_not_matter(tmp_path: Path) -> None:
    source = TAGGED[0].read_bytes()
    before = read(TAGGED[0])
    assert reading_of(tmp_path, source + bytes(3000)) == before
    assert reading_of(tmp_path, b"HTTP/1.1 200 OK\r\n\r\n" + source) == before


def test_a_file_without_its_end_that_is_read_all_the_same_is_a_doubt(tmp_path: Path) -> None:
    source = TAGGED[0].read_bytes()
    reading = reading_of(tmp_path, source[: source.rindex(b"%%EOF")])
    assert "the file has no end: it may have been cut short" in reading.warnings
    assert "the file has no end: it may have been cut short" not in read(TAGGED[0]).warnings
