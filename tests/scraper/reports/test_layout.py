"""Reports without tags: lists, headings and furniture by where the lines stand."""

from pathlib import Path

from scraper.items import Judgement
from scraper.reports.reader import read
from tests.scraper.reports.bad_pdfs import FONT, _file, stream, text_page

FRONT = [
    (72, 780, 24, "Inspection of Larkhill local authority children\x92s services"),
    (72, 750, 12, "Inspection dates: 3 to 14 June 2019"),
    (72, 735, 12, "Lead inspector: Una Fairweather, Her Majesty\x92s Inspector"),
    (72, 700, 12, "The impact of leaders on social work practice with"),
    (430, 693, 12, "Good"),
    (72, 686, 12, "children and families"),
    (72, 660, 12, "The experiences and progress of children who need"),
    (430, 653, 12, "Requires improvement to be good"),
    (72, 646, 12, "help and protection"),
    (72, 620, 12, "The experiences and progress of children in care and"),
    (430, 613, 12, "Outstanding"),
    (72, 606, 12, "care leavers"),
    (72, 580, 12, "Overall effectiveness"),
    (430, 580, 12, "Good"),
    (72, 550, 12, "Services have improved since the last inspection. Some children wait too long"),
    (72, 536, 12, "for help."),
    (72, 500, 16, "What needs to improve?"),
    (72, 470, 12, "\x95 The timeliness of plans, and the way in which they are shared with families who"),
    (84, 456, 12, "do not read English."),
    (72, 442, 12, "\x95 The supervision of staff who work with"),
    (72, 30, 9, "Inspection of Larkhill local authority children\x92s services 1"),
]
SECOND = [
    (84, 780, 12, "children at night."),
    (72, 750, 16, "The experiences and progress of children in care and care leavers: outstanding"),
    (72, 720, 12, "1. Children in care do well and live with people who love them."),
    (72, 30, 9, "Inspection of Larkhill local authority children\x92s services 2"),
]
THIRD = [
    (72, 780, 12, "2. Carers are well supported."),
    (72, 30, 9, "Inspection of Larkhill local authority children\x92s services 3"),
]


def untagged(folder: Path, pages: list[list[tuple[int, int, int, str]]]) -> Path:
    """A PDF of these lines, one list a page."""
    count = len(pages)
    font = 3 + 2 * count
    kids = b" ".join(b"%d 0 R" % (3 + index) for index in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        *(page % (3 + count + index, font) for index in range(count)),
        *(
            stream(text_page([(x, y, size, text.encode("latin-1").decode("cp1252")) for x, y, size, text in lines]))
            for lines in pages
        ),
        FONT,
    ]
    path = folder / "untagged.pdf"
    path.write_bytes(_file(objects))
    return path


def test_an_untagged_report_is_read_by_its_layout(tmp_path: Path) -> None:
    reading = read(untagged(tmp_path, [FRONT, SECOND, THIRD]))
    assert (reading.authority, reading.framework, reading.lead_inspector) == ("Larkhill", "ILACS", "Una Fairweather")
    assert [judgement.grade for judgement in reading.judgements] == [
        "good",
        "requires improvement",
        "outstanding",
        "good",
    ]
    assert reading.judgements[-1] == Judgement("Overall effectiveness", "good")
    items = [(finding.text, finding.page) for finding in reading.findings if finding.kind == "area_for_improvement"]
    assert items == [
        ("The timeliness of plans, and the way in which they are shared with families who do not read English.", 1),
        ("The supervision of staff who work with children at night.", 1),
    ]


def test_what_every_page_repeats_is_no_finding(tmp_path: Path) -> None:
    reading = read(untagged(tmp_path, [FRONT, SECOND, THIRD]))
    assert not any("Inspection of Larkhill" in finding.text for finding in reading.findings)
    told = [(finding.kind, finding.text) for finding in reading.findings if finding.kind != "area_for_improvement"]
    assert told == [
        ("strength", "Services have improved since the last inspection."),
        ("weakness", "Some children wait too long for help."),
        ("strength", "Children in care do well and live with people who love them."),
        ("strength", "Carers are well supported."),
    ]
