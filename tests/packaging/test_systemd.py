"""The services of deploy/ run commands that exist, may do little, and agree with the command beside them and with docs/operations.md."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from monitor.cli import main
from monitor.mail.source_view import ABSENT, ARTICLES, FILES, VERDICTS, WATCH_VERDICTS
from tests.paths import ROOT

UNITS = sorted((ROOT / "deploy").glob("*.service"))
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
COMMAND = (ROOT / "deploy" / "ofsted-watch.sh").read_text(encoding="utf-8")
MOST = 3.0
ANALYZE = shutil.which("systemd-analyze")
with_systemd = pytest.mark.skipif(
    not ANALYZE, reason="systemd-analyze is not there: install the Debian package `systemd`"
)


def analyzed(*arguments: str | Path) -> str:
    """What systemd-analyze says, on either stream."""
    done = subprocess.run([ANALYZE or "", *arguments], capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


def setting(unit: Path, key: str) -> list[str]:
    """All values of one key."""
    return re.findall(rf"^{key}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def arguments_are_good(words: list[str]) -> bool:
    """Whether our program has this command with these arguments."""
    context = click.Context(main)
    name, command, rest = main.resolve_command(context, words)
    assert command is not None
    return command.make_context(name, rest) is not None


def test_the_services_are_the_daemon_and_the_pages() -> None:
    assert {unit.stem for unit in UNITS} == {"ofsted-watch", "ofsted-watch-browse"}


@with_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_service_is_little_exposed(unit: Path) -> None:
    said = analyzed("security", "--offline=true", unit)
    found = re.search(r"Overall exposure level for \S+: (\d+\.\d)", said)
    assert found, said
    assert float(found[1]) < MOST


@with_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_knows_every_key(unit: Path) -> None:
    said = analyzed("verify", "--man=no", unit)
    assert "Unknown key" not in said
    assert "Failed to parse" not in said


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_service_runs_a_command_that_exists_as_nobody_in_particular(unit: Path) -> None:
    (start,) = setting(unit, "ExecStart")
    program, *words = shlex.split(start)
    assert program in COMMAND
    assert arguments_are_good(words)
    assert setting(unit, "User") == setting(unit, "Group") == ["ofsted-watch"]


@pytest.mark.parametrize("key", ["User", "StateDirectory", "StateDirectoryMode", "UMask"])
def test_what_both_services_make_belongs_to_both(key: str) -> None:
    first, second = (setting(unit, key) for unit in UNITS)
    assert first == second != []


@with_systemd
def test_workers_may_limit_themselves() -> None:
    """`prlimit64` is of @system-service, and of nothing that is taken out."""
    assert all(setting(unit, "SystemCallFilter") == ["@system-service", "~@privileged @resources"] for unit in UNITS)
    assert "prlimit64" in calls("@system-service") - calls("@privileged") - calls("@resources")


def calls(group: str) -> set[str]:
    """The system calls of a group and of those that it names."""
    named = re.findall(r"^ +(@?[\w-]+)$", analyzed("syscall-filter", group), re.MULTILINE)
    return set().union(*(calls(name) if name.startswith("@") else {name} for name in named))


def test_the_command_is_the_service_s_user_with_its_config_and_secrets() -> None:
    (daemon,) = (unit for unit in UNITS if unit.stem == "ofsted-watch")
    subprocess.run(["sh", "-n", ROOT / "deploy" / "ofsted-watch.sh"], check=True)
    (user,), (start,), (secrets,), (folder,) = (
        setting(daemon, key) for key in ("User", "ExecStart", "EnvironmentFile", "StateDirectory")
    )
    assert f"--reuid={user} --regid={user} --init-groups" in COMMAND
    assert f"secrets={secrets.removeprefix('-')}\n" in COMMAND
    assert f"OFSTED_WATCH_CONFIG={shlex.split(start)[-1]}\n" in COMMAND
    assert f"HOME=/var/lib/{folder} " in COMMAND
    assert f"umask {setting(daemon, 'UMask')[0].removeprefix('0')}\n" in COMMAND


def test_every_command_of_the_page_is_there() -> None:
    lines = re.findall(r"^    ofsted-watch (.*?)(?: +#.*)?$", PAGE, re.MULTILINE)
    assert len(lines) >= 10
    assert all(arguments_are_good(shlex.split(re.sub(r"\$\(.*?\)", "today", line))) for line in lines)


@pytest.mark.parametrize(
    "problem", [words for words, _ in (*VERDICTS.values(), *WATCH_VERDICTS.values(), FILES, ARTICLES, ABSENT)]
)
def test_the_page_says_what_to_do_at_each_notice(problem: str) -> None:
    assert f"**{problem}**" in PAGE
