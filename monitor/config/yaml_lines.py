"""YAML read together with the line of every key, so that an error can point at it."""

from pathlib import Path
from typing import Any

import yaml

from monitor.errors import UserError

Path_ = tuple[str | int, ...]


class ConfigError(UserError):
    """The config file cannot be used; the message says what is wrong, where, and what is expected."""


def load_with_lines(path: Path) -> tuple[dict[str, Any], dict[Path_, int]]:
    """The values of a YAML mapping, and the 1-based line of each key and list item by its path."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; name another with --config FILE") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        raise ConfigError(f"{path}{where}: is not YAML: {getattr(error, 'problem', None) or error}") from None
    if not isinstance(values, dict) or root is None:
        raise ConfigError(f"{path}: a mapping of keys is expected, such as `watch: [Buckinghamshire]`")
    lines: dict[Path_, int] = {}
    _walk(path, root, (), lines)
    return values, lines


def _walk(path: Path, node: yaml.Node, at: Path_, lines: dict[Path_, int]) -> None:
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*at, key.value)
            if here in lines:
                raise ConfigError(f"{path}:{key.start_mark.line + 1}: {dotted(here)} is given twice")
            lines[here] = key.start_mark.line + 1
            _walk(path, value, here, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(path, value, (*at, index), lines)


def line_of(lines: dict[Path_, int], at: Path_) -> int:
    """The line of a path, or of the nearest part of it that is in the file."""
    while at not in lines:
        at = at[:-1]
    return lines[at]


def dotted(at: Path_) -> str:
    """A path as people write it: `sources.news.0.feed`."""
    return ".".join(str(part) for part in at)
