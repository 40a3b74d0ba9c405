"""One report against the authority's earlier visits: what became of what they asked for, what is new, each grade then and now.

In: stored readings. Out: areas, open or not, and grade changes. Leaves `comparisons`, `comparisons_also`, `compared`, `areas`, `standing`,
`followed`, and in `corrections` what readers said.
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
from monitor.comparing.corrections import NoComparison, Said, comparison_named, corrections, note, status_named
from monitor.comparing.explain import Why, as_json, why
from monitor.comparing.judgements import Graded, grade_changes
from monitor.comparing.judging import judge
from monitor.comparing.labelled import labelled_pairs
from monitor.comparing.outcomes import asks_of, compare_pair
from monitor.comparing.second import read_again
from monitor.comparing.standing import Standing, standing, stored_standing

__all__ = [
    "OPEN",
    "Graded",
    "NoComparison",
    "Said",
    "Standing",
    "Why",
    "areas_after",
    "as_json",
    "asks_of",
    "awaits_comparison",
    "compare_pair",
    "compare_pending",
    "compare_report",
    "comparison_named",
    "corrections",
    "grade_changes",
    "is_compared",
    "judge",
    "labelled_pairs",
    "note",
    "read_again",
    "standing",
    "status_named",
    "stored_standing",
    "to_compare",
    "uncompared",
    "why",
]
