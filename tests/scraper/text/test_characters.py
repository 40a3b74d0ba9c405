# ruff: noqa: RUF001 - characters that look like others are what this is about
"""Text as strangers' programs garble it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.articles import looks_relevant
from scraper.text import mended
from scraper.text.characters import compared
from tests.scraper.articles.told import told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("childrenâ€™s", "children’s"),
        ("â€œgoodâ€\x9d and â€œbadâ€ alike", "“good” and “bad” alike"),
        ("Ã¢â‚¬â„¢s", "’s"),
        ("Â£5m for a cafÃ©", "£5m for a café"),
        ("‚Äôs", "’s"),
        ("ðŸ˜€", "😀"),
        ("ï»¿Ofsted", "Ofsted"),
        ("\ud83d\ude00 and \ud83d alone", "😀 and  alone"),
        ("ser\u00advices \u200bof\u2060 care\x00", "services of care"),
        ("\u202eevil\u202c", "evil"),
        ("naïve âge MENÜ–Ä", "naïve âge MENÜ–Ä"),
        ("children&rsquo;s &#8217;&#x2019;&#146; &amp;rsquo; &amp;amp;#8217; Help &amp; care&nbsp;now", "children’s ’’’ ’ ’ Help & care\xa0now"),
        ("&ldquo;good&rdquo; &pound;5m &amp;hellip; childrenâ&euro;&trade;s", "“good” £5m … children’s"),
        ("AT&T, R&D; &foo; &notit; &lt;b&gt; &amp;lt;i&amp;gt; &#xD83D;", "AT&T, R&D; &foo; &notit; &lt;b&gt; &amp;lt;i&amp;gt; "),
        ("Council\ufffds children\ufffds services", "Council’s children’s services"),
        ("childrenï¿½s and councilsï¿½ services, don\ufffd\ufffd\ufffdt", "children’s and councils’ services, don’t"),
        ("what?s wrong: children???s services aren?t good, we?re told", "what’s wrong: children’s services aren’t good, we’re told"),
        ("It wasn?t: I?m sure they?ve said we?ll, he?d, O?Brien, o?clock", "It wasn’t: I’m sure they’ve said we’ll, he’d, O’Brien, o’clock"),
        ("CHILDREN?S SERVICES, son-in-law?s", "CHILDREN’S SERVICES, son-in-law’s"),
        ("councilÂ’s â\x80\x99 Â\x92", "council’s ’ ’"),
        ("Is it good?Yes, it is.", "Is it good?Yes, it is."),
        ("Good?So what? Why? services", "Good?So what? Why? services"),
        ("What??? Really?!", "What??? Really?!"),
        ("https://a.example/search?s a.example?s=1 /news?t=2 #a?s", "https://a.example/search?s a.example?s=1 /news?t=2 #a?s"),
        ("Is it a? s b? No: 1990?s", "Is it a? s b? No: 1990?s"),
        ("caf\ufffds na\ufffdve", "caf\ufffds na\ufffdve"),
        ("Has Ofsted visited?The council says so?", "Has Ofsted visited?The council says so?"),
    ],
)  # fmt: skip
def test_text_is_mended_as_its_writer_meant_it(written: str, meant: str) -> None:
    assert mended(written) == meant


@pytest.mark.parametrize("apostrophe", "'’‘ʼʹ′＇`´‛")
def test_every_apostrophe_is_one(apostrophe: str) -> None:
    assert compared(f"children{apostrophe}s") == "children's"
    assert looks_relevant(f"Council’s children{apostrophe}s services", "")


def test_ligatures_and_wide_letters_are_letters() -> None:
    assert compared("ﬁve ﬂaws, ｏｆｓｔｅｄ…") == "five flaws, ofsted..."


@given(st.text(st.characters(), max_size=60))
def test_any_text_can_be_stored_when_it_is_mended(text: str) -> None:
    mended(text).encode("utf-8")
    compared(text).encode("utf-8")


@pytest.mark.parametrize(
    "headline",
    [
        "Bexley council’s children’s services rated inadequate",
        "Bexley coun\u00adcil’s chil\u00addren’s ser\u00advices rated in\u00adadequate",
        "Bexley councilâ€™s childrenâ€™s services rated inadequate",
        "Bexley council\u02bcs children\u02bcs ser\u200bvices rated inadequate",
        "Ofsted \ufb01nds \ufb01ve \ufb02aws in Bexley council's children's services",
        "Bexley council\ufffds children\ufffds services rated inadequate",
        "Bexley councilï¿½s childrenï¿½s services rated inadequate",
        "Bexley council?s children?s services rated inadequate",
        "Bexley councilÂ’s childrenÂ’s services rated inadequate",
        "Bexley council&rsquo;s children&#8217;s services rated inadequate",
        "Bexley council&amp;rsquo;s children&amp;#x2019;s services rated inadequate",
        "Bexley council\ufffds children\ufffds services rated \ufffdinadequate\ufffd",
        "Straße: Ofsted finds ﬂaws in Bexley council's children's services",
    ],
)
def test_an_article_is_read_alike_however_its_characters_are_written(headline: str) -> None:
    found = told({"headline": headline, "text": "Watchdogs say so.", "outlet": "X"})
    assert (found["label"], found["authority"]) == ("report", "Bexley")


@pytest.mark.parametrize("before", ["", "ßßßßßßßßßß ", "ﬃﬃﬃﬃ: ", "İİİİ "])
def test_letters_that_casefold_lengthens_move_no_name(before: str) -> None:
    assert told({"headline": f"{before}Kent council's children's services", "outlet": "X"})["authority"] == "Kent"
