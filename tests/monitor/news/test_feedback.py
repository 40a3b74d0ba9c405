"""What a reader says of articles: it is kept, mails and pages go by it, and it comes out as labelled rows."""

import pytest
from sqlite_utils import Database

from monitor.alerts import raise_alerts
from monitor.database import rows, value
from monitor.news import judged, labelled, link_articles, mark
from monitor.news.feedback import NoArticle, follow_marks, short_name
from tests.conftest import Clock
from tests.monitor import mail_rows as given

KEPT, NEARLY, FAR = (f"https://news.example/{name}" for name in ("kept", "nearly", "far"))


@pytest.fixture(autouse=True)
def articles(db: Database, clock: Clock) -> None:
    given.authorities(db)
    given.article(db, KEPT, clock(), score=8.0, reasons='[["subject: children\'s services (headline)", 4.0]]')
    given.article(db, NEARLY, clock(), label="other", score=3.0, story=None)
    given.article(db, FAR, clock(), label="other", score=-2.0, story=None)


def found(db: Database) -> dict[str, tuple[bool, str]]:
    return {one.url: (one.kept, one.mark) for one in judged(db, 20)}


def told(db: Database, clock: Clock) -> list[str]:
    raise_alerts(db, clock())
    return [row["article_url"] for row in rows(db, "SELECT article_url FROM alerts WHERE kind = 'news' ORDER BY id")]


def test_what_was_kept_and_what_nearly_was_is_listed_with_its_reasons(db: Database) -> None:
    assert found(db) == {KEPT: (True, ""), NEARLY: (False, "")}
    kept = next(one for one in judged(db, 20) if one.url == KEPT)
    assert kept.reasons == (("subject: children's services (headline)", 4.0),)
    assert (kept.authority, kept.name) == ("Westmarch", short_name(KEPT))
    assert len(judged(db, 1)) == 1


def test_a_wrong_one_is_told_nobody_and_linked_to_nothing(db: Database, clock: Clock) -> None:
    mark(db, short_name(KEPT), right=False, now=clock())
    assert told(db, clock) == []
    assert found(db)[KEPT] == (False, "wrong")
    assert value(db, "SELECT count(*) FROM article_reports") == 0


def test_a_mail_that_waits_for_its_digest_is_dropped(db: Database, clock: Clock) -> None:
    assert told(db, clock) == [KEPT]
    (alert,) = rows(db, "SELECT id FROM alerts")
    given.insert(
        db,
        "deliveries",
        id=1,
        alert_id=alert["id"],
        recipient="a@example.org",
        channel="mail",
        state="pending",
        due="2030",
    )
    mark(db, KEPT, right=False, now=clock())
    assert value(db, "SELECT state FROM deliveries") == "dropped"


def test_every_copy_of_its_story_is_wrong_those_that_come_later_too(db: Database, clock: Clock) -> None:
    story = value(db, "SELECT story FROM articles WHERE url = ?", [KEPT]) or "s1"
    given.change(db, "articles", "url", KEPT, story=story)
    given.article(db, "https://sister.example/1", clock(), story=story)
    mark(db, KEPT, right=False, now=clock())
    assert value(db, "SELECT count(*) FROM articles WHERE label <> 'other'") == 0
    given.article(db, "https://sister.example/2", clock(), story=story)
    follow_marks(db, clock())
    assert value(db, "SELECT label FROM articles WHERE url = 'https://sister.example/2'") == "other"
    assert told(db, clock) == []


def test_one_that_was_nearly_kept_is_kept_when_it_is_right_and_told_once(db: Database, clock: Clock) -> None:
    assert told(db, clock) == [KEPT]
    mark(db, NEARLY, right=True, now=clock())
    given.change(db, "articles", "url", NEARLY, story="s2")
    assert told(db, clock) == told(db, clock) == [KEPT, NEARLY]


def test_who_changes_his_mind_is_heard_and_the_first_label_stays_known(db: Database, clock: Clock) -> None:
    mark(db, KEPT, right=False, now=clock())
    mark(db, KEPT, right=True, now=clock())
    assert found(db)[KEPT] == (True, "right")
    assert value(db, "SELECT label_before FROM feedback") == "report"


def test_a_followup_that_was_called_wrong_by_mistake_is_one_again(db: Database, clock: Clock) -> None:
    given.change(db, "articles", "url", KEPT, label="followup")
    mark(db, KEPT, right=False, now=clock())
    mark(db, KEPT, right=True, now=clock())
    assert value(db, "SELECT label FROM articles WHERE url = ?", [KEPT]) == "followup"


def test_marked_ones_come_out_as_labelled_rows(db: Database, clock: Clock) -> None:
    mark(db, KEPT, right=False, now=clock())
    mark(db, NEARLY, right=True, now=clock())
    exported = {row["url"]: row for row in labelled(db)}
    assert [exported[url]["label"] for url in (KEPT, NEARLY)] == ["other", "report"]
    assert set(exported[KEPT]) >= {"label", "kind", "authority", "url", "date", "headline", "lede"}
    assert exported[KEPT]["authority"] == "Westmarch"


@pytest.mark.parametrize("name", ["", "abc", "00000000", "https://news.example/none"])
def test_a_name_that_nothing_has_is_refused(db: Database, clock: Clock, name: str) -> None:
    with pytest.raises(NoArticle):
        mark(db, name, right=True, now=clock())


def test_the_step_that_links_articles_heeds_marks(db: Database, clock: Clock) -> None:
    mark(db, KEPT, right=False, now=clock())
    link_articles(db, clock())
    assert value(db, "SELECT count(*) FROM article_links") == 0
