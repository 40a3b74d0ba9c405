"""A config file, read and checked: every error names the file, the line and the key, and all are told at once."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.config.config_file import ConfigError, config_values, dotted, read_config_file
from monitor.config.model import Config
from monitor.config.refusals import unknown_key, wrong_values
from scraper.reference import Place, line_of


def load_config(path: Path, text: str | None = None, *, again: bool = False) -> Config:
    """Read and check a config file; `ConfigError` says what is wrong, where, and what is expected.

    `text`: what it said when it was read; `again`: that was found good, and a file that it names and that is gone since is no matter of the config.
    """
    values, lines = config_values(path, read_config_file(path) if text is None else text)
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(path, lines, detail) for detail in error.errors())) from None
    wrong = [_at(path, lines, at, message) for at, message in wrong_values(config)]
    config = _with_paths(config, path.absolute().parent)  # of a symlink: where it lies, not where it leads
    if not again and config.mail.ca_file and not config.mail.ca_file.is_file():
        wrong.append(_at(path, lines, ("mail", "ca_file"), f"there is no file {config.mail.ca_file}"))
    if wrong:
        raise ConfigError("\n".join(wrong))
    return config


def _with_paths(config: Config, base: Path) -> Config:
    """The config with every path from the root: `~` is the home folder, and what is relative lies beside the config."""
    files = {key: _whole(base, value) for key in ("password_file", "ca_file") if (value := getattr(config.mail, key))}
    return config.model_copy(update={"data": _whole(base, config.data), "mail": config.mail.model_copy(update=files)})


def _whole(base: Path, path: Path) -> Path:
    try:
        return base / path.expanduser()
    except RuntimeError as error:  # ~nobody
        raise ConfigError(f"{path}: {error}") from None


def _explain(path: Path, lines: dict[Place, int], detail: Any) -> str:
    if detail["type"] == "extra_forbidden":
        return _at(path, lines, detail["loc"], unknown_key(detail["loc"]))
    message = detail["msg"].removeprefix("Value error, ")
    return _at(path, lines, detail["loc"], f"{message[0].lower()}{message[1:]}")


def _at(path: Path, lines: dict[Place, int], at: Place, message: str) -> str:
    return f"{path}:{line_of(lines, at)}: {dotted(at) or 'the file'}: {message}"
