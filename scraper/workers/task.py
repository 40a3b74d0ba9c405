"""What a worker can be asked to do, and how the question and its answer go through a pipe: as one line of JSON each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import TypeAdapter

from scraper import errors

A = TypeVar("A")
B = TypeVar("B")
WORDS = TypeAdapter(str)


@dataclass(frozen=True)
class Task(Generic[A, B]):
    """`function` is "module:name" of a function from `asked` to `told`; only the child imports it, so the asker stays light."""

    function: str
    asked: type[A]
    told: type[B]

    def question(self, argument: A) -> bytes:
        """The line that asks a child for it."""
        return self.function.encode() + b" " + self._asked.dump_json(argument) + b"\n"

    def result(self, line: bytes) -> B:
        """What a child's line says. Raises the `ScraperError` that the function raised."""
        kind, _, rest = line.partition(b" ")
        if kind == b"ok":
            return self._told.validate_json(rest)
        raise _error(kind.decode(), WORDS.validate_json(rest))

    @cached_property
    def _asked(self) -> TypeAdapter[A]:
        return TypeAdapter(self.asked)

    @cached_property
    def _told(self) -> TypeAdapter[B]:
        return TypeAdapter(self.told)


def answer(line: bytes) -> bytes:
    """What the child says to a question. An error that no parser means to raise is not caught: it ends the child."""
    name, _, rest = line.partition(b" ")
    function, asked, told = _function(name.decode())
    try:
        result = function(asked.validate_json(rest))
    except errors.ScraperError as error:
        return type(error).__name__.encode() + b" " + WORDS.dump_json(_words(error)) + b"\n"
    return b"ok " + told.dump_json(result) + b"\n"


def _words(error: Exception) -> str:
    """What an error says, where it may name a file whose name is no text."""
    return str(error).encode("utf-8", "backslashreplace").decode()


@cache
def _function(name: str) -> tuple[Callable[[Any], Any], TypeAdapter[Any], TypeAdapter[Any]]:
    """The function, and what goes into it and comes out of it."""
    module, _, attribute = name.partition(":")
    function = getattr(import_module(module), attribute)
    asked, told = get_type_hints(function, include_extras=True).values()
    return function, TypeAdapter(asked), TypeAdapter(told)


def _error(kind: str, message: str) -> errors.ScraperError:
    found = getattr(errors, kind, None)
    if not (isinstance(found, type) and issubclass(found, errors.ScraperError)):
        raise ValueError(f"a child answers with {kind!r}")
    return found(message)
