"""The tables the monitor owns, beside the scraper's in the same file. A released migration is never edited: add the next one."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from scraper.database import run_statements

migrations = Migrations("monitor")


@migrations()
def m001_initial(db: Database) -> None:
    """Comparisons, links between articles and reports, alerts and their deliveries."""
    run_statements(db, INITIAL)


@migrations()
def m002_alerts_for_nobody(db: Database) -> None:
    """Whether no rule wanted an alert when it was addressed: then that it has no mail is as it should be."""
    db.conn.execute("ALTER TABLE alerts ADD COLUMN nobody INTEGER NOT NULL DEFAULT 0")
    db.conn.execute(
        "UPDATE alerts SET nobody = 1 WHERE addressed IS NOT NULL AND id NOT IN (SELECT alert_id FROM deliveries)"
    )


@migrations()
def m003_whose_fault_and_dropped(db: Database) -> None:
    """Deliveries say whose fault their last failure was, and may be dropped; no recipient is named in any other table."""
    run_statements(db, FAULTS_AND_DROPPED)


@migrations()
def m004_config_file(db: Database) -> None:
    """With which config the data folder is watched."""
    run_statements(db, "CREATE TABLE config_file (path TEXT NOT NULL) STRICT")


@migrations()
def m005_areas(db: Database) -> None:
    """What each report asks for and what has become of it, as the chain of visits tells it; and indexes for what is looked up by them."""
    run_statements(db, AREAS)


@migrations()
def m006_standing(db: Database) -> None:
    """Where each authority stands: the latest grade of each area. Written with its areas, which are to be written anew therefore."""
    run_statements(db, STANDING)


STANDING = """
CREATE TABLE standing (
  urn TEXT NOT NULL REFERENCES authorities (urn), position INTEGER NOT NULL, area TEXT NOT NULL, name TEXT NOT NULL, grade TEXT NOT NULL,
  look TEXT NOT NULL, given TEXT, report_id INTEGER NOT NULL REFERENCES reports (id), together INTEGER NOT NULL, current INTEGER NOT NULL,
  PRIMARY KEY (urn, position)) STRICT;
DELETE FROM followed
"""


@migrations()
def m007_kinds(db: Database) -> None:
    """What each kind of document is called and which series of visits it belongs to, for queries; written from frameworks.yaml at each start."""
    run_statements(db, "CREATE TABLE kinds (kind TEXT PRIMARY KEY, name TEXT NOT NULL, chain TEXT NOT NULL) STRICT")


@migrations()
def m008_ask_kinds(db: Database) -> None:
    """What an item of each kind of list is called."""
    db.conn.execute("CREATE TABLE ask_kinds (kind TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT")


@migrations()
def m009_days(db: Database) -> None:
    """What was looked at on each day, for good: the rows of single looks are not kept so long."""
    db.conn.execute(
        "CREATE TABLE days (source TEXT NOT NULL, day TEXT NOT NULL, rounds INTEGER NOT NULL, sweeps INTEGER NOT NULL, good INTEGER NOT NULL,"
        " found INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, failed TEXT, PRIMARY KEY (source, day)) STRICT"
    )


@migrations()
def m010_pruned(db: Database) -> None:
    """When rows that only say that nothing happened were forgotten last."""
    db.conn.execute("CREATE TABLE pruned (at TEXT NOT NULL) STRICT")


@migrations()
def m011_digests(db: Database) -> None:
    """By which digest a delivery is made, if by one; and what each digest said of the watch itself, so that a repeat says the same."""
    db.conn.execute("ALTER TABLE deliveries ADD COLUMN digest TEXT")
    db.conn.execute("CREATE TABLE digests (message_id TEXT PRIMARY KEY, told TEXT NOT NULL) STRICT")


@migrations()
def m012_feedback(db: Database) -> None:
    """What a reader said of an article, and how it had been judged."""
    db.conn.execute(
        "CREATE TABLE feedback (url TEXT PRIMARY KEY REFERENCES articles (url), mark TEXT NOT NULL CHECK (mark IN ('right', 'wrong')),"
        " label_before TEXT NOT NULL, marked TEXT NOT NULL) STRICT"
    )


@migrations()
def m013_corrections(db: Database) -> None:
    """How sure each comparison is and who decided it, a name for each, and what readers said of them. All are made again, so that each has its name."""
    run_statements(db, CORRECTIONS)


CORRECTIONS = """
ALTER TABLE comparisons ADD COLUMN name TEXT;
ALTER TABLE comparisons ADD COLUMN confidence REAL;
ALTER TABLE comparisons ADD COLUMN certain INTEGER NOT NULL DEFAULT 1;
ALTER TABLE comparisons ADD COLUMN decided_by TEXT;
ALTER TABLE comparisons ADD COLUMN surely INTEGER NOT NULL DEFAULT 1;
ALTER TABLE comparisons ADD COLUMN near TEXT;
ALTER TABLE areas ADD COLUMN line TEXT NOT NULL DEFAULT '[]';
ALTER TABLE comparisons_also ADD COLUMN surely INTEGER NOT NULL DEFAULT 1;
CREATE INDEX comparisons_name ON comparisons (name);
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports (id), earlier_report_id INTEGER NOT NULL REFERENCES reports (id),
  item TEXT NOT NULL, text TEXT NOT NULL,
  status TEXT CHECK (status IN ('still_needs_improvement', 'improved', 'mixed', 'not_mentioned')),
  sentence TEXT, was TEXT NOT NULL, said_by TEXT NOT NULL, said_at TEXT NOT NULL) STRICT;
