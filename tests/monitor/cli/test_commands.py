"""The commands' manners: errors are one clear line on stderr with status 2, and every command is documented."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from monitor.alerts import claim_data
from monitor.cli import commands
from monitor.cli.commands import main
from monitor.config import load_config
from monitor.database import begin
from scraper.articles import rules
from scraper.reference import OWN_FILE
from tests.made_up_registry import forget
from tests.monitor.conftest import SAYS_ITS_JOB, Child
from tests.paths import ROOT

NAMES = sorted(main.commands)


def invoke(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.fixture
def config(tmp_path: Path) -> str:
    path = tmp_path / "config.yaml"
    path.write_text("contact: a@example.org\nwatch: [Brent]\nalerts: [{to: lead@example.org}]\n")
    return str(path)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_and_is_in_the_readme(name: str) -> None:
    assert main.commands[name].help
    assert invoke(name, "--help").exit_code == 0
    assert f"ofsted-watch {name}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "demo"])
def test_every_command_takes_a_config(name: str) -> None:
    assert "--config" in {
        option for p in main.commands[name].params if isinstance(p, click.Option) for option in p.opts
    }


def test_the_environment_names_the_config_where_no_option_does(config: str, tmp_path: Path) -> None:
    named = {"OFSTED_WATCH_CONFIG": str(tmp_path / "of the environment.yaml")}
    assert "of the environment.yaml: there is no such file" in CliRunner(env=named).invoke(main, ["status"]).stderr
    assert "there is no database yet" in CliRunner(env=named).invoke(main, ["status", "--config", config]).stderr


@pytest.mark.parametrize("name", ["run", "crawl", "check", "status", "test-mail", "browse"])
def test_a_missing_config_is_one_line_and_status_2(name: str, tmp_path: Path) -> None:
    result = invoke(name, "--config", str(tmp_path / "none.yaml"))
    assert result.exit_code == 2
    assert re.fullmatch(r"Error: .*none\.yaml: there is no such file.*\n", result.stderr)


def test_a_wrong_file_of_rules_is_one_line_and_status_2(
    tmp_path: Path, config: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "rules.yaml"
    wrong.write_text(
        rules.FILE.read_text(encoding="utf-8").replace("authority: [", "authorities: [", 1), encoding="utf-8"
    )
    monkeypatch.setattr(rules, "FILE", wrong)
    rules.rules.cache_clear()
    result = invoke("read-article", "--config", config, stdin='{"headline": "Council praised by Ofsted"}\n')
    assert result.exit_code == 2
    assert re.fullmatch(r"Error: .*rules\.yaml:\d+: rules: .*: authorities: no such key is known\n", result.stderr)


def test_an_unknown_source_is_told_with_those_there_are(config: str) -> None:
    result = invoke("crawl", "--config", config, "The Moon")
    assert result.exit_code == 2
    assert "the config has: ofsted" in result.stderr
    assert "no source is called ''" in invoke("status", "--config", config, "").stderr


def test_an_unknown_authority_is_told(config: str) -> None:
    result = invoke("history", "--config", config, "Narnia")
    assert (result.exit_code, "Narnia" in result.stderr) == (2, True)


def test_history_before_the_first_crawl_says_so(config: str) -> None:
    begin(load_config(Path(config)).data).close()
    result = invoke("history", "--config", config, "Brent")
    assert result.exit_code == 0
    assert "no report" in result.output


@pytest.mark.parametrize("command", [["status"], ["history", "Brent"], ["browse"]])
def test_whoever_only_looks_makes_nothing(config: str, command: list[str]) -> None:
    result = invoke(*command, "--config", config)
    assert (result.exit_code, "no database yet" in result.stderr) == (1, True)
    assert not load_config(Path(config)).data.exists()


def test_status_before_the_first_crawl(config: str) -> None:
    begin(load_config(Path(config)).data).close()
    state = json.loads(invoke("status", "--config", config, "--json").output)
    assert state["sources"][0]["last_crawl"] is None
    assert state["reports"]["stored"] == 0
    assert "never crawled" in invoke("status", "--config", config).output


def test_a_file_that_is_no_pdf_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_text("<html>Report not found</html>")
    result = invoke("read", "--json", str(tmp_path / "page.pdf"), str(tmp_path / "absent.pdf"))
    told = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 1
    assert [Path(row["file"]).name for row in told] == ["page.pdf", "absent.pdf"]
    assert all(row["error"] for row in told)


def test_articles_that_are_not_json_are_told_with_their_line() -> None:
    result = invoke("read-article", stdin='{"headline": "x"}\nnot json\n{"headline": "y"}\n')
    assert (result.exit_code, "Error: line 2" in result.stderr) == (1, True)
    assert len(result.stdout.splitlines()) == 2


def test_a_name_that_is_nearly_one_is_told_with_the_one_that_is_meant(config: str) -> None:
    result = invoke("history", "--config", config, "Slouh")
    assert (result.exit_code, "is 'Slough' meant?" in result.stderr) == (2, True)


def test_all_is_no_authority(config: str) -> None:
    assert invoke("history", "--config", config, "all").exit_code == 2


def test_a_port_that_is_taken_is_told_with_what_to_do(config: str) -> None:
    begin(load_config(Path(config)).data).close()
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = invoke("browse", "--config", config, "--port", str(other.getsockname()[1]))
    assert (result.exit_code, "--port" in result.stderr) == (2, True)


@pytest.mark.parametrize("allowed", [True, False])
def test_comparisons_may_be_corrected_from_their_pages_where_the_config_says_so(
    config: str, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    begin(load_config(Path(config)).data).close()
    if allowed:
        with Path(config).open("a") as file:
            file.write("browse: {judge: true}\n")
    said: list[bool] = []
    monkeypatch.setattr(commands, "run_datasette", lambda data, port, judge: said.append(judge))
    assert invoke("browse", "--config", config).exit_code == 0
    assert said == [allowed]


@pytest.mark.parametrize("command", [["read", "x.pdf"], ["compare", "x.pdf", "y.pdf"], ["read-article"], ["demo"]])
def test_a_config_that_is_named_and_not_there_is_told_by_who_does_not_need_it(
    tmp_path: Path, command: list[str]
) -> None:
    result = invoke(*command, "--config", str(tmp_path / "typo.yaml"))
    assert (result.exit_code, "there is no such file" in result.stderr) == (2, True)


def test_a_demo_into_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = invoke("demo", "--data", str(tmp_path / "file"))
    assert (result.exit_code, "is a file" in result.stderr) == (2, True)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_a_file_name_that_the_terminal_cannot_show_ends_nothing(tmp_path: Path, encoding: str) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9\xe2\x80\x99.pdf"
    with open(odd, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(b"no PDF")
    command = [sys.executable, "-m", "monitor", "read", "--json", os.fsdecode(odd), "other.pdf"]
    told = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding}, check=False)
    assert told.returncode == 1, told.stderr
    assert len([json.loads(line) for line in told.stdout.decode(encoding).splitlines()]) == 2


def test_an_article_is_read_from_a_line() -> None:
    article = {
        "url": "https://a.example/1",
        "headline": "School fete raises £500",
        "text": "",
        "outlet": "A",
        "published": None,
    }
    result = invoke("read-article", "--json", stdin=json.dumps(article) + "\n")
    assert json.loads(result.output)["label"] == "other"


def test_backup_before_the_first_crawl_says_what_to_do(config: str, tmp_path: Path) -> None:
    result = invoke("backup", "--config", config, str(tmp_path / "copy.db"))
    assert (result.exit_code, "ofsted-watch crawl" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", ["check", "crawl", "run"])
def test_the_shipped_config_is_not_crawled_with_before_it_is_edited(name: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes((ROOT / "config.yaml").read_bytes())
    result = invoke(name, "--config", str(path))
    assert (result.exit_code, "you@example.org is a placeholder" in result.stderr) == (2, True)
    assert not (tmp_path / "data").exists()


def test_a_second_config_on_a_data_folder_is_one_line_and_status_2(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(
            "contact: a@council.gov.uk\nwatch: [Brent]\nsources: {ofsted: {url: 'http://127.0.0.1:9'}}\n"
        )
    with closing(begin(tmp_path / "data")) as db:
        claim_data(db, tmp_path / "one.yaml")
    result = invoke("crawl", "--config", str(tmp_path / "two.yaml"))
    assert (result.exit_code, "--config-moved" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        ("alerts: [{to: lead@council.gov.uk}]", "NOTHING IS MAILED"),
        ("mail: {from: a@council.gov.uk}", "NOTHING IS MAILED"),
        ("mail: {host: 127.0.0.1}", "nobody is named under `alerts`"),
    ],
)
def test_a_test_mail_that_nobody_can_get_says_so(tmp_path: Path, rest: str, says: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"contact: a@council.gov.uk\nwatch: [Brent]\n{rest}\n")
    result = invoke("test-mail", "--config", str(path))
    assert (result.exit_code, says in result.stderr, "handed over" in result.output) == (1, True, False)
    assert not (tmp_path / "data").exists()


def test_a_fault_of_the_database_in_the_middle_of_a_command_names_its_file(
    config: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = load_config(Path(config)).data
    begin(data).close()

    def full(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr("monitor.cli.commands.watch_state", full)
    result = invoke("status", "--config", config)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {data / 'ofsted-watch.db'}: the disk is full")


@pytest.mark.parametrize("command", [["run"], ["crawl"], ["restore", "copy.db"]])
def test_a_data_folder_that_cannot_be_made_is_one_line_and_status_1(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "config.yaml"
    path.write_text("contact: a@council.gov.uk\nwatch: [Brent]\ndata: file/data\n")
    result = invoke(*command, "--config", str(path))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith(f"Error: {tmp_path}/file/data: the system answers: ")


def test_a_demo_into_a_folder_that_cannot_be_made_is_one_line_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = invoke("demo", "--no-browse", "--data", str(tmp_path / "file" / "demo"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith(f"Error: {tmp_path}/file/demo: ")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_crawl_that_is_stopped_ends_with_the_status_of_its_signal(
    tmp_path: Path, child: Child, number: signal.Signals, status: int
) -> None:
    child(f"import os, sys, time; sys.stdin.read(); os.kill(os.getppid(), {number:d}); time.sleep(60)")
    path = tmp_path / "config.yaml"
    path.write_text("contact: a@council.gov.uk\nwatch: [Brent]\nsources: {ofsted: {url: 'http://127.0.0.1:9'}}\n")
    result = invoke("crawl", "--config", str(path))
    assert (result.exit_code, "stopped in order" in result.stderr) == (status, True)


@pytest.mark.parametrize("full", [True, False])
def test_crawl_full_asks_for_everything_again(tmp_path: Path, child: Child, full: bool) -> None:
    child(SAYS_ITS_JOB)
    path = tmp_path / "config.yaml"
    path.write_text("contact: a@council.gov.uk\nwatch: [Brent]\nsources: {ofsted: {url: 'http://127.0.0.1:9'}}\n")
    result = invoke("crawl", "--config", str(path), *(["--full"] if full else []))
    assert ("Brent in full" in result.output) == full


@pytest.mark.parametrize("command", [("status",), ("history", "Brent"), ("browse",), ("check",), ("crawl",)])
def test_a_registry_of_frameworks_that_is_wrong_ends_a_command_with_its_line(
    command: tuple[str, ...], config: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "frameworks.yaml"
    wrong.write_text("kinds: []\n")
    monkeypatch.setenv(OWN_FILE, str(wrong))
    forget()
    result = invoke(*command, "--config", config)
    monkeypatch.undo()
    forget()
    assert result.exit_code == 2
    assert result.output.startswith(f"Error: {wrong}:1: kinds: must not be empty")
