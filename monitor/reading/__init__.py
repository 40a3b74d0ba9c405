"""From stored PDFs to stored readings, and from these to an authority's visits in their order.

In: `reports` with their files. Out: `Visit` and `Stored` values. Leaves `readings`, `judgements`, `findings`,
`finding_subjects`, `report_pages`, and in `reports` what the document says of itself.
"""

from monitor.reading.stored_pdfs import read_pending
from monitor.reading.visits import (
    ReportRef,
    Stored,
    Visit,
    grades_of,
    same_chain,
    since_inspection,
    stored_reading,
    visits_before,
    visits_of,
)

__all__ = [
    "ReportRef",
    "Stored",
    "Visit",
    "grades_of",
    "read_pending",
    "same_chain",
    "since_inspection",
    "stored_reading",
    "visits_before",
    "visits_of",
]