CREATE INDEX corrections_of ON corrections (report_id, earlier_report_id, item);
UPDATE compared SET input = '';
UPDATE followed SET input = ''
"""


@migrations()
def m014_second_readings(db: Database) -> None:
    """What a second reader was asked, as a hash, and what came of it; by a host's and a model's name."""
    run_statements(db, SECOND_READINGS)


SECOND_READINGS = """
CREATE TABLE second_readings (
  key TEXT PRIMARY KEY, host TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL,
  status TEXT CHECK (status IN ('improved', 'mixed', 'still_needs_improvement', 'not_mentioned')), sentences TEXT,
  refused TEXT, answered INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, again TEXT,
  asked TEXT NOT NULL, took REAL, day TEXT NOT NULL, times INTEGER NOT NULL) STRICT;
CREATE INDEX second_readings_reader ON second_readings (host, model, asked);
CREATE INDEX second_readings_day ON second_readings (day)
"""


@migrations()
def m015_own_word(db: Database) -> None:
    """What this program makes of a comparison, beside what stands there where a reader or a second reader said otherwise; and of the statements `near` a hash of what they say.

    All are made again, so that each has it.
    """
    run_statements(db, OWN_WORD)


OWN_WORD = """
ALTER TABLE comparisons ADD COLUMN own TEXT;
ALTER TABLE comparisons ADD COLUMN own_certain INTEGER;
ALTER TABLE comparisons ADD COLUMN near_hash TEXT;
UPDATE compared SET input = '';
UPDATE followed SET input = ''
"""

AREAS = """
CREATE TABLE areas (
  finding_id INTEGER PRIMARY KEY REFERENCES findings (id) ON DELETE CASCADE,
  report_id INTEGER NOT NULL REFERENCES reports (id), urn TEXT NOT NULL REFERENCES authorities (urn), chain TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'raised_again', 'improved', 'of_the_board')),
  settled_by INTEGER REFERENCES reports (id), current INTEGER NOT NULL, asked TEXT NOT NULL, first_asked TEXT NOT NULL,
  raised_before TEXT NOT NULL, times INTEGER NOT NULL, lscb INTEGER NOT NULL) STRICT;
CREATE INDEX areas_urn ON areas (urn, state);
CREATE INDEX areas_report ON areas (report_id);

CREATE TABLE followed (urn TEXT PRIMARY KEY REFERENCES authorities (urn), input TEXT NOT NULL) STRICT;

CREATE INDEX comparisons_finding ON comparisons (finding_id);
CREATE INDEX comparisons_also_finding ON comparisons_also (finding_id);
CREATE INDEX articles_story ON articles (story);
CREATE INDEX crawls_by_source ON crawls (source, id);
"""

INITIAL = """
CREATE TABLE comparisons (
  report_id INTEGER NOT NULL REFERENCES reports (id), earlier_report_id INTEGER REFERENCES reports (id),
  earlier_finding_id INTEGER REFERENCES findings (id) ON DELETE CASCADE,
  finding_id INTEGER REFERENCES findings (id) ON DELETE CASCADE,
  status TEXT NOT NULL, evidence TEXT, page INTEGER, position INTEGER NOT NULL) STRICT;
