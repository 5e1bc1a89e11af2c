"""Damaged and hostile files ingested by the thousand: nothing may crash, hang, lie or be written elsewhere.

usage: python benchmarks/fuzz.py [--files N] [--seed N] [--kinds pdf,docx] [--state FOLDER] [--no-hostile] [--scale X]

Files are made from the samples (and ../shared/corpora where present) with a seed, 100 a batch; each batch
is one run of the command line with 2 workers, each fifth one with gazetteers and models. Each attack is a run
of its own with the program's own settings, and one worker. A file that shows a fault (status ``internal`` or ``crashed``,
an output that ``zhen check`` refuses, a traceback, a file outside the output folder) is kept in
STATE/findings. Finished batches are not repeated, so a run that was stopped goes on.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from attacks import hostile  # noqa: E402
from mutations import mutated, sound_files  # noqa: E402

from pipeline.parse.errors import CODES  # noqa: E402

BATCH = 100
ATTACKED = ("--workers", "1", "--timeout", "240", "--memory", "6144")
"""Limits of an attack, tighter than the defaults (600 s, 8192 MB)."""
_MEASURED = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as out:
    out.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status)
"""
"""Runs a command and writes how large its largest process was, in kilobytes."""
ESCAPED = ("/tmp/zhen-escaped", "/etc/zhen-escaped")


