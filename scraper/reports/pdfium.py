"""PDFium's functions that are asked of each letter, each piece of text and each tag, called bare.

Half of such a call's time is what ctypes does to check and convert each argument by its declared type. These declare none: a handle
is given as `handle` makes it, once for many calls, or as a pointer of pypdfium2, and an index as it is. Nothing tells of a wrong
one but a crash: none is made outside of glyphs.py and tags.py.
"""

import ctypes
from typing import Any

from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""(left, bottom, right, top), in points."""

NAME_BYTES = 128
"""More than the names of fonts, and those of the types of tags, are long."""
_ROOM = ctypes.c_ulong(NAME_BYTES)
_Corners = ctypes.c_float * 4
_Point = ctypes.c_double * 2
_byref = ctypes.byref


def _bare(function: Any, result: Any) -> Any:
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


object_at = _bare(raw.FPDFText_GetTextObject, ctypes.c_void_p)
"""(text page, index) -> the address of the object that draws a character; None of a blank that PDFium made up."""
font_of = _bare(raw.FPDFTextObj_GetFont, ctypes.c_void_p)
mcid_of = _bare(raw.FPDFPageObj_GetMarkedContentID, ctypes.c_int)
mode_of = _bare(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
is_guessed = _bare(raw.FPDFText_HasUnicodeMapError, ctypes.c_int)
"""(text page, index) -> 1 where the font does not tell which letter a glyph is."""
font_size = _bare(raw.FPDFText_GetFontSize, ctypes.c_double)
font_weight = _bare(raw.FPDFText_GetFontWeight, ctypes.c_int)
children_of = _bare(raw.FPDF_StructElement_CountChildren, ctypes.c_int)
child_at = _bare(raw.FPDF_StructElement_GetChildAtIndex, ctypes.c_void_p)
"""(tag, index) -> the address of a tag in it; None where there is text."""
mcid_at = _bare(raw.FPDF_StructElement_GetChildMarkedContentID, ctypes.c_int)
_type = _bare(raw.FPDF_StructElement_GetType, ctypes.c_ulong)
_font_info = _bare(raw.FPDFText_GetFontInfo, ctypes.c_ulong)
_bounds = _bare(raw.FPDFPageObj_GetBounds, ctypes.c_int)
_origin = _bare(raw.FPDFText_GetCharOrigin, ctypes.c_int)
_matrix = _bare(raw.FPDFText_GetMatrix, ctypes.c_int)


def handle(pointer: Any) -> Any:
    """What a bare function takes for an object of PDFium, of a pointer to it or of its address."""
    address = pointer if isinstance(pointer, int) else ctypes.cast(pointer, ctypes.c_void_p).value
    return ctypes.c_void_p.from_param(address)


def box_of(page_object: Any) -> Box:
    """Where an object lies on its page."""
    box = _Corners()
    _bounds(page_object, _byref(box), _byref(box, 4), _byref(box, 8), _byref(box, 12))
    left, bottom, right, top = box
    return left, bottom, right, top


def base_of(textpage: Any, index: int) -> float:
    """The height of the line a character stands on."""
    point = _Point()
    _origin(textpage, index, _byref(point), _byref(point, 8))
    return point[1]


def font_name(textpage: Any, index: int) -> bytes:
    """What the font of a character is called; empty where that is longer than any name of a font."""
    name = ctypes.create_string_buffer(NAME_BYTES)
    _font_info(textpage, index, name, _ROOM, None)
    return name.value


def matrix_of(textpage: Any, index: int) -> raw.FS_MATRIX:
    """How a character is scaled and turned."""
    matrix = raw.FS_MATRIX()
    _matrix(textpage, index, _byref(matrix))
    return matrix


def type_of(tag: Any) -> str:
    """The type of a tag; empty where it has none, or one that is longer than any that there is."""
    name = ctypes.create_string_buffer(NAME_BYTES)
    size = _type(tag, name, _ROOM)
    return name.raw[: size - 2].decode("utf-16-le", "replace") if 2 < size <= NAME_BYTES else ""
