"""The tables the scraper owns, as migrations. A released migration is never edited: add the next one.

Times are UTC ISO 8601 text, dates are YYYY-MM-DD text. Every table is STRICT.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("scraper")


@migrations()
def m001_initial(db: Database) -> None:
    """Authorities, crawls, reports with what they say, articles, issues."""
    run_statements(db, INITIAL)


@migrations()
def m002_full_text(db: Database) -> None:
    """Full-text search on findings, pages and reports; triggers keep the indexes true to the tables.

    Each of these tables has an integer primary key of its own, by which its index refers to it: an implicit rowid
    may change with VACUUM, and the index would then point to other rows.
    """
    db.table("findings").enable_fts(["text", "section"], create_triggers=True, tokenize="porter")
    db.table("report_pages").enable_fts(["text"], create_triggers=True, tokenize="porter")
    db.table("reports").enable_fts(["label", "lead_inspector"], create_triggers=True)


@migrations()
def m003_stopped_crawls(db: Database) -> None:
    """Whether a crawl ended because it was asked to: that says nothing about its source.

    Before there was this column, the beginning of the message said so.
    """
    db.conn.execute("ALTER TABLE crawls ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0")
    db.conn.execute(
        "UPDATE crawls SET stopped = 1 WHERE verdict = 'crashed'"
        " AND (message LIKE 'stopped before it was complete%' OR message LIKE 'stopped before it was done (shutdown)%')"
    )


@migrations()
def m004_listings_and_baselines(db: Database) -> None:
    """A report's places on pages apart from the report, since when each subject is watched, and whom a report's text names.

    The rows of what is stored already come from the reports and from the last believed page of each authority.
    """
    run_statements(db, LISTINGS)
    run_statements(db, LISTINGS_FROM_BEFORE)
    for event in ("INSERT", "UPDATE"):
        db.conn.execute(
            f"CREATE TRIGGER listings_after_{event.lower()} AFTER {event} ON listings BEGIN"
            f" {DERIVED} WHERE id = NEW.report_id; END"
        )
    db.conn.execute(DERIVED)


@migrations()
def m005_entries_by_guid(db: Database) -> None:
    """An entry is known by what its feed calls it, and what its feed says of it is kept until its article is read."""
    run_statements(db, ENTRIES_BY_GUID)


@migrations()
def m006_identity(db: Database) -> None:
    """The database's own name, so that another one in its place is noticed."""
    run_statements(db, "CREATE TABLE identity (id TEXT NOT NULL) STRICT")


@migrations()
def m007_issues_heal(db: Database) -> None:
    """When an issue was last opened, whether it is over, and by which key it is told to the operators."""
    for column in ("opened", "healed", "key"):
        db.conn.execute(f"ALTER TABLE issues ADD COLUMN {column} TEXT")
    db.conn.execute("UPDATE issues SET opened = first_seen")
    db.conn.execute("CREATE UNIQUE INDEX issues_key ON issues (key) WHERE key IS NOT NULL")


@migrations()
def m008_failed_readings(db: Database) -> None:
    """A reading that fails stands beside the last good one: why, of which bytes, by which reader, when."""
    for column in ("failure", "failed_sha256", "failed_reader", "failed_at"):
        db.conn.execute(f"ALTER TABLE readings ADD COLUMN {column} TEXT")
    db.conn.execute(
        "UPDATE readings SET failure = error, failed_sha256 = sha256, failed_reader = reader || ' ' || pdf_library, failed_at = read_at"
        " WHERE error IS NOT NULL"
    )


@migrations()
def m009_scopes(db: Database) -> None:
    """What a crawl looked at: all that its source has, some authorities' pages, or the first page alone. The last two say nothing of the whole."""
    db.conn.execute("ALTER TABLE crawls ADD COLUMN scope TEXT NOT NULL DEFAULT 'all'")
    db.conn.execute("CREATE INDEX crawls_last ON crawls (source, scope, id)")


