"""Ofsted's pages, saved in their markup with invented contents, against what was read of them."""

import re
from pathlib import Path

import pytest

from scraper.errors import PageChanged
from scraper.pages import ofsted
from tests.paths import FIXTURES
from tests.scraper.pages import golden

URL = "https://reports.example/provider/44/91001"
GOOD = [folder for folder in golden.cases("ofsted") if not folder.name.startswith(("changed", "search"))]
CHANGED = {
    "changed_redesign": "no heading with a name and 'URN: ...'",
    "changed_no_urn": "no heading with a name and 'URN: ...'",
    "changed_no_links": "links no report at all",
    "changed_no_list": "links no report at all",
    "changed_cut_off": "cut off before its end",
    "changed_page_not_found": "headed 'Page not found'",
    "changed_report_not_found": "headed 'Report not found'",
}


@pytest.mark.parametrize("folder", GOOD, ids=lambda folder: folder.name)
def test_provider_page(folder: Path) -> None:
    golden.check(folder, ofsted.parse_provider(golden.page(folder), URL))


@pytest.mark.parametrize("folder", golden.cases("ofsted", "changed"), ids=lambda folder: folder.name)
def test_a_changed_page_is_refused_and_the_reason_names_it(folder: Path) -> None:
    with pytest.raises(PageChanged) as raised:
        ofsted.parse_provider(golden.page(folder), URL)
    assert CHANGED[folder.name] in str(raised.value) and URL in str(raised.value)


def test_a_page_whose_list_is_empty_is_told_from_one_that_is_gone_or_linked_in_another_way() -> None:
    whole = golden.page(FIXTURES / "ofsted" / "changed_no_links")
    empty = re.sub(rb'(?s)<li class="timeline__day[ "].*</details></li>', b"", whole)
    with pytest.raises(ofsted.NoReports) as none:
        ofsted.parse_provider(empty, URL)
    assert (none.value.page.urn, none.value.page.links) == ("91001", ())
    for page in (whole, golden.page(FIXTURES / "ofsted" / "changed_no_list"), empty.replace(b"timeline__title", b"x")):
        with pytest.raises(PageChanged, match="links no report at all") as raised:
            ofsted.parse_provider(page, URL)
        assert not isinstance(raised.value, ofsted.NoReports)


@pytest.mark.parametrize("name", ["search_first_page", "search_nothing"])
def test_search_page(name: str) -> None:
    folder = FIXTURES / "ofsted" / name
    golden.check(folder, ofsted.parse_search(golden.page(folder), "https://reports.example/search?start=0"))


@pytest.mark.parametrize("folder", golden.cases("ofsted", "search_changed"), ids=lambda folder: folder.name)
def test_a_changed_search_page_is_refused(folder: Path) -> None:
    with pytest.raises(PageChanged):
        ofsted.parse_search(golden.page(folder), URL)


def test_the_page_in_place_of_a_removed_report_is_known() -> None:
    assert ofsted.is_report_not_found(golden.page(FIXTURES / "ofsted" / "changed_report_not_found"))
    assert not ofsted.is_report_not_found(golden.page(FIXTURES / "ofsted" / "changed_page_not_found"))
    assert not ofsted.is_report_not_found(b"%PDF-1.7 <h1>Report not found</h1>")


def test_white_space_around_an_address_is_not_part_of_it() -> None:
    page = (
        b'<html><main><h1>Ayford</h1>URN: 91001 <a class="publication-link" href="\n /v1/file/7 \n">'
        b'Visit <span class="nonvisual">Visit, pdf - 01 May 2024</span></a></main></html>'
    )
    assert ofsted.parse_provider(page, "https://reports.example/provider/44/91001").links[0].url == (
        "https://reports.example/v1/file/7"
    )


@pytest.mark.parametrize("href", ["http://[v1/file/7", "https://files.example:99999/v1/file/7"])
def test_a_report_link_that_is_no_address_is_told_as_that(href: str) -> None:
    page = f'<html><main><h1>Ayford</h1>URN: 91001 <a class="publication-link" href="{href}">Visit</a></main></html>'
    with pytest.raises(PageChanged, match="without a file number"):
        ofsted.parse_provider(page.encode(), "https://reports.example/provider/44/91001")


def test_a_report_link_without_a_number_costs_only_itself() -> None:
    link = '<a class="publication-link" href="/v1/file/%s">Visit <span class="nonvisual">Visit, pdf - 01 May 2024</span></a>'
    written = "".join(link % number for number in (7, "x", 10**20, 9))
    page = f"<html><main><h1>Ayford</h1>URN: 91001 {written}</main></html>"
    found = ofsted.parse_provider(page.encode(), "https://reports.example/provider/44/91001")
    assert [one.report_id for one in found.links] == [7, 9]
    assert found.left_out.startswith(
        "2 of 4 links left out: a report link without a file number: https://reports.example/v1/file/x (Visit"
    )


@pytest.mark.parametrize("between", ["</body></html>", "</html><html><body>", "<div>" * 300, "</li></ol></div></main>"])
def test_what_stands_behind_an_end_or_very_deep_is_listed_too(between: str) -> None:
    link = '<a class="publication-link" href="/v1/file/%s">Visit <span class="nonvisual">Visit, pdf - 01 May 2024</span></a>'
    page = f"<html><body><main><h1>Ayford</h1>URN: 91001 {link % 7}{between}{link % 9}</main></body></html>"
    found = ofsted.parse_provider(page.encode(), "https://reports.example/provider/44/91001")
    assert [(one.report_id, one.label) for one in found.links] == [(7, "Visit"), (9, "Visit")]


def test_what_a_page_does_not_show_is_not_read() -> None:
    hidden = "<script>URN: 1</script><style>URN: 2</style><template>URN: 3</template><!-- URN: 4 -->"
    page = f"<html><body><main><h1>Ayford<script>x</script></h1>{hidden}<p>URN: 91001</p></main></body></html>"
    with pytest.raises(PageChanged, match="the page of Ayford links no report at all"):
        ofsted.parse_provider(page.encode(), URL)
    listed = page.replace("</p>", '</p><a class="publication-link" href="/v1/file/7">Visit</a>')
    assert ofsted.parse_provider(listed.encode(), URL).urn == "91001"


@pytest.mark.parametrize("page", [b"</html>", b"<!-- x --></html>", b"<?pi x?><!doctype html></html>"])
def test_a_page_of_nothing_is_refused(page: bytes) -> None:
    with pytest.raises(PageChanged, match="no heading with a name"):
        ofsted.parse_provider(page, URL)
    assert not ofsted.is_report_not_found(page)
