"""Runs that are killed, starved and disturbed; the same command again must give the bytes of an undisturbed run.

usage: python benchmarks/faults.py [--first N] [--kills N] [--seed N] [--state FOLDER] [--only-kills]

Nine of ten killed runs are done again by the library in this process, the tenth by the command. Every
other kill hits a folder that holds an earlier run over other inputs, so that the replacing of results is
hit too. Finished tries are not repeated, so a run that was stopped goes on. Faults that need a
small file system are tried as root only.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

FILES = ("documents", "pages", "tables", "mentions", "entities", "relations")
RESUME = "start the same command again"


class Failed(Exception):
    """A fault that was not survived."""


class Skipped(Exception):
    """A fault that cannot be tried here."""


def documents(folder: Path, *, other: bool = False) -> Path:
    """Write 60 small documents of several kinds and return their folder; ``other`` changes a third of them."""
    folder.mkdir()
    for number in range(60):
        year = 2001 + number % 20 + (100 if other and number % 3 == 0 else 0)
        name = ("Delta", "Ningbo", "Jiaxing", "Shaoxing")[number % 4]
        english = f"In {year} the {name} Robot Alliance ({name[0]}RA) met the Zhejiang Robot Testing Office. "
        chinese = f"{year}年，浙江砺森机器人有限公司与嘉兴市机器人行业协会（第{number}号）签署协议。"
        text = (english + chinese + "\n") * (1 + number % 4)
        if number % 10 == 7:
            text = f"<html><body><h1>Notice {number}</h1><p>{text}</p><table><tr><td>a<td>b</table></body></html>"
        (
            folder / f"{number:02}{'.html' if number % 10 == 7 else '.md' if number % 10 == 3 else '.txt'}"
        ).write_text(text, "utf-8")
    return folder


class Bench:
    """The documents, an undisturbed run over them, and one over other documents.

    Args:
        place: a folder for all of it.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.inputs = documents(place / "in")
        self.run(place / "first")  # compiles, and fills the caches
        begin = time.perf_counter()
        process = self.start(place / "whole")
        until(lambda: bool(self.names(place / "whole")), process)
        self.starting = time.perf_counter() - begin
        """Seconds until the first document is kept."""
        ended(process, 0)
        self.seconds = time.perf_counter() - begin
        self.want = self.files(place / "whole")
        self.kept = self.names(place / "whole")
        documents(place / "in-before", other=True)
        self.run(place / "before", inputs=place / "in-before")
        self.earlier = self.files(place / "before")

    def start(self, out: Path, *, inputs: Path | None = None, **more: Any) -> subprocess.Popen[str]:
        """Start a run with two workers in a process group of its own."""
        command = [
            sys.executable,
            "-m",
            "pipeline.cli",
            "ingest",
            str(inputs or self.inputs),
            "--out",
            str(out),
        ]
        command += ["--workers", "2", "--no-gazetteer", "--no-model"]
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            **more.pop("env", {}),
        }
        return subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, cwd=self.place,
            start_new_session=True, preexec_fn=_heed_ctrl_c, **more,
        )  # fmt: skip

    def run(
        self, out: Path, *, status: int = 0, says: str = "", inputs: Path | None = None, **more: Any
    ) -> None:
        """Run to the end; the exit status and what is said must be as expected."""
        process = self.start(out, inputs=inputs, **more)
        ended(process, status, says)

    def again(self, out: Path, *, here: bool = False) -> None:
        """Start the same command again and compare everything with the undisturbed run.

        Args:
            out: the folder.
            here: call the library in this process instead, which saves the start of three others.
        """
        from pipeline.emit.check import check
        from pipeline.ingest import ingest
        from pipeline.settings import Settings

        if here:
            ingest([str(self.inputs)], out, settings=Settings(gazetteer=False, model=False))
        else:
            self.run(out)
        found = self.files(out)
        different = [name for name in FILES if found.get(name) != self.want[name]]
        if different:
            raise Failed(f"other bytes after the same command again: {different}")
        if self.names(out) != self.kept:
            raise Failed("other documents are kept than in an undisturbed run")
        left = [str(p.relative_to(out)) for n in ("part", "new") for p in (out / ".zhen" / n).iterdir()]
        if left:
            raise Failed(f"left over: {left[:3]}")
        check(out)

    def nothing_half(self, out: Path) -> None:
        """Check that final files are whole: this run's or the earlier one's, never mixed under a run.json."""
        found = self.files(out)
        for name, data in found.items():
            if data not in (self.want[name], self.earlier[name]):
                raise Failed(f"{name}.jsonl is neither the earlier run's nor this one's")
        if (out / "run.json").exists() and found not in (self.want, self.earlier):
            raise Failed("run.json stands beside files of two runs")

    @staticmethod
    def files(out: Path) -> dict[str, bytes]:
        """Return the final files that are there."""
        return {
            name: (out / f"{name}.jsonl").read_bytes() for name in FILES if (out / f"{name}.jsonl").exists()
        }

    @staticmethod
    def names(out: Path) -> set[str]:
        """Return the keys of what is kept."""
        folder = out / ".zhen" / "kept"
        return {p.name for p in folder.iterdir()} if folder.is_dir() else set()


