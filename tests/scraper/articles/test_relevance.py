"""Which items are news of a report on an authority's children's services, and why."""

import pytest

from scraper.articles import relevance
from scraper.articles.relevance import judge
from scraper.articles.rules import Rule, rules
from scraper.items import Article
from scraper.reference import everywhere
from tests.scraper.articles.headlines import items

ITEMS = items()


def label(headline: str, text: str = "", summary: str = "") -> str:
    return judge(Article("", headline, text, "", None, summary)).label


def test_the_set_is_large_and_has_both() -> None:
    assert len(ITEMS) > 250
    assert sum(item.relevant for item in ITEMS) > 100 < sum(not item.relevant for item in ITEMS)


def test_report_or_follow_up_is_told_from_other_by_headline_and_lede() -> None:
    found = [judge(item.article).label != "other" for item in ITEMS]
    right = [item.relevant for item in ITEMS]
    both = sum(f and r for f, r in zip(found, right, strict=True))
    assert both / sum(found) >= 0.97
    assert both / sum(right) >= 0.97


def test_reports_are_told_from_follow_ups_mostly() -> None:
    relevant = [item for item in ITEMS if item.relevant]
    assert sum(judge(item.article).label == item.label for item in relevant) / len(relevant) >= 0.9


def test_the_reasons_add_up_to_the_score_and_name_where_they_were_found() -> None:
    for item in ITEMS:
        found = judge(item.article)
        assert found.score == pytest.approx(sum(points for _, points in found.reasons), abs=0.011)
        assert all(what.endswith(("(headline)", "(lede)", "(body)")) for what, _ in found.reasons)


def test_a_teaser_for_another_story_does_not_make_a_school_story_relevant() -> None:
    text = "The academy has been told to improve. Pupils deserve better, inspectors said.\n" * 9
    body = text + "\nThe council's children's services were rated inadequate by Ofsted in 2018."
    assert label("Ofsted: school told to do better", body) == "other"


def test_a_long_report_story_may_mention_schools_and_special_needs() -> None:
    text = (
        "Ofsted has rated Wexborough Council's children's services as good after an inspection in March.\n"
        "Inspectors said children in need are seen quickly.\n"
        * 5
        + "The report is not to be confused with one on special educational needs. Schools were told.\nPupils from a school sang."
    )
    assert label("Children's services rated good by Ofsted", text) == "report"


def test_the_body_of_a_report_story_may_speak_of_everything_else() -> None:
    start = (
        "Wexborough Council's children's services have been rated good by Ofsted.\n"
        + "Children are seen quickly by people they know. " * 12
    )
    body = "\nSchools, nurseries, a children's home, foster carers, the NHS, police, courts and the budget were spoken of. Pupils with SEND too."
    assert (
        judge(Article("", "Council rated good", start + body * 5, "", None)).score
        >= judge(Article("", "Council rated good", start, "", None)).score
    )


@pytest.mark.parametrize(
    ("headline", "lede"),
    [
        ("CHILDREN'S SERVICES RATED INADEQUATE", "Ofsted has published its report on the council."),
        ("Children’s Services ‘inadequate’", "Ofsted’s verdict on the county council."),
        ("Childrens Services inadequate", "Ofsted has told the borough council to improve."),
        ("Children's social services 'inadequate' - Ofsted", ""),
    ],
)
def test_spelling_quotes_and_capitals_do_not_matter(headline: str, lede: str) -> None:
    assert label(headline, lede) == "report"


def test_nothing_but_a_headline_about_nothing_is_other() -> None:
    assert judge(Article("", "News in brief", "", "", None)).label == "other"


@pytest.mark.parametrize("body", everywhere().bodies)
def test_a_body_that_delivers_the_services_is_known_by_its_name(body: str) -> None:
    reasons = dict(judge(Article("", f"New chair of {body}", "", "", None)).reasons)
    assert "subject: a body that delivers children's services (headline)" in reasons


def test_a_body_is_not_searched_for_what_counts_nothing_there_or_more_before(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[tuple[Rule, str]] = []

    def says(rule: Rule, text: str) -> bool:
        searched.append((rule, text))
        return "Ofsted" in text

    monkeypatch.setattr(relevance, "_says", says)
    first, rest = "Nothing is said.\n" * 30, "Nothing at all is said.\n" * 30
    judge(Article("", "Ofsted", first + rest, "", None))
    in_body = [rule for rule, text in searched if "at all" in text]
    assert not in_body
    searched.clear()
    judge(Article("", "", first + rest, "", None))
    in_body = [rule for rule, text in searched if "at all" in text]
    assert {rule.name for rule in in_body} == {rule.name for rule in rules().rules if rule.body and not rule.when}
    assert len(in_body) == len({rule.name for rule in in_body})