@migrations()
def m010_validators_that_are_read(db: Database) -> None:
    """When an address was asked last, and the hashes of pages and feeds, were read by nobody."""
    db.conn.execute("ALTER TABLE validators DROP COLUMN fetched")
    db.conn.execute("UPDATE validators SET sha256 = NULL WHERE url NOT IN (SELECT url FROM reports)")


@migrations()
def m011_swept(db: Database) -> None:
    """The day of each authority's latest report as the search told it, once its page was looked at because of that."""
    db.conn.execute(
        "CREATE TABLE swept (urn TEXT PRIMARY KEY REFERENCES authorities (urn), latest TEXT NOT NULL) STRICT"
    )


@migrations()
def m012_answers(db: Database) -> None:
    """What came in place of what was wanted: why, whose answer, its first bytes."""
    run_statements(db, ANSWERS)


@migrations()
def m013_feed_days(db: Database) -> None:
    """What each day's looks at a feed had, for longer than single looks and entries are kept: what is expected of it is learnt from that.

    The days of before come from the looks and entries that are still there; how many entries a look had was stored nowhere.
    """
    run_statements(db, FEED_DAYS)


@migrations()
def m015_no_trigger_for_what_is_not_deleted(db: Database) -> None:
    """Databases of two hours of November 2026 have a trigger that m004 has not made since: it was edited, which is not done any more."""
    db.conn.execute("DROP TRIGGER IF EXISTS listings_after_delete")


@migrations()
def m016_moved(db: Database) -> None:
    """Feeds that have moved for good: from where to where, and since when that is known."""
    db.conn.execute("CREATE TABLE moved (url TEXT PRIMARY KEY, leads_to TEXT NOT NULL, since TEXT NOT NULL) STRICT")


@migrations()
def m017_documents(db: Database) -> None:
    """Documents that pages of stories link: where, whether they came, and what they are."""
    db.conn.execute(
        "CREATE TABLE documents (url TEXT PRIMARY KEY, source TEXT NOT NULL, first_seen TEXT NOT NULL,"
        " state TEXT NOT NULL CHECK (state IN ('failed', 'unread', 'report', 'other')), sha256 TEXT, problem TEXT,"
        " attempts INTEGER NOT NULL DEFAULT 0, baseline INTEGER NOT NULL DEFAULT 0) STRICT"
    )


@migrations()
def m018_documents_read_again(db: Database) -> None:
    """How often a document was read without coming to an end, and when last: it is tried again later."""
    run_statements(
        db,
        "ALTER TABLE documents ADD COLUMN readings INTEGER NOT NULL DEFAULT 0;\n"
        "ALTER TABLE documents ADD COLUMN last_reading TEXT",
    )


def run_statements(db: Database, script: str) -> None:
    """Execute statements one by one inside the caller's transaction, which `executescript` would commit."""
    for statement in filter(None, (part.strip() for part in script.split(";\n"))):
        db.conn.execute(statement)


