"""rules.yaml is refused where it is wrong: what is misspelt would else never hold, and nobody would be told."""

from pathlib import Path

import pytest

from scraper.articles import rules as module
from scraper.articles.rules import FILE, RuleBook, rules
from tests.scraper.rule_file_changes import line_of, refusal

WRONG = [
    ("half_if: [children's", "halfif: [children's", "rules: a school or college: halfif: no such key is known"),
    (
        "half_if: [children's services",
        "half_if: [childrens services",
        "half_if: 0: no rule is called 'childrens services'",
    ),
    ("when: [[a joint inspection]]", "when: [[joint inspection]]", "when: 0: 0: no rule is called 'joint inspection'"),
    ("unless: [special", "unless: [specal", "unless: 0: no rule is called 'specal educational needs'; is 'special"),
    ("when: [[Ofsted]]", "when: [[]]", "when: 0: must not be empty"),
    ("when: [[Ofsted]]", "when: []", "when: must not be empty"),
    ('words: ["\\\\bofsted\\\\b"]', "words: []", "rules: Ofsted: words: must not be empty"),
    ('    words: ["\\\\bofsted\\\\b"]\n', "", "rules: Ofsted: words or kinds of names (`authority`) are expected"),
    ('"\\\\bofsted\\\\b"', '"(ofsted"', "rules: Ofsted: words: 0: is no regular expression"),
    ('"\\\\bofsted\\\\b"', '"ofsted|"', "rules: Ofsted: words: 0: a regular expression that every text matches"),
    ("authority: [name, ", "authority: []  #", "rules: an authority is named: authority: must not be empty"),
    ("authority: [name, ", "authority: [names, ", "rules: an authority is named: authority: 0: input should be 'name'"),
    ("name: a grade\n", "name: inspectors\n", "rules: inspectors: name: another rule is called 'inspectors' too"),
    (
        "name: a focused visit\n",
        "name: a focussed visit\n",
        "no rule is called 'a focused visit'; is 'a focussed visit' meant?",
    ),
    ("group: trouble", "group: troubles", "group: no group is called 'troubles'; is 'trouble' meant?"),
    ("  tone: {limit: 1.0}", "  tones: {limit: 1.0}", "groups: no code uses the group 'tones'; is 'tone' meant?"),
    ("  tone: {limit: 1.0}\n", "", "groups: the group 'tone' is missing, which the code wants"),
    ("tone: {limit: 1.0}", "tone: {limits: 1.0}", "groups: tone: limits: no such key is known"),
    (
        "elsewhere: {limit: -9.0}",
        "elsewhere: {limit: 9.0}",
        "its points and the limit of its group 'elsewhere' pull in",
    ),
    ("subject_from: 1.5\n", "", "subject_from: is missing"),
    ("report_from: 0.0", "report_from: nothing", "report_from: a number is expected"),
    ("headline: 4.0", "headline: four", "rules: children's services: headline: a number is expected"),
    ("    body: 0.3\n", "", "rules: inspectors: body: is missing"),
    (
        "    headline: -2.5\n    lede: -1.5\n",
        "    headline: 0.0\n    lede: 0.0\n",
        "rules: money: gives no points anywhere",
    ),
]


@pytest.mark.parametrize(("good", "bad", "says"), WRONG, ids=[says[:60] for *_, says in WRONG])
def test_a_wrong_file_is_refused_with_the_rule_and_what_is_wrong(
    tmp_path: Path, good: str, bad: str, says: str
) -> None:
    told = refusal(tmp_path, FILE, RuleBook, good, bad)
    assert told.startswith("rules.yaml:")
    assert says in told


def test_the_line_is_that_of_the_key(tmp_path: Path) -> None:
    line = line_of(FILE, "half_if: [children's services, a focused")
    told = refusal(
        tmp_path, FILE, RuleBook, "half_if: [children's services, a focused", "halfif: [children's services, a focused"
    )
    assert told == f"rules.yaml:{line}: rules: a nursery, childminder or club: halfif: no such key is known"


@pytest.mark.parametrize("name", ["ABOUT", "NEWS"])
def test_a_group_that_the_code_does_not_use_is_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    *used, left = getattr(module, name)
    monkeypatch.setattr(module, name, tuple(used))
    assert f"no code uses the group {left!r}" in refusal(tmp_path, FILE, RuleBook, "#", "#")


def test_a_grade_in_a_pattern_is_every_grade_of_the_registry() -> None:
    council = next(rule for rule in rules().rules if rule.name == "the council itself is what is rated")
    found = {
        grade
        for grade in ("inadequate", "requires improvement", "good", "outstanding", "fine")
        for words in council.words
        if words.search(f"county council rated {grade}")
    }
    assert found == {"inadequate", "requires improvement", "good", "outstanding"}
