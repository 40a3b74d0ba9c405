"""Which authority is meant: names, towns, bodies, false friends, and the outlet's patch."""

from datetime import UTC, datetime

import pytest

from scraper.articles import read_article
from scraper.articles.authority import which
from scraper.articles.mentions import find_mentions, index
from scraper.items import Article
from scraper.reference import everywhere, find_authority, known_authorities
from tests.scraper.articles.headlines import items


def urn(name: str) -> str:
    authority = find_authority(name, known_authorities())
    assert authority, name
    return authority.urn


def meant(headline: str, text: str = "", covers: str = "", year: int | None = None, url: str = "") -> str | None:
    when = datetime(year, 6, 1, tzinfo=UTC) if year else None
    guess = which(
        Article(url, headline, text, "", when), known_authorities(), [urn(name) for name in covers.split("; ") if name]
    )
    return guess.authority.name if guess.authority else None


def test_the_right_authority_of_relevant_items() -> None:
    relevant = [item for item in items() if item.relevant]
    guesses = [which(item.article, known_authorities(), item.covers).authority for item in relevant]
    right = sum(
        (guess.name if guess else None) == item.authority for guess, item in zip(guesses, relevant, strict=True)
    )
    assert right / len(relevant) >= 0.97


@pytest.mark.parametrize("authority", known_authorities(), ids=lambda authority: authority.name)
def test_every_authority_is_found_by_its_name_as_a_council(authority: object) -> None:
    name = getattr(authority, "name", "")
    assert meant(f"{name} Council's children's services rated good") == name


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("North Yorkshire's children's services praised", "North Yorkshire"),
        ("York's children's services praised", "York"),
        ("South Gloucestershire Council praised by Ofsted", "South Gloucestershire"),
        ("Gloucestershire County Council praised by Ofsted", "Gloucestershire"),
        ("Nottinghamshire children's services rated", "Nottinghamshire"),
        ("Nottingham children's services rated", "Nottingham"),
        ("Sutton Coldfield families let down by Birmingham City Council", "Birmingham"),
        ("Central Beds children's services good", "Central Bedfordshire"),
        ("B&NES children's services rated", "Bath and North East Somerset"),
        ("BCP Council told to improve children's services", "Bournemouth, Christchurch and Poole"),
        ("Stockton Council's social care for children", "Stockton-on-Tees"),
        ("Hull children's services improving", "Kingston upon Hull"),
        ("County Durham children's services", "Durham"),
        ("Ofsted praises Herts", "Hertfordshire"),
        ("Royal Borough of Windsor and Maidenhead children's services", "Windsor and Maidenhead"),
        ("H&F children's services outstanding", "Hammersmith and Fulham"),
    ],
)
def test_long_names_before_short_ones(headline: str, expected: str) -> None:
    assert meant(headline) == expected


@pytest.mark.parametrize(
    "headline",
    ["Reading is good for children, says Ofsted", "Milwaukee Bucks win", "New York children's services", "Council to bury report",
     "Buckingham Palace statement", "Duchess of Kent dies", "Westminster government to act on children's services"],
)  # fmt: skip
def test_false_friends_are_no_authority(headline: str) -> None:
    assert meant(headline) is None


def test_a_delivery_body_means_its_authority_while_it_delivers() -> None:
    assert meant("Slough Children First rated good", year=2023) == "Slough"
    assert meant("Brighter Futures for Children judged", year=2020) == "Reading"
    assert meant("Doncaster Children's Services Trust inspected", year=2016) == "Doncaster"
    assert meant("Sandwell Children's Trust rated", year=2021) == "Sandwell"


def test_a_body_of_several_authorities_needs_the_patch_or_a_name() -> None:
    assert meant("Achieving for Children rated outstanding", year=2020) is None
    assert (
        meant("Achieving for Children rated outstanding", "Children in Richmond thrive.", year=2020)
        == "Richmond upon Thames"
    )
    assert (
        meant("Achieving for Children inspected", covers="Windsor and Maidenhead", year=2020)
        == "Windsor and Maidenhead"
    )


