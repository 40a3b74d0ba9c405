"""PDFs that are wrong on purpose, made byte by byte."""

import zlib

CHUNK = b" " * 2**20


def pdf(objects: list[bytes], *, pages: int = 1) -> bytes:
    """A file with a catalogue (1), a page tree (2), `pages` pages from 3 on, and these objects after them."""
    kids = b" ".join(b"%d 0 R" % (3 + index) for index in range(pages))
    first = 3 + pages
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
    all_objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        *[page % (first, first + 1)] * pages,
        *objects,
    ]
    return _file(all_objects)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def stream(data: bytes, filters: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), filters, data)


def text_page(lines: list[tuple[int, int, int, str]]) -> bytes:
    """An untagged content stream: (left, height from the foot, size, text) of each line."""
    parts = [b"BT /F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET" % (size, x, y, _escaped(text)) for x, y, size, text in lines]
    return b"\n".join(parts)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def blank() -> bytes:
    """A page without any text, as a scan has."""
    return pdf([stream(b"0.5 g 10 10 500 700 re f"), FONT])


def long(pages: int) -> bytes:
    """Many pages of a few words each."""
    return pdf(
        [stream(text_page([(72, 700, 12, "Some words stand on every page of this report.")])), FONT], pages=pages
    )


def bomb(mebibytes: int) -> bytes:
    """A page whose content, packed twice, unpacks to as much as this."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(CHUNK) for _ in range(mebibytes)) + packer.flush()
    return pdf([stream(zlib.compress(packed), b"/Filter [/FlateDecode /FlateDecode]"), FONT])


def nested(depth: int) -> bytes:
    """Structure tags and arrays nested as deep as this."""
    content = stream(
        b"/P << /MCID 0 >> BDC BT /F1 12 Tf 72 700 Td (words) Tj ET EMC\n" + b"[" * depth + b"]" * depth + b" 0 d\n"
    )
    return pdf([content, FONT, b"[" * depth + b"]" * depth])
