"""The command line: exit statuses, and one clear line for whatever the user can put right."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import pipeline
from pipeline.cli import main
from tests.conftest import DATA

_QUICK = ["--no-gazetteer", "--no-model", "--workers", "1"]


def _zhen(*args: object) -> Result:
    before = signal.getsignal(signal.SIGTERM)
    try:
        return CliRunner().invoke(main, [str(a) for a in args])
    finally:
        signal.signal(signal.SIGTERM, before)


def _ingest(*args: object, quick: Sequence[object] = _QUICK) -> Result:
    return _zhen("ingest", *args, *quick)


def _lines(out: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _one_line(result: Result) -> str:
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.output
    assert lines[0].startswith("zhen: ")
    return lines[0]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text("The Delta Robot Testing Office (DRTO) opened.\n", "utf-8")
    return path


@pytest.fixture(autouse=True)
def _in_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in this process: what a worker process costs in start-up is not what these tests are about."""
    import pipeline.ingest

    real = pipeline.ingest.ingest

    def quick(*args: object, **named: object) -> object:
        return real(*args, **{**named, "limits": None, "workers": 1})  # type: ignore[arg-type]

    if "worker" not in request.keywords:
        monkeypatch.setattr(pipeline.ingest, "ingest", quick)


# -- 0 -------------------------------------------------------------------------------------------------------


@pytest.mark.worker
def test_a_run(text: Path, tmp_path: Path) -> None:
    result = _ingest(text, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert "documents  1" in result.stdout
    assert str(tmp_path / "out") in result.stdout


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["ingest", "--help"], ["schema", "--help"], ["export", "--help"], ["-h"]])
def test_help(args: list[str]) -> None:
    result = _zhen(*args)
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
    names = _zhen("schema").stdout.split()
    assert {"documents", "pages", "tables", "mentions", "entities", "relations", "run"} <= set(names)
    assert json.loads(_zhen("schema", "mentions").stdout)["title"] == "mentions"
    wrong = _zhen("schema", "nope")
    assert wrong.exit_code == 2
    assert "mentions" in _one_line(wrong)


def test_export(text: Path, tmp_path: Path) -> None:
    _ingest(text, "--out", tmp_path / "out")
    result = _zhen("export", tmp_path / "out", "--to", "csv", "--target", tmp_path / "csv")
    assert result.exit_code == 0
    assert (tmp_path / "csv" / "mentions.csv").is_file()
    for args in (["export", tmp_path / "in", "--to", "csv"], ["export", tmp_path / "no", "--to", "csv"]):
        wrong = _zhen(*args)
        assert wrong.exit_code == 2
        assert "no finished zhen run" in _one_line(wrong)
    assert _zhen("export", tmp_path / "out", "--to", "docx").exit_code == 2


# -- 2: nothing is written -----------------------------------------------------------------------------------


