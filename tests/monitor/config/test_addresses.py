"""What is taken as a mail address at load is one that mails can be made with, and what is not is refused with words."""

from email.headerregistry import Address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config import load_config, mail_address
from monitor.config.config_file import ConfigError
from monitor.mail.channels.message import address, domain

WRONG = [
    ("watch@example.org.", "full stop at its end"),
    ("watch@example..org", "two full stops"),
    ("a..b@example.org", "two full stops"),
    ("lead.@example.org", "beside the @"),
    (".lead@example.org", "beside the @ or at the beginning"),
    ("lead@.example.org", "beside the @"),
    ("x@[y", "name of a host"),
    ("x@[192.0.2.1]", "name of a host"),
    ("(lead)@example.org", "no address has"),
    ("lead(work)@example.org", "no address has"),
    ("lead@example.org(work)", "name of a host"),
    ("Lead <lead@example.org>", "no address has"),
    ('"lead"@example.org', "no address has"),
    ("lead@-example.org", "name of a host"),
    ("lead@example.org/", "name of a host"),
    ("a@b@example.org", "more than one @"),
    ("a@example.org;b@example.org", "more than one @"),
    ("lead@exämple.org", "xn--"),
    ("léad@example.org", "ASCII"),
    ("lead", "missing"),
    ("@example.org", "missing"),
    ("lead@", "missing"),
    (f"{'a' * 65}@example.org", "longer than 64"),
    (f"lead@{'a' * 64}.org", "name of a host"),
    (f"lead@{'a.' * 126}org", "long"),
    ("le ad@example.org", "no address has"),
    ("lead@example.org\n", "name of a host"),
]
GOOD = [
    "lead@example.org",
    "o'neil+ofsted@x-y.example.org",
    "watch@localhost",
    "a.b-c_d@xn--bcher-kva.example",
    "ops@mail_host.internal",
]


@pytest.mark.parametrize(("text", "words"), WRONG)
@pytest.mark.parametrize(
    "place",
    ["contact: {}", "contact: a@example.org\nmail: {{from: {}}}", "contact: a@example.org\nalerts: [{{to: [{}]}}]"],
)
def test_what_cannot_be_one_is_refused_at_load_wherever_it_stands(
    tmp_path: Path, text: str, words: str, place: str
) -> None:
    quoted = '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'
    path = tmp_path / "config.yaml"
    path.write_text(f"watch: [Brent]\n{place.format(quoted)}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="mail address such as") as told:
        load_config(path)
    assert words in str(told.value)


@pytest.mark.parametrize("text", GOOD)
def test_what_is_one_is_taken_and_goes_into_headers(text: str) -> None:
    assert mail_address(text) == text
    assert str(address(text)) == text
    assert domain(text)


@given(st.text(alphabet="ab.@-_()[]<>\" ,;:\\'é", max_size=20))
def test_whatever_is_taken_can_be_sent_to(text: str) -> None:
    try:
        mail_address(text)
    except ValueError:
        return
    assert Address(addr_spec=text).addr_spec == text
    assert text.rpartition("@")[2].encode("idna")