def _heed_ctrl_c() -> None:
    """Let a run heed Ctrl-C even where this script was started in the background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ended(process: subprocess.Popen[str], status: int, says: str = "") -> None:
    """Wait for a run; its exit status and its one line must be as expected."""
    _, errors = process.communicate(timeout=600)
    if process.returncode != status:
        raise Failed(f"exit status {process.returncode}, not {status}: {errors[-300:]!r}")
    lines = errors.splitlines()
    if says and not (len(lines) == 1 and says in lines[0]):
        raise Failed(f"not one line with {says!r}: {errors[-300:]!r}")
    if not says and lines:
        raise Failed(f"said {errors[-300:]!r}")


def until(holds: Callable[[], bool], process: subprocess.Popen[str], seconds: float = 120) -> None:
    """Wait until something holds or the run has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None and not holds():
        time.sleep(0.005)


def kill(bench: Bench, number: int, seed: int) -> dict[str, Any]:
    """Kill a run at a random moment and start it again; a kill that comes too late is tried anew, earlier."""
    for late in range(5):
        result = kill_once(bench, random.Random(f"{seed}:{number}:{late}"), number, 0.5**late)
        if result["stage"] != "after the end":
            break
    return result


def kill_once(bench: Bench, chance: random.Random, number: int, share: float) -> dict[str, Any]:
    """Kill a run within a share of its time, and start it again."""
    out = bench.place / "killed"
    shutil.rmtree(out, ignore_errors=True)
    if number % 2:
        shutil.copytree(bench.place / "before", out)
    before = bench.names(out)
    process = bench.start(out)
    moment = chance.random()
    if moment < 0.2:  # when results are written, which takes the least of a run's time and matters most
        until(lambda: _writing(out), process)
        time.sleep(chance.random() * 0.3 * share)
    elif moment < 0.85:  # most of a run's time is start-up, in which nothing is written
        until(lambda: len(bench.names(out) - before) >= 1, process)
        time.sleep(chance.random() * (bench.seconds - bench.starting) * 0.8 * share)
    else:
        time.sleep(chance.random() * bench.seconds * share)
    if process.poll() is None:
        (os.killpg if chance.random() < 0.5 else os.kill)(process.pid, signal.SIGKILL)
    process.communicate()
    done = len(bench.names(out) - before)
    stage = "after the end" if process.returncode == 0 else "before work" if not done else "while working"
    if process.returncode and _writing(out):
        stage = "while writing results"
    bench.nothing_half(out)
    if stage == "after the end":
        if bench.files(out) != bench.want:
            raise Failed("other bytes though the run ended")
    else:
        bench.again(out, here=number % 10 != 0)
    return {"stage": stage}


def _writing(out: Path) -> bool:
    """Say whether results are being written."""
    new = out / ".zhen" / "new"
    return new.is_dir() and any(new.iterdir())


