"""One article read whole, what is kept of it, and what read-article prints."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.articles import article_from, looks_relevant, read_article
from scraper.articles.lines import clean_lines
from scraper.articles.reading import snippet
from scraper.database.article_rows import clues_to_json, columns
from scraper.items import Article
from scraper.reference import authority_named, find_authority, known_authorities
from scraper.text.shingles import SMALLEST, containment, pack_shingles, shingles, unpack_shingles
from scraper.text.wording import lede, plain, sentences
from tests.scraper.articles.told import NOW, told

LETTER = (
    "Wigan Council's children's services are making steady progress, a letter from Ofsted says.\n"
    "It was the second monitoring visit since the council was judged inadequate in May 2021.\n"
    "Inspectors visited on 7 and 8 February 2022.\n"
    'The letter says: "Children are seen sooner and their plans are clearer than before".\n'
    + "The visit looked at care leavers. "
    * 40
)


def test_an_article_is_read() -> None:
    article = Article(
        "https://x.example/1",
        "Steady progress for Wigan's children",
        LETTER,
        "Wigan Today",
        datetime(2022, 3, 20, tzinfo=UTC),
    )
    found = read_article(article, known_authorities(), [])
    assert (found.label, found.kind, found.authority, found.urn) == (
        "report",
        "monitoring_visit",
        "Wigan",
        "80579",
    )
    assert (found.clues.ordinal, found.clues.anchor) == (2, "2021-05")
    assert found.clues.start == datetime(2022, 2, 7).date()  # noqa: DTZ001 - a day
    assert len(found.snippet) <= 300
    assert len(found.shingles) > 20


def test_no_text_of_the_publisher_is_in_the_row_but_a_snippet() -> None:
    article = Article(
        "https://x.example/1", "Steady progress", LETTER, "Wigan Today", datetime(2022, 3, 20, tzinfo=UTC)
    )
    row = columns(article, read_article(article, known_authorities(), []))
    kept = "".join(value for key, value in row.items() if isinstance(value, str) and key not in ("snippet", "headline"))
    assert "steady progress" not in kept
    assert "care leavers. The visit" not in kept
    assert row["published"] == "2022-03-20T00:00:00.000000+00:00"
    assert unpack_shingles(row["shingles"]) == shingles(LETTER)
    assert json.loads(row["clues"])["ordinal"] == 2


def test_the_urn_is_given_only_for_an_authority_asked_for() -> None:
    article = Article("", "Leeds children's services rated good by Ofsted", "", "", None)
    watched = [authority for authority in known_authorities() if authority.name == "Wigan"]
    found = read_article(article, watched, [])
    assert (found.authority, found.urn) == ("Leeds", None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ofsted inspectors carried out a focused visit to the council in May.", "focused_visit"),
        ("A joint targeted area inspection looked at the council's response to neglect of children.", "jtai"),
        ("The council's children's services were rated good by Ofsted.", "inspection"),
        ("It was Ofsted's third visit since the council was rated inadequate. Children are safer.", "monitoring_visit"),
        ("Ofsted has written to the council about children in care.", None),
    ],
)
def test_kind(text: str, kind: str | None) -> None:
    assert told({"headline": "Ofsted on council's services for children", "text": text})["kind"] == kind


def test_read_article_has_the_shape_of_the_contract() -> None:
    found = told(
        {
            "url": "https://x.example/1",
            "headline": "Wigan children's services: Ofsted letter",
            "text": LETTER,
            "outlet": "Wigan Today",
            "published": "2022-03-20",
        }
    )
    assert {"url", "label", "kind", "authority", "urn", "visit", "report_id"} <= set(found)
    assert found["visit"] == {"start": "2022-02-07", "end": "2022-02-08", "ordinal": 2, "anchor": "2021-05"}
    assert json.loads(json.dumps(found)) == found
    assert (
        told({"headline": "Council's children's services rated good by Ofsted", "outlet": "Wigan Today"})["authority"]
        == "Wigan"
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A check-up on the council found progress. Services were labelled inadequate in 2014.", "monitoring_visit"),
        ("Ofsted made a progress check on the council, which was rated inadequate in 2014.", "monitoring_visit"),
        ("The council was rated inadequate in 2014. Ofsted has made monitoring visits since.", "monitoring_visit"),
        ("The council was rated inadequate in 2014." + " It has spent much since." * 30 + "\nThe monitoring visit found progress.",
         "monitoring_visit"),
        ("The council was judged by Ofsted." + " It has spent much since." * 30 + "\nRegular monitoring visits will follow.", "inspection"),
        ("The inspection report rates the services good. A monitoring visit in March had warned of drift.", "inspection"),
        ("Ofsted now rates the services inadequate. The next monitoring visit is in May.", "inspection"),
        ("The inspection report rates the services good. Dental check-ups are late.", "inspection"),
        ("Ofsted's monitoring visit found care leavers, whose homes are now rated good, happy.", "monitoring_visit"),
    ],
)  # fmt: skip
def test_the_kind_that_is_the_news_is_not_that_of_an_old_judgement_nor_an_earlier_visit(text: str, kind: str) -> None:
    assert told({"headline": "Ofsted on council's services for children", "text": text})["kind"] == kind


def test_an_other_article_has_no_kind() -> None:
    assert told({"headline": "Academy rated inadequate", "text": "Ofsted inspection of the school."})["kind"] is None


def test_input_that_is_no_article_is_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match="neither headline nor text"):
        told({"url": "https://x.example/1", "text": " "})
    with pytest.raises(ValueError, match="soon"):
        told({"headline": "x", "published": "soon"})


def test_a_time_without_zone_is_london_time() -> None:
    assert article_from({"headline": "x", "published": "2022-07-01 12:00"}, NOW).published == datetime(
        2022, 7, 1, 11, tzinfo=UTC
    )
    assert article_from({"headline": "x", "published": "2022-07-01T12:00:00Z"}, NOW).published == datetime(
        2022, 7, 1, 12, tzinfo=UTC
    )
    assert article_from({"headline": "x", "published": None}, NOW).published is None
    mailed = article_from({"headline": "x", "published": "Fri, 01 Jul 2022 12:00:00 +0100"}, NOW)
    assert mailed.published == datetime(2022, 7, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-12-30"])
def test_a_time_at_which_nothing_can_have_been_published_is_left_out(published: str) -> None:
    assert article_from({"headline": "x", "published": published}, NOW).published is None


@given(st.text(max_size=900), st.text(max_size=400))
def test_a_snippet_is_short_whatever_the_text(text: str, summary: str) -> None:
    assert len(snippet(Article("", "h", text, "", None, summary))) <= 300


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.text(max_size=900))
def test_no_text_breaks_the_reading(headline: str, text: str) -> None:
    article = Article("https://www.bucksherald.co.uk/a-1-1234567", headline, text, "Bucks Herald", None)
    found = read_article(article, known_authorities(), ["80442"])
    assert found.label in ("report", "followup", "other")
    assert clues_to_json(found.clues)
    assert looks_relevant(headline, text) in (True, False)


def test_repeated_captions_are_kept_once_and_junk_not_at_all() -> None:
    caption = "This was the third visit since the council was judged inadequate."
    text = f"{caption}\n{caption}{caption}\n{caption}\nHide Ad\nHide Ad\nREAD MORE: Bridge to close\nSubmitting...\nThe report is out.\nYes.\nYes."
    assert clean_lines(text) == f"{caption}\nThe report is out.\nYes.\nYes."


def test_a_caption_printed_into_a_line_is_kept_once() -> None:
    assert clean_lines(
        "The police were criticised in the letter too The police were criticised in the letter too due to delays."
    ) == ("The police were criticised in the letter too due to delays.")


@pytest.mark.parametrize(
    "line",
    ["Images of the child were shared.",
     "Commenting on the report, she said it was fair.", "Savings of £3m are planned.", "Following the inspection, the council hired staff.",
     "Getting help early matters, the letter says.", "Sharing information saves lives."],
)  # fmt: skip
def test_sentences_that_only_begin_like_junk_stay(line: str) -> None:
    assert clean_lines(line) == line


def test_the_headline_is_not_a_line_of_the_text() -> None:
    assert clean_lines("Ofsted praises council\nIt is good.", "Ofsted praises council") == "It is good."


def test_shingles_see_the_same_copy_through_case_quotes_and_a_new_top() -> None:
    copy = "The children’s services of the council have been praised by inspectors who visited in the spring of last year for two weeks in all"
    other = "UPDATED: a statement was added here. " + copy.upper().replace("’", "'")
    assert containment(shingles(copy), shingles(other)) == 1.0
    assert (
        containment(
            shingles(copy),
            shingles(
                "Quite another text about a bridge that is to be closed for most of the summer while it is painted green"
            ),
        )
        == 0
    )


def test_too_little_text_says_nothing() -> None:
    few = shingles("one two three four five")
    assert len(few) < SMALLEST
    assert containment(few, few) == 0.0
    assert containment(frozenset(), frozenset()) == 0.0


@given(st.frozensets(st.integers(min_value=-(2**63), max_value=2**63 - 1)))
def test_hashes_are_stored_and_come_back(hashes: frozenset[int]) -> None:
    assert unpack_shingles(pack_shingles(hashes)) == hashes
    assert unpack_shingles(None) == frozenset()


def test_hashes_do_not_move_between_releases() -> None:
    assert shingles("Children's services rated good") == {-6117400611786401897, 6397831104703854216}


def test_sentences_and_lede() -> None:
    assert sentences(plain("Cllr. Smith spoke. “It’s fine.” He left.\nNew line")) == [
        "Cllr. Smith spoke.",
        "\"It's fine.",
        "He left.",
        "New line",
    ]
    first, rest = lede("Standfirst", "a" * 500 + "\nrest of it")
    assert first.startswith("Standfirst")
    assert rest == "rest of it"


@pytest.mark.parametrize(
    "piece",
    ["'a b ", "a. ", "1 2 May ", "first visit since after following ", "Kent Leeds "],
)
def test_a_page_made_to_keep_us_busy_does_not(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = time.process_time()
    found = read_article(Article("", "x", clean_lines(text) + text, "", None), known_authorities(), [])
    assert time.process_time() - started < 10
    assert found.label == "other"


def test_the_one_that_took_the_place_of_another_is_meant_by_all_that_news_calls_it() -> None:
    old = find_authority("Kent", known_authorities())
    assert old
    new = authority_named("2999999", "Kent", replaces=old.urn)
    others = [one for one in known_authorities() if one is not old]
    for headline in (
        "Ofsted inspectors praise Kent County Council's children's services",
        "Kent: children's services are good",
    ):
        article = Article("https://news.example/1", headline, "Ofsted has judged the council's services.", "", None)
        assert read_article(article, (new, *others), [new.urn]).urn == new.urn
