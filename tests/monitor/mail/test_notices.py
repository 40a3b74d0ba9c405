"""What the goldens do not show: stories about no report, notices without a past, and texts longer than a mail has room for."""

import re
import shlex
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.alerts import Item, ReportItem, SourceItem
from monitor.facts import GradeChange, Statement, StoryAbout
from monitor.facts.came import words
from monitor.mail.letter import render, wrap
from monitor.mail.source_view import source_view
from tests.monitor.mail_facts import FOCUSED, INSPECTED, LONDON, broken, came, facts, letter, story, well

SUMMER = datetime(2022, 7, 11, 6, 5, tzinfo=UTC)


def text(*items: Item) -> str:
    return " ".join(render(letter(*items)).text.split())


def test_a_story_about_no_report_that_is_stored_names_none() -> None:
    made = render(letter(replace(story(), about=StoryAbout())))
    for part in (made.text, made.html):
        assert "published" not in part
        assert "None" not in part


def test_a_story_without_a_headline_and_one_with_a_long_one() -> None:
    assert "(no headline)" in text(replace(story(), headline=" \u202e"))
    told = text(replace(story(), headline="word " * 100))
    assert 280 < told.count("word ") * 5 <= 300 + 150, "the headline, and the subject above it"


def test_a_notice_leads_to_the_page_that_is_not_right() -> None:
    link = "https://reports.example.org/provider/44/89999"
    assert source_view(replace(broken(), link=link)).link == link
    assert link in text(replace(broken(), link=link))


def test_a_verdict_is_told_in_words_and_a_long_message_is_cut() -> None:
    view = source_view(replace(broken(), verdict="timed_out", message="slow " * 200))
    assert view.mark == "Timed out"
    assert 450 < len(view.message) <= 500
    assert view.message.endswith("…")


def test_a_crawl_that_could_not_write_is_no_fault_of_the_watch_alone() -> None:
    locked = "watch.db: has been locked by another program for 30 s (sqlite3 (process 7)): let it end, or end it"
    told = text(replace(broken(), verdict="crashed", message=locked))
    assert "let it end, or end it" in told
    assert "a fault of the watch or of its machine" in told


def test_what_is_well_again_repeats_no_fault() -> None:
    view = source_view(replace(well(), message="the fault of yesterday", broken_since=None))
    assert (view.message, view.advice) == ("", "")
    assert view.meaning == (
        "New stories are seen again. What was published is found by this crawl and told in the usual way."
    )


@pytest.mark.parametrize("item", [broken(), replace(broken(), files_only=True)], ids=["pages", "files"])
def test_times_are_those_of_the_clock_on_the_wall(item: SourceItem) -> None:
    assert "on 11 July 2022 at 07:05" in source_view(replace(item, last_good=SUMMER), LONDON).meaning


def test_a_whole_source_that_never_worked() -> None:
    meaning = source_view(replace(broken(), source="Courier", authorities=(), last_good=None)).meaning
    assert meaning == (
        "New stories of this source are not seen until this is put right; it has never been read without fault. "
        "Silence does not mean that nothing is new."
    )


def test_many_authorities_are_counted_and_not_all_named() -> None:
    names = tuple(f"Authority {letter}" for letter in "ABCDEFGHIJKLMN")
    assert "Authority K and 3 more are not seen" in source_view(replace(broken(), authorities=names)).meaning
    assert "Authority K and Authority L are not seen" in source_view(replace(broken(), authorities=names[:12])).meaning


def test_mail_that_was_given_up_is_told_as_such() -> None:
    told = text(SourceItem("mail", "failed", "to lead@example.org: 550 no such user", SUMMER, well=False))
    assert "Mail cannot be delivered" in told
    assert "These alerts have not reached the recipient and are not tried again." in told


def test_an_address_is_never_broken_over_lines() -> None:
    address = f"https://files.example.org/{'a-long-name-' * 9}end"
    assert f"\n  {address}\n" in f"\n{wrap(f'the report of the visit: {address}', '- ', '  ')}\n"


def test_statements_stand_in_the_order_of_the_report() -> None:
    said = (("Leaders", 2), ("Leaders", 3), ("Leaders", 4), ("Care", 5), ("Care", 6))
    found = [
        Statement("strength", section, f"Strength of page {page} that is told in enough words to be shown.", page)
        for section, page in said
    ]
    made = render(letter(ReportItem("report", replace(facts(), statements=tuple(found))))).text
    assert re.findall(r"Strength of page (\d)", made) == ["2", "3", "5"], "and something of each section"


def test_earlier_grades_of_two_reports_say_of_which_each_is() -> None:
    grades = (
        GradeChange("overall effectiveness", "inadequate", "good", "improved", INSPECTED),
        GradeChange("children in care", "good", "good", "unchanged", FOCUSED),
    )
    told = text(ReportItem("report", replace(facts(), grades=grades)))
    assert "Overall effectiveness: Good (before: Inadequate (Mar 2019)). Better." in told
    assert "Children in care: Good (before: Good (Jun 2021)). Unchanged." in told


def test_a_notice_says_what_came_instead_and_where_there_is_more() -> None:
    told = text(broken())
    assert (
        "What came for https://reports.example.org/provider/44/89999: HTTP 200, text/html, 12,345 bytes, title" in told
    )
    assert "More: ofsted-watch status ofsted or /source/ofsted in ofsted-watch browse" in told
    assert "What came: HTTP 200" in text(replace(broken(), link=came().url))
    assert "What came" not in text(replace(broken(), came=None))
    assert "What came" not in text(replace(broken(), came=replace(came(), status=None)))


def test_what_is_well_and_what_is_no_source_has_no_more_to_show() -> None:
    for item in (
        well(),
        replace(broken(), source="mail", verdict="waits"),
        replace(broken(), source="watch", verdict="issue"),
    ):
        assert source_view(replace(item, came=None)).more == ()
    assert source_view(replace(broken(), source="watch", verdict="sweep")).more[0] == "ofsted-watch status ofsted"


def test_the_command_of_a_source_with_any_name_can_be_pasted_into_a_shell() -> None:
    view = source_view(replace(broken(), source="Bury & Bolton's; news/now"))
    assert shlex.split(view.more[0]) == ["ofsted-watch", "status", "Bury & Bolton's; news/now"]
    assert view.more[1] == "/source/Bury%20%26%20Bolton%27s%3B%20news%2Fnow"


def test_nothing_that_came_acts_in_a_mail() -> None:
    hostile = "<script>alert(1)</script>"
    said = words(200, hostile, 9, f"{hostile} \u202e\x1b[2J")
    made = render(letter(replace(broken(), came=replace(came(), words=said))))
    assert "<script" not in made.html and "\x1b" not in made.text + made.html and "\u202e" not in made.text + made.html
