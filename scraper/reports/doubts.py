"""What looks unread in a reading: warnings that name it, so that somebody looks at the report."""

from collections.abc import Iterator

from scraper.items import Reading
from scraper.reference import ask_kinds, framework_of, frameworks, kind_of_document
from scraper.reports.outline import Mode, rule_of

LONGEST_HEADING = 100
"""Letters of a line that may be the heading of a list."""
FEW = 3


def doubts(reading: Reading) -> Iterator[str]:
    """One warning for each thing a report of its kind has and this reading lacks."""
    kind = kind_of_document(reading.report_type)
    if kind.unknown:
        yield "the kind of report is not known"
    if not reading.authority:
        yield "no authority was found"
    if not (reading.inspection_start and reading.inspection_end):
        yield "no dates of the visit were found"
    if not reading.lead_inspector and not kind.joint:
        yield "no lead inspector was found"
    yield from _grades(reading)


def _grades(reading: Reading) -> Iterator[str]:
    wanted = framework_of(reading.framework).grades
    if not kind_of_document(reading.report_type).graded or not wanted:
        return
    least, most = wanted
    count = len(reading.judgements)
    if not count:
        yield "no grades were found in a graded inspection"
    elif not least <= count <= most:
        yield f"{count} grades were found; a report of this kind has {least} to {most}"


def lists_missed(reading: Reading) -> Iterator[str]:
    """One warning for each sign that the reading lacks findings which the report has."""
    asked = [finding for finding in reading.findings if finding.kind in ask_kinds()]
    if not asked and any(_heads_a_list(line.strip()) for text in reading.page_texts for line in text.splitlines()):
        yield "the heading of a list of things to improve was found, but no list"
    elif not asked and kind_of_document(reading.report_type).graded and not _says_none(reading):
        yield "no list of things to improve was found in a graded inspection"
    if len(reading.findings) - len(asked) < FEW:
        yield "hardly any sentence of findings was found"


def _says_none(reading: Reading) -> bool:
    """Whether a report says itself that it asks for nothing."""
    lines = (line.strip() for text in reading.page_texts for line in text.splitlines())
    return any(frameworks().marks.no_items.match(line) for line in lines)


def _heads_a_list(line: str) -> bool:
    """Whether a line is the heading of a list of things to improve, and no sentence."""
    rule = rule_of(line) if 0 < len(line) <= LONGEST_HEADING and "." not in line else None
    return rule is not None and rule[0] is Mode.ASK
