"""The structure tags of a page: for each marked-content id, which paragraph, list item or table cell it belongs to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pypdfium2 import raw

from scraper.reports import pdfium

MAX_DEPTH = 100
PARAGRAPHS = frozenset({"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Caption", "TOCI", "Quote", "Code"})
HEADINGS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"})
ASIDE = frozenset({"Note", "Artifact", "Figure", "TOC", "TOCI"})


class Role(NamedTuple):
    """What a piece of text is.

    `block` numbers the paragraphs of a page; `item` the list items (0: none), `depth` how many lists enclose it;
    `cell` is (table, row, column); `label` marks the bullet or number of an item; `aside` names notes and the like.
    """

    block: int = 0
    item: int = 0
    depth: int = 0
    cell: tuple[int, int, int] | None = None
    heading: bool = False
    label: bool = False
    aside: str = ""


class _Counter:
    """Gives the paragraphs, items, tables, rows and cells of a page their numbers."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def roles_of(page: Any) -> dict[int, Role]:
    """Role by marked-content id; empty for a page without tags. What is nested deeper than MAX_DEPTH has none."""
    roles: dict[int, Role] = {}
    with _tree(page) as tree:
        if tree:
            count = _Counter()
            for index in range(raw.FPDF_StructTree_CountChildren(tree)):
                child = raw.FPDF_StructTree_GetChildAtIndex(tree, index)
                if child:
                    _walk(pdfium.handle(child), Role(), roles, count, 0)
    return roles


@contextmanager
def _tree(page: Any) -> Iterator[Any]:
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        yield tree
    finally:
        if tree:
            raw.FPDF_StructTree_Close(tree)


def _walk(tag: Any, outer: Role, roles: dict[int, Role], count: _Counter, level: int) -> None:
    if level > MAX_DEPTH:
        return
    role = _inside(pdfium.type_of(tag), outer, count)
    for index in range(pdfium.children_of(tag)):
        if child := pdfium.child_at(tag, index):
            _walk(pdfium.handle(child), role, roles, count, level + 1)
            continue
        mcid = pdfium.mcid_at(tag, index)
        if mcid >= 0:
            roles.setdefault(mcid, role)


def _inside(tag: str, outer: Role, count: _Counter) -> Role:
    """The role of what an element of this type holds, given the role of what the element stands in."""
    if tag in ASIDE:
        outer = outer._replace(aside=tag)
    if tag in PARAGRAPHS:
        return outer._replace(block=count.next(), heading=outer.heading or tag in HEADINGS)
    if tag == "L":
        return outer._replace(depth=outer.depth + 1)
    if tag == "LI":
        number = count.next()
        return outer._replace(block=number, item=number)
    if tag == "Lbl":
        return outer._replace(label=True)
    if tag == "LBody":
        return outer._replace(label=False)
    if tag == "Table":
        return outer._replace(cell=(count.next(), 0, 0))
    return _in_table(tag, outer, count)


def _in_table(tag: str, outer: Role, count: _Counter) -> Role:
    if tag not in {"TR", "TH", "TD"}:
        return outer
    table, row, _ = outer.cell or (0, 0, 0)
    if tag == "TR":
        return outer._replace(cell=(table, count.next(), 0))
    number = count.next()
    return outer._replace(block=number, cell=(table, row, number))
