"""A subject is one line of text, whatever is in it, and stands in the mail as lines that every server takes."""

from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.facts import phrases
from monitor.mail.channels.smtp import Smtp
from tests.monitor.mail.mail_server import serving
from tests.monitor.mail.test_channels import mail, message

HEADERS = sorted(str(name) for name in message("x"))
HOSTILE = "News\r\nBcc: victim@example.org\r\n\r\nbody\u2028\u202e\x00"


def test_a_headline_cannot_add_a_header() -> None:
    raw = message(HOSTILE).as_bytes()
    headers = raw.split(b"\r\n\r\n")[0]
    assert b"\nBcc" not in headers
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == "News Bcc: victim@example.org body"


@pytest.mark.parametrize("word", ["wonderful", "übergroß"])
def test_a_subject_of_any_length_begins_on_its_own_line(word: str) -> None:
    for length in range(1, 151):
        subject = f"{word} {'words of a subject ' * 9}"[:length].strip()
        raw = message(subject).as_bytes()
        first = next(line for line in raw.split(b"\r\n") if line.startswith(b"Subject:"))
        assert first.removeprefix(b"Subject:").strip(), subject
        assert message_from_bytes(raw, policy=policy.default)["Subject"] == subject


@pytest.mark.parametrize(
    "subject",
    [
        "Westmarch: 2 of 7 earlier areas are raised again, 1 shows a mixed  picture…, 3 are said to have improved",
        "Westmarch in the news: Council says  ‘sorry’ to the children’s families it failed, and to “all” who work for it",
        "Northmere: “inadequate” — children’s services told to improve by the minister’s commissioner at once",
        "Westmarch in the news: Llŷn’s naïve café: a coöperative’s view of Ofsted’s first visit since the council’s merger",
        "Westmarch: overall requires improvement, was inadequate; 5 areas for improvement now, of which 2 were raised before",
        f"Westmarch: {'https://example.org/' + 'x' * 120}",
        "报告 " * 40,
        "🟢" * 60,
    ],
)
def test_no_line_of_a_subject_ends_with_a_blank_or_is_too_long(subject: str) -> None:
    head = message(subject).as_bytes().split(b"\r\n\r\n")[0]
    assert [line for line in head.split(b"\r\n") if line != line.rstrip() or len(line) > 78] == []
    clean = " ".join(subject.split())
    assert message_from_bytes(head, policy=policy.default)["Subject"] == clean
    with serving() as server:
        Smtp(mail(server.port), timeout=5).send(message(subject), "lead@example.org")
    assert server.mails[0]["Subject"] == clean


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_one_safe_subject(text: str) -> None:
    raw = message(text).as_bytes()
    head = raw.split(b"\r\n\r\n")[0]
    names = [line.split(b":")[0].decode() for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert sorted(names) == HEADERS
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert [line for line in head.split(b"\r\n") if line != line.rstrip(b" ") and line != b"Subject: "] == []
    subject = message_from_bytes(raw, policy=policy.default)["Subject"]
    assert "".join(c for c in subject if c not in phrases.JOINERS).isprintable()
