"""One article read: its label with the reasons, which authority, which kind of visit, and what it says of that visit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from scraper.articles.authority import which
from scraper.articles.clues import clues
from scraper.articles.grade import reported_grades
from scraper.articles.lines import LONGEST
from scraper.articles.relevance import judge
from scraper.items import Article, ArticleReading
from scraper.reference import (
    Authority,
    believable,
    frameworks,
    kind_of_document,
    last_moment,
    london_day,
    patch_of,
    said_grades,
    written_time,
)
from scraper.text import lede, mended, plain, sentences, shingles

SNIPPET = 300
ANOTHER = re.compile(
    r"\b(?:will|would|due|expect\w*|plan\w*|next|future|further|regular|previous(?:ly)?|earlier|last|until|had|ahead of)\b",
    re.IGNORECASE,
)
"""Before a visit: another one than that which is reported."""
AND_ANOTHER = re.compile(
    r"s\b|(?:\s+(?:in|on|from|last|earlier|two|three|months?|years?|ago|and|to|\d{1,4}|[A-Z][a-z]+)){0,6}\s+(?:had|will|is (?:due|to))\b"
)
SUMMARY_TO = 2000


def read_article(article: Article, authorities: Sequence[Authority], covers: Sequence[str]) -> ArticleReading:
    """What the article is about; a text may be missing or be a lede.

    `covers` are the URNs of the outlet's patch, looked up in the catalogue if there are none. The `urn` is given only for
    one of these `authorities`: an article about another one has its name and no URN.
    """
    article = replace(
        article,
        headline=mended(article.headline),
        text=mended(article.text[:LONGEST]),
        summary=mended(article.summary[:SUMMARY_TO]),
    )
    found = judge(article)
    meant = which(article, authorities, covers or patch_of(article.outlet, article.url))
    watched = meant.authority is not None and any(meant.authority.urn == authority.urn for authority in authorities)
    kind = _kind(article) if found.label != "other" else None
    return ArticleReading(
        label=found.label,
        kind=kind,
        authority=meant.authority.name if meant.authority else meant.former,
        urn=meant.authority.urn if meant.authority and watched else None,
        score=found.score,
        reasons=found.reasons + tuple((f"authority: {what}", 0.0) for what, _ in meant.reasons[:6]),
        clues=clues(article, kind),
        snippet=snippet(article),
        shingles=shingles(article.text),
    )


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds that news name, in the order of the file, each with the words for it; a grade means one that grades."""
    return tuple(
        (row.key, re.compile(rf"{row.said.pattern}|\b{said_grades()}\b", re.IGNORECASE) if row.graded else row.said)
        for row in frameworks().kinds
        if row.said
    )


def _kind(article: Article) -> str | None:
    """The first kind of the list that the headline or the start reports, or only names, then the whole text.

    An old judgement is not the news: where the start gives no grade as new, a visit that is spoken of is meant. Where it does,
    a visit of the time before is not the news.
    """
    first, rest = lede(article.summary, article.text)
    start = f"{plain(article.headline)}\n{first}"
    published = london_day(article.published) if article.published else None
    new = bool(reported_grades(sentences(start), published))
    kind = (_reported(start) if new else None) or _named(start) or _named(rest)
    if kind and kind_of_document(kind).graded and not new:
        return _reported(rest, graded=False) or kind
    return kind


def _named(text: str) -> str | None:
    return next((kind for kind, words in _kinds() if words.search(text)), None)


def _reported(text: str, *, graded: bool = True) -> str | None:
    """The first kind of which one visit is spoken of: not several, none before and none to come; `graded`: or those that give grades."""
    said = sentences(text)
    for kind, words in _kinds():
        gives = kind_of_document(kind).graded
        if any(_is_meant(sentence, words, graded=gives) for sentence in said) and (graded or not gives):
            return kind
    return None


def _is_meant(sentence: str, words: re.Pattern[str], *, graded: bool) -> bool:
    found = words.search(sentence)
    if found is None or graded:
        return found is not None
    return not (ANOTHER.search(sentence[: found.start()]) or AND_ANOTHER.match(sentence, found.end()))


def snippet(article: Article) -> str:
    """At most 300 characters, whole words: the standfirst, or the start of the text."""
    text = " ".join((article.summary or article.text).split())
    if len(text) <= SNIPPET:
        return text
    return text[: SNIPPET - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def article_from(item: dict[str, Any], now: datetime) -> Article:
    """An article from `{"url", "headline", "text", "outlet", "published"}`; all but one of headline and text may be missing.

    `published` is a time, a day, a month or a year; of the last two the last day counts, for what an article tells of came before it.
    Raises ValueError where there is neither or `published` is none of these; one that cannot be at `now` is left out.
    """
    headline = str(item.get("headline") or "").strip()
    text = str(item.get("text") or item.get("lede") or "")
    if not headline and not text.strip():
        raise ValueError("neither headline nor text")
    summary = str(item.get("summary") or "")
    published = _time(item.get("published"), now)
    return Article(str(item.get("url") or ""), headline, text, str(item.get("outlet") or ""), published, summary)


def _time(value: object, now: datetime) -> datetime | None:
    if not value:
        return None
    when = written_time(str(value)) or last_moment(str(value))
    if when is None:
        raise ValueError(f"`published` is no time, day, month or year: {str(value)!r}")
    return believable(when, now) or (now if _holds(str(value), now) else None)


def _holds(period: str, now: datetime) -> bool:
    """Whether it is the present year or month, whose end is still to come."""
    return last_moment(period) is not None and period.strip() in (f"{now:%Y}", f"{now:%Y-%m}")


def article_to_json(article: Article, reading: ArticleReading, report_id: int | None = None) -> dict[str, Any]:
    """What `ofsted-watch read-article --json` prints for an article."""
    said = reading.clues
    visit = {
        "start": said.start.isoformat() if said.start else None,
        "end": said.end.isoformat() if said.end else None,
        "month": said.month,
        "ordinal": said.ordinal,
        "anchor": said.anchor,
        "grade": said.grade,
        "areas": dict(said.areas) or None,
        "after": said.after.isoformat() if said.after else None,
        "before": said.before.isoformat() if said.before else None,
        "counts": {one.words: one.number for one in said.counts} or None,
    }
    return {
        "url": article.url,
        "label": reading.label,
        "kind": reading.kind,
        "authority": reading.authority,
        "urn": reading.urn,
        "visit": {key: value for key, value in visit.items() if value is not None},
        "report_id": report_id or next(iter(said.report_ids), None),
        "score": reading.score,
        "reasons": [list(reason) for reason in reading.reasons],
    }
