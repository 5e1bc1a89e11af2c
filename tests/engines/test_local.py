"""Worker processes: one that dies or takes too long costs its document only."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import ingest
from pipeline.run import ProgramFault
from pipeline.settings import Limits, Settings
from tests.commands import QUICK

pytestmark = pytest.mark.worker
_QUICK = Settings(gazetteer=False, model=False)
_LONG = (
    "The Delta Robot Testing Office of Ningbo met the Zhejiang Robot Industry Alliance (浙江机器人联盟). "
    * 8_000
)


def _documents(out: Path) -> dict[str, dict[str, Any]]:
    lines = (out / "documents.jsonl").read_text("utf-8").splitlines()
    return {d["path"]: d for d in map(json.loads, lines)}


def _codes(out: Path) -> dict[str, str]:
    return {path: d["error"]["code"] if d["error"] else d["status"] for path, d in _documents(out).items()}


def _children(pid: int) -> list[int]:
    """Return the worker processes of a run (not multiprocessing's resource tracker)."""
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in command:
            found.append(int(child))
    return found


def test_a_document_that_takes_too_long_fails_and_may_be_given_more_time(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "long.txt").write_text(_LONG, "utf-8")
    out = tmp_path / "out"
    ingest([str(tmp_path / "in")], out, settings=_QUICK, limits=Limits(seconds=0.2))
    assert _codes(out) == {"long.txt": "limit"}
    (tmp_path / "in" / "long.txt").write_text(_LONG[:1000], "utf-8")
    ingest([str(tmp_path / "in")], out, settings=_QUICK, limits=Limits(seconds=120))
    assert _codes(out) == {"long.txt": "ok"}


def test_more_time_helps(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The office opened.\n")
    out = tmp_path / "out"
    ingest([str(tmp_path / "a.txt")], out, settings=_QUICK, limits=Limits(seconds=0.01))
    assert _codes(out) == {"a.txt": "limit"}
    ingest([str(tmp_path / "a.txt")], out, settings=_QUICK, limits=Limits(seconds=120))
    assert _codes(out) == {"a.txt": "ok"}


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(_LONG[:60_000], "utf-8")
    (folder / "b.txt").write_text("The Ningbo Robot Alliance met.\n")
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "ingest",
        str(folder),
        "--out",
        str(out),
        *map(str, QUICK),
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        deadline = time.monotonic() + 60
        killed: list[int] = []
        while time.monotonic() < deadline and process.poll() is None and not killed:
            killed = _children(process.pid)[:1]
            time.sleep(0.02)
        assert killed
        os.kill(killed[0], signal.SIGKILL)
        _, errors = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 0, errors
    assert errors == ""
    assert _codes(out) == {"a.txt": "ok", "b.txt": "ok"}


def test_a_full_disk_is_one_clear_line_and_status_4(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_LONG[:400_000], "utf-8")
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "ingest",
        str(tmp_path / "a.txt"),
        "--out",
        str(tmp_path / "out"),
        *map(str, QUICK),
    ]

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))

    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=small_files, check=False)
    assert done.returncode == 4, done.stderr
    assert done.stderr.startswith("zhen: ")
    assert done.stderr.count("\n") == 1
    assert not list((tmp_path / "out").glob("*.jsonl"))


@pytest.mark.worker
def test_memory_too_small_for_the_program_is_said_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("The Office met in Ningbo.")
    with pytest.raises(ProgramFault, match=r"cannot load the program .* --memory"):
        ingest([str(tmp_path / "a.txt")], tmp_path / "out", settings=Settings(), limits=Limits(memory=20))
    assert capfd.readouterr().err == ""
