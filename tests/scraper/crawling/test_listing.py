"""Pure decisions of a crawl of Ofsted's site: what is believed, what is fetched."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from scraper.crawling.listing import Change, compare, doubted, doubtful, judge, recheck, wanted
from scraper.items import ReportLink, Verdict
from scraper.looks import Listing, PageTrust, StoredReport


def link(number: int, year: int = 2024) -> ReportLink:
    return ReportLink(number, f"https://files.example/v1/file/{number}", "Inspection", date(year, 1, 1))


def known(*numbers: int) -> dict[int, StoredReport]:
    return {number: StoredReport(link(number), "91001", sha256="a") for number in numbers}


def last(*numbers: int, missing: tuple[int, ...] = (), withdrawn: tuple[int, ...] = ()) -> dict[int, Listing]:
    """What a page has listed: these, of which some were missing from it the last time and others are believed to be gone."""
    listings = {number: Listing() for number in numbers}
    listings |= {number: Listing(missing_since="2026") for number in missing}
    return listings | {number: Listing("2026", "2026") for number in withdrawn}


def trust(change: Change, gone: tuple[int, ...] = ()) -> tuple[Verdict, tuple[int, ...]]:
    found = judge(change, gone, known(*range(1, 10)))
    return found.verdict, found.withdrawn


def test_a_page_is_set_against_all_that_it_ever_listed() -> None:
    change = compare(last(1, 2, missing=(3, 4), withdrawn=(5, 6)), {2, 3, 5, 9})
    assert (change.added, change.back, change.missing) == ((9,), (3, 5), (1, 4))
    assert (change.kept, change.listed, change.repeated) == (2, 4, False)


def test_a_page_that_misses_a_report_is_not_believed_at_first_whatever_its_file_says() -> None:
    found = judge(compare(last(1, 2, 3), {1, 2, 9}), {3}, known(1, 2, 3))
    assert (found.verdict, found.missing, found.withdrawn) == (Verdict.BROKEN, (3,), ())
    assert "3 (Inspection, 2024-01-01)" in found.message and "1 new" in found.message


def test_the_second_page_that_misses_the_same_few_is_believed() -> None:
    assert trust(compare(last(1, 2, missing=(3,)), {1, 2})) == (Verdict.OK, (3,))


def test_half_of_the_page_is_too_much_unless_the_files_are_gone_too() -> None:
    change = compare(last(1, 2, missing=(3, 4)), {1, 2})
    assert trust(change, gone=(3,)) == (Verdict.BROKEN, ())
    assert trust(change, gone=(3, 4)) == (Verdict.OK, (3, 4))


def test_more_than_two_are_too_much_on_a_page_of_any_length_and_a_person_is_asked() -> None:
    change = compare(last(1, 2, 3, 4, 5, 6, missing=(7, 8, 9)), range(1, 7))
    found = judge(change, (), known(*range(1, 10)))
    assert found.verdict is Verdict.BROKEN and "`ofsted-watch accept`" in found.message


def test_others_missing_than_before_begin_anew() -> None:
    assert trust(compare(last(1, 2, 4, 5, missing=(3,)), {1, 2, 3, 5})) == (Verdict.BROKEN, ())
    assert trust(compare(last(1, 2, 4, 5, missing=(3,)), {1, 2, 5})) == (Verdict.BROKEN, ())


def test_reports_that_another_page_lists_are_no_loss_however_many_they_are() -> None:
    change = compare(last(1, 2, 3, 4, 5), {1}, elsewhere={2, 3, 4, 5, 77})
    assert change.lost == () and doubtful(change) == ()
    assert trust(change) == (Verdict.OK, (2, 3, 4, 5))


def test_what_is_lost_beside_reports_that_another_page_lists_waits_alone() -> None:
    assert trust(compare(last(1, 2, 3, 4, 5), {1}, elsewhere={2, 3, 4})) == (Verdict.BROKEN, (2, 3, 4))
    again = compare(last(1, missing=(5,), withdrawn=(2, 3, 4)), {1}, elsewhere={2, 3, 4})
    assert doubtful(again) == (5,)
    assert trust(again) == (Verdict.BROKEN, ()) and trust(again, gone=(5,)) == (Verdict.OK, (5,))


def test_a_page_without_reports_is_empty_where_there_were_none_and_never_believed_where_there_were() -> None:
    assert trust(compare({}, ())) == (Verdict.EMPTY, ())
    assert trust(compare(last(withdrawn=(1,)), ())) == (Verdict.EMPTY, ())
    nothing = compare(last(missing=(1, 2)), ())
    assert trust(nothing, gone=(1, 2)) == (Verdict.BROKEN, ()) and doubtful(nothing) == ()
    assert trust(compare(last(missing=(1,)), (), elsewhere={1})) == (Verdict.BROKEN, ())


def test_files_are_asked_for_only_where_the_answers_decide() -> None:
    assert doubtful(compare(last(1, 2), {1, 2})) == ()
    assert doubtful(compare(last(1, 2, 3, 4), {1, 2})) == ()  # the first time: it waits in any case
    assert doubtful(compare(last(1, 2, missing=(3,)), {1, 2})) == ()  # few: believed in any case
    assert doubtful(compare(last(1, 2, missing=(3, 4)), {1, 2})) == (3, 4)


def test_a_report_that_is_back_is_named() -> None:
    assert judge(compare(last(1, missing=(2,)), {1, 2}), (), known(1, 2)) == PageTrust(
        Verdict.OK, "listed again: 2 (Inspection, 2024-01-01)"
    )


NUMBERS = st.sets(st.integers(1, 9))


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_only_what_was_missed_before_and_is_missing_still_is_ever_withdrawn(
    listed: set[int], before: set[int], here: set[int], gone: set[int], elsewhere: set[int]
) -> None:
    change = compare(last(*listed, missing=tuple(before)), here, elsewhere)
    found = judge(change, gone, known(*range(1, 10)))
    assert set(found.withdrawn) <= before - here | set(change.moved)
    assert set(change.added) == here - listed - before and set(change.back) == before & here
    assert (found.verdict is not Verdict.BROKEN) == (set(change.missing) == set(found.withdrawn))
    assert set(doubtful(change)) <= before - here - elsewhere


def test_new_and_never_had_and_chosen_pdfs_are_fetched() -> None:
    stored = known(1, 2) | {3: StoredReport(link(3), "91001", problem="HTTP 503"), 4: StoredReport(link(4), "91001")}
    found = wanted([link(n) for n in (1, 2, 3, 4, 5)], stored, again={2})
    assert [one.report_id for one in found] == [2, 3, 4, 5]


def reports(*ages: tuple[int, str, int, str]) -> list[StoredReport]:
    return [StoredReport(link(n, year), urn, sha256="a", checked=checked) for n, urn, year, checked in ages]


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
    gone = StoredReport(link(1), "a", sha256="a", withdrawn_at="2026")
    assert recheck([gone, StoredReport(link(2), "a")], 9) == frozenset()


def test_of_a_page_that_could_not_be_read_whole_nothing_is_believed_that_it_omits() -> None:
    trust = PageTrust(Verdict.OK, "no longer listed: 7; believed", (7,), (7,))
    assert doubted(trust, "") == trust
    told = "1 of 9 links left out: odd; no longer listed: 7; believed"
    assert doubted(trust, "1 of 9 links left out: odd") == PageTrust(Verdict.BROKEN, told, (7,))
