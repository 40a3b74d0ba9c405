"""Facts laid out for the templates: every phrase, mark and link of a report decided here, none in a template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.alerts import ReportItem
from monitor.facts import Ask, EarlierArea, GradeChange, ReportFacts, Statement, phrases
from monitor.reading import ReportRef
from scraper.text import counted

sentence_case = phrases.sentence_case
STRENGTHS = 3  # in a mail about one report; the rest is counted
WEAKNESSES = 5  # the same, where the report has no list of what to improve
SHORTEST = 6  # words of a statement that can stand alone
COMPACT = 5  # reports in one mail from which on earlier areas are counted only: mail programs cut off long mails
TITLES = {"report": "New report", "amended": "Amended report", "withdrawn": "Withdrawn report"}
TOLD_AS_UNREAD = "You were told of this report before, when its PDF could not be read. This is what it says."
TOLD_AS_UNCOMPARED = "You were told of this report before, when it could not be compared with the earlier visits. This is how it compares."
LATE = "Ofsted lists this report only now, and newer ones of this authority were known before. It tells how things stood then."
REPLACED = (
    "Ofsted has replaced the PDF of this report, and it says something else than before. This is what it says now."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One statement with its mark (a word, and a tone that gives its colour) and the page that shows it."""

    text: str
    page: int
    link: str
    mark: str = ""
    tone: str = ""
    detail: str = ""
    quote: str = ""
    quote_page: int | None = None
    quote_link: str = ""
    again: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind under their title."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """One area's grade then and now, each empty where there was none; `tone` is the colour of `mark`."""

    area: str
    then: str
    now: str
    mark: str
    tone: str
    note: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report as a mail shows it; empty parts are left out by the templates."""

    kind: str
    title: str
    authority: str
    headline: str
    visit: str
    notice: str
    link: str
    host: str
    compact: bool = False
    summary: tuple[str, ...] = ()
    then: str = ""
    grades: tuple[Grade, ...] = ()
    asks: tuple[Group, ...] = ()
    earlier: tuple[Row, ...] = ()
    earlier_counts: str = ""
    silent: tuple[Row, ...] = ()
    scope: str = ""
    statements: tuple[Group, ...] = ()


def report_view(item: ReportItem, together: int = 1) -> ReportView:
    """`together`: how many reports the mail is about. The more, the less is said of each; what is asked is never left out."""
    facts = item.facts
    blank = ReportView(
        kind=item.kind,
        title=_title(item),
        authority=phrases.one_line(facts.authority),
        headline=headline(item),
        visit=" · ".join(_visit(facts)),
        notice=_notice(item),
        link=phrases.safe_url(facts.report.url),
        host=phrases.host(facts.report.url),
    )
    return blank if item.kind == "withdrawn" else _filled(blank, facts, together)


def _title(item: ReportItem) -> str:
    if item.back:
        return "Report listed again"
    if item.was_misfiled:
        return "Report accepted"
    if item.was_unread and item.told_before:
        return "Now readable"
    if item.was_uncompared and item.told_before:
        return "Now compared"
    return "Older report, listed only now" if item.older else TITLES[item.kind]


def _filled(blank: ReportView, facts: ReportFacts, together: int) -> ReportView:
    areas = _by_status(facts) if together < COMPACT else []
    return replace(
        blank,
        compact=together >= COMPACT,
        summary=tuple(phrases.paragraph(sentence) for sentence in (*facts.summary, *_alone(facts))),
        then=_then(facts),
        grades=tuple(_grade(facts, change) for change in facts.grades),
        asks=tuple(_asks(facts)),
        earlier=tuple(_earlier(facts, area) for area in areas if area.told != "not_mentioned" or area.again),
        earlier_counts=_counts(facts.earlier),
        scope=phrases.paragraph(facts.scope),
        silent=tuple(_earlier(facts, area) for area in areas if area.told == "not_mentioned" and not area.again),
        statements=() if together > 1 else tuple(_statements(facts)),
    )


def headline(item: ReportItem) -> str:
    """The most important thing about a report in a few words, without the authority's name in front."""
    facts = item.facts
    if item.kind == "withdrawn":
        which = phrases.day(facts.report.published) or f"the {phrases.kind_of(facts.report)}"
        return (
            f"Ofsted lists its report of {which} again"
            if item.back
            else f"Ofsted no longer lists its report of {which}"
        )
    if item.older:
        when = f" of {phrases.day(facts.report.published)}" if facts.report.published else ""
        return f"an older report{when}, listed only now ({phrases.kind_of(facts.report)})"
    if facts.unread:
        return f"{TITLES[item.kind].lower()}, which could not be read"
    said = phrases.one_line(facts.headline)
    name = phrases.one_line(facts.authority)
    if said.casefold().startswith(name.casefold()):
        said = said[len(name) :].lstrip(" :,-–—")
    return said or f"{TITLES[item.kind].lower()} of the {phrases.kind_of(facts.report)}"


