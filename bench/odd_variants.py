"""A report's PDF made odd: turned, with characters that PDFium counts otherwise, with pages scanned or damaged, with its text twice.

Each takes the bytes of a good PDF, and gives those of one that shows the same to the eye, but for pages that are meant to be unreadable.
They are edited as PDFium saves them: plain objects, one after the other.
"""

import io
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing

import pypdfium2

OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,8}) 0 obj\r?\n")
KIDS = re.compile(rb"/Kids ?\[([^\]]*)\]")
REFERENCE = re.compile(rb"([0-9]{1,8}) 0 R")
CONTENTS = re.compile(rb"/Contents ?(?:\[([^\]]*)\]|([0-9]{1,8} 0 R))")
BOX = re.compile(rb"/MediaBox ?\[ ?([0-9.-]{1,20}) ([0-9.-]{1,20}) ([0-9.-]{1,20}) ([0-9.-]{1,20})\]")
PLAIN_BOX = (0.0, 0.0, 595.0, 842.0)
EMOJI = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Odd def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <D83DDFE2> endbfchar endcmap end end"""


class Pdf:
    """The objects of a file by their number, and what is to stand in place of them."""

    def __init__(self, source: bytes) -> None:
        saved = io.BytesIO()
        with closing(pypdfium2.PdfDocument(source)) as pdf:
            pdf.save(saved)
        self.file = saved.getvalue()
        begins = {int(found[1]): found.end() for found in OBJECT.finditer(self.file)}
        self.objects = {number: self.file[start : self.file.find(b"endobj", start)] for number, start in begins.items()}
        self.changed: dict[int, bytes] = {}

    def pages(self) -> list[int]:
        """The numbers of the pages' objects, in order."""
        root = re.search(rb"/Root ([0-9]{1,8}) 0 R", self.file)
        tree = re.search(rb"/Pages ([0-9]{1,8}) 0 R", self.objects[int(root[1])]) if root else None
        return self._leaves(int(tree[1])) if tree else []

    def _leaves(self, number: int) -> list[int]:
        kids = KIDS.search(self.objects[number])
        return [leaf for kid in REFERENCE.findall(kids[1]) for leaf in self._leaves(int(kid))] if kids else [number]

    def add(self, body: bytes) -> bytes:
        """A new object; what refers to it."""
        number = max(*self.objects, *self.changed) + 1 if self.changed else max(self.objects) + 1
        self.changed[number] = body
        return b"%d 0 R" % number

    def page(self, number: int) -> bytes:
        """A page's dictionary as it is now."""
        return self.changed.get(number, self.objects[number])

    def around(self, number: int, before: bytes, after: bytes = b"") -> None:
        """Let a page draw something before and after what it draws."""
        found = CONTENTS.search(self.page(number))
        if found:
            parts = [self.add(stream(before)), *([found[1]] if found[1] else [found[2]]), self.add(stream(after))]
            self.set(number, CONTENTS, b"/Contents [" + b" ".join(parts) + b"]")

    def set(self, number: int, entry: "re.Pattern[bytes]", to: bytes) -> None:
        """Write an entry of a page's dictionary anew."""
        self.changed[number] = entry.sub(lambda _: to, self.page(number), count=1)

    def bytes(self) -> bytes:
        """The file with what was changed, as an update at its end."""
        out, places = bytearray(self.file), {}
        for number, body in sorted(self.changed.items()):
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start, before = len(out), re.findall(rb"startxref\s+([0-9]{1,12})", self.file)[-1]
        root = re.search(rb"/Root [0-9]{1,8} 0 R", self.file)
        out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % each for each in places.items())
        size = max([*self.objects, *self.changed]) + 1
        out += b"trailer << /Size %d %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
            size, root[0] if root else b"", before, start,
        )  # fmt: skip
        return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def turned(source: bytes, degrees: int) -> bytes:
    """Every page written turned, and turned back by /Rotate: it looks as before."""
    pdf = Pdf(source)
    for number in pdf.pages():
        left, bottom, right, top = _box(pdf.page(number))
        width, height = right + left, top + bottom
        matrix = {90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}[
            degrees
        ]
        pdf.around(number, b"q %g %g %g %g %g %g cm\n" % matrix, b"\nQ")
        box = (left, bottom, right, top) if degrees == 180 else (bottom, left, top, right)
        pdf.set(number, BOX, b"/MediaBox[%g %g %g %g]/Rotate %d" % (*box, degrees))
    return pdf.bytes()


def sideways(source: bytes) -> bytes:
    """Every page written upwards, and shown so: one turns one's head to read it."""
    return turned(source, 90).replace(b"/Rotate 90", b"/Rotate 0 ")


def _box(page: bytes) -> tuple[float, float, float, float]:
    found = BOX.search(page)
    return (float(found[1]), float(found[2]), float(found[3]), float(found[4])) if found else PLAIN_BOX


