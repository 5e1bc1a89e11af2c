"""The command line: exit statuses, and one clear line for whatever the user can put right."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import pipeline
from pipeline.cli import main
from tests.commands import QUICK, ingest, lines, one_line, zhen
from tests.conftest import DATA

pytestmark = pytest.mark.usefixtures("in_process")


# -- 0 -------------------------------------------------------------------------------------------------------


@pytest.mark.worker
def test_a_run(text: Path, tmp_path: Path) -> None:
    result = ingest(text, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert "documents  1" in result.stdout
    assert str(tmp_path / "out") in result.stdout


@pytest.mark.parametrize(
    "args",
    [["--version"], ["--help"], ["ingest", "--help"], ["schema", "--help"], ["export", "--help"], ["-h"]],
)
def test_help(args: list[str]) -> None:
    result = zhen(*args)
    assert result.exit_code == 0
    assert result.stdout
    if args == ["--version"]:
        assert pipeline.__version__ in result.stdout


def _commands(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


@pytest.mark.parametrize(("name", "command"), list(_commands(main)))
def test_every_command_and_option_is_documented_with_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert f"zhen {name}" in command.help
    for option in command.params:
        assert option.param_type_name == "argument" or getattr(option, "help", None), option.name


def test_schema() -> None:
    names = zhen("schema").stdout.split()
    assert {"documents", "pages", "tables", "mentions", "entities", "relations", "run"} <= set(names)
    assert json.loads(zhen("schema", "mentions").stdout)["title"] == "mentions"
    wrong = zhen("schema", "nope")
    assert wrong.exit_code == 2
    assert "mentions" in one_line(wrong)


def test_export(text: Path, tmp_path: Path) -> None:
    ingest(text, "--out", tmp_path / "out")
    result = zhen("export", tmp_path / "out", "--to", "csv", "--target", tmp_path / "csv")
    assert result.exit_code == 0
    assert (tmp_path / "csv" / "mentions.csv").is_file()
    for args in (["export", tmp_path / "in", "--to", "csv"], ["export", tmp_path / "no", "--to", "csv"]):
        wrong = zhen(*args)
        assert wrong.exit_code == 2
        assert "no finished zhen run" in one_line(wrong)
    assert zhen("export", tmp_path / "out", "--to", "docx").exit_code == 2


# -- 2: nothing is written -----------------------------------------------------------------------------------


def test_a_wrong_path(tmp_path: Path) -> None:
    result = ingest(tmp_path / "no.pdf", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "no.pdf: no such file or folder" in one_line(result)
    assert not (tmp_path / "out").exists()


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = ingest(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "no input found" in one_line(result)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_run_is_refused(text: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    result = ingest(text, "--out", out)
    assert result.exit_code == 2
    assert "no zhen run" in one_line(result)
    assert [p.name for p in out.iterdir()] == ["thesis.txt"]
    result = ingest(text, "--out", out / "thesis.txt")
    assert result.exit_code == 2
    assert "not a folder" in one_line(result)


def test_an_empty_folder_may_become_a_run(text: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert ingest(text, "--out", tmp_path / "out").exit_code == 0


@pytest.fixture
def _small_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the small gazetteer for the built-in one."""
    monkeypatch.setattr("pipeline.match.gazetteer.builtin_folder", lambda: DATA / "gazetteer")


@pytest.mark.usefixtures("_small_gazetteer")
def test_an_unreadable_gazetteer_line(text: Path, tmp_path: Path) -> None:
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "mine.yaml").write_text("- {id: a, type: company, en: A}\n- {id: b, type: frim, en: B}\n")
    result = ingest(
        text, "--out", tmp_path / "out", "--gazetteer", folder, quick=["--no-model", "--workers", "1"]
    )
    assert result.exit_code == 2
    assert f"{folder / 'mine.yaml'}:2:" in one_line(result)
    assert not (tmp_path / "out").exists()
    result = ingest(text, "--out", tmp_path / "out", "--gazetteer", tmp_path / "none", quick=["--no-model"])
    assert result.exit_code == 2
    assert "no such gazetteer folder" in one_line(result)