def test_a_former_county_is_two_authorities_until_the_patch_tells_which() -> None:
    assert meant("Northamptonshire County Council's children's services inadequate", year=2019) is None
    assert meant("Northants children's trust", covers="North Northamptonshire", year=2022) == "North Northamptonshire"


def test_an_article_of_the_time_is_about_the_former_county_itself() -> None:
    when = datetime(2018, 6, 1, tzinfo=UTC)
    article = Article(
        "", "Northamptonshire County Council's children's services 'failing'", "Ofsted has said so.", "", when
    )
    guess = which(article, known_authorities(), [urn("North Northamptonshire")])
    assert (guess.authority, guess.former) == (None, "Northamptonshire")
    assert read_article(article, known_authorities(), []).authority == "Northamptonshire"
    assert read_article(article, known_authorities(), []).urn is None
    named = Article(
        "", "West Northamptonshire to follow Northamptonshire", "West Northamptonshire Council was formed.", "", when
    )
    assert which(named, known_authorities(), []).former is None


def test_the_patch_speaks_where_the_text_says_only_the_council() -> None:
    assert meant("Council's children's services under the microscope", covers="Buckinghamshire") == "Buckinghamshire"
    assert meant("Council's children's services under the microscope", covers="Dorset; BCP") is None
    assert (
        meant("County council's children's services inspected", covers="Nottingham; Nottinghamshire")
        == "Nottinghamshire"
    )
    assert meant("Council's children's services under the microscope") is None


def test_a_name_in_the_headline_outdoes_the_patch() -> None:
    assert (
        meant("Milton Keynes children's services rated good", "The city council is pleased.", "Buckinghamshire")
        == "Milton Keynes"
    )
    assert meant("Slough children's services", "The trust was inspected.", "Windsor and Maidenhead") == "Slough"


def test_neighbours_that_are_not_watched_compete_too() -> None:
    watched = [authority for authority in known_authorities() if authority.name == "Buckinghamshire"]
    article = Article("", "Milton Keynes children's services rated good", "", "", None)
    guess = which(article, watched, [watched[0].urn])
    assert guess.authority is not None
    assert guess.authority.name == "Milton Keynes"


def test_a_town_is_weak_evidence_and_still_evidence() -> None:
    assert meant("Children in Grimsby let down", "Ofsted has told the council to act.") == "North East Lincolnshire"
    assert meant("Wisbech family's story", "Norfolk County Council's children's services were inspected.") == "Norfolk"


def test_a_roundup_of_many_is_nobodys() -> None:
    text = "Reports were published on Leeds, Kent, Devon, Norfolk and Surrey."
    assert meant("Ofsted: latest focused visits to children's services", text) is None


def test_a_councils_own_site_is_about_it() -> None:
    assert meant("Ofsted praises children's services", url="https://www.knowsley.gov.uk/news/ofsted") == "Knowsley"


def test_the_reasons_say_what_was_found_where() -> None:
    guess = which(Article("", "Kent children's services rated good", "", "", None), known_authorities(), [urn("Kent")])
    assert ("Kent (headline)", 7.0) in guess.reasons
    assert "the outlet's patch" in dict(guess.reasons)


def test_mentions_do_not_overlap_and_keep_their_order() -> None:
    found = find_mentions("West Sussex, East Sussex and Brighton & Hove", index(everywhere()))
    assert [mention.name for mention in found] == ["West Sussex", "East Sussex", "Brighton & Hove"]


@pytest.mark.parametrize(
    ("outlets", "meant"), [(["Halton"], True), (["Cheshire East", "Halton"], True), (["Kent"], False)]
)
def test_a_name_that_is_a_word_too_is_meant_in_a_paper_of_that_place(outlets: list[str], meant: bool) -> None:
    covers = [found.urn for name in outlets if (found := find_authority(name, known_authorities()))]
    lede = "Halton has the lowest grade there is for the care of children."
    found = which(Article("", "Children failed, say inspectors", lede, "", None), known_authorities(), covers).authority
    assert (found is not None and found.name == "Halton") is meant
