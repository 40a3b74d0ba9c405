"""Pure: whether a document is Ofsted's own, and not one that is about a visit of Ofsted's: minutes, a covering report, a newsletter, a council's reply.

All of these name the visit in their titles as the report does. What they do not have is what Ofsted prints about itself at the beginning or at the
end, or an inspector who leads or signs.
"""

import re
from collections.abc import Sequence

from scraper.items import Reading
from scraper.reference import frameworks, kind_of_document

PRINTED = (
    re.compile(
        r"Piccadilly Gate|Aviation House|Royal Exchange Buildings|Alexandra House|Freshford House", re.IGNORECASE
    ),
    re.compile(r"0300 ?123 ?(?:1231|4666|4234)|08456 ?404040"),
    re.compile(r"enquiries@ofsted|www\.ofsted\.gov\.uk|www\.gov\.uk/ofsted", re.IGNORECASE),
    re.compile(r"\bregulates and inspects\b", re.IGNORECASE),
    re.compile(r"\bCrown copyright\b", re.IGNORECASE),
)
"""Its address, telephone, site, what it says of itself, whose the words are. Others give one of these, to say where the report is."""
ENOUGH = 2
FRONT, BACK = 2, 1
"""Pages on which that stands."""
SIGNED = re.compile(
    r"\byours? (?:sincerely|faithfully)\W{1,3}(?:(?!(?:director|chief|head|leader|councillor|cc|copy|copied|to)\b)[\w’'.,()\[\]-]+\s){1,7}"
    r"(?:(?:His|Her) Majesty[’'`´]?s (?:Senior )?Inspector|HMI\b|Ofsted (?:Senior )?Inspector)",
    re.IGNORECASE,
)
"""A name or two, and right under it the rank; not a council's signature and then an inspector who is sent a copy."""
FEW = 3
"""Sentences of findings; papers about a visit quote one or two, the shortest letters have more."""


def is_ofsteds_own(reading: Reading) -> bool:
    """Whether what was read has what Ofsted prints about itself, or an inspector leads or signs it. Joint inspections often have neither."""
    pages = reading.page_texts
    if _is_printed([*pages[:FRONT], *pages[-BACK:]]):
        return True
    if kind_of_document(reading.report_type).letter:
        return bool(SIGNED.search(_plain(pages)))
    return reading.lead_inspector is not None


def lacks_its_issuer(reading: Reading) -> bool:
    """Whether it reads as a report or letter throughout and only what shows that it is Ofsted's own is not found, as where that is drawn as a picture."""
    known = not kind_of_document(reading.report_type).unknown
    return known and len(reading.findings) >= FEW and not is_ofsteds_own(reading)


def report_within(reading: Reading) -> int | None:
    """The page (from 2) on which a report or letter of Ofsted's about children's services begins in a document that is something else, or None."""
    for number, text in enumerate(reading.page_texts[1:], start=2):
        if _is_printed([text]) and any(row.words.search(_plain([text])) for row in frameworks().fronts):
            return number
    return None


def _is_printed(pages: Sequence[str]) -> bool:
    text = _plain(pages)
    return sum(bool(sign.search(text)) for sign in PRINTED) >= ENOUGH


def _plain(pages: Sequence[str]) -> str:
    return " ".join(" ".join(pages).split())
