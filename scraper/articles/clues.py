"""What an article says about which visit it means: dates, month, ordinal since a judgement, grade, quotations of the report.

Each is looked for within one sentence, as a pair across a full stop is a pair by chance.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from scraper.articles.grade import reported_grade
from scraper.articles.wording import plain, sentences
from scraper.items import Article, ReportType, VisitClues

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
VISITS = (ReportType.MONITORING_VISIT, ReportType.FOCUSED_VISIT, ReportType.JTAI)
"""Kinds that give no grade."""

MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:the )?(?P<day>\d{1,2})(?!\d)(?:st|nd|rd|th)?(?: of)?"
YEAR = r"(?P<year>20\d\d)"


def _numbered(pattern: str, number: int) -> str:
    return re.sub(r"\?P<(\w+)>", rf"?P<\g<1>{number}>", pattern)


_BETWEEN = r",? (?:-|to|and|until|through) "
_DM = f"{DAY} {MONTH}"
_MD = f"{MONTH} {DAY}"
SPANS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_numbered(_DM, 1)}(?:,? {_numbered(YEAR, 1)})?{_BETWEEN}{_numbered(_DM, 2)}(?:,? {_numbered(YEAR, 2)})?",
        rf"{_numbered(_MD, 1)}(?:,? {_numbered(YEAR, 1)})?{_BETWEEN}{_numbered(_MD, 2)}(?:,? {_numbered(YEAR, 2)})?",
        rf"{_numbered(DAY, 1)}(?:{_BETWEEN}| ?- ?){_numbered(_DM, 2)}(?:,? {_numbered(YEAR, 2)})?",
        rf"{_numbered(_MD, 1)}(?:{_BETWEEN}| ?- ?){_numbered(DAY, 2)}(?:,? {_numbered(YEAR, 2)})?",
    )
)
SINGLE = re.compile(rf"(?:{_numbered(_DM, 1)}|{_numbered(_MD, 2)})(?:,? {YEAR})?")
WHEN = re.compile(
    rf"\b(?:in|during|of|from|on|since|last|this)\s+(?:early |late |mid-|the (?:start|end) of )?{MONTH}(?:,? (?:of )?{YEAR})?\b(?! \d)"
)
ON_A_DAY = re.compile(r"\b(?:on|carried out|took place|visited)\b")
VISITED = re.compile(
    r"\b(?:inspect(?:ion|ed|ors? (?:visited|spent|were|came|returned|carried|looked))|(?:monitoring |focus(?:s)?ed |follow-up )?visit(?:ed|s)?\b|"
    r"carried out|took place|fieldwork|returned to)",
    re.IGNORECASE,
)
NOT_VISITED = re.compile(
    r"\b(?:published|released|issued|out today|backlog|dating back|born|aged|died|next (?:inspection|visit)|due (?:in|to))\b",
    re.IGNORECASE,
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
    r"\b(?P<ordinal>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|1st|2nd|3rd|[4-9]th|10th)\s+(?:such\s+|of\s+\w+\s+)?"
    r"(?:(?:ofsted|monitoring|quarterly|follow-up)\s+)*(?:visits?|inspections?|letters?)\b(?P<rest>[^.]*)",
    re.IGNORECASE,
)
REPORT_FILE = re.compile(r"ofsted\.gov\.uk/(?:v\d/)?file/(\d+)")
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
    start, end = _dates(said, article.published.date() if article.published else None)
    ordinal, anchor, month = _ordinal(said)
    return VisitClues(
        report_ids=_report_ids(article),
        start=start,
        end=end,
        month=month or (None if start else _month(said, article.published.date() if article.published else None)),
        ordinal=ordinal if kind in (None, ReportType.MONITORING_VISIT) else None,
        anchor=anchor or _anchor(said),
        grade=None if kind in VISITS else reported_grade([plain(article.headline), *said[1:8]]),
        quotes=tuple(_quotes(text)),
    )


def _report_ids(article: Article) -> tuple[int, ...]:
    found = (int(number) for place in (*article.links, article.text) for number in REPORT_FILE.findall(place))
    return tuple(dict.fromkeys(found))


def _number(month: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(month.lower()[:3]))


def _about_visit(sentence: str) -> bool:
    return bool(VISITED.search(sentence)) and not NOT_VISITED.search(sentence)


def _dates(said: Sequence[str], published: date | None) -> tuple[date | None, date | None]:
    """The first and last day of the visit, if a sentence about a visit gives days."""
    for sentence in filter(_about_visit, said):
        match = next(filter(None, (pattern.search(sentence) for pattern in SPANS)), None)
        found = _span(match, published) if match else _one_day(sentence, published)
        if found:
            return found
    return None, None


def _span(match: re.Match[str], published: date | None) -> tuple[date, date] | None:
    parts = match.groupdict()
    month1, month2 = parts.get("month1") or parts.get("month2"), parts.get("month2") or parts.get("month1")
    year2 = parts.get("year2") or parts.get("year1")
    if not month1 or not month2:
        return None
    end = _day(parts["day2"], month2, year2, published)
    start = end and _day(parts["day1"], month1, parts.get("year1") or str(end.year), published)
    if end and start and start > end and not parts.get("year1"):
        start = start.replace(year=start.year - 1)
    return (start, end) if start and end and 0 <= (end - start).days <= 60 else None


def _one_day(sentence: str, published: date | None) -> tuple[date, date] | None:
    match = SINGLE.search(sentence)
    day = _single(match, published) if match and ON_A_DAY.search(sentence) else None
    return (day, day) if day else None


def _single(match: re.Match[str], published: date | None) -> date | None:
    parts = match.groupdict()
    return _day(parts["day1"] or parts["day2"], parts["month1"] or parts["month2"], parts["year"], published)


def _day(day: str, month: str, year: str | None, published: date | None) -> date | None:
    """A day that exists; without a year the last such day before publication."""
    if not year and not published:
        return None
    try:
        found = date(int(year) if year else published.year if published else 0, _number(month), int(day))
    except ValueError:
        return None
    return found.replace(year=found.year - 1) if not year and published and found > published else found


def _ordinal(said: Sequence[str]) -> tuple[int | None, str | None, str | None]:
    """(ordinal, judgement it counts from, month of the visit).

    "Third visit since ... in January 2018" names the judgement's month, "second monitoring visit ... in November 2016" the
    visit's.
    """
    for sentence in said:
        match = ORDINAL.search(sentence)
        if match and re.search(r"\b(?:monitoring|since|after|following|ofsted)\b", match[0], re.IGNORECASE):
            number = _ordinal_number(match["ordinal"].lower())
            since = re.search(r"\b(?:since|after|following)\b(.*)", match["rest"], re.IGNORECASE)
            anchor = _written(since[1]) if since and JUDGED.search(since[1]) else None
            before = match["rest"][: since.start()] if since else match["rest"]
            month = _written(before)
            return number, anchor, month if month and len(month) == 7 else None
    return None, None, None


def _ordinal_number(word: str) -> int:
    return ORDINALS.index(word) + 1 if word in ORDINALS else int(re.sub(r"\D", "", word))


def _written(text: str) -> str | None:
    """The first month with a year, or year, as YYYY-MM or YYYY."""
    if match := re.search(rf"\b{MONTH},? {YEAR}\b", text):
        return f"{match['year']}-{_number(match['month']):02}"
    match = re.search(rf"\b(?:in|of|from|since|back to) {YEAR}\b", text)
    return match["year"] if match else None


def _month(said: Sequence[str], published: date | None) -> str | None:
    """The month in which the visit took place."""
    for sentence in filter(_about_visit, said):
        if BEFORE.search(sentence) and JUDGED.search(sentence):
            continue
        for match in WHEN.finditer(sentence):
            if match["year"]:
                return f"{match['year']}-{_number(match['month']):02}"
            if published:
                return _last_month(_number(match["month"]), published)
    return None


def _last_month(month: int, published: date) -> str:
    return f"{published.year if month <= published.month else published.year - 1}-{month:02}"


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
