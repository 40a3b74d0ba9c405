"""The demo's site is what the crawl will meet: real markup, a second host for files, validators, a clock."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import feedparser
import pypdfium2
import pytest
from bs4 import BeautifulSoup

from monitor.config import Config
from monitor.demo import news, story
from monitor.demo.site import DemoSite
from scraper.reference import ask_kinds, known_authorities
from scraper.reports.reader import read


@pytest.fixture
def site() -> Iterator[DemoSite]:
    with DemoSite(story.BEFORE) as running:
        yield running


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})  # noqa: S310
    try:
        with urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def links(site: DemoSite) -> list[str]:
    _, _, body = get(f"{site.url}/provider/44/{story.URN}")
    return [str(link["href"]) for link in BeautifulSoup(body, "lxml").select("a.publication-link")]


def test_the_provider_page_has_the_markup_of_the_real_one(site: DemoSite) -> None:
    status, _, body = get(f"{site.url}/provider/44/{story.URN}")
    soup = BeautifulSoup(body, "lxml")
    assert status == 200
    assert [h1.get_text() for h1 in soup.select("h1.title-block__heading")] == [story.PROVIDER]
    assert soup.select_one("p.title-block__subheading").get_text() == f"URN: {story.URN}"  # type: ignore[union-attr]
    hidden = [span.get_text() for span in soup.select("a.publication-link span.nonvisual")]
    assert hidden[0] == "Children's services monitoring visit, pdf - 31 January 2023"
    assert len(soup.select("ol.timeline > li .timeline__archive a.publication-link")) == 1


def test_a_report_appears_when_the_clock_moves(site: DemoSite) -> None:
    before = links(site)
    site.move_to(story.AFTER)
    assert len(before) == 3
    assert set(links(site)) - set(before) == {
        f"{site.url.replace('127.0.0.1', 'localhost')}/v1/file/{story.NEW_REPORT.report_id}"
    }


def test_files_are_named_on_the_other_host_and_are_pdfs(site: DemoSite) -> None:
    for link in links(site):
        status, headers, body = get(link)
        assert (status, headers["Content-Type"], body[:5]) == (200, "application/pdf", b"%PDF-")
        assert "//localhost:" in link


def test_a_file_not_yet_published_is_an_html_page_with_status_200(site: DemoSite) -> None:
    status, headers, body = get(f"{site.url}/v1/file/{story.NEW_REPORT.report_id}")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"Report not found" in body


def test_validators_are_given_and_honoured(site: DemoSite) -> None:
    _, headers, _ = get(site.feed)
    assert get(site.feed, If_None_Match=headers["ETag"])[0] == 304
    site.move_to(story.AFTER)
    assert get(site.feed, If_None_Match=headers["ETag"])[0] == 200


def test_the_feed_grows_and_its_links_lead_to_the_articles(site: DemoSite) -> None:
    before = feedparser.parse(get(site.feed)[2])
    site.move_to(story.AFTER)
    after = feedparser.parse(get(site.feed)[2])
    assert not after.bozo
    assert (len(before.entries), len(after.entries)) == (7, 9)
    assert all(get(entry.link)[0] == 200 for entry in after.entries)


def test_the_article_quotes_the_new_report(site: DemoSite) -> None:
    site.move_to(story.AFTER)
    told = next(s for s in news.out_by(story.AFTER) if "no longer inadequate" in s.headline)
    with pypdfium2.PdfDocument(story.NEW_REPORT.pdf()) as pdf:
        words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    quotes = [q.rstrip(",") for q in re.findall(r'"([^"]{40,})"', told.text) if "hard work" not in q]
    assert quotes
    assert all(quote in words for quote in quotes)


def test_article_pages_carry_json_ld(site: DemoSite) -> None:
    site.move_to(story.AFTER)
    for told in news.out_by(story.AFTER):
        soup = BeautifulSoup(get(site.url + told.path)[2], "lxml")
        facts = json.loads(soup.find("script", type="application/ld+json").string)  # type: ignore[union-attr,arg-type]
        assert facts["headline"] == told.headline == soup.h1.get_text()  # type: ignore[union-attr]
        assert ("articleBody" in facts) == (told.feed == "news")


@pytest.mark.parametrize("path", ["/provider/44/80000", "/nowhere", "/sport/rss.xml"])
def test_what_is_not_there_is_404(site: DemoSite, path: str) -> None:
    assert get(site.url + path)[0] == 404


def test_search_and_robots(site: DemoSite) -> None:
    _, _, body = get(f"{site.url}/search?q=&level_1_types=3&level_2_types%5B%5D=12&start=0&rows=100")
    soup = BeautifulSoup(body, "lxml")
    assert [a["href"] for a in soup.select('a[href*="/provider/"]')] == [f"/provider/44/{story.URN}"]
    assert b"Disallow" in get(f"{site.url}/robots.txt")[2]


def test_the_config_is_one_that_the_program_accepts(site: DemoSite, tmp_path: Path) -> None:
    config = Config.model_validate(story.config(site.url, site.feed, site.second_feed, tmp_path))
    assert [(a.urn, a.name) for a in config.watched] == [(story.URN, story.AUTHORITY)]
    assert config.mail.host is None


def test_the_reports_are_tagged_and_say_that_they_are_invented() -> None:
    for report in story.REPORTS:
        with pypdfium2.PdfDocument(report.pdf()) as pdf:
            assert pypdfium2.raw.FPDFCatalog_IsTagged(pdf)
            words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())
        assert "invented for the Ofsted Watch demonstration" in words
        assert report.on_site < report.published <= story.AFTER


@pytest.mark.parametrize(
    ("report_id", "kind", "grades", "asks"),
    [
        (50300007, "focused_visit", [], 3),
        (50300041, "inspection", ["inadequate", "inadequate", "requires improvement", "inadequate"], 9),
        (50300066, "monitoring_visit", [], 0),
        (50300098, "inspection", ["requires improvement"] * 2 + ["good"] + ["requires improvement"] * 2, 5),
    ],
)
def test_the_reports_read_as_real_ones_do(report_id: int, kind: str, grades: list[str], asks: int) -> None:
    published = next(report for report in story.REPORTS if report.report_id == report_id)
    reading = read(story.REPORTS_FOLDER / published.file)
    assert (reading.report_type, reading.authority) == (kind, story.AUTHORITY)
    assert [judgement.grade for judgement in reading.judgements] == grades
    assert sum(finding.kind in ask_kinds() for finding in reading.findings) == asks
    assert reading.inspection_start == published.on_site
    assert not reading.warnings


def test_nothing_real_is_named() -> None:
    assert story.URN not in {authority.urn for authority in known_authorities()}
    assert story.AUTHORITY not in {authority.name for authority in known_authorities()}