CREATE INDEX comparisons_report ON comparisons (report_id, position);
CREATE INDEX comparisons_earlier ON comparisons (earlier_finding_id);

CREATE TABLE comparisons_also (
  report_id INTEGER NOT NULL REFERENCES reports (id), earlier_finding_id INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
  finding_id INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE, PRIMARY KEY (earlier_finding_id, finding_id)) STRICT;

CREATE TABLE compared (
  report_id INTEGER PRIMARY KEY REFERENCES reports (id), comparer TEXT NOT NULL, input TEXT NOT NULL,
  compared_at TEXT NOT NULL) STRICT;

CREATE TABLE article_reports (
  article_url TEXT NOT NULL REFERENCES articles (url), report_id INTEGER NOT NULL REFERENCES reports (id),
  method TEXT NOT NULL, confidence REAL NOT NULL, PRIMARY KEY (article_url, report_id)) STRICT;

CREATE TABLE article_links (
  article_url TEXT PRIMARY KEY REFERENCES articles (url), undecided TEXT, awaited INTEGER NOT NULL DEFAULT 0,
  tried TEXT NOT NULL) STRICT;

CREATE TABLE alerts (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, urn TEXT, report_id INTEGER REFERENCES reports (id),
  article_url TEXT REFERENCES articles (url), source TEXT, detail TEXT, created TEXT NOT NULL,
  dedupe_key TEXT NOT NULL UNIQUE, addressed TEXT) STRICT;
CREATE INDEX alerts_created ON alerts (created);

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY, alert_id INTEGER NOT NULL REFERENCES alerts (id), recipient TEXT NOT NULL, channel TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed')), attempts INTEGER NOT NULL DEFAULT 0,
  due TEXT NOT NULL, batch TEXT, claimed TEXT, message_id TEXT, sent_at TEXT, error TEXT,
  UNIQUE (alert_id, recipient, channel)) STRICT;
CREATE INDEX deliveries_due ON deliveries (state, due);

CREATE TABLE attempts (
  delivery_id INTEGER NOT NULL REFERENCES deliveries (id), attempted TEXT NOT NULL, error TEXT) STRICT;
CREATE INDEX attempts_delivery ON attempts (delivery_id, attempted);

CREATE TABLE source_health (
  source TEXT PRIMARY KEY, verdict TEXT NOT NULL, message TEXT, since TEXT NOT NULL, crawl_id INTEGER, pages TEXT) STRICT;
"""

FAULTS_AND_DROPPED = """
CREATE TABLE kept_attempts AS SELECT * FROM attempts;
DROP TABLE attempts;
CREATE TABLE new_deliveries (
  id INTEGER PRIMARY KEY, alert_id INTEGER NOT NULL REFERENCES alerts (id), recipient TEXT NOT NULL, channel TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'dropped')), attempts INTEGER NOT NULL DEFAULT 0,
  due TEXT NOT NULL, batch TEXT, claimed TEXT, message_id TEXT, sent_at TEXT, error TEXT,
  fault TEXT CHECK (fault IN ('recipient', 'passing', 'ours')), UNIQUE (alert_id, recipient, channel)) STRICT;
INSERT INTO new_deliveries SELECT *, NULL FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE new_deliveries RENAME TO deliveries;
CREATE INDEX deliveries_due ON deliveries (state, due);
CREATE TABLE attempts (
  delivery_id INTEGER NOT NULL REFERENCES deliveries (id), attempted TEXT NOT NULL, error TEXT) STRICT;
INSERT INTO attempts SELECT * FROM kept_attempts;
DROP TABLE kept_attempts;
CREATE INDEX attempts_delivery ON attempts (delivery_id, attempted);
UPDATE alerts SET detail = json_set(detail, '$.message', '', '$.mail', substr(dedupe_key, 6))
  WHERE source = 'mail' AND substr(dedupe_key, 1, 5) = 'mail:';
DELETE FROM issues WHERE source = 'mail'
"""
