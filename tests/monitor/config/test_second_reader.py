"""The second reader is off where nothing is said; what is said of it is checked, and never holds its key."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.config.config_file import ConfigError

HEAD = "contact: a@council.gov.uk\nwatch: [Brent]\n"
GOOD = "url: https://llm.council.gov.uk/v1, model: m"


def write(folder: Path, reader: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(f"{HEAD}compare: {{second_reader: {{{reader}}}}}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("text", ["", "compare: {}\n", "compare: {second_reader: }\n"])
def test_nobody_is_asked_unless_it_is_said_whom(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    assert load_config(path).compare.second_reader is None


def test_what_is_not_said_has_a_value(tmp_path: Path) -> None:
    reader = load_config(write(tmp_path, GOOD)).compare.second_reader
    assert reader is not None
    assert (reader.key_env, reader.at_most, reader.wait) == (None, 50, timedelta(seconds=60))


def test_every_key_is_read(tmp_path: Path) -> None:
    told = "url: http://127.0.0.1:11434/v1/, model: llama3.1:8b, key_env: READER_KEY, at_most: 5, wait: 2m"
    reader = load_config(write(tmp_path, told)).compare.second_reader
    assert reader is not None
    assert reader.endpoint == "http://127.0.0.1:11434/v1/chat/completions"
    assert (reader.host, reader.model, reader.key_env) == ("127.0.0.1:11434", "llama3.1:8b", "READER_KEY")
    assert (reader.at_most, reader.wait) == (5, timedelta(minutes=2))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("url: https://llm.council.gov.uk/v1", "compare.second_reader.model"),
        ("model: m", "compare.second_reader.url"),
        ("url: ftp://llm.council.gov.uk, model: m", "begins with http:// or https://"),
        ("url: llm.council.gov.uk, model: m", "begins with http:// or https://"),
        ("url: https://me:pass@llm.council.gov.uk/v1, model: m", "no name and no password"),
        ("url: https://@llm.council.gov.uk/v1, model: m", "no name and no password"),
        ("url: 'https://llm.council.gov.uk/v1?key=pass', model: m", "without `?` and `#`"),
        ("url: https://llm.council.gov.uk/v1/chat/completions/, model: m", "leave that out"),
        ("url: 'https://llm.council.gov.uk:99999/v1', model: m", "ort out of range"),
        ("url: https://llm.council.gov.uk/v1, model: ''", "compare.second_reader.model"),
        (f"{GOOD}, key: pass", "never in this file: name its environment variable with `key_env`"),
        (f"{GOOD}, key_env: 'sk-pass'", "compare.second_reader.key_env"),
        (f"{GOOD}, modle: m", "is 'model' meant?; there are: url, model, key_env, at_most, wait"),
        (f"{GOOD}, at_most: 0", "compare.second_reader.at_most"),
        (f"{GOOD}, wait: 0s", "from 1s to 10m"),
        (f"{GOOD}, wait: 11m", "from 1s to 10m"),
        ("url: http://llm.council.gov.uk/v1, model: m, key_env: K", "unencrypted: give an address that begins with https"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_without_what_may_be_secret(tmp_path: Path, told: str, says: str) -> None:
    with pytest.raises(ConfigError) as error:
        load_config(write(tmp_path, told))
    assert says in str(error.value)
    assert "config.yaml:3: compare" in str(error.value)
    assert "pass@" not in str(error.value) and "sk-pass" not in str(error.value)


@pytest.mark.parametrize(
    "told",
    [
        "url: http://localhost:8000/v1, model: m, key_env: K",
        "url: http://gpu.council.gov.uk:8000/v1, model: org/name",
        f"{GOOD}, key_env: K",
    ],
)
def test_a_key_goes_encrypted_or_stays_on_this_machine(tmp_path: Path, told: str) -> None:
    assert load_config(write(tmp_path, told)).compare.second_reader is not None
