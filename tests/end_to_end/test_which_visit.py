"""Letters that Ofsted does not list are added, and the stories about them are linked to their visits; invented, in the shape of real ones."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from monitor.cli.commands import main
from monitor.config import load_config
from monitor.database import connect, rows, stamp
from monitor.demo import story
from scraper.articles import read_article
from scraper.database.article_rows import columns
from scraper.items import Article
from tests.end_to_end.conftest import command_here
from tests.paths import FIXTURES

NOW = datetime(2024, 3, 12, 9, tzinfo=UTC)
FIRST, THIRD = (FIXTURES / "reports" / f"monitoring-visit-{year}" / "page.pdf" for year in (2016, 2019))

CHECKED = """A check-up on Westmarch Council’s services for vulnerable children has found that work is being done – but much is left to do.

Services for children in need of protection have been watched closely since they were labelled inadequate, the lowest rating there is, in 2014.

The monitoring report, which Ofsted has put on its website, found that progress ‘has not met expectations’ in a number of areas.

In all, inspectors made 12 positive comments and named seven areas which were in need of work. ‘It was two years ago, let us move on,’ said the portfolio holder.

The police were criticised in the report too, for a backlog of referrals.

At the time of the visit,
390 notifications had not been screened – with the oldest dating back to July 29. The report states that since June 2016 ‘continuing pressures’ on the force have ‘caused delays’."""

COUNTED = """This was the third visit since the local authority was judged inadequate for overall effectiveness in January 2018.
This was the third visit since the local authority was judged inadequate for overall effectiveness in January 2018.This was the third visit since the local authority was judged inadequate for overall effectiveness in January 2018.

The Ofsted report says Westmarch Council’s services for children make ‘steady progress’, but practice in the assessment teams still varies.

“This is a better report and we are going in the right direction,” said the cabinet member."""

STORIES = {
    FIRST: Article("https://paper.example/1", "Services chief: “We have done a great deal since the report”", CHECKED, story.OUTLET, None),
    THIRD: Article("https://paper.example/3", "Council’s children’s services under the Ofsted microscope once more", COUNTED, story.OUTLET, None),
}  # fmt: skip


def test_stories_that_say_no_day_are_linked_to_their_visits_once_the_letters_are_added(
    crawled: Path,
) -> None:
    config = load_config(crawled)
    with closing(connect(config.data)) as db:
        for article in STORIES.values():
            reading = read_article(article, config.known, [story.URN])
            kept = {"source": story.OUTLET, "first_seen": stamp(NOW), "baseline": 0}
            db.table("articles").insert(columns(article, reading) | kept)
    for letter in STORIES:
        command_here("add", letter, "--authority", story.AUTHORITY, "--config", crawled)
    with closing(connect(config.data)) as db:
        found = rows(
            db,
            "SELECT l.article_url, r.inspection_start, l.confidence FROM article_reports l JOIN reports r ON r.id = l.report_id "
            "WHERE l.article_url LIKE 'https://paper.example/%' ORDER BY l.article_url",
        )
    assert [(row["article_url"], row["inspection_start"]) for row in found] == [
        ("https://paper.example/1", "2016-08-30"),
        ("https://paper.example/3", "2019-05-14"),
    ]
    assert all(row["confidence"] >= 0.7 for row in found)
    told = " ".join(command_here("news", "--config", crawled).split())
    assert "The paper counts 12 positive comments and 7 areas which were in need of work; we read 10 and 7" in told


def test_an_article_that_is_only_read_names_the_letter_too(crawled: Path) -> None:
    for letter in STORIES:
        command_here("add", letter, "--authority", story.AUTHORITY, "--config", crawled)
    lines = "\n".join(
        json.dumps({"headline": one.headline, "text": one.text, "outlet": one.outlet}) for one in STORIES.values()
    )
    result = CliRunner().invoke(main, ["read-article", "--config", str(crawled)], input=lines)
    first, third = (json.loads(line) for line in result.stdout.splitlines())
    assert {one["kind"] for one in (first, third)} == {"monitoring_visit"}
    with closing(connect(load_config(crawled).data)) as db:
        starts = {row["id"]: row["inspection_start"] for row in rows(db, "SELECT id, inspection_start FROM reports")}
    assert [starts[one["report_id"]] for one in (first, third)] == ["2016-08-30", "2019-05-14"]
