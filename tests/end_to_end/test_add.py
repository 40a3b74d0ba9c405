"""`ofsted-watch add`: a report that a person has, told once, whether Ofsted lists it later or not."""

from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from monitor.cli.commands import main
from monitor.database import connect, rows, value
from monitor.demo import DemoSite, story
from monitor.reading.adding import FIRST
from tests.end_to_end.conftest import Mailbox, command_here, crawl_here, forked_crawls
from tests.monitor.browse.conftest import Site

PDF = story.REPORTS_FOLDER / story.NEW_REPORT.file


def mails(mailbox: Mailbox) -> list[str]:
    return [str(mail["Subject"]) for mail in mailbox.messages]


def test_a_file_is_told_once_added_again_it_changes_nothing_and_once_it_is_listed_it_is_one_report(
    crawled: Path, site: DemoSite, mailbox: Mailbox
) -> None:
    said = command_here("add", PDF, "--config", crawled)
    assert f"added as report {FIRST} of {story.AUTHORITY}" in said
    assert "raised before, first in" in said
    assert len(mails(mailbox)) == 1 and story.AUTHORITY in mails(mailbox)[0]
    assert "which is there already; nothing is changed" in command_here("add", PDF, "--config", crawled)
    site.move_to(story.AFTER)
    crawl_here(crawled, "ofsted")
    with closing(connect(crawled.parent / "data")) as db:
        assert value(db, "SELECT count(*) FROM reports WHERE id >= ?", [FIRST]) == 0
        assert [row["report_id"] for row in rows(db, "SELECT report_id FROM alerts WHERE kind = 'report'")] == [
            story.NEW_REPORT.report_id
        ]
    assert len(mails(mailbox)) == 1


def test_its_page_is_there_and_leads_to_the_kept_pdf(crawled: Path) -> None:
    command_here("add", PDF, "--config", crawled)
    with closing(Site(crawled.parent / "data")) as site:
        page = site.get(f"/report/{FIRST}")
        assert page.status_code == 200 and f"/report/{FIRST}/page/1" in page.text
        assert site.get(f"/report/{FIRST}/page/2").headers["location"] == f"/report/{FIRST}/pdf#page=2"
        kept = site.get(f"/report/{FIRST}/pdf")
        assert (kept.content, kept.headers["content-type"]) == (Path(PDF).read_bytes(), "application/pdf")
        assert site.get(f"/report/{FIRST + 1}/pdf").status_code == 404


def test_an_address_is_fetched_and_kept_as_where_it_came_from(crawled: Path, site: DemoSite, mailbox: Mailbox) -> None:
    site.move_to(story.AFTER)
    address = f"{site.url}/v1/file/{story.NEW_REPORT.report_id}"
    assert f"{address}: added as report {FIRST}" in command_here("add", address, "--config", crawled)
    with closing(connect(crawled.parent / "data")) as db:
        assert value(db, "SELECT url FROM reports WHERE id = ?", [FIRST]) == address
        assert value(db, "SELECT count(*) FROM crawls WHERE source NOT IN ('ofsted', ?)", [story.OUTLET]) == 0
    assert len(mails(mailbox)) == 1


def refused(config: Path, document: str) -> str:
    """What is said of a document that is not taken."""
    with forked_crawls():
        result = CliRunner().invoke(main, ["add", document, "--config", str(config)])
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


def test_what_is_no_report_is_refused_with_the_reason_and_leaves_nothing(
    crawled: Path, site: DemoSite, tmp_path: Path
) -> None:
    other, nowhere = tmp_path / "notes.pdf", tmp_path / "nowhere.pdf"
    other.write_bytes(b"not a PDF at all")
    assert "notes.pdf: it is no PDF" in refused(crawled, str(other))
    assert "nowhere.pdf: " in refused(crawled, str(nowhere))
    assert "/v1/file/1: broken: not a PDF" in refused(crawled, f"{site.url}/v1/file/1")
    assert "/nothing: broken: HTTP 404" in refused(crawled, f"{site.url}/nothing")
    with closing(connect(crawled.parent / "data")) as db:
        assert value(db, "SELECT count(*) FROM reports") == 3
