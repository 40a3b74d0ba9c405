"""What is looked up by a column has an index, and no named query reads a whole table for each of its rows."""

import pytest
from sqlite_utils import Database

from monitor.browse import reads


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("comparisons", ["finding_id"]),
        ("comparisons", ["earlier_finding_id"]),
        ("comparisons", ["name"]),
        ("corrections", ["report_id", "earlier_report_id", "item"]),
        ("comparisons_also", ["finding_id"]),
        ("articles", ["story"]),
        ("crawls", ["source", "id"]),
        ("areas", ["report_id"]),
        ("areas", ["urn", "state"]),
    ],
)
def test_what_is_looked_up_has_an_index(db: Database, table: str, columns: list[str]) -> None:
    assert columns in [index.columns for index in db.table(table).indexes]


def test_no_named_query_asks_a_whole_table_for_each_row(db: Database) -> None:
    for name, sql in reads.named_queries().items():
        given = dict.fromkeys(("authority", "words", "from_year", "day"), "")
        if "escape_fts" not in sql:
            plan = " ".join(row["detail"] for row in reads.rows(db.conn, f"EXPLAIN QUERY PLAN {sql}", given))
            for scan in ("SCAN c ", "SCAN g", "SCAN o USING", "SCAN m"):
                assert scan not in f"{plan} ".partition("CORRELATED")[2], name
