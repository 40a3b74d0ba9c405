"""Mails: complete, escaped, readable, in plain text as in HTML. The goldens are to be looked at when they change."""

import re
from dataclasses import replace
from datetime import date

import pytest

from monitor.alerts import Item, ReportItem, SourceItem
from monitor.facts import Ask, EarlierArea, ReportFacts, StoryAbout
from monitor.facts import phrases as words
from monitor.facts.of_story import UNKNOWN
from monitor.mail.letter import Rendered, render
from monitor.mail.watch_view import WatchView, watch_view
from monitor.reading import ReportRef
from scraper.reference import LONDON
from tests.monitor.mail.html_page import Page, squash
from tests.monitor.mail_facts import (
    FOCUSED,
    INSPECTED,
    MONITORED,
    NEW,
    broken,
    doubtful_facts,
    facts,
    letter,
    quiet,
    ref,
    story,
    uncompared_facts,
    unread_facts,
    watched,
    watched_badly,
    well,
)
from tests.paths import FIXTURES, ROOT

GOLDEN = FIXTURES / "mail"
TEMPLATES = ROOT / "monitor/mail/templates"
OTHER = replace(facts(), authority="Northmere", headline="")
CASES: dict[str, tuple[Item, ...]] = {
    "report": (ReportItem("report", facts()),),
    "unread": (ReportItem("report", unread_facts()),),
    "now_readable": (ReportItem("report", facts(), was_unread=True),),
    "uncompared": (ReportItem("report", uncompared_facts()),),
    "in_part": (ReportItem("report", doubtful_facts()),),
    "older": (ReportItem("report", facts(), older=True),),
    "amended": (ReportItem("amended", facts()),),
    "withdrawn": (ReportItem("withdrawn", facts(), since=date(2022, 5, 3)),),
    "back": (ReportItem("withdrawn", facts(), since=date(2022, 5, 3), back=True),),
    "files": (replace(broken(), authorities=(), files_only=True),),
    "absent": (replace(broken(), message="1 of 2 authorities has no page (HTTP 404): Westmarch"),),
    "articles": (
        replace(broken(), source="Westmarch Courier", authorities=(), link="", files_only=True, message="HTTP 500"),
    ),
    "news": (story(),),
    "unknown_visit": (replace(story(), about=StoryAbout(unknown=UNKNOWN)),),
    "broken": (broken(),),
    "well": (well(),),
    "report_and_news": (ReportItem("report", facts()), story()),
    "digest": (ReportItem("report", facts()), ReportItem("report", OTHER), story(), story(), broken()),
    "many": tuple(ReportItem("report", replace(facts(), authority=f"Authority {n}")) for n in range(17)),
}
WATCHES: dict[str, WatchView] = {
    "digest_well": watch_view(watched(), LONDON),
    "digest_unwell": watch_view(watched_badly(), LONDON),
    "nothing": watch_view(watched(), LONDON, quiet()),
    "nothing_more": watch_view(
        watched(), LONDON, quiet(mails=2, newest=(("Westmarch", NEW),), authorities=("Westmarch",))
    ),
    "nothing_unwell": watch_view(watched_badly(), LONDON, quiet()),
}
CASES |= dict.fromkeys(("digest_well", "digest_unwell"), (ReportItem("report", facts()), story()))
CASES |= dict.fromkeys(("nothing", "nothing_more", "nothing_unwell"), ())


def rendered(case: str) -> Rendered:
    return render(letter(*CASES[case], watch=WATCHES.get(case)))


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    made = rendered(case)
    found = {"subject.txt": f"{made.subject}\n", "mail.txt": made.text, "mail.html": made.html}
    missing = [name for name in found if not (GOLDEN / case / name).exists()]
    for name in missing:
        (GOLDEN / case).mkdir(parents=True, exist_ok=True)
        (GOLDEN / case / name).write_text(found[name], encoding="utf-8")
    assert not missing, f"{missing} of {GOLDEN / case} were missing and have been written: look at them"
    for name, text in found.items():
        assert text == (GOLDEN / case / name).read_text(encoding="utf-8"), f"{case}/{name} has changed"