def _visit(facts: ReportFacts) -> Iterator[str]:
    """Who came when: the kind of visit, its dates, when it was published, who led it."""
    yield sentence_case(phrases.visit(facts)) + phrases.of_framework(facts.framework)
    if when := phrases.days(facts.inspection_start, facts.inspection_end):
        yield when
    if facts.report.published:
        yield f"published {phrases.day(facts.report.published)}"
    if facts.lead_inspector:
        yield f"lead inspector {phrases.one_line(facts.lead_inspector)}"


def _notice(item: ReportItem) -> str:
    """What the reader must know before anything else: unread, replaced, withdrawn, on the wrong page."""
    what = _what_happened(item, item.facts)
    return what if item.kind == "withdrawn" else f"{what} {phrases.misfiled(item.facts)}".strip()


def _what_happened(item: ReportItem, facts: ReportFacts) -> str:
    if item.kind == "withdrawn":
        return _came_and_went(item)
    if facts.unread:
        reason = phrases.one_line(facts.unread).rstrip(".")
        return f"This report could not be read: {reason}. Please open it at the link; you are told again once it can be read."
    if item.was_misfiled:
        return phrases.filed(facts)
    if item.told_before and (item.was_unread or item.was_uncompared):
        return TOLD_AS_UNREAD if item.was_unread else TOLD_AS_UNCOMPARED
    return LATE if item.older else REPLACED if item.kind == "amended" else ""


def _came_and_went(item: ReportItem) -> str:
    since = f" since {phrases.day(item.since)}" if item.since else ""
    if not item.back:
        return f"Ofsted's page has not listed this report{since}. What was read of it is kept, and so is the PDF."
    told = "You were told that Ofsted's page had not listed" if item.told_before else "Ofsted's page had not listed"
    return f"{told} this report{since}. Now it does."


def _then(facts: ReportFacts) -> str:
    """Heading of the column of earlier grades: the month, where all are of one report."""
    dates = {change.earlier_report.published for change in facts.grades if change.earlier and change.earlier_report}
    found = dates.pop() if len(dates) == 1 else None
    return f"{found:%b %Y}" if found else "Before"


def _grade(facts: ReportFacts, change: GradeChange) -> Grade:
    tone = {"improved": "good", "declined": "bad"}.get(change.change, "plain")
    then = sentence_case(change.earlier or "–")
    if change.earlier and change.earlier_report and _then(facts) == "Before" and change.earlier_report.published:
        then += f" ({change.earlier_report.published:%b %Y})"
    mark = phrases.CHANGES.get(change.change, sentence_case(change.change.replace("_", " ")))
    area, now = sentence_case(phrases.one_line(change.area)), sentence_case(change.grade or "–")
    note = sentence_case(phrases.one_line(change.note))
    return Grade(area, phrases.one_line(then), phrases.one_line(now), mark, tone, note)


def _alone(facts: ReportFacts) -> Iterator[str]:
    if facts.asks and not facts.before and not facts.compared_with and not (facts.misfiled or facts.doubts):
        yield "No earlier visit is known that this one could be compared with."


