"""What bytes are written in, and references to characters that there are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.pages.decoding import mended_references, readable, utf8_text

TEXT = "Council’s children’s services – “good” " * 10


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_unicode_is_read_whatever_it_declares_itself_to_be(encoding: str) -> None:
    markup = f'<?xml version="1.0" encoding="iso-8859-1"?><a>{TEXT}</a>'
    assert readable(markup.encode(encoding)) == f"<a>{TEXT}</a>".encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_the_mark_at_the_beginning_tells_in_which_unicode_it_is(encoding: str) -> None:
    assert utf8_text(f"\ufeff{TEXT}".encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("before", ["\n", "\r\n", " ", "\t\n", "\n\n\n", "x"])
def test_unicode_without_a_mark_may_begin_with_any_latin_character(encoding: str, before: str) -> None:
    assert utf8_text(f"{before}<a>{TEXT}</a>".encode(encoding)) == f"{before}<a>{TEXT}</a>"


@pytest.mark.parametrize("declared", ['<meta charset="utf-8">', "", '<meta charset="iso-8859-1">'])
def test_utf8_with_one_bad_byte_is_utf8_and_the_byte_is_windows(declared: str) -> None:
    body = f"{declared}{TEXT * 5}".encode() + b"\xa9 The Gazette"
    assert utf8_text(body) == f"{declared}{TEXT * 5}© The Gazette"


def test_a_character_cut_in_the_middle_is_left_out() -> None:
    assert utf8_text(TEXT.encode() + b"\xe2\x80<p>") == f"{TEXT}<p>"


def test_what_says_that_it_is_utf8_and_is_windows_throughout_is_read_as_windows() -> None:
    body = b'<meta charset="utf-8">' + TEXT.encode("cp1252")
    assert utf8_text(body) == f'<meta charset="utf-8">{TEXT}'


def test_what_is_written_otherwise_is_left_to_its_parser() -> None:
    body = TEXT.encode("cp1252")
    assert utf8_text(body) is None
    assert readable(body) == body


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"a&#55357;&#56832;b", b"a&#128512;b"),
        (b"&#xD83D;&#xDE00;&#8217;", b"&#128512;&#8217;"),
        (b"a&#55357;b &#1114112; &#0; &#xFFFFFFFFFFFFFFFFFFFF;", b"ab   "),
        (b"&#8217;&#x2019;&#128512;", b"&#8217;&#x2019;&#128512;"),
        (b"&rsquo; &#x; &#;", b"&rsquo; &#x; &#;"),
    ],
)
def test_references_are_to_whole_characters(written: bytes, meant: bytes) -> None:
    assert mended_references(written) == meant


@given(st.binary(max_size=80) | st.from_regex(rb"(&#x?[0-9a-fA-F]{1,9};){1,4}"))
def test_any_bytes_are_readable_and_text_is_text(body: bytes) -> None:
    assert isinstance(readable(body), bytes)
    (utf8_text(body) or "").encode()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<p>a cut \xe2</p><p>\xe2\x80\x99</p>", "<p>a cut </p><p>’</p>"),
        (b'<meta charset="iso-8859-1"><p>children\x92s</p>', '<meta charset="iso-8859-1"><p>children’s</p>'),
        ("<p>children\x92s</p>".encode(), "<p>children’s</p>"),
        (b"<p>children&#146;s &#x92;</p>", "<p>children&#8217;s &#8217;</p>"),
    ],
)
def test_bytes_and_numbers_of_windows_are_its_characters(body: bytes, text: str) -> None:
    assert readable(body).decode() == text
