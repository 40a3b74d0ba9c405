"""Pure decisions of a crawl of Ofsted's site: what is believed, what is fetched."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from scraper.crawling.listing import judge, recheck, wanted
from scraper.items import Known, ReportLink, Verdict


def link(number: int, year: int = 2024) -> ReportLink:
    return ReportLink(number, f"https://files.example/v1/file/{number}", "Inspection", date(year, 1, 1))


def known(*numbers: int, missing: tuple[int, ...] = ()) -> dict[int, Known]:
    return {
        number: Known(link(number), "91001", sha256="a", missing_since="2026" if number in missing else None)
        for number in numbers
    }


def test_a_page_that_misses_a_report_is_not_believed_at_first_whatever_its_file_says() -> None:
    page = [link(1), link(2), link(9)]
    found = judge({1, 2, 3}, known(1, 2, 3), page, gone={3})
    assert (found.verdict, found.missing, found.withdrawn) == (Verdict.BROKEN, (3,), ())
    assert "3 (Inspection, 2024-01-01)" in found.message and "1 new" in found.message


def test_the_second_page_that_misses_the_same_few_is_believed() -> None:
    found = judge({1, 2, 3}, known(1, 2, 3, missing=(3,)), [link(1), link(2)], gone=())
    assert (found.verdict, found.withdrawn) == (Verdict.OK, (3,))


def test_half_of_the_page_is_too_much_unless_the_files_are_gone_too() -> None:
    listed, stored = {1, 2, 3, 4}, known(1, 2, 3, 4, missing=(3, 4))
    assert judge(listed, stored, [link(1), link(2)], gone={3}).verdict is Verdict.BROKEN
    assert judge(listed, stored, [link(1), link(2)], gone={3, 4}).withdrawn == (3, 4)


def test_others_missing_than_before_begin_anew() -> None:
    stored = known(1, 2, 3, 4, 5, missing=(3,))
    assert judge({1, 2, 3, 4, 5}, stored, [link(1), link(2), link(3), link(5)], gone=()).verdict is Verdict.BROKEN


def test_a_report_of_another_authority_is_not_missed() -> None:
    assert judge({1, 2, 77}, known(1, 2), [link(1), link(2)], gone=()).verdict is Verdict.OK


@given(st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)))
def test_only_what_was_missed_before_is_ever_withdrawn(
    listed: set[int], before: set[int], here: set[int], gone: set[int]
) -> None:
    found = judge(listed, known(*range(1, 10), missing=tuple(before)), [link(number) for number in here], gone)
    assert set(found.withdrawn) <= before & listed - here
    assert (found.verdict is Verdict.OK) == (listed <= here or set(found.withdrawn) == listed - here)


def test_new_and_never_had_and_chosen_pdfs_are_fetched() -> None:
    stored = known(1, 2) | {3: Known(link(3), "91001", problem="HTTP 503"), 4: Known(link(4), "91001")}
    found = wanted([link(n) for n in (1, 2, 3, 4, 5)], stored, again={2})
    assert [one.report_id for one in found] == [2, 3, 4, 5]


def reports(*ages: tuple[int, str, int, str]) -> list[Known]:
    return [Known(link(n, year), urn, sha256="a", checked=checked) for n, urn, year, checked in ages]


def test_the_newest_of_each_authority_is_looked_at_again_first_then_the_longest_unseen() -> None:
    stored = reports(
        (1, "a", 2020, "5"), (2, "a", 2024, "9"), (3, "b", 2019, "1"), (4, "b", 2023, "9"), (5, "b", 2018, "3")
    )
    assert recheck(stored, 0) == frozenset()
    assert recheck(stored, 3) == {2, 4, 3}
    assert recheck(stored, 4) == {2, 4, 3, 5}
    assert recheck(stored, 99) == {1, 2, 3, 4, 5}


def test_old_reports_are_looked_at_too_where_there_are_many_authorities() -> None:
    stored = reports(
        *((n, f"u{n}", 2024, "9") for n in range(20)), *((100 + n, f"u{n}", 2019, str(n)) for n in range(4))
    )
    chosen = recheck(stored, 8)
    assert len(chosen) == 8 and {100, 101} <= chosen and len({n for n in chosen if n < 100}) == 6


def test_withdrawn_reports_and_those_never_had_are_not_looked_at_again() -> None:
    gone = Known(link(1), "a", sha256="a", withdrawn_at="2026")
    assert recheck([gone, Known(link(2), "a")], 9) == frozenset()
