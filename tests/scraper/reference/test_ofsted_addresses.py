"""Ofsted's addresses in every shape they have had."""

import pytest

from scraper.reference import file_number, is_ofsteds, linked_reports, provider_urn


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://files.example/v1/file/50231520", 50231520),
        ("https://files.other.example/v1/file/50231520?x=1#page=3", 50231520),
        ("https://reports.example/provider/files/2753832/urn/80425.pdf", 2753832),
        ("https://reports.example/file/2753832.pdf", 2753832),
        ("https://reports.example/provider/44/80425", None),
        ("https://reports.example/v1/file/", None),
        ("https://reports.example/profile/7", None),
        ("https://[reports]/v1/file/7", None),
    ],
)
def test_a_report_is_known_by_its_number_whatever_the_host(url: str, number: int | None) -> None:
    assert file_number(url) == number


def test_the_page_of_a_provider_has_its_urn() -> None:
    assert provider_urn("https://reports.example/provider/44/80425/") == "80425"
    assert provider_urn("/provider/44/80425") == "80425"
    assert provider_urn("https://reports.example/provider/files/2753832/urn/80425.pdf") is None


def test_only_ofsteds_own_hosts_are_ofsteds() -> None:
    assert is_ofsteds("https://files.ofsted.gov.uk/v1/file/7") and is_ofsteds("https://ofsted.gov.uk./")
    assert not is_ofsteds("https://notofsted.gov.uk/v1/file/7")
    assert not is_ofsteds("https://news.example/?to=files.ofsted.gov.uk")


def test_the_reports_that_an_article_links_are_found_in_all_three_shapes_and_in_its_words() -> None:
    links = (
        "https://reports.ofsted.gov.uk/provider/files/2753832/urn/80425.pdf",
        "https://files.ofsted.gov.uk/v1/file/50000001",
        "https://files.ofsted.gov.uk/v1/file/50000001#page=2",
        "https://news.example/v1/file/5",
        "https://[ofsted.gov.uk/v1/file/6",
    )
    text = "The report (files.ofsted.gov.uk/v1/file/50000002) is long. See https://files.ofsted.gov.uk/file/50000003."
    assert linked_reports(links, text) == (2753832, 50000001, 50000002, 50000003)
