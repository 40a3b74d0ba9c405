"""YAML read together with the line of every key, so that an error can point at it; a key given twice is an error."""

from typing import Any

import yaml

Place = tuple[str | int, ...]
"""Keys and indexes from the top of a file down to a value."""


class NotYaml(ValueError):
    """A text cannot be read as YAML; `line` is where, from 1, as far as that is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the fast one, where it is built in
    """Plain YAML, without tags that make objects."""


def load_with_lines(text: str) -> tuple[Any, dict[Place, int]]:
    """The values of a text, and the 1-based line of each key and list item by its place. Raises `NotYaml`."""
    lines: dict[Place, int] = {}
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            return None, {(): 1}
        _walk(root, (), lines)
        return loader.construct_document(root), lines
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise NotYaml(
            f"is not YAML: {getattr(error, 'problem', None) or error}", mark.line + 1 if mark else None
        ) from None


def _walk(node: yaml.Node, at: Place, lines: dict[Place, int]) -> None:
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here, line = (*at, key.value), key.start_mark.line + 1
            if here in lines:
                raise NotYaml(f"{'.'.join(map(str, here))} is given twice", line)
            lines[here] = line
            _walk(value, here, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*at, index), lines)


def line_of(lines: dict[Place, int], at: Place) -> int:
    """The line of a place, or of the nearest part of it that is in the file."""
    while at not in lines:
        at = at[:-1]
    return lines[at]