@contextmanager
def small_disk(bench: Bench, size: str) -> Iterator[Path]:
    """Mount a small file system of memory."""
    if os.geteuid() != 0:
        raise Skipped("needs root")
    place = bench.place / "disk"
    place.mkdir(exist_ok=True)
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True
    ).returncode:
        raise Skipped("no tmpfs can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def remount(place: Path, options: str) -> None:
    """Change a small file system's size or rights."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def disk_full(bench: Bench) -> None:
    """The disk fills while documents are kept; then it has room again."""
    for size in ("64k", "160k"):
        with small_disk(bench, size) as disk:
            bench.run(disk / "out", status=4, says="No space left")
            bench.nothing_half(disk / "out")
            remount(disk, "size=64m")
            bench.again(disk / "out")


def disk_full_at_results(bench: Bench) -> None:
    """The disk fills while results are written over an earlier run's, which must stay whole."""
    with small_disk(bench, "64m") as disk:
        shutil.copytree(bench.place / "before", disk / "out")
        used = sum(f.stat().st_blocks for f in disk.rglob("*")) // 2
        remount(disk, f"size={used + 200}k")
        bench.run(disk / "out", status=4, says="No space left")
        if bench.files(disk / "out") != bench.earlier or not (disk / "out" / "run.json").exists():
            raise Failed("the earlier run is not whole")
        remount(disk, "size=64m")
        bench.again(disk / "out")


def read_only(bench: Bench) -> None:
    """The output folder cannot be written."""
    with small_disk(bench, "64m") as disk:
        shutil.copytree(bench.place / "before", disk / "out")
        remount(disk, "ro")
        bench.run(disk / "out", status=4, says="Read-only file system")
        bench.run(disk / "new", status=4, says="Read-only file system")
        remount(disk, "rw")
        bench.again(disk / "out")


def no_temporary_space(bench: Bench) -> None:
    """TMPDIR has no room."""
    with small_disk(bench, "4k") as disk:
        (disk / "full").write_bytes(b"x" * 4096)
        bench.run(bench.place / "no-tmp", env={"TMPDIR": str(disk), "ZHEN_CACHE": str(disk)})
        bench.again(bench.place / "no-tmp")


def second_run(bench: Bench) -> None:
    """A second run into the same folder while the first one works."""
    out = bench.place / "twice"
    first = bench.start(out)
    until(lambda: len(bench.names(out)) > 3, first)
    os.kill(first.pid, signal.SIGSTOP)
    try:
        bench.run(out, status=4, says="another zhen run")
    finally:
        os.kill(first.pid, signal.SIGCONT)
    ended(first, 0)
    bench.again(out)


def clock(bench: Bench) -> None:
    """Times of files far in the past and in the future."""
    out = bench.place / "clock"
    shutil.copytree(bench.place / "before", out)
    for number, file in enumerate([*sorted(bench.inputs.iterdir()), *sorted(out.rglob("*"))]):
        os.utime(file, (0, 0) if number % 2 else (4e9, 4e9))
    bench.again(out)


def stopped(bench: Bench, sent: signal.Signals, status: int, *, group: bool, early: bool = False) -> None:
    """A run is asked to stop, alone or with its workers."""
    out = bench.place / f"stopped-{sent.name}-{group}-{early}"
    process = bench.start(out)
    until(lambda: (out / ".zhen" / "lock").exists() if early else len(bench.names(out)) > 3, process)
    (os.killpg if group else os.kill)(process.pid, sent)
    ended(process, status, RESUME)
    bench.nothing_half(out)
    bench.again(out)


def older_contract(bench: Bench) -> None:
    """The folder holds the output of an older version of the contract and the program."""
    out = bench.place / "older"
    shutil.copytree(bench.place / "before", out)
    run = json.loads((out / "run.json").read_text("utf-8"))
    (out / "run.json").write_text(json.dumps({**run, "contract": "0.9"}), "utf-8")
    for name in FILES:
        (out / f"{name}.jsonl").write_text('{"old": 1}\n')
    for number, file in enumerate(sorted((out / ".zhen" / "kept").iterdir())):
        file.rename(file.with_name(f"{number:032x}"))
    bench.again(out)


def damaged_leftovers(bench: Bench) -> None:
    """What is kept of finished documents has been damaged, and stray files lie about."""
    out = bench.place / "damaged"
    shutil.copytree(bench.place / "whole", out)
    for number, file in enumerate(sorted((out / ".zhen" / "kept").iterdir())):
        data = file.read_bytes()
        file.write_bytes((b"", data[: len(data) // 2], data[:-9] + b"x" * 9, b"\0" * 50, data)[number % 5])
    (out / ".zhen" / "part" / "tmpleft").write_bytes(b"half")
    (out / ".zhen" / "new" / "mentions.jsonl").write_bytes(b"half")
    bench.again(out)


def workers_killed(bench: Bench) -> None:
    """Both workers are killed while they work, as by the system when memory runs out."""
    out = bench.place / "orphaned"
    process = bench.start(out)
    until(lambda: len(bench.names(out)) > 3, process)
    for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8").split():
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
    ended(process, 0)
    bench.again(out)


def little_memory(bench: Bench) -> None:
    """Workers may take hardly more memory than they need to start: a fault of the limit, not of documents."""
    out = bench.place / "memory"
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "ingest",
        str(bench.inputs),
        "--out",
        str(out),
        "--memory",
        "60",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=bench.place, check=False
    )
    if done.returncode not in (1, 3) or done.stderr.count("\n") > 1:
        raise Failed(f"exit status {done.returncode}: {done.stderr[-300:]!r}")
    if done.returncode == 3:
        with open(out / "documents.jsonl", encoding="utf-8") as lines:
            codes = {d["error"]["code"] for d in map(json.loads, lines) if d["error"]}
        if not codes <= {"limit", "internal"}:
            raise Failed(f"documents are blamed: {codes}")
        return bench.again(out)
    bench.nothing_half(out)
    bench.again(out)


FAULTS: dict[str, Callable[[Bench], None]] = {
    "disk full while documents are kept": disk_full,
    "disk full while results are written": disk_full_at_results,
    "output read-only": read_only,
    "no space in TMPDIR and cache": no_temporary_space,
    "second run into the same folder": second_run,
    "times of files in the past and future": clock,
    "SIGTERM to the run": lambda b: stopped(b, signal.SIGTERM, 143, group=False),
    "SIGTERM to the run and its workers": lambda b: stopped(b, signal.SIGTERM, 143, group=True),
    "Ctrl-C": lambda b: stopped(b, signal.SIGINT, 130, group=True),
    "Ctrl-C while workers start": lambda b: stopped(b, signal.SIGINT, 130, group=True, early=True),
    "output of an older contract version": older_contract,
    "damaged leftovers": damaged_leftovers,
    "workers killed": workers_killed,
    "too little memory to start": little_memory,
}


def attempt(fault: str, call: Callable[[], dict[str, Any] | None]) -> dict[str, Any]:
    """Try a fault and return what came of it."""
    from pipeline.emit.check import Violation

    begin = time.perf_counter()
    result: dict[str, Any] = {"fault": fault, "survived": True, "why": ""}
    try:
        result |= call() or {}
    except Skipped as why:
        result |= {"survived": None, "why": str(why)}
    except (Failed, Violation, subprocess.TimeoutExpired) as why:
        result |= {"survived": False, "why": str(why), "stage": "not survived"}
    return {**result, "seconds": round(time.perf_counter() - begin, 2)}


def main() -> int:
    """Try what is missing, print a table, write docs/reliability.md."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument(
        "--first", type=int, default=0, help="number of the first kill: two processes can share the work"
    )
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--state", type=Path, default=ROOT / "outputs" / "reliability")
    parser.add_argument("--only-kills", action="store_true")
    args = parser.parse_args()
    args.state.mkdir(parents=True, exist_ok=True)
    log = args.state / "faults.jsonl"
    results = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.is_file() else []
    known = {(r["fault"], r.get("number")) for r in results}

    def keep(result: dict[str, Any]) -> None:
        results.append(result)
        with open(log, "a", encoding="utf-8") as out:
            out.write(json.dumps(result) + "\n")
        print(json.dumps(result), flush=True)

    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for fault, tried in {} if args.only_kills else FAULTS.items():
            if (fault, None) not in known:
                keep(attempt(fault, lambda tried=tried: tried(bench)))  # type: ignore[misc]
        for number in range(args.first, args.kills):
            if ("kill -9", number) not in known:
                result = attempt("kill -9", lambda number=number: kill(bench, number, args.seed))  # type: ignore[misc]
                keep({**result, "number": number})
    from reliability import write_report

    write_report(args.state)
    return 1 if any(r["survived"] is False for r in results) else 0


if __name__ == "__main__":
    sys.exit(main())