INITIAL = """
CREATE TABLE authorities (urn TEXT PRIMARY KEY, name TEXT NOT NULL, region TEXT) STRICT;

CREATE TABLE crawls (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, started TEXT NOT NULL, finished TEXT, verdict TEXT, message TEXT,
  requests INTEGER, bytes INTEGER, found INTEGER) STRICT;
CREATE INDEX crawls_source ON crawls (source, started);

CREATE TABLE page_checks (
  crawl_id INTEGER NOT NULL REFERENCES crawls (id), url TEXT NOT NULL, urn TEXT, verdict TEXT NOT NULL, message TEXT,
  listed TEXT, checked TEXT NOT NULL, PRIMARY KEY (crawl_id, url)) STRICT;
CREATE INDEX page_checks_urn ON page_checks (urn, checked);

CREATE TABLE validators (
  url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, sha256 TEXT, fetched TEXT NOT NULL, full_fetch TEXT) STRICT;

CREATE TABLE reports (
  id INTEGER PRIMARY KEY, urn TEXT NOT NULL REFERENCES authorities (urn), label TEXT NOT NULL, kind TEXT, framework TEXT,
  published TEXT, inspection_start TEXT, inspection_end TEXT, lead_inspector TEXT, url TEXT NOT NULL, sha256 TEXT,
  first_seen TEXT NOT NULL, amended_at TEXT, withdrawn_at TEXT,
  baseline INTEGER NOT NULL DEFAULT 0, on_site TEXT, missing_since TEXT, attempts INTEGER NOT NULL DEFAULT 0,
  problem TEXT, checked TEXT, visit_number INTEGER, since_judgement TEXT) STRICT;
CREATE INDEX reports_urn ON reports (urn, published);

CREATE TABLE report_versions (
  report_id INTEGER NOT NULL REFERENCES reports (id), sha256 TEXT NOT NULL, fetched TEXT NOT NULL, bytes INTEGER NOT NULL,
  PRIMARY KEY (report_id, sha256)) STRICT;

CREATE TABLE readings (
  report_id INTEGER PRIMARY KEY REFERENCES reports (id), sha256 TEXT NOT NULL, reader TEXT NOT NULL, pdf_library TEXT NOT NULL,
  read_at TEXT NOT NULL, pages INTEGER, fingerprint TEXT, meaning_changed TEXT, warnings TEXT, error TEXT) STRICT;

CREATE TABLE judgements (
  report_id INTEGER NOT NULL REFERENCES reports (id), area TEXT NOT NULL, grade TEXT NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (report_id, position)) STRICT;

CREATE TABLE findings (
  id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports (id), kind TEXT NOT NULL, section TEXT NOT NULL,
  text TEXT NOT NULL, page INTEGER NOT NULL, position INTEGER NOT NULL, lscb INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE UNIQUE INDEX findings_position ON findings (report_id, position);

CREATE TABLE finding_subjects (
  finding_id INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE, subject TEXT NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (finding_id, subject)) STRICT;
CREATE INDEX finding_subjects_subject ON finding_subjects (subject);

CREATE TABLE report_pages (
  id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports (id), page INTEGER NOT NULL, text TEXT NOT NULL,
  UNIQUE (report_id, page)) STRICT;

CREATE TABLE feed_entries (
  source TEXT NOT NULL, url TEXT NOT NULL, headline TEXT NOT NULL, published TEXT, first_seen TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, baseline INTEGER NOT NULL DEFAULT 0,
  problem TEXT, PRIMARY KEY (source, url)) STRICT;

CREATE TABLE articles (
  url TEXT PRIMARY KEY, headline TEXT NOT NULL, outlet TEXT NOT NULL, published TEXT, label TEXT NOT NULL, kind TEXT,
  urn TEXT REFERENCES authorities (urn), story TEXT, snippet TEXT NOT NULL, source TEXT NOT NULL, first_seen TEXT NOT NULL,
  baseline INTEGER NOT NULL DEFAULT 0, score REAL NOT NULL, reasons TEXT NOT NULL, clues TEXT NOT NULL,
  shingles BLOB) STRICT;
CREATE INDEX articles_urn ON articles (urn, published);

CREATE TABLE issues (
  source TEXT NOT NULL, level TEXT NOT NULL, message TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (source, level, message)) STRICT;
"""

ENTRIES_BY_GUID = """
CREATE TABLE entries_by_guid (
  source TEXT NOT NULL, entry TEXT NOT NULL, url TEXT NOT NULL, headline TEXT NOT NULL, summary TEXT, published TEXT,
  first_seen TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, baseline INTEGER NOT NULL DEFAULT 0,
  problem TEXT, PRIMARY KEY (source, entry)) STRICT;
INSERT INTO entries_by_guid (source, entry, url, headline, published, first_seen, state, attempts, baseline, problem)
SELECT source, url, url, headline, published, first_seen, state, attempts, baseline, problem FROM feed_entries;
DROP TABLE feed_entries;
ALTER TABLE entries_by_guid RENAME TO feed_entries;
"""

