"""The one SQLite file and the PDFs beside it: the scraper's tables, and what a crawl reads from them and writes into them.

In: what a crawl looked at. Out: what was known before. Leaves `crawls`, `page_checks`, `answers`, `validators`, `moved`, `documents`, `authorities`, `reports`,
`listings`, `baselines`, `report_versions`, `feed_entries`, `feed_days`, `articles`, `issues`; has the tables of the readings too, which the monitor fills.
"""

from scraper.clock import stamp
from scraper.database.answers import note_answer, prune_answers
from scraper.database.article_queue import (
    ATTEMPTS,
    begin_article,
    due_articles,
    last_tried,
    take_back_article,
    worn_out_articles,
)
from scraper.database.article_rows import clues_from_json, time_of
from scraper.database.articles import store_article
from scraper.database.documents import documents_given_up, documents_to_fetch, note_documents, store_document
from scraper.database.entry_identity import Recognised
from scraper.database.feed_days import feed_days_of
from scraper.database.feeds import (
    begin_anew,
    known_entries,
    recognise_entries,
    recognise_links,
    store_feed,
    take_over_renamed,
    watched_since_baseline,
)
from scraper.database.files import keep_report, report_path, sweep_parts
from scraper.database.listings import Accepted, accept_page, listed_elsewhere, listings_of
from scraper.database.moved import moved_to, note_moved
from scraper.database.opening import (
    IDENTITY_FILE,
    begin,
    check_whole,
    connect,
    connect_to_read,
    identity,
    is_new,
    own_folder,
    refuse_newer,
    take_identity,
)
from scraper.database.reports import (
    known_reports,
    least_recently_checked,
    store_authorities,
    store_provider,
    validators_for,
)
from scraper.database.schema import run_statements
from scraper.database.store import finish_crawl, heal_issues, note_issues, writing
from scraper.database.swept import newest_reports, store_swept, without_pdf
from scraper.database.totals import absences_of, take_back, totals_of, watched_since
from scraper.faults import DATABASE_FILE, DatabaseFault, NoDatabase, database_faults, explained, is_fault, who_has

__all__ = [
    "ATTEMPTS",
    "DATABASE_FILE",
    "IDENTITY_FILE",
    "Accepted",
    "DatabaseFault",
    "NoDatabase",
    "Recognised",
    "absences_of",
    "accept_page",
    "begin",
    "begin_anew",
    "begin_article",
    "check_whole",
    "clues_from_json",
    "connect",
    "connect_to_read",
    "database_faults",
    "documents_given_up",
    "documents_to_fetch",
    "due_articles",
    "explained",
    "feed_days_of",
    "finish_crawl",
    "heal_issues",
    "identity",
    "is_fault",
    "is_new",
    "keep_report",
    "known_entries",
    "known_reports",
    "last_tried",
    "least_recently_checked",
    "listed_elsewhere",
    "listings_of",
    "moved_to",
    "newest_reports",
    "note_answer",
    "note_documents",
    "note_issues",
    "note_moved",
    "own_folder",
    "prune_answers",
    "recognise_entries",
    "recognise_links",
    "refuse_newer",
    "report_path",
    "run_statements",
    "stamp",
    "store_article",
    "store_authorities",
    "store_document",
    "store_feed",
    "store_provider",
    "store_swept",
    "sweep_parts",
    "take_back",
    "take_back_article",
    "take_identity",
    "take_over_renamed",
    "time_of",
    "totals_of",
    "validators_for",
    "watched_since",
    "watched_since_baseline",
    "who_has",
    "without_pdf",
    "worn_out_articles",
    "writing",
]