def with_emoji(source: bytes) -> bytes:
    """A character that counts as two at the top of every page."""
    pdf = Pdf(source)
    table = pdf.add(stream(EMOJI))
    return _with_glyph(pdf, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode %s >>" % table, b"(A)")


def with_unknown(source: bytes) -> bytes:
    """A glyph without a meaning at the top of every page."""
    pdf = Pdf(source)
    info = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    child = pdf.add(b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd %s >>" % info)
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [%s] >>" % child
    return _with_glyph(pdf, font, b"<0007>")


def _with_glyph(pdf: Pdf, font: bytes, glyph: bytes) -> bytes:
    number = pdf.add(font)
    for page in pdf.pages():
        pdf.around(page, b"q BT /Odd 9 Tf 1 0 0 1 40 825 Tm %s Tj ET Q\n" % glyph)
        pdf.set(page, re.compile(rb"/Font ?<<"), b"/Font<</Odd %s " % number)
    return pdf.bytes()


def scanned(source: bytes, indices: Sequence[int]) -> bytes:
    """These pages (from 0) as pictures of themselves."""
    pdf = Pdf(source)
    for index in indices:
        number = pdf.pages()[index]
        left, bottom, right, top = _box(pdf.page(number))
        image = pdf.add(_picture(source, index))
        content = pdf.add(stream(b"q %g 0 0 %g %g %g cm /Im Do Q" % (right - left, top - bottom, left, bottom)))
        parent = re.search(rb"/Parent [0-9]{1,8} 0 R", pdf.page(number))
        pdf.changed[number] = b"<< /Type /Page %s /MediaBox [%g %g %g %g] /Contents %s /Resources << /XObject << /Im %s >> >> >>" % (
            parent[0] if parent else b"", left, bottom, right, top, content, image,
        )  # fmt: skip
    return pdf.bytes()


def _picture(source: bytes, index: int) -> bytes:
    with closing(pypdfium2.PdfDocument(source)) as pdf, closing(pdf[index]) as page:
        bitmap = page.render(scale=1, grayscale=True)
        rows = bytes(bitmap.buffer)
        packed = zlib.compress(
            b"".join(rows[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
        )
        entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
        return stream(packed, entries % (bitmap.width, bitmap.height))


def damaged(source: bytes, indices: Sequence[int]) -> bytes:
    """These pages (from 0) with content that cannot be unpacked."""
    pdf = Pdf(source)
    for index in indices:
        content = pdf.add(stream(b"\x78\x9c" + b"\xff\x00no" * 100, b"/Filter /FlateDecode"))
        pdf.set(pdf.pages()[index], CONTENTS, b"/Contents %s" % content)
    return pdf.bytes()


def broken_off(source: bytes, indices: Sequence[int]) -> bytes:
    """These pages (from 0) with the second half of their content missing, as it lies packed in the file."""
    pdf = Pdf(source)
    for index in indices:
        number = pdf.pages()[index]
        found = REFERENCE.search(CONTENTS.search(pdf.page(number))[0])  # type: ignore[index]  # as PDFium saves it
        _, _, data = pdf.objects[int(found[1])].partition(b"stream\r\n")  # type: ignore[index]
        half = pdf.add(stream(data[: data.rindex(b"endstream") // 2], b"/Filter /FlateDecode"))
        pdf.set(number, CONTENTS, b"/Contents %s" % half)
    return pdf.bytes()


def lost(source: bytes, indices: Sequence[int]) -> bytes:
    """These pages (from 0) named and not there."""
    pdf = Pdf(source)
    for index in indices:
        pdf.changed[pdf.pages()[index]] = b"null"
    return pdf.bytes()


def doubled(source: bytes, *, hidden: bool) -> bytes:
    """Every page with its text once more in the same place, `hidden` as programs for scans put it there."""
    pdf = Pdf(source)
    for number in pdf.pages():
        found = CONTENTS.search(pdf.page(number))
        again = (found[1] or found[2]) if found else b""
        pdf.around(number, b"q\n", b"\nQ q %s\n" % (b"3 Tr" if hidden else b""))
        drawn = CONTENTS.search(pdf.page(number))
        parts = b" ".join([drawn[1] if drawn else b"", again, pdf.add(stream(b"\nQ"))])
        pdf.set(number, CONTENTS, b"/Contents [%s]" % parts)
    return pdf.bytes()


def without_meaning(source: bytes, named: bytes = b"") -> bytes:
    """Fonts that do not tell which letter is which: all, or those with this in their name."""
    pdf = Pdf(source)
    fonts = {number: body for number, body in pdf.objects.items() if b"/ToUnicode" in body and named in body}
    pdf.changed = {number: re.sub(rb"/ToUnicode [0-9]{1,8} 0 R", b"", body) for number, body in fonts.items()}
    return pdf.bytes()


def followed_by(source: bytes, other: bytes) -> bytes:
    """Two reports in one file."""
    out = io.BytesIO()
    with (
        closing(pypdfium2.PdfDocument.new()) as both,
        closing(pypdfium2.PdfDocument(source)) as first,
        closing(pypdfium2.PdfDocument(other)) as second,
    ):
        both.import_pages(first)
        both.import_pages(second)
        both.save(out)
    return out.getvalue()


SAME: Mapping[str, Callable[[bytes], bytes]] = {
    "saved anew": lambda source: Pdf(source).bytes(),
    "turned by 90": lambda source: turned(source, 90),
    "turned by 180": lambda source: turned(source, 180),
    "turned by 270": lambda source: turned(source, 270),
    "sideways": sideways,
    "an emoji a page": with_emoji,
    "an unknown glyph a page": with_unknown,
    "text twice": lambda source: doubled(source, hidden=False),
    "hidden text over text": lambda source: doubled(source, hidden=True),
}
"""What nobody who looks at the pages would notice, but for one who must turn his head."""
PARTLY: Mapping[str, Callable[[bytes, Sequence[int]], bytes]] = {
    "pages scanned": scanned,
    "pages damaged": damaged,
    "pages that break off": broken_off,
    "pages lost": lost,
}
"""What takes pages away."""