def _asks(facts: ReportFacts) -> Iterator[Group]:
    for kind, title in phrases.list_titles(ask.kind for ask in facts.asks).items():
        if found := [_ask(facts, ask) for ask in facts.asks if ask.kind == kind]:
            yield Group(f"{title} ({len(found)})", tuple(found))


def _ask(facts: ReportFacts, ask: Ask) -> Row:
    link = phrases.safe_url(facts.report.url, ask.page)
    text = sentence_case(phrases.paragraph(ask.text))
    if ask.perhaps:
        return Row(text, ask.page, link, "Perhaps raised before", "plain")
    if not ask.raised:
        return Row(text, ask.page, link, sentence_case(phrases.mark_of_new(facts)), "new")
    return Row(text, ask.page, link, "Raised before", "bad", phrases.raised_words(ask.raised, facts.before))


def _by_status(facts: ReportFacts) -> list[EarlierArea]:
    """Those raised again first, then those that still need improvement, and so on."""
    order = list(phrases.TOLD)

    def place(area: EarlierArea) -> tuple[bool, int]:
        return not area.again, order.index(area.told) if area.told in order else len(order)

    return sorted(facts.earlier, key=place)


def _earlier(facts: ReportFacts, area: EarlierArea) -> Row:
    tone = {"still_needs_improvement": "bad", "improved": "good", "mixed": "mixed"}.get(area.told, "plain")
    source = area.raised[-1] if area.raised else None
    return Row(
        text=sentence_case(phrases.paragraph(area.text)),
        page=area.page,
        link=phrases.safe_url(source.url, area.page) if source else "",
        mark="" if area.again and not area.certain and not area.decided_by else sentence_case(phrases.mark_of(area)),
        tone=tone,
        detail=_since(area.raised),
        again="Raised again" if area.again else "",
        lead=phrases.lead_of(area),
        quote=phrases.paragraph(area.evidence or ""),
        quote_page=area.evidence_page if area.evidence else None,
        quote_link=phrases.safe_url(facts.report.url, area.evidence_page)
        if area.evidence and area.evidence_page
        else "",
    )


def _since(raised: Sequence[ReportRef]) -> str:
    if not raised:
        return ""
    first = f"Asked for in {phrases.month(raised[0].published)} ({phrases.kind_of(raised[0])})"
    return first if len(raised) == 1 else f"{first}, last in {phrases.month(raised[-1].published)}"


def _counts(earlier: Sequence[EarlierArea]) -> str:
    """`Of 12 earlier areas, 4 are raised again, 2 show a mixed picture and 6 are not mentioned.`; empty where none is known."""
    told = phrases.listed(phrases.counts(earlier))
    return f"Of {counted(len(earlier), 'earlier area')}, {told}." if told else ""


def _statements(facts: ReportFacts) -> Iterator[Group]:
    """Some strengths, and weaknesses only where no list says what to improve; from as many sections as there are."""
    kinds = (("weakness", "Weaknesses", WEAKNESSES), ("strength", "Strengths", STRENGTHS))
    for kind, title, limit in kinds[1:] if facts.asks else kinds:
        found = [one for one in facts.statements if one.kind == kind and len(one.text.split()) >= SHORTEST]
        shown = _spread(found, limit)
        if shown:
            count = f"{len(shown)} of {len(found)}" if len(shown) < len(found) else f"{len(found)}"
            yield Group(f"{title} ({count})", tuple(_statement(facts, statement) for statement in shown))


def _spread(found: Sequence[Statement], limit: int) -> list[Statement]:
    """The first of each section, then the second of each, up to the limit, in the order of the report."""
    sections: dict[str, int] = {}
    ranked = []
    for place, statement in enumerate(found):
        sections[statement.section] = sections.get(statement.section, 0) + 1
        ranked.append((sections[statement.section], place))
    return [found[place] for _, place in sorted(sorted(ranked)[:limit], key=lambda one: one[1])]


def _statement(facts: ReportFacts, statement: Statement) -> Row:
    return Row(phrases.paragraph(statement.text), statement.page, phrases.safe_url(facts.report.url, statement.page))
