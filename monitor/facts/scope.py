"""What a visit with a narrow scope looked at, in the report's own words: what it does not mention it may not have looked at."""

import re

from sqlite_utils import Database

from monitor.database import rows
from monitor.reading import Visit
from scraper.reference import kind_of_document

LOOKED_AT = re.compile(
    r"(?:inspectors|we|this visit|the visit|this letter)\s(?:also\s)?(?:looked at|focused on|reviewed|evaluated|considered|scrutinised)\s[^.]{10,400}\.",
    re.IGNORECASE,
)
FIRST_PAGES = "SELECT text FROM report_pages WHERE report_id = ? AND page <= 2 ORDER BY page"


def looked_at(text: str) -> str:
    """The first sentence that says what inspectors looked at, as one line with a capital; empty where none does."""
    found = LOOKED_AT.search(" ".join(text.split()))
    return found[0][:1].upper() + found[0][1:] if found else ""


def scope_of(db: Database, visit: Visit) -> str:
    """The same of a stored report; empty for one that looks at all services."""
    if not kind_of_document(visit.kind).narrow:
        return ""
    return looked_at(" ".join(row["text"] for row in rows(db, FIRST_PAGES, [visit.report_id])))
