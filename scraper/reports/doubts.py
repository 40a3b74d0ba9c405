"""What looks unread in a reading: warnings that name it, so that somebody looks at the report."""

import re
from collections.abc import Iterator

from scraper.items import ASKS, Reading, ReportType
from scraper.reference import framework_of

LIST_HEADING = re.compile(
    r"^[^\S\n]*+(?:what needs to (?:improve|do better)|what does the .{0,60}need to (?:improve|do better)|areas? for (?:improvement|priority action)"
    r"|recommendations|priority (?:and immediate )?actions?)[^.\n]{0,50}$",
    re.IGNORECASE | re.MULTILINE,
)
FEW = 3


def doubts(reading: Reading) -> Iterator[str]:
    """One warning for each thing a report of its kind has and this reading lacks."""
    if reading.report_type is ReportType.OTHER:
        yield "the kind of report is not known"
    if not reading.authority:
        yield "no authority was found"
    if not (reading.inspection_start and reading.inspection_end):
        yield "no dates of the visit were found"
    if not reading.lead_inspector and reading.report_type is not ReportType.JTAI:
        yield "no lead inspector was found"
    yield from _grades(reading)


def _grades(reading: Reading) -> Iterator[str]:
    graded = reading.report_type in (ReportType.INSPECTION, ReportType.AREA_SEND)
    wanted = framework_of(reading.framework).grades
    if not graded or not wanted:
        return
    least, most = wanted
    count = len(reading.judgements)
    if not count:
        yield "no grades were found in a graded inspection"
    elif not least <= count <= most:
        yield f"{count} grades were found; a report of this kind has {least} to {most}"


def lists_missed(reading: Reading) -> Iterator[str]:
    """One warning for each sign that the reading lacks findings which the report has."""
    asked = [finding for finding in reading.findings if finding.kind in ASKS]
    if not asked and LIST_HEADING.search("\n".join(reading.page_texts)):
        yield "the heading of a list of things to improve was found, but no list"
    if len(reading.findings) - len(asked) < FEW:
        yield "hardly any sentence of findings was found"
