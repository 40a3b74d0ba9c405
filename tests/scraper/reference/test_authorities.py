"""The tables of authorities and of their names are refused where they are wrong."""

from pathlib import Path

import pytest

from scraper.errors import RuleFileError
from scraper.reference import authorities

WRONG = [
    ("AUTHORITIES", "80486,Barking", "8048x,Barking", "authorities.csv:2: urn: "),
    ("AUTHORITIES", "London,London Borough", "London,London Burough", "authorities.csv:2: kind: "),
    ("AUTHORITIES", "urn,name,region,kind", "urn,name,area,kind", "authorities.csv:2: region: is missing"),
    ("NAMES", "2532283,town,Blandford", "2532283,twon,Blandford", "authority_names.csv:3: kind: "),
    ("NAMES", ",,2019-03", ",,March 2019", "authority_names.csv:2: until: "),
    ("NAMES", "2532283,town,Blandford", "2532283,town,", "authority_names.csv:3: name: must not be empty"),
    ("NAMES", "2532283,town,Blandford", "1,town,Blandford", "authority_names.csv:3: urn: "),
    (
        "NAMES",
        "2532283,town,Blandford",
        "9999,town,Blandford",
        "authority_names.csv: Blandford: no authority has the URN",
    ),
]


@pytest.mark.parametrize(("table", "good", "bad", "says"), WRONG)
def test_a_wrong_table_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, good: str, bad: str, says: str
) -> None:
    file: Path = getattr(authorities, table)
    text = file.read_text(encoding="utf-8")
    assert good in text
    copy = tmp_path / file.name
    copy.write_text(text.replace(good, bad, 1), encoding="utf-8")
    monkeypatch.setattr(authorities, table, copy)
    with pytest.raises(RuleFileError) as told:
        authorities.known_authorities.__wrapped__()
    assert says in str(told.value)