def ingest(
    folder: Path, place: Path, *options: str, ocr: bool = False, limit: float = 7200
) -> subprocess.CompletedProcess[str]:
    """Run the command line on a folder, with its own home, temporary folder and working directory.

    OCR and drawing pages for report.html take seconds a file: only the hostile files are tried with them.
    """
    for name in ("tmp", "home", "cwd"):
        (place / name).mkdir(exist_ok=True)
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(place / "tmp"), "HOME": str(place / "home"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = [
        sys.executable,
        "-c",
        _MEASURED,
        str(place / "peak"),
        sys.executable,
        "-m",
        "pipeline.cli",
        "ingest",
        str(folder),
        "--out",
        str(place / "out"),
        *options,
    ]
    command += [] if ocr else ["--ocr", "never", "--no-report"]
    return subprocess.run(
        command,
        cwd=place / "cwd",
        env=environment,
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
    )


def faults(
    done: subprocess.CompletedProcess[str], inputs: Path, place: Path
) -> tuple[Counter[str], dict[str, str]]:
    """Return how many documents ended how, and the faults by file ("" for the whole run)."""
    from pipeline.emit.check import Violation, check

    found: dict[str, str] = {}
    ends: Counter[str] = Counter()
    if done.returncode not in (0, 3) or done.stderr:
        found[""] = f"status {done.returncode}: {done.stderr[-2000:]}"
        return ends, found
    listed = set()
    with open(place / "out" / "documents.jsonl", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            listed |= {document["path"], *document["copies"]}
            code = document["error"]["code"] if document["error"] else document["status"]
            ends[code] += 1
            if code in ("internal", "crashed") or (document["error"] and code not in CODES):
                found[document["path"]] = f"{code}: {document['error']['message']}"
    try:
        check(place / "out")
    except Violation as problem:
        found["" if len(listed) > 1 else next(iter(listed))] = f"zhen check: {problem}"
    lost = {p.name for p in inputs.iterdir()} - listed
    if lost:
        found[""] = f"not listed: {sorted(lost)[:3]}"
    stray = [str(p.relative_to(place)) for n in ("tmp", "home", "cwd") for p in (place / n).rglob("*")]
    stray = [p for p in stray if p != "home/.cache" and not p.startswith("home/.cache/zhen")]
    stray += [p for p in ESCAPED if os.path.lexists(p)]
    if stray:
        found[""] = f"written outside the output folder: {stray[:3]}"
    return ends, found


def narrowed(files: list[Path], why: str, options: Sequence[str], *, ocr: bool) -> dict[str, str]:
    """Find the files that make a whole run fail, by halving; faults of a run that no half shows are its own."""
    if len(files) == 1:
        return {files[0].name: why}
    found: dict[str, str] = {}
    for half in (files[: len(files) // 2], files[len(files) // 2 :]):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "in").mkdir()
            for file in half:
                shutil.copy(file, place / "in" / file.name)
            alone = faults(ingest(place / "in", place, *options, ocr=ocr), place / "in", place)[1]
        if "" in alone:
            found |= narrowed(half, alone.pop(""), options, ocr=ocr)
        found |= alone
    return found or {"(the whole batch)": why}


def run_batch(
    name: str,
    files: list[tuple[str, bytes]],
    state: Path,
    *options: str,
    ocr: bool = False,
) -> dict[str, Any]:
    """Ingest files in one run and return what came of it; files that show a fault are kept."""
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        inputs = place / "in"
        inputs.mkdir()
        for path, data in files:
            (inputs / path).write_bytes(data)
        size = sum(len(data) for _, data in files)
        done = ingest(inputs, place, *options, ocr=ocr)
        seconds = round(time.perf_counter() - begin, 1)
        peak = round(int((place / "peak").read_text()) / 1024)
        ends, found = faults(done, inputs, place)
        if "" in found:
            print(f"{name}: {found['']}; looking for the file that does it", flush=True)
            found |= narrowed(sorted(inputs.iterdir()), found.pop(""), options, ocr=ocr)
        for path in found:
            if (inputs / path).is_file():
                (state / "findings").mkdir(parents=True, exist_ok=True)
                shutil.copy(inputs / path, state / "findings" / f"{name}-{path}")
    return {
        "batch": name,
        "files": len(files),
        "bytes": size,
        "megabytes": peak,
        "ends": dict(sorted(ends.items())),
        "faults": found,
        "seconds": seconds,
    }


def damaged(number: int, seed: int, sources: list[Path]) -> list[tuple[str, bytes]]:
    """Return the files of a batch; they depend on the seed, the number and the sources only."""
    files = []
    for index in range(BATCH):
        chance = random.Random(f"{seed}:{number}:{index}")
        source = chance.choice(sources)
        files.append((f"{index:03}{source.suffix}", mutated(source.read_bytes(), source.suffix, chance)))
    return files


def _named(
    attacks: Iterable[tuple[str, bytes]], scale: float
) -> Iterator[tuple[str, tuple[str, bytes] | None]]:
    for attack in attacks:
        yield f"hostile-{scale:g}/{attack[0]}", attack


def main() -> int:
    """Run what is missing, print a table, write docs/reliability.md."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--state", type=Path, default=ROOT / "outputs" / "reliability")
    parser.add_argument("--kinds", default="", help="endings of the files to damage, as in pdf,docx")
    parser.add_argument("--no-hostile", action="store_true")
    parser.add_argument(
        "--scale", type=float, default=1.0, help="size of the hostile files; 1: 100 MB of text"
    )
    args = parser.parse_args()
    args.state.mkdir(parents=True, exist_ok=True)
    log = args.state / "fuzz.jsonl"
    results = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.is_file() else []
    known = {r["batch"] for r in results}
    sources = sound_files(
        [
            ROOT / "corpora",
            *(ROOT.parent / "shared" / "corpora" / n for n in ("hostile", "html", "laws", "pdf")),
        ]
    )
    if args.kinds:
        sources = [p for p in sources if p.suffix[1:] in args.kinds.split(",")]
    quick = ("--workers", "2", "--no-gazetteer", "--no-model", "--timeout", "60", "--memory", "4096")
    numbers = sorted(
        range(-(-args.files // BATCH)), key=lambda number: number % 5 == 0
    )  # those with all models last
    of = "-".join((str(args.seed), *filter(None, (args.kinds.replace(",", "+"),))))
    batches = [f"{of}-{number}" for number in numbers]
    attacks = hostile(args.scale) if not args.no_hostile else ()
    for name, attack in chain(((name, None) for name in batches), _named(attacks, args.scale)):
        if name not in batches:
            batches.append(name)
        if name in known:
            continue
        if attack is not None:
            result = run_batch(name, [attack], args.state, *ATTACKED, ocr=True)
        else:
            number = int(name.rpartition("-")[2])
            options = quick if number % 5 else ("--workers", "2", "--timeout", "120", "--memory", "8192")
            result = run_batch(name, damaged(number, args.seed, sources), args.state, *options)
        results.append(result)
        with open(log, "a", encoding="utf-8") as out:
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
        print(f"{name}: {result['files']} files, {result['seconds']} s, {result['ends']}", flush=True)
        for path, why in result["faults"].items():
            print(f"  FAULT {path}: {why}", flush=True)
    from reliability import write_report

    write_report(args.state)
    return 1 if any(r["faults"] for r in results if r["batch"] in batches) else 0


if __name__ == "__main__":
    sys.exit(main())
