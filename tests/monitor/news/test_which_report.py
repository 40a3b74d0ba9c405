"""Which report an article is about, and which evidence counts."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from monitor.news.known_report import KnownReport
from monitor.news.which_report import Link, Undecided, link
from scraper.items import ArticleReading, VisitClues

FULL, M, F = "inspection", "monitoring_visit", "focused_visit"

TEXT = "Leaders know their services well. Too many children still wait for a social worker to be allocated to them, and drift is common."
OTHER = "Care leavers are proud of the homes they live in and of the friends who help them. Leaders know their services well."

REPORTS = (
    KnownReport(1, FULL, date(2014, 8, 8), date(2014, 6, 3), date(2014, 6, 25), "inadequate"),
    KnownReport(2, M, date(2016, 9, 30), date(2016, 8, 30), date(2016, 8, 31), visit_number=1, text=TEXT),
    KnownReport(3, M, date(2017, 1, 4), date(2016, 11, 22), date(2016, 11, 23), visit_number=2, text=OTHER),
    KnownReport(4, FULL, date(2018, 1, 29), date(2017, 11, 6), date(2017, 11, 30), "inadequate"),
    KnownReport(5, M, date(2018, 9, 7), date(2018, 8, 7), date(2018, 8, 8)),
    KnownReport(6, M, date(2018, 12, 20), date(2018, 11, 20), date(2018, 11, 21)),
    KnownReport(7, M, date(2019, 6, 18), date(2019, 5, 14), date(2019, 5, 15), visit_number=3),
    KnownReport(8, F, date(2021, 4, 12), date(2021, 2, 24), date(2021, 2, 25)),
    KnownReport(9, FULL, date(2022, 2, 11), date(2021, 12, 6), date(2021, 12, 17), "requires improvement to be good"),
    KnownReport(10, "area_send", date(2022, 2, 12), date(2022, 1, 10), date(2022, 1, 14)),
)
BASE = ArticleReading("report", None, "Wexborough", "1", 9.0, (), VisitClues(), "", frozenset())


def reading(kind: str | None = None, label: str = "report", **said: object) -> ArticleReading:
    return replace(BASE, kind=kind, label=label, clues=VisitClues(**said))  # type: ignore[arg-type]


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def linked(found: Link | Undecided) -> int | None:
    return found.report_id if isinstance(found, Link) else None


@pytest.mark.parametrize(
    ("article", "published", "report", "method"),
    [
        (reading(report_ids=(7,)), None, 7, "link to the report"),
        (reading(FULL, start=date(2021, 12, 6), end=date(2021, 12, 17)), None, 9, "dates of the visit"),
        (reading(start=date(2018, 11, 20), end=date(2018, 11, 21)), None, 6, "dates of the visit"),
        (reading(M, month="2016-11"), "2018-02-04", 3, "kind and month of the visit"),
        (reading(M, ordinal=3, anchor="2018-01"), "2019-06-20", 7, "number of the visit since a judgement"),
        (reading(M, ordinal=3, anchor="2017-11"), None, 7, "number of the visit since a judgement"),
        (reading(M, ordinal=2, anchor="2014"), None, 3, "number of the visit since a judgement"),
        (reading(M, ordinal=2, month="2016-11"), None, 3, "kind and month of the visit"),
        (reading(quotes=("children still wait for a social worker to be allocated to them",)), None, 2, "quotations"),
        (reading(FULL, grade="inadequate"), "2018-01-30", 4, "grade"),
        (reading(FULL, grade="requires improvement"), "2022-02-12", 9, "grade"),
        (reading(month="2017-11", grade="inadequate"), None, 4, "month of the visit, grade"),
        (reading(M), "2018-09-08", 5, "kind of visit"),
        (reading(F), "2021-04-20", 8, "kind of visit"),
        (reading(label="followup", anchor="2018-01"), "2019-09-01", 4, "the judgement it goes back to"),
    ],
)  # fmt: skip
def test_linked_with_its_method(article: ArticleReading, published: str | None, report: int, method: str) -> None:
    found = link(article, at(published) if published else None, REPORTS)
    assert isinstance(found, Link), found
    assert found.report_id == report
    assert method in found.method
    assert 0.7 <= found.confidence <= 0.99


@pytest.mark.parametrize(
    ("article", "published", "reason"),
    [
        (reading(), "2018-01-30", "too little"),
        (reading(FULL), "2018-01-30", "too little"),
        (reading(M, ordinal=3), None, "only number of the visit"),
        (reading(month="2017-11"), None, "only month of the visit"),
        (reading(M, ordinal=9, anchor="2018-01"), None, "no known report fits"),
        (reading(M, month="2019-10"), "2019-11-20", "no known report fits"),
        (reading(FULL, grade="good"), "2022-02-12", "too little|no known report fits"),
        (reading(FULL, grade="inadequate"), "2020-05-01", "only grade|fit alike"),
        (reading(quotes=("Leaders know their services well indeed",)), None, "too little"),
        (reading(start=date(2023, 5, 1), end=date(2023, 5, 2)), "2023-06-20", "no known report fits"),
        (replace(BASE, label="other"), "2018-01-30", "not about a report"),
    ],
)  # fmt: skip
def test_undecided_with_the_reason(article: ArticleReading, published: str | None, reason: str) -> None:
    found = link(article, at(published) if published else None, REPORTS)
    assert isinstance(found, Undecided), found
    assert re.search(reason, found.reason)


def test_nearness_in_time_alone_is_never_enough() -> None:
    for report in REPORTS:
        assert report.published
        when = datetime.combine(report.published, datetime.min.time(), UTC) + timedelta(days=1)
        assert linked(link(reading(), when, [report])) is None


def test_no_article_is_about_a_report_that_came_out_later() -> None:
    assert linked(link(reading(M), at("2018-08-20"), REPORTS)) is None
    assert linked(link(reading(start=date(2018, 8, 7)), at("2018-08-20"), REPORTS)) is None


@pytest.mark.parametrize(
    ("article", "published", "report"),
    [
        (M, "2018-09-04", None),
        (M, "2018-09-05", 5),  # a paper may have it two days before the site
        (F, "2021-04-26", 8),
        (F, "2021-04-27", None),  # the kind of visit names its report for a fortnight
    ],
)
def test_the_kind_of_visit_names_a_report_about_the_days_when_it_came_out(
    article: str, published: str, report: int | None
) -> None:
    assert linked(link(reading(article), at(published), REPORTS)) == report


def test_an_area_send_inspection_is_never_meant() -> None:
    assert linked(link(reading(report_ids=()), at("2022-02-13"), [REPORTS[9]])) is None


def test_without_reports_the_report_is_awaited() -> None:
    assert link(reading(M), at("2018-09-08"), []) == Undecided(
        "no known report fits what the article says", awaited=True
    )
    later = link(reading(label="followup"), at("2018-09-08"), [])
    assert isinstance(later, Undecided)
    assert not later.awaited


def test_two_that_fit_alike_leave_it_undecided() -> None:
    twin = replace(REPORTS[6], report_id=99)
    found = link(reading(M, month="2019-05"), None, [*REPORTS, twin])
    assert isinstance(found, Undecided)
    assert "7" in found.reason
    assert "99" in found.reason
    assert not found.awaited


def test_news_of_a_day_on_which_none_of_those_that_fit_came_out_is_of_another_report() -> None:
    for day, awaited in (("2019-07-20", False), ("2019-12-20", True)):
        found = link(reading(M), at(day), REPORTS)
        assert isinstance(found, Undecided)
        assert found.awaited is awaited


def test_what_a_report_repeats_is_no_quotation_of_it() -> None:
    said = ("Leaders know their services well", "children still wait for a social worker to be allocated to them")
    assert linked(link(reading(quotes=(said[0] + " and truly",)), None, REPORTS)) is None
    assert linked(link(reading(quotes=said), None, REPORTS)) == 2


def test_ordinals_begin_again_after_each_judgement() -> None:
    assert linked(link(reading(M, ordinal=1, anchor="2018-01"), None, REPORTS)) == 5
    assert linked(link(reading(M, ordinal=1, anchor="2014-08"), None, REPORTS)) == 2


def test_a_visit_counted_only_may_be_the_next_one_as_the_first_letter_is_often_not_published() -> None:
    uncounted = [replace(report, visit_number=None) for report in REPORTS]
    third = reading(M, ordinal=3, anchor="2018-01")
    assert isinstance(link(third, None, uncounted), Undecided)
    assert linked(link(third, at("2019-06-20"), uncounted)) == 7
    assert linked(link(third, at("2018-12-22"), uncounted)) == 6
    assert linked(link(reading(M, ordinal=6, anchor="2018-01"), at("2019-06-20"), uncounted)) is None


def test_an_anchor_that_is_another_judgement_contradicts() -> None:
    assert linked(link(reading(M, ordinal=1, anchor="2014"), at("2018-09-08"), REPORTS)) == 2
    assert linked(link(reading(M, ordinal=1, anchor="2011"), at("2018-09-08"), [REPORTS[3], REPORTS[4]])) is None


def test_the_letter_itself_may_say_which_judgement_it_follows() -> None:
    alone = replace(REPORTS[6], since_judgement="2018-01")
    assert linked(link(reading(M, ordinal=3, anchor="2018"), None, [alone])) == 7
    assert linked(link(reading(M, ordinal=3, anchor="2014"), None, [alone])) is None


@pytest.mark.parametrize(
    ("said", "published", "report"),
    [
        ({"start": date(2021, 12, 6), "end": date(2021, 12, 17)}, "2022-02-14", 9),  # the days of another
        ({"month": "2021-12", "grade": "requires improvement to be good"}, "2022-02-14", 9),
        ({"start": date(2023, 12, 4)}, "2024-02-14", None),  # of one that is not here yet
        ({"month": "2023-12"}, "2024-02-14", None),
        ({"grade": "good"}, "2024-02-14", None),
        ({"ordinal": 2}, "2018-02-14", None),
        ({}, "2018-01-20", None),  # the report came out later
    ],
)
def test_a_link_to_a_report_that_is_not_what_is_said_is_none(
    said: dict[str, Any], published: str, report: int | None
) -> None:
    found = link(reading(report_ids=(4,), **said), at(published), REPORTS)
    assert linked(found) == report
    assert isinstance(found, Link) or found.awaited


@pytest.mark.parametrize("said", [{"start": date(2017, 11, 6)}, {"month": "2017-11"}, {"grade": "inadequate"}, {}])
def test_a_link_that_fits_what_is_said_is_sure(said: dict[str, Any]) -> None:
    assert link(reading(report_ids=(4,), **said), at("2018-02-14"), REPORTS) == Link(4, "link to the report", 0.99)


def test_news_that_links_to_an_old_report_only_may_be_of_one_that_is_not_here_yet() -> None:
    for grade, reason in ((None, "says too little"), ("inadequate", "only grade for report")):
        found = link(reading(FULL, report_ids=(4,), grade=grade), at("2020-02-14"), REPORTS[:4])
        assert isinstance(found, Undecided)
        assert reason in found.reason
        assert found == Undecided(found.reason, awaited=True)
    assert linked(link(reading(FULL, report_ids=(4,)), at("2018-07-20"), REPORTS)) == 4
    assert linked(link(reading(FULL, "followup", report_ids=(4,)), at("2020-02-14"), REPORTS)) == 4
    assert linked(link(reading(FULL, report_ids=(4,), start=date(2017, 11, 6)), at("2020-02-14"), REPORTS)) == 4
    another = reading(FULL, report_ids=(4,), grade="requires improvement")
    assert linked(link(another, at("2022-02-14"), REPORTS)) == 9


def test_an_old_report_that_news_links_to_is_no_match_for_the_new_one() -> None:
    new = KnownReport(11, FULL, date(2021, 5, 7), date(2021, 3, 1), date(2021, 3, 12), "inadequate")
    again = reading(FULL, report_ids=(4,), grade="inadequate")
    assert linked(link(again, at("2021-05-08"), [*REPORTS, new])) == 11


def test_a_report_that_is_linked_with_others_is_so_far_the_likelier_one() -> None:
    later = reading(F, "followup", report_ids=(4, 8), month="2021-04")
    assert linked(link(later, at("2021-07-01"), REPORTS)) == 8
    both = reading(FULL, "followup", report_ids=(1, 4), grade="inadequate", quotes=())
    found = link(both, at("2019-01-01"), [*REPORTS[:1], REPORTS[3], replace(REPORTS[3], report_id=12)])
    assert isinstance(found, Undecided)
    assert "link to the report" in found.reason


def test_news_of_a_visit_links_to_the_judgement_before_it() -> None:
    assert linked(link(reading(M, report_ids=(4,), ordinal=3, anchor="2018-01"), at("2019-06-20"), REPORTS)) == 7
    assert linked(link(reading(M, report_ids=(4,)), at("2018-04-20"), REPORTS)) is None
    # papers call visits by other names on the day
    assert linked(link(reading(M, report_ids=(4,)), at("2018-01-30"), REPORTS)) == 4


@pytest.mark.parametrize(
    ("said", "published", "report"),
    [
        ({"start": date(2021, 12, 6)}, None, 9),
        ({"start": date(2017, 11, 6)}, "2018-03-01", 4),
        ({}, "2022-02-14", 9),
        ({"grade": "inadequate"}, "2022-02-14", None),  # neither that nor what is said
        ({}, "2022-06-14", None),
        ({}, None, None),
    ],
)
def test_of_two_reports_that_are_linked_the_one_that_fits_or_has_just_come_out(
    said: dict[str, Any], published: str | None, report: int | None
) -> None:
    found = link(reading(report_ids=(4, 9), **said), at(published) if published else None, REPORTS)
    assert linked(found) == report


def test_without_an_overall_grade_one_of_an_area_speaks_for_a_report_and_none_against_it() -> None:
    new = KnownReport(
        12,
        FULL,
        date(2026, 10, 27),
        date(2026, 9, 7),
        date(2026, 9, 18),
        areas=(("help", "inadequate"), ("leaders", "good")),
    )
    assert linked(link(reading(FULL, grade="inadequate"), at("2026-10-28"), [*REPORTS, new])) == 12
    assert (
        linked(link(reading(FULL, grade="outstanding", start=date(2026, 9, 7)), at("2026-10-28"), [*REPORTS, new]))
        == 12
    )


SUMMER = KnownReport(21, M, date(2016, 9, 30), date(2016, 8, 30), date(2016, 8, 31), since_judgement="2014-08")
AUTUMN = KnownReport(22, M, date(2017, 1, 4), date(2016, 11, 22), date(2016, 11, 23), since_judgement="2014-08")
BACKLOG: dict[str, Any] = {"anchor": "2014", "after": date(2016, 7, 31), "before": date(2017, 7, 31)}


def test_the_visit_that_came_soon_after_what_it_tells_of_is_meant_though_nobody_knows_when_the_story_came_out() -> None:
    found = link(reading(M, **BACKLOG), None, [SUMMER, AUTUMN])
    assert isinstance(found, Link)
    assert found.report_id == 21
    assert found.method == "soon after what it tells of, the judgement it follows"
    assert linked(link(reading(M, **BACKLOG), None, [AUTUMN])) is None
    assert linked(link(reading(M, after=date(2016, 7, 31)), None, [SUMMER, AUTUMN])) is None  # too little alone


@pytest.mark.parametrize(
    ("said", "report"),
    [
        ({"after": date(2016, 8, 1)}, 21),
        ({"after": date(2016, 9, 1)}, None),  # the visit was over before
        ({"after": date(2016, 8, 1), "before": date(2016, 8, 20)}, None),  # and it began too late
    ],
)
def test_a_report_of_a_visit_outside_of_what_is_told_is_not_meant(said: dict[str, Any], report: int | None) -> None:
    assert linked(link(reading(M, anchor="2014", **said), None, [SUMMER])) == report
    assert linked(link(reading(M, report_ids=(21,), **said), None, [SUMMER])) == report


def test_what_it_tells_of_counts_for_less_where_the_story_came_out_long_after_the_report() -> None:
    for day, report in (("2016-10-05", 21), ("2016-12-05", None)):
        assert linked(link(reading(M, **BACKLOG), at(day), [SUMMER])) == report


WITH_WHOLE = KnownReport(
    31, FULL, date(2024, 3, 1), date(2024, 1, 8), date(2024, 1, 19), "good", areas=(("leaders", "outstanding"), ("in_care", "good"))
)  # fmt: skip
WITHOUT = KnownReport(
    32, FULL, date(2026, 10, 27), date(2026, 9, 7), date(2026, 9, 18), areas=(("leaders", "good"), ("in_care", "inadequate"))
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "report"),
    [
        ({"grade": "good", "whole": True}, 31),
        ({"grade": "inadequate", "whole": True}, None),
        ({"areas": (("leaders", "good"), ("in_care", "inadequate"))}, 32),
        ({"areas": (("leaders", "outstanding"), ("in_care", "good"))}, 31),
        ({"areas": (("leaders", "inadequate"),)}, None),
        ({"areas": (("leaders", "good"), ("in_care", "good"))}, None),  # each report has one of them so
        ({"areas": (("in_care_and_leavers", "inadequate"), ("leaders", "good"))}, 32),  # a part of what was graded together
    ],
)  # fmt: skip
def test_a_grade_of_the_whole_is_of_a_report_that_gives_one_and_grades_of_areas_are_compared_with_its_areas(
    said: dict[str, Any], report: int | None
) -> None:
    days = {31: "2024-03-02", 32: "2026-10-28"}
    for number in (31, 32):
        found = link(
            reading(FULL, **said), at(days[number]), [r for r in (WITH_WHOLE, WITHOUT) if r.report_id == number]
        )
        assert linked(found) == (number if number == report else None), found


def test_a_story_of_the_overall_grade_is_not_of_a_report_that_gives_none_unless_a_link_or_the_days_name_it() -> None:
    said: dict[str, Any] = {"grade": "good", "whole": True}
    days: dict[str, Any] = {"start": date(2026, 9, 7), "end": date(2026, 9, 18)}
    areas = (("leaders", "good"),)
    assert linked(link(reading(FULL, areas=areas, **said), at("2026-10-28"), [WITHOUT])) is None
    assert linked(link(reading(FULL, areas=areas), at("2026-10-28"), [WITHOUT])) == 32
    assert linked(link(reading(FULL, report_ids=(32,), **said), at("2026-10-28"), [WITHOUT])) == 32
    assert linked(link(reading(FULL, **days, **said), at("2026-10-28"), [WITHOUT])) == 32


def test_a_time_since_when_something_is_so_excludes_no_visit_whose_days_are_told() -> None:
    days: dict[str, Any] = {"start": SUMMER.start, "end": SUMMER.end}
    assert linked(link(reading(M, after=date(2016, 9, 1), **days), at("2016-10-03"), [SUMMER])) == 21


def test_with_letters_missing_a_number_leaves_more_than_one_visit_and_is_not_sure() -> None:
    since = KnownReport(40, FULL, date(2018, 1, 29), date(2017, 11, 6), date(2017, 11, 30), "inadequate")
    first = KnownReport(41, M, date(2018, 9, 7), date(2018, 8, 7), date(2018, 8, 8), visit_number=1)
    later = KnownReport(42, M, date(2019, 2, 20), date(2019, 1, 15), date(2019, 1, 16))
    for number in (2, 3, 4):  # two letters may be missing between
        alone = link(reading(M, ordinal=number, anchor="2018-01"), None, [since, first, later])
        assert isinstance(alone, Undecided)
        assert "only number of the visit since a judgement for report 42" in alone.reason
        assert linked(link(reading(M, ordinal=number, anchor="2018-01"), at("2019-02-22"), [since, first, later])) == 42
    assert linked(link(reading(M, ordinal=5, anchor="2018-01"), at("2019-02-22"), [since, first, later])) is None
    last = KnownReport(43, M, date(2019, 6, 18), date(2019, 5, 14), date(2019, 5, 15), visit_number=3)
    for number, report in ((2, 42), (3, 43), (4, None)):  # between the first and the third there is one
        assert linked(link(reading(M, ordinal=number, anchor="2018-01"), None, [since, first, later, last])) == report


def test_what_a_letter_of_another_visit_says_too_is_doubtful_for_one_that_follows_another_judgement() -> None:
    quoted: dict[str, Any] = {"quotes": ("children still wait for a social worker to be allocated to them",)}
    assert linked(link(reading(M, anchor="2014", **quoted), None, REPORTS)) == 2
    assert linked(link(reading(M, anchor="2018", **quoted), None, REPORTS)) is None
    assert linked(link(reading(M, **quoted), at("2017-02-01"), REPORTS)) == 2
    assert linked(link(reading(M, **quoted), at("2017-12-01"), REPORTS)) is None  # news of so old a report
    assert linked(link(reading(M, "followup", **quoted), at("2017-12-01"), REPORTS)) == 2


def test_a_report_whose_areas_have_other_grades_is_excluded_though_its_days_fit() -> None:
    days: dict[str, Any] = {"start": date(2024, 1, 8), "end": date(2024, 1, 19)}
    for areas, report in (
        ((("leaders", "outstanding"), ("in_care", "inadequate")), 31),  # one may be misread
        ((("leaders", "good"), ("in_care", "inadequate")), None),
    ):
        assert linked(link(reading(FULL, areas=areas, **days), None, [WITH_WHOLE])) == report


def test_words_that_a_report_of_another_kind_has_too_name_none() -> None:
    said = reading(M, quotes=("children still wait for a social worker to be allocated to them",))
    assert linked(link(said, None, REPORTS)) == 2
    assert linked(link(said, None, [*REPORTS, replace(REPORTS[7], report_id=50, text=TEXT)])) is None
