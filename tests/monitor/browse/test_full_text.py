"""The full-text indexes follow their tables through everything that happens to them."""

from sqlite_utils import Database

from tests.monitor.browse.filled import fill, finding


def found(db: Database, table: str, words: str) -> list[int]:
    sql = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ? ORDER BY rowid"  # noqa: S608 - ours
    return [row[0] for row in db.conn.execute(sql, [words])]


def sound(db: Database, table: str) -> None:
    """SQLite's own check that an index holds what its table holds; raises if not."""
    db.conn.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - ours


def test_what_is_inserted_is_found_by_its_stem(db: Database) -> None:
    fill(db)
    assert found(db, "findings", "meeting") == [2, 4, 8]
    assert found(db, "report_pages", "interview") == [2]
    assert found(db, "reports", "hartleby") == [101, 102, 103, 104, 105]


def test_what_is_read_again_is_found_once(db: Database) -> None:
    fill(db)
    db.conn.execute("DELETE FROM findings WHERE report_id = 103")
    db.conn.execute("DELETE FROM report_pages WHERE report_id = 103")
    db.table("findings").insert(finding(5, 103, 0, "The take-up of return home interviews."))
    assert found(db, "findings", "supervision") == [1]
    assert found(db, "findings", "interviews") == [5]
    assert found(db, "report_pages", "interviews") == []


def test_what_is_changed_is_found_by_its_new_words_only(db: Database) -> None:
    fill(db)
    db.conn.execute("UPDATE reports SET label = 'Monitoring letter' WHERE id = 102")
    assert found(db, "reports", "letter") == [102]
    assert 102 not in found(db, "reports", "visit")


def test_the_indexes_are_sound_after_a_vacuum_with_gaps(db: Database) -> None:
    fill(db)
    db.conn.execute("DELETE FROM findings WHERE id IN (1, 2, 3)")
    db.conn.execute("DELETE FROM report_pages WHERE page = 1")
    db.conn.commit()
    db.conn.execute("VACUUM")
    assert found(db, "report_pages", "interview") == [2]
    for table in ("findings", "report_pages", "reports"):
        sound(db, table)
