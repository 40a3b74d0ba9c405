"""Pure: how a crawl went, from what its pages brought and not from Scrapy's exit status, which is 0 after every kind of failure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scraper.items import GOOD, Verdict
from scraper.looks import PdfFetch, ProviderLook
from scraper.text import counted

WORST_FIRST = (
    Verdict.CRASHED,
    Verdict.TIMED_OUT,
    Verdict.BROKEN,
    Verdict.BLOCKED,
    Verdict.EMPTY,
    Verdict.OK,
)

SEVERAL = 3


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page of a crawl as stored.

    `name` is the authority's, or the article's address; `failed` are its files that did not come, `came` how many did. `instead` is what
    the page of an article is that is no story.
    """

    key: str
    name: str
    verdict: Verdict
    message: str = ""
    listed: int = 0
    found: int = 0
    failed: tuple[PdfFetch, ...] = ()
    came: int = 0
    instead: str = ""

    @classmethod
    def of(cls, check: ProviderLook) -> "PageResult":
        """The result of one look at an authority."""
        return cls(
            key=check.urn,
            name=check.name,
            verdict=check.trust.verdict,
            message=check.trust.message,
            listed=len(check.links or ()),
            failed=tuple(copy for copy in check.copies if copy.problem),
            came=sum(not copy.problem for copy in check.copies),
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """The verdict of a crawl, what to tell people of it, and the (level, message) pairs for the issues table.

    `proves_nothing`: no absence that it believed and no baseline that it began is to stand.
    """

    verdict: Verdict
    message: str
    found: int = 0
    issues: tuple[tuple[str, str], ...] = ()
    proves_nothing: bool = False


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of these; OK of none."""
    return min(verdicts, key=WORST_FIRST.index, default=Verdict.OK)


def of_authorities(
    results: Sequence[PageResult],
    expected: Mapping[str, str],
    stopped: tuple[Verdict, str] | None,
    fall: str = "",
    *,
    probe: bool = False,
) -> Summary:
    """Sum up a crawl of Ofsted's site. `expected` are all authorities asked for, name by URN; `stopped` how it was cut short, if it was.

    `fall`: what to tell where all pages together list less than can be believed. A page without a result was lost to an error of ours, unless
    the crawl was cut short. Of a `probe`, which knows nothing stored, it is not said what is new.
    """
    done = {result.key for result in results}
    left = [name for urn, name in expected.items() if urn not in done]
    files = [copy for result in results for copy in result.failed]
    verdicts = [*_of_pages(results), *(copy.verdict for copy in files)]
    lost_all, words = _lost_all(results, files)
    verdicts.append(lost_all)
    if fall:
        verdicts.append(Verdict.BROKEN)
    if stopped:
        verdicts.append(stopped[0])
    elif left:
        verdicts.append(Verdict.CRASHED)
    lost = f"{_names(left)} not looked at{'' if stopped else ': an error in the crawler, see its log'}" if left else ""
    pages = [*_page_troubles(results, len(expected)), *_withdrawals(results)]
    found = sum(result.found for result in results)
    heading = _heading(results, len(expected), None if probe else found)
    parts = [
        stopped[1] if stopped else "",
        heading,
        fall,
        *(text for _, text in pages),
        lost,
        words,
        *_file_troubles(files),
    ]
    errors = [lost if not stopped else "", words, fall]
    issues = [*pages, *_file_issues(results), *(("error", error) for error in errors if error)]
    return Summary(worst(verdicts), "; ".join(filter(None, parts)), found, tuple(issues), bool(fall))


def _of_pages(results: Sequence[PageResult]) -> list[Verdict]:
    """A page without reports is its authority's matter: the crawl is empty only where no page has any."""
    verdicts = [result.verdict for result in results]
    return [verdict for verdict in verdicts if verdict is not Verdict.EMPTY or Verdict.OK not in verdicts]


def of_feed(
    results: Sequence[PageResult],
    stopped: tuple[Verdict, str] | None,
    tried: Sequence[str | None] = (),
    *,
    probe: bool = False,
) -> Summary:
    """Sum up a crawl of a news feed. The first result is the feed's, the others are its articles'.

    `tried` is what came of the articles tried last, in this crawl or before: why one could not be read, None where it was.
    A `probe` looks at the feed alone and knows nothing stored.
    """
    blind = _blind(tried)
    if not stopped and not results:
        stopped = (Verdict.CRASHED, "the feed was not looked at: an error in the crawler, see its log")
    verdicts = [result.verdict for result in results] + ([stopped[0]] if stopped else [])
    if blind:
        verdicts.append(Verdict.BROKEN)
    troubles = [f"{result.name}: {result.message}" for result in results if result.message]
    found = sum(result.found for result in results[1:])
    heading = _feed_heading(results, found, probe=probe) if results else ""
    return Summary(
        verdict=worst(verdicts),
        message="; ".join(filter(None, (stopped[1] if stopped else "", heading, blind, *troubles))),
        found=found,
        issues=tuple(
            ("error" if result.verdict is not Verdict.OK else "warning", f"{result.name}: {result.message}")
            for result in results
            if result.message
        )
        + ((("error", blind),) if blind else ()),
    )


def _of_articles(results: Sequence[PageResult], found: int) -> str:
    came = f"{counted(results[0].found, 'new entry', 'new entries')}, {counted(len(results) - 1, 'article')} fetched, {found} kept"
    others = Counter(result.instead for result in results if result.instead)
    told = ", ".join(f"{kind}: {count}" for kind, count in sorted(others.items()))
    return f"{came}, {others.total()} no story ({told})" if told else came


def _blind(tried: Sequence[str | None]) -> str:
    """That of several articles not one could be read: no matter of single articles then, but of the paper's pages."""
    if len(tried) < SEVERAL or None in tried:
        return ""
    return f"not one of the last {len(tried)} articles could be read, the newest because: {tried[0]}"


def _feed_heading(results: Sequence[PageResult], found: int, *, probe: bool) -> str:
    entries = results[0].found
    if probe:
        return counted(entries, "entry", "entries")
    return _of_articles(results, found)


def _heading(results: Sequence[PageResult], expected: int, found: int | None) -> str:
    good = [result for result in results if result.verdict in GOOD]
    listed = sum(result.listed for result in good)
    return (
        f"{len(good)} of {counted(expected, 'authority', 'authorities')} checked, {counted(listed, 'report')} listed"
        + ("" if found is None else f", {found} new")
    )


def _page_troubles(results: Sequence[PageResult], expected: int) -> list[tuple[str, str]]:
    """One line a reason, with the names of all it holds for."""
    reasons: dict[str, list[str]] = {}
    for result in results:
        if result.verdict not in GOOD:
            reasons.setdefault(result.message, []).append(result.name)
    return [("error", _trouble(reason, names, expected)) for reason, names in reasons.items()]


def _trouble(reason: str, names: Sequence[str], expected: int) -> str:
    if reason in ("HTTP 404", "HTTP 410"):
        has = "has" if len(names) == 1 else "have"
        return f"{len(names)} of {counted(expected, 'authority', 'authorities')} {has} no page ({reason}): {', '.join(names)}"
    return f"{', '.join(names)}: {reason}"


def _withdrawals(results: Sequence[PageResult]) -> list[tuple[str, str]]:
    return [("warning", f"{r.name}: {r.message}") for r in results if r.verdict is Verdict.OK and r.message]


def _lost_all(results: Sequence[PageResult], files: Sequence[PdfFetch]) -> tuple[Verdict, str]:
    """That not one PDF came, though several were to come: no matter of single links then, but of the place they are kept."""
    forbidden, had = sum(copy.forbidden for copy in files), sum(copy.had for copy in files)
    if any(result.came for result in results):
        return Verdict.OK, ""
    if forbidden >= SEVERAL:
        return Verdict.BLOCKED, f"not one PDF came: robots.txt does not allow {forbidden} of {len(files)}"
    if had >= SEVERAL:
        return Verdict.BROKEN, f"not one PDF came, of {had} that had come before"
    return Verdict.OK, ""


def _file_troubles(files: Sequence[PdfFetch]) -> list[str]:
    reasons: dict[str, list[str]] = {}
    for copy in files:
        reasons.setdefault(copy.problem or "", []).append(str(copy.report_id))
    return [f"no PDF of report {', '.join(numbers)}: {reason}" for reason, numbers in reasons.items()]


def _file_issues(results: Sequence[PageResult]) -> list[tuple[str, str]]:
    return [
        ("warning", f"{result.name}: no PDF of report {copy.report_id} ({copy.url}): {copy.problem}")
        for result in results
        for copy in result.failed
    ]


def _names(names: Sequence[str]) -> str:
    return ", ".join(names)
