"""What an article says about which visit it means: dates, month, ordinal since a judgement, grade, quotations of the report.

Each is looked for within one sentence, as a pair across a full stop is a pair by chance.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from scraper.articles.grade import reported_grade
from scraper.articles.visit_days import visit_days, when_visited
from scraper.articles.wording import plain, sentences
from scraper.items import Article, ReportType, VisitClues
from scraper.reference import MONTH, ORDINALS, last_such_month, linked_reports, london_day, month_number, ordinal_number

VISITS = (ReportType.MONITORING_VISIT, ReportType.FOCUSED_VISIT, ReportType.JTAI)
"""Kinds that give no grade."""

YEAR = r"(?P<year>20\d\d)"
MONTH_SAID = rf"(?P<month>(?=[A-Z])(?i:{MONTH}))"
WHEN = re.compile(
    rf"\b(?:in|during|of|from|on|since|last|this)\s+(?:early |late |mid-|the (?:start|end) of )?{MONTH_SAID}(?:,? (?:of )?{YEAR})?\b(?! \d)"
)
BEFORE = re.compile(
    r"\b(?:since|after|following|previous(?:ly)?|last (?:full )?inspect\w+|had been|when (?:it|they|the)|labelled|was (?:first )?(?:rated|judged|branded|deemed|found)|were (?:rated|judged|"
    r"branded|deemed|found|labelled|given)|(?:again|back) in|inadequate rating in)\b",
    re.IGNORECASE,
)
JUDGED = re.compile(
    r"\binadequate\b|\brequir\w+ improvement\b|\bjudge?ment\b|\bjudged\b|\brated\b|\brating\b|\bbranded\b|\bdeemed\b|\blabelled\b",
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


def clues(article: Article, kind: ReportType | None) -> VisitClues:
    """What the article says of the visit; a year that is not given is that of its publication or the year before."""
    text = plain(f"{article.headline}\n{article.summary}\n{article.text}")
    said = list(dict.fromkeys(sentences(text)))
    published = london_day(article.published) if article.published else None
    start, end = visit_days(said, published) or (None, None)
    ordinal, anchor, month = _ordinal(said)
    return VisitClues(
        report_ids=linked_reports(article.links, article.text),
        start=start,
        end=end,
        month=month or (None if start else _month(said, published)),
        ordinal=ordinal if kind in (None, ReportType.MONITORING_VISIT) else None,
        anchor=anchor or _anchor(said),
        grade=None if kind in VISITS else reported_grade([plain(article.headline), *said[1:8]]),
        quotes=tuple(_quotes(text)),
    )


def _ordinal(said: Sequence[str]) -> tuple[int | None, str | None, str | None]:
    """(ordinal, judgement it counts from, month of the visit).

    "Third visit since ... in January 2018" names the judgement's month, "second monitoring visit ... in November 2016" the
    visit's.
    """
    for sentence in said:
        match = ORDINAL.search(sentence)
        if match and re.search(r"\b(?:monitoring|since|after|following|ofsted)\b", match[0], re.IGNORECASE):
            number = ordinal_number(match["ordinal"].lower())
            since = re.search(r"\b(?:since|after|following)\b(.*)", match["rest"], re.IGNORECASE)
            anchor = _written(since[1]) if since and JUDGED.search(since[1]) else None
            before = match["rest"][: since.start()] if since else match["rest"]
            month = _written(before)
            return number, anchor, month if month and len(month) == 7 else None
    return None, None, None


def _written(text: str) -> str | None:
    """The first month with a year, or year, as YYYY-MM or YYYY."""
    if match := re.search(rf"\b{MONTH_SAID},? {YEAR}\b", text):
        return f"{match['year']}-{month_number(match['month']):02}"
    match = re.search(rf"\b(?:in|of|from|since|back to) {YEAR}\b", text)
    return match["year"] if match else None


def _month(said: Sequence[str], published: date | None) -> str | None:
    """The month in which the visit took place."""
    for sentence in said:
        if BEFORE.search(sentence) and JUDGED.search(sentence):
            continue
        for match in WHEN.finditer(sentence):
            if not when_visited(sentence, match.start("month"), match.end()):
                continue
            month = month_number(match["month"])
            if match["year"]:
                return f"{match['year']}-{month:02}"
            if published:
                return last_such_month(month, published)
    return None


def _anchor(said: Sequence[str]) -> str | None:
    """When the judgement was given that the visit follows up."""
    for sentence in said:
        before = BEFORE.search(sentence)
        if before and JUDGED.search(sentence) and (found := _written(sentence[before.start() :])):
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
