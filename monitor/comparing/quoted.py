"""Whether words stand in a report, and where: a reader's quotation is taken as it stands there, or not at all."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from sqlite_utils import Database

from monitor.comparing.judged import LETTERS, letters_of
from monitor.database import rows
from monitor.errors import UserError
from scraper.items import Finding
from scraper.text import sentences

SENTENCE_END = re.compile(r"[.!?]+[’”'\")]*|[’”'\")]+[.!?]*")
CUT = "[...]"
"""Between two sentences that are quoted as one."""
FEWEST = 3
"""Words of a quotation that show anything: one alone stands in every report."""
STATEMENTS = "SELECT kind, section, text, page FROM findings WHERE report_id = ? ORDER BY position"
PAGES = "SELECT page, text FROM report_pages WHERE report_id = ? ORDER BY page"


class NotSaid(UserError):
    """Words that do not stand in the report whose words they are said to be."""


def quotation(db: Database, report_id: int, said: str) -> tuple[Finding, ...]:
    """The statements of a stored report that these words are, one for each part, in the report's words; wrapped lines, quotes and dashes make no difference.

    Raises `NotSaid`, with the sentence that is nearest, where a part does not stand there.
    """
    passages = tuple(_passages(db, report_id))
    return tuple(_found(part, passages) for part in _parts(said))


def _parts(said: str) -> list[str]:
    return [" ".join(part.split()) for part in said.split(CUT)]


def check_length(said: str) -> None:
    """Raise `NotSaid` where a part of what a reader quotes is empty, or too short to show anything."""
    for part in _parts(said):
        number = sum(bool(letters_of(word)) for word in part.split())
        if not number:
            raise NotSaid("the sentence is empty: quote the words of the report")
        if number < FEWEST:
            raise NotSaid(f"“{part}” is too short to show anything: quote at least {FEWEST} words as they stand there")


def _passages(db: Database, report_id: int) -> Iterator[Finding]:
    """Statements, then pages, then each page with the next: a sentence may go on there."""
    for row in rows(db, STATEMENTS, [report_id]):
        yield Finding(row["kind"], row["section"], row["text"], row["page"])
    pages = [Finding("", "", row["text"], row["page"]) for row in rows(db, PAGES, [report_id])]
    yield from pages
    yield from (Finding("", "", f"{one.text}\n{other.text}", one.page) for one, other in pairwise(pages))


def _found(part: str, passages: Sequence[Finding]) -> Finding:
    for passage in passages:
        if stands := as_it_stands(part, passage.text):  # a page has its words as they are wrapped
            return Finding(passage.kind, passage.section, stands if passage.kind else part, passage.page)
    close = nearest(part, (passage.text for passage in passages))
    hint = f"; the nearest sentence there: “{close}”" if close else ""
    raise NotSaid(f"“{part}” does not stand in that report word for word{hint}")


def stands_in(said: str, text: str) -> bool:
    """Whether these words are in a text, one after the other and whole; of each only letters and digits count."""
    return as_it_stands(said, text) is not None


def as_it_stands(said: str, text: str) -> str | None:
    """The text's own words that these are, with the end of the sentence where one follows; None where they are not in it, one after the other and whole."""
    plain = unicodedata.normalize("NFKC", text)
    runs = list(LETTERS.finditer(plain))
    starts = list(accumulate((len(run[0].casefold()) for run in runs), initial=0))
    wanted, whole = "".join(letters_of(said)), "".join(run[0].casefold() for run in runs)
    places = {start: place for place, start in enumerate(starts)}
    at = whole.find(wanted) if wanted else -1
    while at >= 0 and not (at in places and at + len(wanted) in places):
        at = whole.find(wanted, at + 1)
    if at < 0:
        return None
    first, last = runs[places[at]], runs[places[at + len(wanted)] - 1]
    end = SENTENCE_END.match(plain, last.end())
    return " ".join(plain[first.start() : end.end() if end else last.end()].split())


def nearest(said: str, texts: Iterable[str]) -> str | None:
    """The sentence of these texts that shares most of its words with what was said; None where none shares any."""
    wanted = set(letters_of(said))
    best = max(
        ((_shared(wanted, one), one) for text in texts for one in sentences(" ".join(text.split()))),
        key=lambda pair: pair[0],
        default=(0.0, ""),
    )
    return best[1] if best[0] > 0 else None


def _shared(wanted: set[str], sentence: str) -> float:
    there = set(letters_of(sentence))
    return len(wanted & there) / max(len(wanted | there), 1)
