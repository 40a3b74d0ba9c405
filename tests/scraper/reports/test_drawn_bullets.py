"""Items of lists whose bullets are drawn as shapes, on pages without tags."""

from pathlib import Path

import pytest

from scraper.reference import ask_kinds
from scraper.reports.reader import read
from tests.scraper.reports.bad_pdfs import FONT, _file, stream, text_page
from tests.scraper.reports.test_layout import FRONT

ITEMS = [
    (90, 470, 12, "The timeliness of plans for children who live with their grandparents or aunts."),
    (90, 456, 12, "The supervision of staff who work with children and with families at night, and"),
    (90, 442, 12, "on days on which schools are closed."),
    (90, 428, 12, "The response to children who go missing from home or from care."),
]
WHOLE = [ITEMS[0][3], f"{ITEMS[1][3]} {ITEMS[2][3]}", ITEMS[3][3]]


def items_of(folder: Path, shapes: bytes) -> list[str]:
    front = [(x, y, size, text.replace("\x92", "’")) for x, y, size, text in FRONT if y > 480]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page]
    path = folder / "drawn.pdf"
    path.write_bytes(_file([*objects, stream(text_page([*front, *ITEMS]) + b"\n" + shapes), FONT]))
    return [finding.text for finding in read(path).findings if finding.kind in ask_kinds()]


def squares(left: int, size: int) -> bytes:
    return b"".join(b"%d %d %d %d re f\n" % (left, y + 2, size, size) for y in (470, 456, 428))


def test_each_shape_before_a_line_begins_an_item(tmp_path: Path) -> None:
    assert items_of(tmp_path, squares(76, 4)) == WHOLE


@pytest.mark.parametrize(
    "shapes",
    [b"", squares(76, 12), squares(40, 4), squares(200, 4), b"76 440 4 1 re f 76 472 20 4 re f"],
    ids=["none", "too large", "too far", "behind the first word", "a rule"],
)
def test_other_shapes_begin_none(tmp_path: Path, shapes: bytes) -> None:
    assert items_of(tmp_path, shapes) == items_of(tmp_path, b"")
    assert items_of(tmp_path, shapes) != WHOLE
