"""The file of the config as values, with the line of each."""

from pathlib import Path
from typing import Any

from monitor.errors import UserError
from scraper.reference import NotYaml, Place, load_with_lines


class ConfigError(UserError):
    """The config file cannot be used; the message says what is wrong, where, and what is expected."""


def read_config_file(path: Path) -> str:
    """What the file says."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; name another with --config FILE") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None


def config_values(path: Path, text: str) -> tuple[dict[str, Any], dict[Place, int]]:
    """The values of a YAML mapping, and the 1-based line of each key and list item by its place. `path`: for the errors."""
    try:
        values, lines = load_with_lines(text)
    except NotYaml as error:
        raise ConfigError(f"{path}{f':{error.line}' if error.line else ''}: {error}") from None
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: a mapping of keys is expected, such as `watch: [Buckinghamshire]`")
    return values, lines


def dotted(at: Place) -> str:
    """A place as people write it: `sources.news.0.feed`."""
    return ".".join(str(part) for part in at)