@pytest.mark.parametrize("case", CASES)
def test_html_is_safe_for_mail_programs(case: str) -> None:
    made = rendered(case)
    page = Page(made.html)
    assert '<html lang="en-GB">' in made.html
    assert not {"script", "img", "iframe", "form", "object", "link", "svg"} & set(page.tags)
    assert all(link.startswith(("https://", "#report-")) for link in page.links)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert page.tags.count("h1") == 1


def test_a_mail_about_many_reports_stays_small() -> None:
    assert len(render(letter(*CASES["many"])).html) < 102_000, "webmail cuts off what is longer"


def test_a_few_long_reports_in_one_mail_are_told_in_short() -> None:
    long = replace(facts(), earlier=facts().earlier * 12)
    made = render(letter(*[ReportItem("report", long)] * 4))
    assert len(made.html) < 102_000
    assert "Strategy meetings should include" not in made.html
    assert "Of 48 earlier areas, 12 are raised again" in " ".join(made.text.split())
    alone = render(letter(ReportItem("report", long)))
    assert alone.html.count("Strategy meetings should include") == 12


@pytest.mark.parametrize("case", CASES)
def test_plain_text_is_as_complete_as_html(case: str) -> None:
    made = rendered(case)
    text = squash(re.sub(r"^ *> ?", "", made.text, flags=re.MULTILINE))
    page = Page(made.html)
    pieces = [piece for piece in page.text if len(squash(piece)) > 25]
    assert pieces
    assert [piece for piece in pieces if squash(piece) not in text] == []
    assert [link for link in page.links if link.startswith("https") and link not in made.text] == []


@pytest.mark.parametrize("together", [1, 3, 17])
def test_no_ask_is_ever_left_out(together: int) -> None:
    asks = tuple(Ask("area_for_improvement", "s", f"Ask number {n} of this report.", n + 1) for n in range(40))
    items = [ReportItem("report", replace(facts(), asks=asks)) for _ in range(together)]
    made = render(letter(*items))
    for n in range(40):
        assert f"Ask number {n} of" in " ".join(made.text.split())
        assert f"Ask number {n} of this report." in made.html
        assert f'href="{NEW.url}#page={n + 1}"' in made.html


def test_asks_say_whether_they_are_new_or_since_when_they_are_raised() -> None:
    text = " ".join(render(letter(ReportItem("report", facts()))).text.split())
    assert "within three days. New. Page 2: https://files.example.org/v1/file/5004#page=2" in text
    assert "do not drift. Raised before, first in March 2019 (4 visits running). Page 2" in text


def test_nothing_is_called_new_where_there_is_nothing_to_compare_with() -> None:
    first = replace(facts(), compared_with=(), earlier=(), summary=(), asks=(facts().asks[0],))
    text = render(letter(ReportItem("report", first))).text
    assert "New." not in text
    assert "earlier areas" not in text


def test_running_only_where_no_visit_left_it_out() -> None:
    everything = (INSPECTED, MONITORED, FOCUSED)
    assert words.raised_words(everything, everything) == "first in March 2019 (4 visits running)"
    assert words.raised_words((INSPECTED, FOCUSED), everything) == "first in March 2019 (3 visits)"
    assert words.raised_words((FOCUSED,), everything) == "first in June 2021 (2 visits running)"


def test_silence_is_not_called_improvement() -> None:
    text = render(letter(ReportItem("report", facts()))).text
    assert "NOT MENTIONED (the report does not speak of these; that is not improvement):" in text


def test_a_report_without_lists_shows_its_weaknesses() -> None:
    letter_only = replace(facts(), asks=(), grades=(), earlier=())
    text = render(letter(ReportItem("report", letter_only))).text
    assert "Too many children wait for an assessment." in text
    assert "Strengths (3 of 5)" in text


def test_a_monitoring_visit_says_which_it_is() -> None:
    visit = ReportFacts(
        report=ref(9, "monitoring_visit", date(2022, 3, 1)), urn="1", authority="Westmarch", visit_number=3,
        since_judgement="2021-01",
    )  # fmt: skip
    made = render(letter(ReportItem("report", visit)))
    assert "Third monitoring visit since the judgement of January 2021 · published 1 March 2022" in " ".join(
        made.text.split()
    )


