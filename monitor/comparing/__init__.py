"""One report against the authority's earlier visits: what became of what they asked for, what is new, each grade then and now.

In: stored readings. Out: areas, open or not, and grade changes. Leaves `comparisons`, `comparisons_also`, `compared`, `areas`, `followed`.
"""

from monitor.comparing.areas import OPEN, areas_after
from monitor.comparing.chain import (
    awaits_comparison,
    compare_pending,
    compare_report,
    is_compared,
    to_compare,
    uncompared,
)
from monitor.comparing.judgements import AREA_NAMES, Graded, area_of, grade_changes, grade_step
from monitor.comparing.outcomes import asks_of, compare_pair

__all__ = [
    "AREA_NAMES",
    "OPEN",
    "Graded",
    "area_of",
    "areas_after",
    "asks_of",
    "awaits_comparison",
    "compare_pair",
    "compare_pending",
    "compare_report",
    "grade_changes",
    "grade_step",
    "is_compared",
    "to_compare",
    "uncompared",
]
