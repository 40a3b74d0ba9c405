"""Every regular expression of the two packages: those of the modules, of the rule files, and those written inside of functions."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import product
from types import ModuleType
from typing import Any, NamedTuple

import monitor
import scraper
from scraper.reference import document_kinds, frameworks
from scraper.reference.scales import HERE

CALLS = frozenset({"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"})
FROM_FILES = "scraper.reference.rule_files"
"""What compiles the expressions of rule files; they are found in what the functions return that read these."""


MADE_FOR: Mapping[str, Callable[[], Sequence[Any]]] = {
    "framework": lambda: [None, *(row.key for row in frameworks().frameworks)],
    "report_type": lambda: list(document_kinds()),
    "pattern": lambda: [found.pattern for found in _within("", frameworks(), set()) if HERE in found.pattern.pattern],
}
"""What a function is given that makes an expression of the registry's words, by the name of its argument."""

HOLD_NONE = (str, bytes, int, float, date, type(None))
"""What most values are, and in which no expression can be."""

AT_ONE_PLACE = frozenset({"match", "fullmatch"})
"""Ways to use an expression that try it at one place of the text, and not at each."""


class Found(NamedTuple):
    """An expression, where it is, and how it is used, as far as one can tell: nothing where one cannot."""

    name: str
    pattern: re.Pattern[Any]
    used: frozenset[str] = frozenset()

    @property
    def searched(self) -> bool:
        """Whether it may be tried at each place of a text."""
        return not self.used or not self.used <= AT_ONE_PLACE


def modules() -> Iterator[ModuleType]:
    """All of both packages but the programs, which have nothing to themselves."""
    for package in (scraper, monitor):
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not one.name.endswith("__main__"):
                yield importlib.import_module(one.name)


def expressions() -> list[Found]:
    """Each once, by the first place where it is, with all that is done with it anywhere."""
    names: dict[re.Pattern[Any], str] = {}
    used: dict[re.Pattern[Any], set[str]] = defaultdict(set)
    seen: set[int] = set()
    for module in modules():
        for one in (*_kept(module, seen), *_written(module)):
            names.setdefault(one.pattern, one.name)
            used[one.pattern] |= one.used
    return [Found(name, pattern, frozenset(used[pattern])) for pattern, name in names.items()]


def _written(module: ModuleType) -> Iterator[Found]:
    """What the code of a module says of expressions; it is looked at where it can say something."""
    source = inspect.getsource(module)
    makes, has = "re." in source, any(isinstance(value, re.Pattern) for value in vars(module).values())
    if makes or has:
        nodes = list(ast.walk(ast.parse(source)))
        yield from (*_inside(module, nodes), *_used(module, nodes))


def _used(module: ModuleType, nodes: Sequence[ast.AST]) -> Iterator[Found]:
    """What the code of a module does with the expressions that have a name; one that is handed on may be used in any way."""
    asked = {id(node.value): node.attr for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        pattern = vars(module).get(node.id) if isinstance(node, ast.Name) else None
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and isinstance(pattern, re.Pattern):
            way = asked.get(id(node), "search")
            yield Found(f"{module.__name__}.{node.id}", pattern, frozenset({way} & CALLS))


def _kept(module: ModuleType, seen: set[int]) -> Iterator[Found]:
    """What the names of a module hold, however deep, and what its functions do that read a file once."""
    for name, value in vars(module).items():
        if name.startswith("__"):
            continue
        yield from _within(f"{module.__name__}.{name}", value, seen)
        for given in _given(value, module):
            yield from _within(f"{module.__name__}.{name}({', '.join(map(str, given))})", value(*given), seen)


def _given(value: object, module: ModuleType) -> Iterator[tuple[Any, ...]]:
    """The arguments for a function that keeps what it makes: none, or each that an expression is made for."""
    if not hasattr(value, "cache_info") or getattr(value, "__module__", "") != module.__name__:
        return
    assert callable(value)
    signature = inspect.signature(value)
    needed = [one.name for one in signature.parameters.values() if one.default is one.empty]
    if not needed or ("Pattern" in str(signature.return_annotation) and set(needed) <= set(MADE_FOR)):
        yield from product(*(MADE_FOR[name]() for name in needed))


def _within(name: str, value: Any, seen: set[int]) -> Iterator[Found]:
    if isinstance(value, re.Pattern):
        yield Found(name, value)
    elif not isinstance(value, HOLD_NONE) and id(value) not in seen:
        seen.add(id(value))
        for key, part in _parts(value):
            yield from _within(f"{name}{key}", part, seen)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """What is in a container, in one of our own objects, and in the classes that we wrote."""
    if isinstance(value, Mapping):
        yield from ((f"[{key!r}]", part) for pair in value.items() for key, part in ((pair[0], pair[0]), pair))
    elif isinstance(value, list | tuple | AbstractSet):
        yield from ((f"[{place}]", part) for place, part in enumerate(value))
    elif _is_ours(value if isinstance(value, type) else type(value)):
        names = {**getattr(value, "__dict__", {}), **dict.fromkeys(getattr(value, "__slots__", ()))}
        yield from ((f".{name}", getattr(value, name, None)) for name in names if not name.startswith("__"))


def _is_ours(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in (scraper.__name__, monitor.__name__)


def _inside(module: ModuleType, nodes: Sequence[ast.AST]) -> Iterator[Found]:
    """Those in functions, which can be made of nothing but what the module knows: else nobody could look at them here.

    Those of functions that keep what they make are found in what these return.
    """
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lines = [range(one.lineno, (one.end_lineno or one.lineno) + 1) for one in functions if not _keeps(one)]
    for call in (node for node in nodes if isinstance(node, ast.Call) and _names(node)):
        if module.__name__ != FROM_FILES and any(call.lineno in within for within in lines):
            used = frozenset({call.func.attr} - {"compile"}) if isinstance(call.func, ast.Attribute) else frozenset()
            yield Found(f"{module.__name__}:{call.lineno}", _compiled(call, module), used)


def _keeps(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(one) == "cache" for one in function.decorator_list)


def _names(call: ast.Call) -> bool:
    made = call.func
    return (
        isinstance(made, ast.Attribute)
        and isinstance(made.value, ast.Name)
        and made.value.id == "re"
        and made.attr in CALLS
    )


def _compiled(call: ast.Call, module: ModuleType) -> re.Pattern[Any]:
    flags = next((one.value for one in call.keywords if one.arg == "flags"), None) or _last_flags(call)
    known = vars(module)
    try:
        return re.compile(_worth(call.args[0], known), _worth(flags, known) if flags else 0)
    except NameError as error:
        raise AssertionError(f"{module.__name__}:{call.lineno}: make the expression a constant: {error}") from None


def _last_flags(call: ast.Call) -> ast.expr | None:
    """Flags that stand without their name, the last of the arguments."""
    last = call.args[-1]
    return last if isinstance(last, ast.Attribute) and last.attr in re.RegexFlag.__members__ else None


def _worth(written: ast.expr, known: Mapping[str, Any]) -> Any:
    return eval(ast.unparse(written), dict(known))  # noqa: S307 - our own sources
