"""Files of rules, read and checked: an unknown or missing key, an empty list, a bad regular expression or a wrong type is refused.

A misspelt rule would else be a rule that never holds, and nobody would be told.
"""

import csv
import difflib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from scraper.errors import RuleFileError
from scraper.reference.yaml_lines import NotYaml, Place, line_of, load_with_lines

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Flag = Annotated[bool, Field(strict=True)]

MOST_TOLD = 20
PLAIN = {
    "extra_forbidden": "no such key is known",
    "missing": "is missing",
    "too_short": "must not be empty",
    "string_type": "a text is expected",
    "float_type": "a number is expected",
    "int_type": "a whole number is expected",
    "bool_type": "true or false is expected",
    "tuple_type": "a list is expected",
    "dict_type": "keys with values are expected",
    "model_type": "keys with values are expected",
}


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


Text = Annotated[str, AfterValidator(_not_blank)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]


def _compiled(value: object, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    if not isinstance(value, str):
        raise ValueError("a regular expression is expected")
    try:
        pattern = re.compile(value, flags)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    if pattern.search(""):
        raise ValueError("a regular expression that every text matches, as it matches nothing at all")
    return pattern


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
"""A regular expression as written in a file."""

Words = Annotated[re.Pattern[str], BeforeValidator(lambda value: _compiled(value, re.IGNORECASE))]
"""The same, for words in a text: case does not matter."""

Beginning = Annotated[re.Pattern[str], BeforeValidator(lambda value: _compiled(_at_the_start(value), re.IGNORECASE))]
"""The same, for words that a text begins with."""


def _at_the_start(value: object) -> object:
    return rf"\A(?:{value})" if isinstance(value, str) else value


class RuleModel(BaseModel):
    """A part of a rule file: unknown keys are refused, and nothing is changed once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)  # a file that is not read costs nothing


class RuleFile(RuleModel):
    """A whole rule file."""

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """What is wrong between the parts of the file, or between it and the code: each place, and what to say of it."""
        yield from ()


File = TypeVar("File", bound=BaseModel)
Row = TypeVar("Row", bound=RuleModel)


def read_rules(path: Path, shape: type[File]) -> File:
    """The rules of a YAML or JSON file. Raises `RuleFileError`, one line for each thing that is wrong: file, line, place, what."""
    text, values = _loaded(path)
    try:
        found = shape.model_validate(values)
    except ValidationError as error:
        wrong = list(_errors(error))
    else:
        wrong = list(found.wrong()) if isinstance(found, RuleFile) else []
        if not wrong:
            return found
    _, lines = load_with_lines(text)
    told = (f"{path}:{line_of(lines, at)}: {_place(values, at)}: {message}" for at, message in wrong[:MOST_TOLD])
    raise RuleFileError("\n".join(told))


def read_table(path: Path, shape: type[Row]) -> list[Row]:
    """The rows of a CSV file with a heading. Raises `RuleFileError` with file, line, column and what is wrong."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, restkey="more columns than the heading")
        for row in table:
            try:
                found.append(shape.model_validate(row))
            except ValidationError as error:
                told = (f"{path}:{table.line_num}: {_place(row, at)}: {message}" for at, message in _errors(error))
                raise RuleFileError("\n".join(told)) from None
    return found


BEGINNING, MEANT = 3, 3
"""How many letters of a name's beginning tell which is meant, and how many such names are told."""


def meant(name: str, known: Collection[str]) -> str:
    """`; is X meant?` where one of the known names is near a wrong one, or some begin so, whatever their case; else nothing."""
    letters, wanted = {one.casefold(): one for one in known}, name.strip().casefold()
    begin = [one for one in letters if len(wanted) >= BEGINNING and one.startswith(wanted)]
    near = begin[:MEANT] or difflib.get_close_matches(wanted, list(letters), 1)
    return f"; is {' or '.join(repr(letters[one]) for one in near)} meant?" if near else ""


def _loaded(path: Path) -> tuple[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            return text, json.loads(text, object_pairs_hook=_once)
        return text, load_with_lines(text)[0]
    except NotYaml as error:
        raise RuleFileError(f"{path}{f':{error.line}' if error.line else ''}: {error}") from None
    except (OSError, ValueError) as error:
        raise RuleFileError(f"{path}: cannot be read: {error}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys if len(set(keys)) < len(keys) else ():
        if keys.count(key) > 1:
            raise ValueError(f"{key} is given twice")
    return dict(pairs)


def _place(values: Any, at: Place) -> str:
    """A place in words: keys, and where a list has items with names these, else their numbers from 0."""
    said = []
    for step in at:
        values = values[step] if _has(values, step) else None
        name = values.get("name") if isinstance(step, int) and isinstance(values, Mapping) else None
        said.append(str(name or step))
    return ": ".join(said) or "the file"


def _has(values: Any, step: str | int) -> bool:
    if isinstance(values, Mapping):
        return step in values
    return isinstance(values, list) and isinstance(step, int) and step < len(values)


def _errors(error: ValidationError) -> Iterator[tuple[Place, str]]:
    """Each place with what is wrong; a list whose only items are wrong is not empty besides."""
    found = error.errors()
    inside = {one["loc"][:-1] for one in found}
    return ((one["loc"], _said(one)) for one in found if one["type"] != "too_short" or one["loc"] not in inside)


def _said(error: ErrorDetails) -> str:
    text = PLAIN.get(error["type"], error["msg"].removeprefix("Value error, "))
    return text[0].lower() + text[1:]
