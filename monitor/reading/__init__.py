"""From stored PDFs to stored readings, and from these to an authority's visits in their order.

Also reports that a person adds. In: `reports` with their files. Out: `Visit` and `Stored` values. Leaves `readings`, `judgements`, `findings`,
`finding_subjects`, `report_pages`, in `reports` what the document says of itself, and whose it is where its text names another authority.
"""

from monitor.reading.adding import Added, NotAdded, add_report, join_added, whose
from monitor.reading.linked import add_linked
from monitor.reading.misfiled import file_reports
from monitor.reading.stored_pdfs import read_pending
from monitor.reading.told_doubts import DOCUMENT, DOUBT, forget_doubts
from monitor.reading.visits import (
    ReportRef,
    Stored,
    Visit,
    grades_of,
    in_part,
    misfiled_visit,
    of_weight,
    same_chain,
    since_inspection,
    stored_reading,
    visits_before,
    visits_of,
    weighty,
)

__all__ = [
    "DOCUMENT",
    "DOUBT",
    "Added",
    "NotAdded",
    "ReportRef",
    "Stored",
    "Visit",
    "add_linked",
    "add_report",
    "file_reports",
    "forget_doubts",
    "grades_of",
    "in_part",
    "join_added",
    "misfiled_visit",
    "of_weight",
    "read_pending",
    "same_chain",
    "since_inspection",
    "stored_reading",
    "visits_before",
    "visits_of",
    "weighty",
    "whose",
]
