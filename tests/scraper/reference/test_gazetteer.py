"""Authorities by what people call them."""

from dataclasses import replace

import pytest

from scraper.reference import Authority, Name, everywhere, find_authority, gazetteer, known_authorities, with_all_others

WESTMARCH = Authority(
    "1001", "Westmarch", aliases=("The March",), names=(Name("short", "W'march"), Name("town", "Ayford"))
)
EASTMARCH = Authority(
    "1002", "Eastmarch", aliases=("Westmarch",), names=(Name("site", "eastmarch.gov.uk"), Name("body", "March Trust"))
)
MARCHES = gazetteer((WESTMARCH, EASTMARCH))


@pytest.mark.parametrize(
    "text", ["1001", " 1001 ", "Westmarch", "WESTMARCH COUNTY COUNCIL", "the march", "w\u2019march"]
)
def test_an_authority_is_found_by_its_urn_and_by_what_it_is_called(text: str) -> None:
    assert MARCHES.find(text) is WESTMARCH


@pytest.mark.parametrize("text", ["Ayford", "March Trust", "eastmarch.gov.uk", "1003", ""])
def test_a_town_a_body_or_a_site_is_no_name_of_it(text: str) -> None:
    assert MARCHES.find(text) is None


def test_the_first_of_two_with_one_name_is_meant() -> None:
    assert gazetteer((EASTMARCH, WESTMARCH)).find("Westmarch") is EASTMARCH
    assert find_authority("Westmarch", [EASTMARCH, WESTMARCH]) is EASTMARCH


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("eastmarch.gov.uk", EASTMARCH),
        ("news.eastmarch.gov.uk", EASTMARCH),
        ("northeastmarch.gov.uk", None),
        ("gov.uk", None),
        ("", None),
    ],
)
def test_a_site_is_that_of_an_authority_with_what_is_below_it(host: str, found: Authority | None) -> None:
    assert MARCHES.at_site(host) is found


def test_each_body_is_listed_once() -> None:
    assert MARCHES.bodies == ("March Trust",)
    assert len(set(everywhere().bodies)) == len(everywhere().bodies) > 10


def test_those_that_are_known_make_no_other_gazetteer() -> None:
    assert with_all_others(known_authorities()[3:5]) is everywhere()
    assert with_all_others([]) is everywhere()


def test_what_is_given_of_an_authority_comes_before_what_is_known_of_it() -> None:
    kent = find_authority("Kent", known_authorities())
    assert kent is not None
    own = replace(kent, aliases=("Garden County",))
    both = with_all_others([WESTMARCH, own])
    assert both.find("Garden County") is both.by_urn[kent.urn] is own
    assert both.find("Westmarch") is WESTMARCH
    assert len(both.authorities) == len(known_authorities()) + 1
    assert with_all_others([WESTMARCH, replace(own)]) is both
