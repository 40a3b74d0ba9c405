"""rules.yaml and weights.json are refused where they are wrong: what is misspelt would else never hold, and nobody would be told."""

from pathlib import Path

import pytest

from scraper.articles.rules import FILE, RuleBook, rules
from scraper.articles.weights import FILE as WEIGHTS
from scraper.articles.weights import WeightsFile
from tests.scraper.rule_file_changes import line_of, refusal

OFSTED = '  - name: Ofsted\n    speaks: for\n    ours: true\n    words:\n      - "\\\\bofsted\\\\b"\n'

WRONG = [
    ("    authority: [body]", "    authorities: [body]", "authorities: no such key is known"),
    ("authority: [name, ", "authority: []  #", "rules: an authority is named: authority: must not be empty"),
    ("authority: [name, ", "authority: [names, ", "rules: an authority is named: authority: 0: input should be 'name'"),
    (OFSTED, "  - name: Ofsted\n    words: []\n", "rules: Ofsted: words: must not be empty"),
    (OFSTED, "  - name: Ofsted\n", "rules: Ofsted: words or kinds of names (`authority`) are expected"),
    ('"\\\\bofsted\\\\b"', '"(ofsted"', "rules: Ofsted: words: 0: is no regular expression"),
    ('"\\\\bofsted\\\\b"', '"ofsted|"', "rules: Ofsted: words: 0: a regular expression that every text matches"),
    ("speaks: for", "speaks: so", "speaks: input should be 'for', 'against' or 'either'"),
    ("name: a grade\n", "name: inspectors\n", "rules: inspectors: name: another rule is called 'inspectors' too"),
    ("name: Ofsted\n", "name: Ofsted + others\n", "must not have ' + ' in it"),
    ("name: Ofsted\n", "name: Ofsted (it)\n", "must not have ' (' in it"),
]


@pytest.mark.parametrize(("good", "bad", "says"), WRONG, ids=[says[:60] for *_, says in WRONG])
def test_a_wrong_file_is_refused_with_the_rule_and_what_is_wrong(
    tmp_path: Path, good: str, bad: str, says: str
) -> None:
    told = refusal(tmp_path, FILE, RuleBook, good, bad)
    assert told.startswith("rules.yaml:")
    assert says in told


def test_the_line_is_that_of_the_key(tmp_path: Path) -> None:
    line = line_of(FILE, "    authority: [body]")
    told = refusal(tmp_path, FILE, RuleBook, "    authority: [body]", "    authorities: [body]")
    assert (
        told == f"rules.yaml:{line}: rules: a body that delivers children's services: authorities: no such key is known"
    )


def test_a_grade_in_a_pattern_is_every_grade_of_the_registry() -> None:
    council = next(rule for rule in rules().rules if rule.name == "the council itself is what is rated")
    found = {
        grade
        for grade in ("inadequate", "requires improvement", "good", "outstanding", "fine")
        for words in council.words
        if words.search(f"county council rated {grade}")
    }
    assert found == {"inadequate", "requires improvement", "good", "outstanding"}


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ('["Ofsted", ', '["Ofsed", ', "no rule is called 'Ofsed'; is 'Ofsted' meant?"),
        ('["Ofsted (headline)", ', '["Ofstd (headline)", ', "no rule is called 'Ofstd'"),
        ('"news": ', '"new": 1.0, "news": ', "new: no such key is known"),
        ('"report": ', '"report": true, "reports": ', "report: a number is expected"),
    ],
)
def test_weights_of_rules_that_there_are_not_are_refused(tmp_path: Path, good: str, bad: str, says: str) -> None:
    assert says in refusal(tmp_path, WEIGHTS, WeightsFile, good, bad)