def test_an_unknown_kind_is_called_what_the_site_calls_it() -> None:
    odd = replace(unread_facts(), report=replace(NEW, kind="other", label="Something new altogether: pdf"))
    assert "Something new altogether" in render(letter(ReportItem("report", odd))).text


def test_a_source_mail_says_what_it_means_and_since_when() -> None:
    text = " ".join(render(letter(broken())).text.split())
    assert "New reports about Westmarch are not seen until this is put right" in text
    assert "last read without fault on 11 February 2022 at 06:05" in text
    text = " ".join(render(letter(well())).text.split())
    assert "published between 11 July 2022 at 07:05 and now" in text, "in local time"


def test_a_verdict_nobody_has_heard_of_is_still_told() -> None:
    odd = SourceItem("Courier", "exploded", "bang", broken().since, well=False)
    assert "Courier does not work" in render(letter(odd)).subject


@pytest.mark.parametrize(
    ("items", "subject"),
    [
        (
            CASES["report"],
            "Westmarch: children in care requires improvement, was good; and 2 more; 1 priority action",
        ),
        (CASES["unread"], "Westmarch: new report, which could not be read"),
        (CASES["withdrawn"], "Westmarch: Ofsted no longer lists its report of 11 February 2022"),
        (CASES["back"], "Westmarch: Ofsted lists its report of 11 February 2022 again"),
        (CASES["broken"], "Ofsted Watch: Ofsted's report site does not look as expected"),
        (CASES["many"], "17 reports: Authority 0, Authority 1, Authority 2 and 14 more"),
        ((story(), story()), "2 news stories: Westmarch"),
        ((broken(), well()), "Ofsted Watch: 2 notices: Ofsted's report site and Westmarch Courier"),
        (CASES["digest"], "2 reports, 2 news stories and 1 notice: Westmarch and Northmere"),
    ],
)
def test_subjects(items: tuple[Item, ...], subject: str) -> None:
    assert render(letter(*items)).subject == subject


def test_a_headline_that_begins_with_the_authority_names_it_once() -> None:
    told = replace(facts(), headline="Westmarch: overall good")
    assert render(letter(ReportItem("report", told))).subject == "Westmarch: overall good"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2021, 11, 29), date(2021, 12, 10), "29 November to 10 December 2021"),
        (date(2021, 12, 6), date(2021, 12, 17), "6 to 17 December 2021"),
        (date(2021, 12, 30), date(2022, 1, 5), "30 December 2021 to 5 January 2022"),
        (date(2021, 12, 6), date(2021, 12, 6), "6 December 2021"),
        (date(2021, 12, 6), None, "6 December 2021"),
        (None, None, ""),
    ],
)
def test_dates_as_people_write_them(start: date | None, end: date | None, text: str) -> None:
    assert words.days(start, end) == text


def test_marks_can_be_read_on_their_ground() -> None:
    source = (TEMPLATES / "parts.html.j2").read_text()
    dark = (TEMPLATES / "mail.html.j2").read_text()
    pairs = re.findall(r"background:(#\w{6});color:(#\w{6});", source)
    pairs += re.findall(r"background: (#\w{6}) !important; color: (#\w{6}) !important", dark)
    pairs += [
        ("#ffffff", "#17202a"),
        ("#ffffff", "#566270"),
        ("#ffffff", "#0b57a4"),
        ("#14181d", "#a9b4c0"),
        ("#14181d", "#8ec1f5"),
    ]
    assert len(pairs) > 15
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' brightness as WCAG 2 defines it; 4.5 is asked for."""
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_report_that_names_another_authority_says_so_before_anything_else() -> None:
    alone = replace(facts(), misfiled="Northmere", headline="inspection whose text names Northmere", compared_with=())
    made = render(letter(ReportItem("report", alone)))
    text = " ".join(made.text.split())
    assert "inspection whose text names Northmere" in made.subject
    assert "lists this report, and its text names Northmere. It is compared with no other report until someone" in text
    assert "No earlier visit is known" not in text
    amended = " ".join(render(letter(ReportItem("amended", alone))).text.split())
    assert "Ofsted has replaced the PDF" in amended and "its text names Northmere" in amended
    gone = " ".join(render(letter(ReportItem("withdrawn", alone))).text.split())
    assert "its text names" not in gone