def test_a_wrong_path(tmp_path: Path) -> None:
    result = _ingest(tmp_path / "no.pdf", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "no.pdf: no such file or folder" in _one_line(result)
    assert not (tmp_path / "out").exists()


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = _ingest(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "no input found" in _one_line(result)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_run_is_refused(text: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    result = _ingest(text, "--out", out)
    assert result.exit_code == 2
    assert "no zhen run" in _one_line(result)
    assert [p.name for p in out.iterdir()] == ["thesis.txt"]
    result = _ingest(text, "--out", out / "thesis.txt")
    assert result.exit_code == 2
    assert "not a folder" in _one_line(result)


def test_an_empty_folder_may_become_a_run(text: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert _ingest(text, "--out", tmp_path / "out").exit_code == 0


@pytest.fixture
def _small_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the small gazetteer for the built-in one."""
    monkeypatch.setattr("pipeline.match.gazetteer.builtin_folder", lambda: DATA / "gazetteer")


@pytest.mark.usefixtures("_small_gazetteer")
def test_an_unreadable_gazetteer_line(text: Path, tmp_path: Path) -> None:
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "mine.yaml").write_text("- {id: a, type: company, en: A}\n- {id: b, type: frim, en: B}\n")
    result = _ingest(text, "--out", tmp_path / "out", "--gazetteer", folder, quick=["--no-model", "--workers", "1"])
    assert result.exit_code == 2
    assert f"{folder / 'mine.yaml'}:2:" in _one_line(result)
    assert not (tmp_path / "out").exists()
    result = _ingest(text, "--out", tmp_path / "out", "--gazetteer", tmp_path / "none", quick=["--no-model"])
    assert result.exit_code == 2
    assert "no such gazetteer folder" in _one_line(result)


def test_a_password_file_that_cannot_be_read(text: Path, tmp_path: Path) -> None:
    (tmp_path / "pw").write_bytes(b"\xff\xfe")
    for file in ("no", "pw"):
        result = _ingest(text, "--out", tmp_path / "out", "--password-file", tmp_path / file)
        assert result.exit_code == 2
        assert "cannot be read" in _one_line(result)


@pytest.mark.parametrize("args", [["ingest"], ["ingest", "x"], ["ingest", "x", "--out"], ["ingest", "x", "--out", "y", "--workers", "0"], ["nope"]])
def test_wrong_usage(args: list[str]) -> None:
    assert _zhen(*args).exit_code == 2


# -- 3: failed documents -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty_file"),
        ("a.pdf", b"", "empty_file"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "wrong_format"),
        ("a.pdf", b"just words", "wrong_format"),
        ("a.pdf", b"%PDF-1.7\nbroken", "damaged"),
        ("a.txt", b"%PDF-1.7\n", "wrong_format"),
        ("a.txt", b"PK\x03\x04rest", "wrong_format"),
        ("a.xlsx", b"PK\x03\x04rest", "unsupported"),
        ("noending", b"words", "unsupported"),
    ],
)
def test_a_file_that_cannot_be_read_fails_alone(text: Path, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    bad = tmp_path / name
    bad.write_bytes(data)
    result = _ingest(bad, text, "--out", tmp_path / "out")
    assert result.exit_code == 3, result.output
    by_status = {d["status"]: d for d in _lines(tmp_path / "out", "documents")}
    assert by_status["ok"]["path"] == str(text)
    error = by_status["failed"]["error"]
    assert isinstance(error, dict)
    assert error["code"] == code
    assert "\n" not in error["message"]
    assert (tmp_path / "out" / "run.json").is_file()


def test_a_file_without_permission(text: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    text.chmod(0)
    assert _ingest(text, "--out", tmp_path / "out").exit_code == 3


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "locked.pdf"
    canvas = Canvas(str(file), encrypt=pdfencrypt.StandardEncryption("offen", canPrint=1), invariant=1)
    canvas.drawString(72, 700, "The Delta Robot Testing Office opened in Ningbo.")
    canvas.save()
    result = _ingest(file, "--out", tmp_path / "out")
    assert result.exit_code == 3
    (document,) = _lines(tmp_path / "out", "documents")
    assert document["error"]["code"] == "encrypted"  # type: ignore[index]
    assert "offen" not in result.output
    (tmp_path / "pw.txt").write_text("wrong\noffen\n", "utf-8")
    result = _ingest(file, "--out", tmp_path / "out", "--password-file", tmp_path / "pw.txt")
    assert result.exit_code == 0, result.output
    (page,) = _lines(tmp_path / "out", "pages")
    assert "Delta Robot Testing Office" in str(page["text"])
    everything = b"".join(p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert b"offen" not in everything  # no password in any file


@pytest.mark.xfail(strict=True, reason="P5: pdfminer takes passwords for Latin-1; most writers encode them in UTF-8")
@pytest.mark.parametrize("password", ["öffnen", "打开"])
def test_a_password_that_is_not_ascii(tmp_path: Path, password: str) -> None:
    pytest.importorskip("reportlab")
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "locked.pdf"
    canvas = Canvas(str(file), encrypt=pdfencrypt.StandardEncryption(password), invariant=1)
    canvas.drawString(72, 700, "The office opened.")
    canvas.save()
    (tmp_path / "pw.txt").write_text(password + "\n", "utf-8")
    assert _ingest(file, "--out", tmp_path / "out", "--password-file", tmp_path / "pw.txt").exit_code == 0


def test_a_pdf_that_opens_with_the_empty_password_is_ok(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "open.pdf"
    canvas = Canvas(str(file), encrypt=pdfencrypt.StandardEncryption("", ownerPassword="owner"), invariant=1)
    canvas.drawString(72, 700, "The office opened.")
    canvas.save()
    assert _ingest(file, "--out", tmp_path / "out").exit_code == 0


def test_a_blank_page_is_ok_and_an_image_page_is_partial(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    blank = Canvas(str(tmp_path / "blank.pdf"), invariant=1)
    blank.showPage()
    blank.save()
    assert _ingest(tmp_path / "blank.pdf", "--out", tmp_path / "out").exit_code == 0
    scan = Canvas(str(tmp_path / "scan.pdf"), invariant=1)
    scan.drawImage(ImageReader(Image.new("RGB", (60, 80), "gray")), 0, 0, 595, 842)
    scan.showPage()
    scan.drawString(72, 700, "A page of words after the picture.")
    scan.save()
    assert _ingest(tmp_path / "scan.pdf", "--out", tmp_path / "out").exit_code == 3
    (document,) = _lines(tmp_path / "out", "documents")
    assert document["status"] == "partial"
    assert [(w["code"], w["page"]) for w in document["warnings"]] == [("unreadable", 1)]  # type: ignore[attr-defined]


# -- 4 and 130 -----------------------------------------------------------------------------------------------


def test_a_locked_folder(text: Path, tmp_path: Path) -> None:
    import fcntl

    out = tmp_path / "out"
    _ingest(text, "--out", out)
    before = (out / "documents.jsonl").read_bytes()
    with open(out / ".zhen" / "lock", "r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = _ingest(text, "--out", out)
    assert result.exit_code == 4
    assert "another zhen run" in _one_line(result)
    assert (out / "documents.jsonl").read_bytes() == before
    assert _ingest(text, "--out", out).exit_code == 0


def test_a_folder_that_cannot_be_made(text: Path) -> None:
    result = _ingest(text, "--out", "/proc/zhen-out")
    assert result.exit_code == 4
    assert "cannot be written" in _one_line(result)


def test_stopped_and_started_again(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(80):
        (folder / f"{number:03}.txt").write_text(f"The Office number {number} opened in Ningbo. " * 60)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline.cli", "ingest", str(folder), "--out", str(out), *_QUICK]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
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
    assert _ingest(folder, "--out", out).exit_code == 0
    assert len(_lines(out, "documents")) == 80
    again = {p.name: p.stat().st_mtime_ns for p in (out / ".zhen" / "kept").iterdir()}
    assert all(again[name] == stamp for name, stamp in kept_before.items())  # what was done is not done again


# -- what reaches a terminal ---------------------------------------------------------------------------------


def test_no_control_character_of_a_file_name_reaches_the_terminal(tmp_path: Path) -> None:
    result = _ingest(f"{tmp_path}/\x1b[31mred\nline", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "\x1b" not in result.output
    _one_line(result)


@pytest.mark.usefixtures("_small_gazetteer")
def test_a_further_gazetteer_is_laid_over_the_builtin_one(text: Path, tmp_path: Path) -> None:
    text.write_text("The Delta Robot Testing Office met Megvii and MOST.\n")
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "mine.yaml").write_text(
        "- {id: delta-office, type: government, en: Delta Robot Testing Office}\n"
        "- {id: megvii, type: company, en: Megvii of Ours, aliases: [Megvii]}\n"
    )
    result = _ingest(text, "--out", tmp_path / "out", "--gazetteer", folder, quick=["--no-model", "--workers", "1"])
    assert result.exit_code == 0, result.output
    names = {e["id"]: e["en"] for e in _lines(tmp_path / "out", "entities")}
    assert names == {
        "government/delta-office": "Delta Robot Testing Office", "company/megvii": "Megvii of Ours",
        "government/most": "Ministry of Science and Technology",
    }  # fmt: skip
