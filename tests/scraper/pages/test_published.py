"""When an article was published, as its page tells it."""

from datetime import UTC, datetime

import pytest

from scraper.items import FeedEntry
from tests.scraper.pages.told import FED, HEADLINE, SITE, TITLE, URL, data, extracted, paged


def meta(when: str) -> str:
    return f'<meta property="article:published_time" content="{when}">'


@pytest.mark.parametrize(
    ("head", "fed", "day"),
    [
        (meta("2026-04-03T10:00:00Z"), FED, (2026, 4, 3)),
        (meta("0001-01-01T00:00:00Z") + data({"headline": HEADLINE, "datePublished": "2026-04-04"}), FED, (2026, 4, 3)),
        (
            data(
                {"headline": "Fair", "datePublished": "2020-01-01"},
                {"headline": HEADLINE, "datePublished": "2026-04-05"},
            ),
            FED,
            (2026, 4, 4),
        ),
        ('<meta name="DC.date.issued" content="06/04/2026 10:00">', FED, (2026, 4, 6)),
        ("", FED, (2026, 5, 1)),
        (meta("9999-12-31"), FED, (2026, 5, 1)),
        ("", None, (2019, 5, 11)),
    ],
)
def test_the_time_is_that_of_the_pages_data_else_the_feeds_else_guessed(
    head: str, fed: FeedEntry | None, day: tuple[int, int, int]
) -> None:
    """A day alone is London's, whose first moment in summer is in the evening before in UTC."""
    page = paged(
        TITLE + head, "", f"<h1>{HEADLINE}</h1><p>The council was rated inadequate by Ofsted on 12 May 2019.</p>"
    )
    when = extracted(page, fed).published
    assert when and (when.year, when.month, when.day) == day


@pytest.mark.parametrize(
    "body",
    [
        '<p>by Ofsted on <time datetime="2019-05-12">12 May 2019</time></p>',
        '<i itemprop="datePublished">2019-05-12</i>',
    ],
)
def test_a_day_that_is_marked_somewhere_on_the_page_is_not_before_the_feeds(body: str) -> None:
    fed = FeedEntry(URL, HEADLINE, "", datetime(2026, 3, 1, 10, tzinfo=UTC))
    assert extracted(paged(TITLE, body), fed).published == fed.published
    assert extracted(paged(TITLE, body)).published != fed.published


def undated(told: str) -> bytes:
    return paged(TITLE, f'<div class="date">{told}</div><p>{told}</p>')


@pytest.mark.parametrize(
    "told",
    [
        "Week 18, 2026",
        "© 2011",
        "© 2009-2024 The Gazette",
        "Issue 12/2024",
        "Issue 12, May 2024",
        "May 2026",
        "Updated 3 hours ago",
        "1 May",
        "May 5",
        "31 February 2026",
        "30/30/2026",
        "Inspectors came from 2 to 13 June 2025",
        "Inspectors came on 5 and 6 September 2025",
        "Inspectors came from 22 May 2025 – 18 June 2025",
        "Call 01234 12-2024, code 2.10.1.2024 or 4/12/2024/7",
        "Since 4 May 1812",
    ],
)
def test_no_day_is_made_of_part_of_one(told: str) -> None:
    assert extracted(undated(told), None).published is None


@pytest.mark.parametrize(
    "told",
    [
        "3 March 2026",
        "Published: Tuesday 3rd March, 2026",
        "Tuesday, March 3, 2026 - 10:30",
        "MAR 3 2026",
        "3rd of March 2026",
        "03/03/2026",
        "3.3.2026, Ayford",
        "2026-03-03T10:00:00Z",
        "In brief (3 Sept 2031): 3&nbsp;Mar&nbsp;2026 by A Writer",
        "3-Mar-2026",
    ],
)
@pytest.mark.parametrize("marked", ["date", "x"])
def test_a_whole_day_on_the_page_is_its_day_where_nothing_else_is(told: str, marked: str) -> None:
    when = extracted(undated(told).replace(b'class="date"', f'class="{marked}"'.encode()), None).published
    assert when and (when.year, when.month, when.day) == (2026, 3, 3)


def test_a_day_that_is_marked_or_said_to_be_the_pages_is_before_one_of_the_text() -> None:
    told = "<p>Ofsted came on 1 May 2019.</p><p>It said of the visit in its letter: this was long ago, and on 2 May 2019 it said more than that once.</p>"
    for line in ('<p class="entry-meta">By A Writer, 3 March 2026</p>', "<p>Last updated: 3 March 2026</p>"):
        when = extracted(paged(TITLE, told + line), None).published
        assert when and (when.month, when.day) == (3, 3)
    path = f'{TITLE}<link rel="canonical" href="{SITE}/2026/03/03/an-article">'
    when = extracted(paged(path, told), None).published
    assert when and (when.month, when.day) == (3, 3)
