"""What came in place of what was wanted, in words, and its bytes so that they act nowhere."""

import gzip
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.facts.came import shown, words

PAGE = b"<!DOCTYPE html>\n<title>Reports</title>"


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (PAGE, PAGE.decode()),
        (b"", ""),
        (b"one\r\ntwo\ttabs", "one\ntwo\ttabs"),
        ("Caf\u00e9 \u201cso\u201d".encode(), "Caf\u00e9 \u201cso\u201d"),
        ("Caf\u00e9 in a long enough line".encode("cp1252"), "Caf\\xe9 in a long enough line"),
        ("<p>Caf\u00e9".encode("utf-16"), "<p>Caf\u00e9"),
        (b"plain, and then \x1b[2J\x07", "plain, and then \\x1b[2J\\x07"),
        (
            "left \u202eright\u2066 zero\u200bwidth\u200d of a text".encode(),
            "left \\u202eright\\u2066 zero\\u200bwidth\\u200d of a text",
        ),
        (b"cut in a character: \xe2\x80", "cut in a character: "),
    ],
)
def test_bytes_are_shown_as_text_where_they_are_text(head: bytes, text: str) -> None:
    assert shown(head) == text


@pytest.mark.parametrize(
    "head", [gzip.compress(PAGE * 9, mtime=0), bytes(range(256)), "<p>wide".encode("utf-16-le"), b"\0" * 900]
)
def test_what_is_no_text_is_shown_in_numbers_and_never_guessed(head: bytes) -> None:
    lines = shown(head).splitlines()
    assert lines[0].startswith(f"0000  {head[:16].hex(' ')}")
    assert len(lines) <= 16 and all(len(line) <= 76 and line.isascii() for line in lines)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_nothing_that_turns_or_hides_text_or_commands_a_terminal_is_left(head: bytes) -> None:
    text = shown(head)
    text.encode("utf-8")
    assert not [
        char
        for char in text
        if char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn")
    ]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            (403, "text/html", 5120, "Just a moment..."),
            "HTTP 403, text/html, 5,120 bytes, title \u201cJust a moment...\u201d",
        ),
        ((200, "", 0, ""), "HTTP 200, nothing in it"),
        ((200, "text/plain", 1, ""), "HTTP 200, text/plain, 1 byte"),
        ((None, "", 0, ""), "no whole answer"),
        ((200, "text/\x1b[2Jhtml", 9, "a\nb \u202e"), "HTTP 200, text/ [2Jhtml, 9 bytes, title \u201ca b\u201d"),
        ((407, "", 0, ""), "HTTP 407, nothing in it"),
    ],
)
def test_an_answer_in_a_line(answer: tuple[int | None, str, int, str], told: str) -> None:
    assert words(*answer) == told
