"""What an article says about which visit it means: dates, month, ordinal since a judgement, grade, quotations of the report.

Each is looked for within one sentence, as a pair across a full stop is a pair by chance.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from scraper.articles.counted import counted
from scraper.articles.grade import Given, reported_grades
from scraper.articles.visit_days import MONTH_SAID, YEAR, reported_month, visit_time
from scraper.articles.window import visit_window
from scraper.items import Article, VisitClues
from scraper.reference import (
    ORDINALS,
    document_kinds,
    graded_area,
    kind_of_document,
    linked_reports,
    london_day,
    month_number,
    ordinal_number,
    said_grades,
)
from scraper.text import plain, sentences

BEFORE = re.compile(
    r"\b(?:since|after|following|previous(?:ly)?|last (?:full )?inspect\w+|had been|when (?:it|they|the)|labelled|was (?:first )?(?:rated|judged|branded|deemed|found)|were (?:rated|judged|"
    r"branded|deemed|found|labelled|given)|(?:again|back|rating) in)\b",
    re.IGNORECASE,
)
ORDINAL = re.compile(
    rf"\b(?P<ordinal>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+(?:such\s+|of\s+\w+\s+)?"
    r"(?:(?:ofsted|monitoring|quarterly|follow-up)\s+)*(?:visits?|inspections?|letters?)\b(?P<rest>[^.]*)",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:report|letter|inspect\w+|ofsted|watchdog|it (?:said|says|added|adds|found|noted|notes)|they (?:said|found|noted))\b",
    re.IGNORECASE,
)
PEOPLE = re.compile(
    r"\b(?:cllr|councillor|director|leader|cabinet member|portfolio|chief executive|spokes\w+|mayor|mp|he|she|i|we|our|us)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"\"([^\"]{20,400})\"|(?<!\w)'((?:[^'\n]|(?<=\w)'(?=\w)){20,400})'(?!\w)")
QUOTE_WORDS, QUOTE_LIMIT, QUOTES = 5, 200, 6
GRADED = 12
"""Sentences at the start of an article among which it gives the grades that are its news."""


@cache
def _judged() -> re.Pattern[str]:
    """Words that tell of a judgement."""
    words = "judge?ment|judged|rated|rating|branded|deemed|labelled"
    return re.compile(rf"\b(?:{said_grades()}|{words})\b", re.IGNORECASE)


def clues(article: Article, kind: str | None) -> VisitClues:
    """What the article says of the visit; a year that is not given is that of its publication or the year before."""
    text = plain(f"{article.headline}\n{article.summary}\n{article.text}")
    said = list(dict.fromkeys(sentences(text)))
    published = london_day(article.published) if article.published else None
    ordinal, anchor, month = _ordinal(said, published)
    row = kind_of_document(kind) if kind else None
    visit = row is not None and not row.graded
    time = visit_time(
        _of_this_kind(said, kind), published, follows=visit or ordinal is not None, own=row.name if row else ""
    )
    window = visit_window(said, published)
    grades = [] if visit else reported_grades([plain(article.headline), *said[1:GRADED]], published)
    grade = _of_the_whole(grades)
    return VisitClues(
        report_ids=linked_reports(article.links, article.text),
        start=time.start,
        end=time.end,
        month=month or time.month,
        ordinal=ordinal if row is None or row.numbered else None,
        anchor=anchor or _anchor(said),
        grade=grade.grade if grade else None,
        quotes=tuple(_quotes(text)),
        whole=grade is not None and any(_is_whole(given) and given.grade == grade.grade for given in grades),
        areas=tuple({given.area: given.grade for given in reversed(grades) if _is_part(given)}.items()),
        after=window.after,
        before=window.before,
        counts=counted(said),
    )


def _of_this_kind(said: Sequence[str], kind: str | None) -> list[str]:
    """The sentences that name no visit of another kind, where the kind is known."""
    others = [row.name for row in document_kinds().values() if kind and row.key != kind and row.name and not row.graded]
    return [sentence for sentence in said if not any(name in sentence.lower() for name in others)]


def _of_the_whole(grades: Sequence[Given]) -> Given | None:
    """The first grade that is not said of an area."""
    return next((given for given in grades if not _is_part(given)), None)


def _is_whole(given: Given) -> bool:
    area = graded_area(given.area)
    return area is not None and area.whole


def _is_part(given: Given) -> bool:
    return bool(given.area) and not _is_whole(given)


def _ordinal(said: Sequence[str], published: date | None) -> tuple[int | None, str | None, str | None]:
    """(ordinal, judgement it counts from, month of the visit).

    "Third visit since ... in January 2018" names the judgement's month, "second monitoring visit ... in November 2016" the
    visit's. One of a month too long ago is not the visit reported.
    """
    for sentence in said:
        match = ORDINAL.search(sentence)
        if match and re.search(r"\b(?:monitoring|since|after|following|ofsted)\b", match[0], re.IGNORECASE):
            number = ordinal_number(match["ordinal"].lower())
            since = re.search(r"\b(?:since|after|following)\b(.*)", match["rest"], re.IGNORECASE)
            anchor = _written(since[1]) if since and _judged().search(since[1]) else None
            before = match["rest"][: since.start()] if since else match["rest"]
            written = _written(before)
            month = written if written and len(written) == 7 else None
            if month is None or reported_month(month, published):
                return number, anchor, month
    return None, None, None


def _written(text: str) -> str | None:
    """The first month with a year, or year, as YYYY-MM or YYYY."""
    if match := re.search(rf"\b{MONTH_SAID},? {YEAR}\b", text):
        return f"{match['year']}-{month_number(match['month']):02}"
    match = re.search(rf"\b(?:in|of|from|since|back to) {YEAR}\b", text)
    return match["year"] if match else None


def _anchor(said: Sequence[str]) -> str | None:
    """When the judgement was given that the visit follows up."""
    for sentence in said:
        before = BEFORE.search(sentence)
        if before and _judged().search(sentence) and (found := _written(sentence[before.start() :])):
            return found
    return None


def _quotes(text: str) -> Iterator[str]:
    """Quotations that the text gives to the report or the inspectors, a few and short; what people said of it is left out."""
    given = 0
    for match in QUOTED.finditer(text):
        quote = " ".join((match[1] or match[2]).split()).rstrip(",.;")
        around = (
            text[max(0, match.start() - 120) : match.start()].rsplit("\n", 1)[-1]
            + " | "
            + text[match.end() : match.end() + 60].split("\n", 1)[0]
        )
        if (
            len(quote.split()) >= QUOTE_WORDS
            and SAID.search(around)
            and not PEOPLE.search(re.sub(r"\|.*", "", around)[-60:])
        ):
            yield quote[:QUOTE_LIMIT]
            given += 1
        if given == QUOTES:
            return