FEED_DAYS = """
CREATE TABLE feed_days (
  source TEXT NOT NULL, day TEXT NOT NULL, least INTEGER, most INTEGER, new INTEGER NOT NULL DEFAULT 0, broken INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, day)) STRICT;
INSERT INTO feed_days (source, day, new)
SELECT c.source, substr(p.checked, 1, 10) AS day,
  (SELECT count(*) FROM feed_entries e WHERE e.source = c.source AND e.baseline = 0 AND substr(e.first_seen, 1, 10) = substr(p.checked, 1, 10))
FROM page_checks p JOIN crawls c ON c.id = p.crawl_id WHERE p.urn IS NULL AND p.verdict IN ('ok', 'empty') AND c.source <> 'ofsted'
GROUP BY c.source, day;
"""

LISTINGS = """
CREATE TABLE listings (
  urn TEXT NOT NULL REFERENCES authorities (urn), report_id INTEGER NOT NULL REFERENCES reports (id), first_seen TEXT NOT NULL,
  missing_since TEXT, withdrawn_at TEXT, baseline INTEGER NOT NULL DEFAULT 0, accepted_at TEXT,
  PRIMARY KEY (urn, report_id)) STRICT;
CREATE INDEX listings_report ON listings (report_id);

CREATE TABLE baselines (subject TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT;

ALTER TABLE readings ADD COLUMN authority TEXT;
ALTER TABLE readings ADD COLUMN misfiled TEXT;
"""

ANSWERS = """
CREATE TABLE answers (
  id INTEGER PRIMARY KEY, crawl_id INTEGER NOT NULL REFERENCES crawls (id) ON DELETE CASCADE, url TEXT NOT NULL, urn TEXT,
  asked TEXT NOT NULL, verdict TEXT NOT NULL, message TEXT NOT NULL, status INTEGER, final_url TEXT NOT NULL,
  content_type TEXT NOT NULL, bytes INTEGER NOT NULL, title TEXT NOT NULL, head BLOB NOT NULL) STRICT;
CREATE INDEX answers_crawl ON answers (crawl_id);
"""

LISTINGS_FROM_BEFORE = """
INSERT INTO listings (urn, report_id, first_seen, missing_since, withdrawn_at, baseline)
SELECT urn, id, first_seen, coalesce(missing_since, withdrawn_at), withdrawn_at, baseline FROM reports;

INSERT OR IGNORE INTO listings (urn, report_id, first_seen, baseline)
SELECT p.urn, r.id, p.checked, 1 FROM page_checks p JOIN authorities a ON a.urn = p.urn
  JOIN json_each(CASE WHEN json_valid(p.listed) THEN p.listed ELSE '[]' END) l JOIN reports r ON r.id = l.value
WHERE p.crawl_id = (SELECT max(q.crawl_id) FROM page_checks q WHERE q.urn = p.urn AND q.verdict = 'ok');

INSERT INTO baselines (subject, since)
SELECT 'authority:' || urn, min(since) FROM (
  SELECT urn, checked AS since FROM page_checks WHERE urn IS NOT NULL AND (verdict = 'ok' OR listed = '[]')
  UNION ALL SELECT urn, first_seen FROM reports) GROUP BY urn;

INSERT INTO baselines (subject, since)
SELECT 'source:' || c.source, min(p.checked) FROM page_checks p JOIN crawls c ON c.id = p.crawl_id
WHERE p.urn IS NULL AND p.verdict IN ('ok', 'empty') GROUP BY c.source;
"""

DERIVED = (
    "UPDATE reports SET (missing_since, withdrawn_at) = (SELECT CASE WHEN count(*) = count(missing_since) THEN max(missing_since) END,"
    " CASE WHEN count(*) = count(withdrawn_at) THEN max(withdrawn_at) END FROM listings WHERE report_id = reports.id)"
)
"""What a report has of its listings: since when nobody lists it, and since when that is believed of all who did."""