def test_a_report_that_is_settled_to_belong_says_so() -> None:
    text = " ".join(render(letter(ReportItem("report", facts(), was_misfiled=True))).text.split())
    assert "REPORT ACCEPTED" in text and f"It is settled that it belongs to {facts().authority}." in text


@pytest.mark.parametrize(
    "outlet",
    [
        "BBC Beds, Herts and Bucks",
        "Express and Star",
        "Hull and East Riding News",
        "Gazette & Herald",
        "and",
        "A and B and C",
    ],
)
def test_an_outlet_keeps_its_name(outlet: str) -> None:
    text = render(letter(replace(story(), outlet=outlet))).text
    assert f"{outlet}, 12 February 2022" in text
    assert f"\n{outlet}\n" in render(letter(replace(story(), outlet=outlet, published=None))).text


@pytest.mark.parametrize(
    ("raised", "before", "running"),
    [
        ((INSPECTED, MONITORED, FOCUSED), (INSPECTED, MONITORED, FOCUSED), True),
        ((INSPECTED,), (INSPECTED, MONITORED), False),
        ((INSPECTED, FOCUSED), (INSPECTED, MONITORED, FOCUSED), False),
        ((MONITORED, FOCUSED), (INSPECTED, MONITORED, FOCUSED), True),
        ((INSPECTED, MONITORED), (INSPECTED, MONITORED, FOCUSED), False),
        ((INSPECTED, FOCUSED), (INSPECTED, replace(MONITORED, published=INSPECTED.published), FOCUSED), False),
        ((INSPECTED, FOCUSED), (FOCUSED,), False),
    ],
)
def test_running_is_said_where_every_visit_of_the_chain_since_the_first_asked(
    raised: tuple[ReportRef, ...], before: tuple[ReportRef, ...], running: bool
) -> None:
    assert (" running" in words.raised_words(raised, before)) is running


@pytest.mark.parametrize(
    ("status", "again", "said"),
    [
        ("still_needs_improvement", True, "raised again"),
        ("still_needs_improvement", False, "still needs improvement"),
        ("mixed", True, "raised again, mixed"),
        ("mixed", False, "mixed"),
        ("improved", False, "improved"),
        ("not_mentioned", False, "not mentioned"),
        ("something_new", False, "something new"),
    ],
)
def test_raised_again_is_said_only_of_what_is(status: str, again: bool, said: str) -> None:
    assert words.became(EarlierArea("An area.", 1, (), status, matched="Asked again." if again else None)) == said


def test_what_is_not_certain_has_no_verdict_and_what_may_be_asked_for_again_is_not_said_to_be() -> None:
    unclear = EarlierArea("An area.", 1, (), "improved", "It is better.", 2, certain=False, confidence=0.5)
    assert (words.became(unclear), words.lead_of(unclear)) == ("unclear", "The report says: ")
    assert words.became(replace(unclear, matched="Asked again.")) == "raised again"
    assert words.became(replace(unclear, matched="Asked again.", surely=False)) == "unclear"
    assert words.became(replace(unclear, decided_by="second reader: a model")) == "improved (second reader: a model)"
    assert words.counts([unclear, replace(unclear, certain=True), unclear]) == [
        "1 is said to have improved",
        "2 are unclear",
    ]


def test_one_authority_without_a_page_does_not_hide_worse_faults() -> None:
    absent = "1 of 153 authorities has no page (HTTP 404): Westmarch"
    for others in (
        "Northmere: the page lists 0 reports where 7 were listed before",
        "not one PDF came, of 9 that had come before",
        "Southmere not looked at: an error in the crawler, see its log",
        "no PDF of report 7: HTTP 500",
    ):
        for message in (
            f"151 of 153 authorities checked, 900 reports listed, 0 new; {absent}; {others}",
            f"{others}; {absent}",
        ):
            made = render(letter(replace(broken(), message=message)))
            assert "does not look as expected" in made.subject, message
    for message in (absent, f"152 of 153 authorities checked, 900 reports listed, 0 new; {absent}"):
        assert "has no page of some authorities" in render(letter(replace(broken(), message=message))).subject
