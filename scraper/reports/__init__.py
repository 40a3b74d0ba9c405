"""Reading a report's PDF: who, what, when, the grades, what is asked, and what is said, each with its page.

In: files. Out: a `Reading` each, made by workers (`read_files`); leaves no rows. The door is light: what
opens a PDF is `reader`, a module of its own that only the workers and bench import.
"""

from scraper.reports.issuer import is_ofsteds_own, lacks_its_issuer, report_within
from scraper.reports.on_site import LONG_AFTER
from scraper.reports.reading_files import read_files
from scraper.reports.shape import reading_to_json
from scraper.reports.subjects import (
    SUBJECT_RANKS,
    SUBJECTS_FILE,
    SubjectMention,
    comma_places,
    mentions_in,
    names_in,
    phrase_book,
    stemmed_words,
    subject_catalogue,
)
from scraper.reports.subjects_file import Phrases
from scraper.reports.version import pdf_library, reader_version

__all__ = [
    "LONG_AFTER",
    "SUBJECTS_FILE",
    "SUBJECT_RANKS",
    "Phrases",
    "SubjectMention",
    "comma_places",
    "is_ofsteds_own",
    "lacks_its_issuer",
    "mentions_in",
    "names_in",
    "pdf_library",
    "phrase_book",
    "read_files",
    "reader_version",
    "reading_to_json",
    "report_within",
    "stemmed_words",
    "subject_catalogue",
]
