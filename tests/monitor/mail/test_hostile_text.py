"""Whatever strangers write, a mail is text and links of the web: no markup, no other line of a header, no longer than it may be."""

import html
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts import ReportItem
from monitor.facts import phrases as words
from monitor.mail.letter import render
from tests.monitor.mail.html_page import Page
from tests.monitor.mail_facts import NEW, broken, facts, letter, story

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 * 7 }} \" ' & \u202e\x00\r\nBcc: x@y.org"


def test_hostile_text_is_only_text() -> None:
    whole = facts()
    item = ReportItem(
        "report",
        replace(
            whole,
            authority=HOSTILE,
            headline=HOSTILE,
            summary=(HOSTILE,),
            lead_inspector=HOSTILE,
            framework=HOSTILE,
            asks=tuple(replace(ask, text=HOSTILE) for ask in whole.asks),
            earlier=tuple(replace(area, text=HOSTILE, evidence=HOSTILE) for area in whole.earlier),
            statements=tuple(replace(one, text=HOSTILE * 2) for one in whole.statements),
            grades=tuple(
                replace(grade, area=HOSTILE, grade=HOSTILE, earlier=HOSTILE, note=HOSTILE) for grade in whole.grades
            ),
        ),
    )
    bad_story = replace(story(), headline=HOSTILE, outlet=HOSTILE, snippet=HOSTILE, authority=HOSTILE)
    bad_source = replace(broken(), source=HOSTILE, message=HOSTILE, authorities=(HOSTILE,))
    made = render(replace(letter(item, bad_story, bad_source), recipient=HOSTILE, why=(HOSTILE,), contact=HOSTILE))
    assert not {"script", "img"} & set(Page(made.html).tags)
    assert "49" not in made.text
    assert "\x00" not in made.html + made.text
    assert "\n" not in made.subject


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "", "http://[", "mailto:a@b"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert words.safe_url(url) == ""
    made = render(
        letter(replace(story(), url=url), ReportItem("report", replace(facts(), report=replace(NEW, url=url))))
    )
    assert all(link.startswith(("https://", "#")) for link in Page(made.html).links)


def test_an_address_keeps_its_query_and_takes_the_page() -> None:
    assert words.safe_url("https://x.org/a b?c=1&d=%20#top", 3) == "https://x.org/a%20b?c=1&d=%20#page=3"
    assert words.safe_url('https://x.org/"><b>') == "https://x.org/%22%3E%3Cb%3E"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_makes_one_line_of_a_subject(headline: str, name: str) -> None:
    made = render(letter(ReportItem("report", replace(facts(), headline=headline, authority=name))))
    assert made.subject == words.one_line(made.subject)
    assert len(made.subject) <= 150
    Page(made.html)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=500))
def test_a_snippet_is_never_longer_than_it_may_be(text: str) -> None:
    made = render(letter(replace(story(), snippet=text)))
    assert html.escape(words.one_line(text, 300), quote=False).replace("'", "&#39;").replace('"', "&#34;") in made.html
    assert len(words.one_line(text, 300)) <= 300