def test_a_password_file_that_cannot_be_read(text: Path, tmp_path: Path) -> None:
    (tmp_path / "pw").write_bytes(b"\xff\xfe")
    for file in ("no", "pw"):
        result = ingest(text, "--out", tmp_path / "out", "--password-file", tmp_path / file)
        assert result.exit_code == 2
        assert "cannot be read" in one_line(result)


@pytest.mark.parametrize(
    "args",
    [
        ["ingest"],
        ["ingest", "x"],
        ["ingest", "x", "--out"],
        ["ingest", "x", "--out", "y", "--workers", "0"],
        ["nope"],
    ],
)
def test_wrong_usage(args: list[str]) -> None:
    assert zhen(*args).exit_code == 2


# -- 4 and 130 -----------------------------------------------------------------------------------------------


def test_a_locked_folder(text: Path, tmp_path: Path) -> None:
    import fcntl

    out = tmp_path / "out"
    ingest(text, "--out", out)
    before = (out / "documents.jsonl").read_bytes()
    with open(out / ".zhen" / "lock", "r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = ingest(text, "--out", out)
    assert result.exit_code == 4
    assert "another zhen run" in one_line(result)
    assert (out / "documents.jsonl").read_bytes() == before
    assert ingest(text, "--out", out).exit_code == 0


def test_a_folder_that_cannot_be_made(text: Path) -> None:
    result = ingest(text, "--out", "/proc/zhen-out")
    assert result.exit_code == 4
    assert "cannot be written" in one_line(result)


def test_stopped_and_started_again(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(240):
        (folder / f"{number:03}.txt").write_text(f"The Office number {number} opened in Ningbo. " * 60)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline.cli", "ingest", str(folder), "--out", str(out), *QUICK]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # tests started in the background ignore it
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        kept = out / ".zhen" / "kept"
        if kept.is_dir() and len(list(kept.iterdir())) > 3:
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert errors.startswith("zhen: stopped")
    assert errors.count("\n") == 1
    assert not list(out.glob("*.jsonl"))  # nothing half-written under a final name
    kept_before = {p.name: p.stat().st_mtime_ns for p in (out / ".zhen" / "kept").iterdir()}
    assert ingest(folder, "--out", out).exit_code == 0
    assert len(lines(out, "documents")) == 240
    again = {p.name: p.stat().st_mtime_ns for p in (out / ".zhen" / "kept").iterdir()}
    assert all(again[name] == stamp for name, stamp in kept_before.items())  # what was done is not done again


# -- what reaches a terminal ---------------------------------------------------------------------------------


def test_no_control_character_of_a_file_name_reaches_the_terminal(tmp_path: Path) -> None:
    result = ingest(f"{tmp_path}/\x1b[31mred\nline", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "\x1b" not in result.output
    one_line(result)


@pytest.mark.usefixtures("_small_gazetteer")
def test_a_further_gazetteer_is_laid_over_the_builtin_one(text: Path, tmp_path: Path) -> None:
    text.write_text("The Delta Robot Testing Office met Megvii and MOST.\n")
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "mine.yaml").write_text(
        "- {id: delta-office, type: government, en: Delta Robot Testing Office}\n"
        "- {id: megvii, type: company, en: Megvii of Ours, aliases: [Megvii]}\n"
    )
    result = ingest(
        text, "--out", tmp_path / "out", "--gazetteer", folder, quick=["--no-model", "--workers", "1"]
    )
    assert result.exit_code == 0, result.output
    names = {e["id"]: e["en"] for e in lines(tmp_path / "out", "entities")}
    assert names == {
        "government/delta-office": "Delta Robot Testing Office", "company/megvii": "Megvii of Ours",
        "government/most": "Ministry of Science and Technology",
    }  # fmt: skip
