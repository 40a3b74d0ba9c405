"""One report against the authority's earlier visits: what became of what they asked for, what is new, each grade then and now.

In: stored readings. Out: areas, open or not, and grade changes. Leaves `comparisons`, `comparisons_also`, `compared`.
"""

from monitor.comparing.chain import areas_after, compare_pending, compare_report, to_compare
from monitor.comparing.judgements import AREA_NAMES, Graded, area_of, grade_changes, grade_step
from monitor.comparing.outcomes import asks_of, compare_pair

__all__ = [
    "AREA_NAMES",
    "Graded",
    "area_of",
    "areas_after",
    "asks_of",
    "compare_pair",
    "compare_pending",
    "compare_report",
    "grade_changes",
    "grade_step",
    "to_compare",
]
