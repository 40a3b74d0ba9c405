"""The verdict of a crawl and what people are told of it."""

import pytest

from scraper.crawling.health import PageResult, of_authorities, of_feed, worst
from scraper.items import Verdict
from scraper.looks import PdfFetch

ASKED = {"1": "Ayford", "2": "Beeham", "3": "Ceeton"}


def result(urn: str, verdict: Verdict = Verdict.OK, message: str = "", **more: object) -> PageResult:
    return PageResult(urn, ASKED[urn], verdict, message, **more)  # type: ignore[arg-type]


def test_all_well() -> None:
    found = of_authorities([result("1", listed=4, found=1), result("2", listed=2), result("3", listed=1)], ASKED, None)
    assert (found.verdict, found.found, found.issues) == (Verdict.OK, 1, ())
    assert found.message == "3 of 3 authorities checked, 7 reports listed, 1 new"


def test_authorities_with_the_same_trouble_are_named_together() -> None:
    broken = [result("1", listed=4), *(result(urn, Verdict.BROKEN, "HTTP 404") for urn in "23")]
    found = of_authorities(broken, ASKED, None)
    assert found.verdict is Verdict.BROKEN
    assert "2 of 3 authorities have no page (HTTP 404): Beeham, Ceeton" in found.message
    assert found.issues == (("error", "2 of 3 authorities have no page (HTTP 404): Beeham, Ceeton"),)


def test_an_authority_without_a_result_is_a_crash_unless_the_crawl_was_cut_short() -> None:
    lost = of_authorities([result("1")], ASKED, None)
    assert lost.verdict is Verdict.CRASHED and "Beeham, Ceeton not looked at: an error in the crawler" in lost.message
    assert lost.issues == (("error", "Beeham, Ceeton not looked at: an error in the crawler, see its log"),)
    late = of_authorities([result("1")], ASKED, (Verdict.TIMED_OUT, "stopped at its time limit of 60 s"))
    assert late.verdict is Verdict.TIMED_OUT and late.message.startswith("stopped at its time limit of 60 s; 1 of 3")
    assert "Beeham, Ceeton not looked at" in late.message and late.issues == ()


def test_nothing_at_all_is_never_ok() -> None:
    assert of_authorities([], ASKED, None).verdict is Verdict.CRASHED
    assert of_feed([], None).verdict is Verdict.CRASHED


def test_a_file_that_its_server_refuses_is_the_crawls_verdict_and_a_dead_link_is_not() -> None:
    dead = PdfFetch(7, "https://files.example/7", problem="not a PDF")
    found = of_authorities([result("1", failed=(dead,)), result("2"), result("3")], ASKED, None)
    assert found.verdict is Verdict.OK and "no PDF of report 7: not a PDF" in found.message
    assert found.issues == (("warning", "Ayford: no PDF of report 7 (https://files.example/7): not a PDF"),)
    refused = PdfFetch(8, "https://files.example/8", problem="HTTP 403", verdict=Verdict.BLOCKED)
    assert of_authorities([result("1", failed=(dead, refused))], {"1": "Ayford"}, None).verdict is Verdict.BLOCKED


def test_the_worst_wins() -> None:
    assert worst([]) is Verdict.OK
    assert worst([Verdict.OK, Verdict.EMPTY, Verdict.BLOCKED]) is Verdict.BLOCKED
    assert worst(list(Verdict)) is Verdict.CRASHED


def test_a_feed_counts_its_articles() -> None:
    pages = [
        PageResult("https://n.example/rss", "the feed", Verdict.OK, found=5),
        PageResult("https://n.example/1", "https://n.example/1", Verdict.OK, found=1),
        PageResult("https://n.example/2", "https://n.example/2", Verdict.OK, "HTTP 404"),
    ]
    found = of_feed(pages, None)
    assert (found.verdict, found.found) == (Verdict.OK, 1)
    assert found.message == "5 new entries, 2 articles fetched, 1 kept; https://n.example/2: HTTP 404"
    assert found.issues == (("warning", "https://n.example/2: HTTP 404"),)


def test_what_is_no_story_is_counted_and_told_as_no_trouble() -> None:
    feed = PageResult("https://n.example/rss", "the feed", Verdict.OK, found=3)
    others = [PageResult(f"https://n.example/{n}", "x", Verdict.OK, instead=kind) for n, kind in enumerate("bab")]
    found = of_feed([feed, *others], None)
    assert (found.verdict, found.found, found.issues) == (Verdict.OK, 0, ())
    assert found.message == "3 new entries, 3 articles fetched, 0 kept, 3 no story (a: 1, b: 2)"


def test_when_no_pdf_comes_that_came_before_the_place_they_are_kept_is_broken() -> None:
    bad = tuple(PdfFetch(n, f"https://files.example/{n}", problem="not a PDF", had=True) for n in range(3))
    alone = {"1": "Ayford"}
    found = of_authorities([result("1", failed=bad)], alone, None)
    assert found.verdict is Verdict.BROKEN and "not one PDF came, of 3 that had come before" in found.message
    assert of_authorities([result("1", failed=bad, came=1)], alone, None).verdict is Verdict.OK
    assert of_authorities([result("1", failed=bad[:2])], alone, None).verdict is Verdict.OK


def forbidden(*numbers: int, had: bool = False) -> tuple[PdfFetch, ...]:
    words = "robots.txt of files.example does not allow /v1/file"
    return tuple(PdfFetch(n, f"https://files.example/{n}", problem=words, forbidden=True, had=had) for n in numbers)


def test_a_pdf_that_robots_txt_forbids_is_that_files_matter_and_told_as_any_other_that_did_not_come() -> None:
    for came, files in ((1, forbidden(1, 2, 3, 4)), (0, forbidden(1, 2))):
        found = of_authorities([result("1", failed=files, came=came)], {"1": "Ayford"}, None)
        assert found.verdict is Verdict.OK and "no PDF of report 1, 2" in found.message
        assert len(found.issues) == len(files) and found.issues[0][0] == "warning"
        assert "robots.txt of files.example does not allow /v1/file" in found.issues[0][1]


@pytest.mark.parametrize("had", [False, True])
def test_when_robots_txt_forbids_several_pdfs_and_not_one_comes_the_crawl_is_blocked_and_says_so(had: bool) -> None:
    pages = [result("1", failed=forbidden(1, 2, had=had)), result("2", failed=forbidden(3, had=had))]
    found = of_authorities(pages, {"1": "Ayford", "2": "Beeham"}, None)
    words = "not one PDF came: robots.txt does not allow 3 of 3"
    assert found.verdict is Verdict.BLOCKED and words in found.message and ("error", words) in found.issues
    dead = PdfFetch(9, "https://files.example/9", problem="not a PDF")
    mixed = of_authorities([*pages, result("3", failed=(dead,))], ASKED, None)
    assert mixed.verdict is Verdict.BLOCKED and "robots.txt does not allow 3 of 4" in mixed.message


def test_a_feed_of_whose_articles_not_one_can_be_read_is_broken() -> None:
    pages = [PageResult("https://n.example/rss", "the feed", Verdict.OK)]
    gone = ["HTTP 404", "a consent page", "no text"]
    found = of_feed(pages, None, gone)
    words = "not one of the last 3 articles could be read, the newest because: HTTP 404"
    assert found.verdict is Verdict.BROKEN and words in found.message and found.issues == (("error", words),)
    for tried in ([], gone[:2], [*gone, None]):
        assert of_feed(pages, None, tried).verdict is Verdict.OK
