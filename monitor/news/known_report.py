"""Pure: a stored report as linking needs it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KnownReport:
    """A stored report as linking needs it. `grade` is the overall one, `areas` are (graded area, grade); `text` all pages; `visit_number` a monitoring visit's."""

    report_id: int
    kind: str
    published: date | None = None
    start: date | None = None
    end: date | None = None
    grade: str | None = None
    visit_number: int | None = None
    since_judgement: str | None = None
    text: str = ""
    areas: tuple[tuple[str, str], ...] = ()
    framework: str | None = None
