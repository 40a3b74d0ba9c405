"""Which items are news of a report on an authority's children's services, and why."""

import pytest

from scraper.articles import relevance
from scraper.articles.features import PLACE, features, found_in
from scraper.articles.relevance import RELEVANT_FROM, judge
from scraper.articles.rules import rules
from scraper.articles.weights import models
from scraper.items import Article
from scraper.reference import everywhere
from scraper.text import plain, plain_words, sentences
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


def test_the_reasons_are_rules_with_where_they_were_found_and_what_they_count_the_most_first() -> None:
    names = {rule.name for rule in rules().rules}
    for item in ITEMS[::7]:
        reasons = judge(item.article).reasons
        assert [abs(points) for _, points in reasons] == sorted((abs(points) for _, points in reasons), reverse=True)
        for what, _ in reasons:
            if what.startswith('the word "'):
                assert what.split('"')[1] in (
                    *plain_words(f"{item.article.headline}\n{item.article.text}"),
                    PLACE,
                    f"{PLACE}'s",
                )
                continue
            name, where = what.rsplit(" (", 1)
            assert name in names and where in ("headline)", "lede)", "text)")
            text = plain(item.article.headline if where == "headline)" else item.article.text)
            assert any(name in found_in(sentence) for sentence in sentences(text))


def test_all_reasons_together_are_the_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relevance, "REASONS", 1000)
    monkeypatch.setattr(relevance, "SMALLEST", 0.0)
    elsewhere = Article(
        "", "Social services 'inadequate', inspectors tell Cardiff", "Children were let down.", "", None
    )
    for article in (elsewhere, *(item.article for item in ITEMS[::20])):
        found = judge(article)
        total = RELEVANT_FROM + models().news.bias + sum(points for _, points in found.reasons)
        assert found.score == pytest.approx(total, abs=0.01 + 0.005 * len(found.reasons))


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
    assert label("Council rated good", start) == label("Council rated good", start + body * 5) == "report"


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
    assert "a body that delivers children's services (headline)" in reasons


def test_a_text_is_read_so_far_and_no_further() -> None:
    said = "Ofsted has rated Wexborough Council's children's services inadequate.\n"
    start = "The council said that nothing of it is known.\n" * 12
    assert "Ofsted (text)" in features(Article("", "Council", start + said, "", None))
    assert "Ofsted (text)" not in features(Article("", "Council", start + "Nothing is said.\n" * 100 + said, "", None))


ELSEWHERE = [
    *[
        "Anglesey",
        "Blaenau Gwent",
        "Bridgend",
        "Caerphilly",
        "Cardiff",
        "Carmarthenshire",
        "Ceredigion",
        "Conwy",
        "Denbighshire",
        "Flintshire",
        "Gwynedd",
        "Merthyr Tydfil",
    ],
    *[
        "Monmouthshire",
        "Neath Port Talbot",
        "Newport",
        "Pembrokeshire",
        "Powys",
        "Rhondda Cynon Taf",
        "Swansea",
        "Torfaen",
        "Vale of Glamorgan",
        "Wrexham",
    ],
    *[
        "Aberdeen City",
        "Aberdeenshire",
        "Angus",
        "Argyll and Bute",
        "Clackmannanshire",
        "Dumfries and Galloway",
        "Dundee City",
        "East Ayrshire",
        "East Dunbartonshire",
    ],
    *[
        "East Lothian",
        "East Renfrewshire",
        "City of Edinburgh",
        "Falkirk",
        "Fife",
        "Glasgow City",
        "Highland",
        "Inverclyde",
        "Midlothian",
        "Moray",
        "Na h-Eileanan Siar",
    ],
    *[
        "North Ayrshire",
        "North Lanarkshire",
        "Orkney Islands",
        "Perth and Kinross",
        "Renfrewshire",
        "Scottish Borders",
        "Shetland Islands",
        "South Ayrshire",
    ],
    *[
        "South Lanarkshire",
        "Stirling",
        "West Dunbartonshire",
        "West Lothian",
        "Antrim and Newtownabbey",
        "Ards and North Down",
    ],
    *[
        "Armagh City, Banbridge and Craigavon",
        "Belfast City",
        "Causeway Coast and Glens",
        "Derry City and Strabane",
        "Fermanagh and Omagh",
        "Lisburn and Castlereagh",
    ],
    *["Mid and East Antrim", "Mid Ulster", "Newry, Mourne and Down"],
]
"""The 22 councils of Wales, the 32 of Scotland and the 11 of Northern Ireland."""


@pytest.mark.parametrize("council", ELSEWHERE)
def test_a_council_that_is_not_in_england_is_no_news_of_ours(council: str) -> None:
    lede = f"Inspectors said that {council} Council's children's services do not protect the most vulnerable."
    assert label("Children's services not good enough, say inspectors", lede) == "other"
    assert label("Children's services not good enough, say inspectors", lede.replace(council, "Kirklees")) != "other"


def test_there_are_65_of_them() -> None:
    assert len(ELSEWHERE) == len(set(ELSEWHERE)) == 22 + 32 + 11


def test_another_country_beside_ofsted_is_no_reason_and_what_is_not_ours_is_seen_among_the_nearly_kept() -> None:
    left = "Kirklees Council was told to improve at once, and its director has left for Cardiff."
    assert label("Council's children's services rated inadequate by Ofsted", left) != "other"
    without = judge(
        Article("", "Children's services rated inadequate by Ofsted", left.replace("Kirklees", "The"), "", None)
    )
    assert without.score > RELEVANT_FROM / 2  # by its weights, and not as of another country
    assert without.score != RELEVANT_FROM - relevance.LACKING
    found = judge(
        Article("", "Social services 'inadequate', inspectors tell Cardiff", "Children were let down.", "", None)
    )
    assert found.label == "other"
    assert RELEVANT_FROM / 2 < found.score <= RELEVANT_FROM - relevance.LACKING
