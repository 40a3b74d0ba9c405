"""A file of rules that is wrong is refused, with the file, the line, the place and what is wrong there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from scraper.errors import RuleFileError
from scraper.reference import Flag, Number, Place, RuleFile, RuleModel, Texts, Words, meant, read_rules
from scraper.reference.rule_files import MOST_TOLD, read_table


class Fruit(RuleModel):
    name: str
    words: Annotated[tuple[Words, ...], Field(min_length=1)]
    points: Number
    sweet: Flag = False
    with_: Texts = ()


class Basket(RuleFile):
    size: int
    fruits: tuple[Fruit, ...]

    def wrong(self) -> Iterator[tuple[Place, str]]:
        if len(self.fruits) > self.size:
            yield ("size",), "too small"


GOOD = """\
size: 2
fruits:
  - name: pear
    words: ["\\\\bpears?\\\\b"]
    points: 1
    sweet: true
    with_: [cheese]
"""


def read(folder: Path, text: str, name: str = "basket.yaml") -> Basket:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_rules(path, Basket)


def test_a_good_file_is_read_and_its_words_are_found_whatever_their_case(tmp_path: Path) -> None:
    (pear,) = read(tmp_path, GOOD).fruits
    assert pear.words[0].search("two PEARS")
    assert (pear.points, pear.sweet, pear.with_) == (1.0, True, ("cheese",))


WRONG = [
    ("sweet: true", "sweat: true", 6, "fruits: pear: sweat: no such key is known"),
    ("    points: 1\n", "", 3, "fruits: pear: points: is missing"),
    ("points: 1", "points: '1'", 5, "fruits: pear: points: a number is expected"),
    ("points: 1", "points: .nan", 5, "fruits: pear: points: "),
    ("sweet: true", "sweet: 1", 6, "fruits: pear: sweet: true or false is expected"),
    ("[cheese]", "[]", 7, "fruits: pear: with_: must not be empty"),
    ("[cheese]", "cheese", 7, "fruits: pear: with_: a list is expected"),
    ("[cheese]", "[' ']", 7, "fruits: pear: with_: 0: must not be empty"),
    ("[cheese]", "[3]", 7, "fruits: pear: with_: 0: a text is expected"),
    ('"\\\\bpears?\\\\b"', '"(pear"', 4, "fruits: pear: words: 0: is no regular expression: missing )"),
    ('"\\\\bpears?\\\\b"', '"pear|"', 4, "fruits: pear: words: 0: a regular expression that every text matches"),
    ('"\\\\bpears?\\\\b"', "", 4, "fruits: pear: words: must not be empty"),
    ('"\\\\bpears?\\\\b"', "7", 4, "fruits: pear: words: 0: a regular expression is expected"),
    ("    points: 1\n", "    points: 1\n    points: 2\n", 6, "yaml:6: fruits.0.points is given twice"),
    ("[cheese]", "[cheese", 8, "is not YAML"),
    ("size: 2", "size: 0", 1, "size: too small"),
]


@pytest.mark.parametrize(("good", "bad", "line", "says"), WRONG)
def test_what_is_wrong_is_told_with_its_file_line_and_place(
    tmp_path: Path, good: str, bad: str, line: int, says: str
) -> None:
    assert good in GOOD
    with pytest.raises(RuleFileError) as told:
        read(tmp_path, GOOD.replace(good, bad))
    assert str(told.value).startswith(f"{tmp_path / 'basket.yaml'}:{line}: ")
    assert says in str(told.value)


@pytest.mark.parametrize("text", ["", "- a list\n", "just text\n"])
def test_a_file_without_keys_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RuleFileError, match=r"basket\.yaml:1: the file: keys with values are expected"):
        read(tmp_path, text)


def test_every_mistake_is_told_at_once_up_to_a_number_that_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as two:
        read(tmp_path, GOOD.replace("size: 2", "size: two").replace("sweet", "sweat"))
    assert len(str(two.value).splitlines()) == 2
    with pytest.raises(RuleFileError) as many:
        read(tmp_path, "\n".join(f"key{number}: 1" for number in range(99)))
    assert len(str(many.value).splitlines()) == MOST_TOLD


def test_a_json_file_is_held_to_the_same(tmp_path: Path) -> None:
    assert read(tmp_path, '{"size": 1, "fruits": []}', "basket.json").size == 1
    for text, says in [
        ('{"size": 1, "size": 2, "fruits": []}', "size is given twice"),
        ('{"size": 1,\n "fruit": []}', "basket.json:2: fruit: no such key is known"),
        ('{"size": 1', "cannot be read"),
    ]:
        with pytest.raises(RuleFileError, match=says):
            read(tmp_path, text, "basket.json")


def test_a_file_that_is_not_there_or_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "basket.yaml").write_bytes(b"\xff\xfe")
    for name in ("absent.yaml", "basket.yaml"):
        with pytest.raises(RuleFileError, match=f"{name}: cannot be read"):
            read_rules(tmp_path / name, Basket)


class Price(RuleModel):
    fruit: str
    pence: Annotated[str, Field(pattern=r"^\d+$")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fruit,pence\npear,20\nplum,ten\n", "prices.csv:3: pence: "),
        ("fruit,pense\npear,20\n", "prices.csv:2: pence: is missing"),
        ("fruit,pence\npear\n", "prices.csv:2: pence: a text is expected"),
        ("fruit,pence\npear,20,30\n", "prices.csv:2: more columns than the heading: no such key is known"),
    ],
)
def test_a_table_that_is_wrong_is_told_with_its_line_and_column(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(text)
    with pytest.raises(RuleFileError) as told:
        read_table(path, Price)
    assert says in str(told.value)


def test_a_name_is_meant_where_a_known_one_is_near() -> None:
    assert meant("plumm", ["plum", "pear"]) == "; is 'plum' meant?"


def test_a_name_is_meant_where_known_ones_begin_so_whatever_the_case() -> None:
    assert meant("WEST", ["Westmarch", "Northmere", "Westerby"]) == "; is 'Westmarch' or 'Westerby' meant?"
    assert meant("plums", ["Plum"]) == "; is 'Plum' meant?"


def test_too_little_of_a_name_means_nothing() -> None:
    assert meant("we", ["Westmarch"]) == meant("", ["Westmarch"]) == meant("xyz", ["Westmarch"]) == ""
    assert meant("xyz", ["pear"]) == ""
