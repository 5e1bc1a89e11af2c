"""docs/reliability.md, from what fuzz.py and faults.py have found."""

import json
import platform
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_HEAD = """# Reliability

Made by `make fuzz`, `make faults` and `benchmarks/truth.py` (`benchmarks/fuzz.py`, `benchmarks/faults.py`); do not edit by hand.
"""
_NOT_COVERED = """
## Not covered

- Loss of power: files are flushed to the disk before they are renamed, but no machine was switched off.
- Output folders on network file systems: the lock is `flock`, whose reach there depends on the server.
- OCR of damaged images beyond the hostile set: the mutation run does without OCR, which takes seconds an image.
- Other systems than Linux: workers of a killed run end by a Linux call; elsewhere they end after their document.
- A file that cannot be read has no bytes to hash: its `sha256` is that of `unreadable:` and its path.
- The limit of time holds for each part of a long document (40 at most, and its scans) where several workers read it.
- Documents of more than about 30 million characters: the stages after parsing take some 200 bytes of memory a character,
  so that they end with `limit`; a text of 100 MB is refused in that way, not read.
- Ids that only a removed document proves: an entity named in two documents by different names keeps in `former_ids` what
  its remaining names give, not what only the removed ones gave. Ids of gazetteer entries do not change.
- A parser that writes within the limits of the operating system's rights: workers have no sandbox of their own.
"""


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSON Lines file, none when it is absent."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


def report(state: Path) -> str:
    """Return the text of docs/reliability.md."""
    parts = [_HEAD, f"Python {platform.python_version()} on {platform.system()} {platform.machine()}.\n"]
    fuzzed = lines_of(state / "fuzz.jsonl")
    if fuzzed:
        parts.append(_fuzz(fuzzed))
    tried = lines_of(state / "faults.jsonl")
    if tried:
        parts.append(_faults(tried))
    compared = lines_of(state / "truth.jsonl")
    if compared:
        parts.append(_truth(compared))
    return "\n".join(parts) + _NOT_COVERED


def _truth(results: list[dict[str, Any]]) -> str:
    rows = [
        "## The same alone and in a crowd\n",
        "`benchmarks/truth.py`: all documents together, then some of them (a third, or one): equal status, title, date, spans,"
        " types and methods in each document; earlier ids found when documents are added, and when removed as far as the"
        " others prove them; `zhen check` on every run.\n",
        "| documents | mentions | entities | gazetteers and models | runs over some | different | seconds |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in results:
        rows.append(
            f"| {r['files']} | {r['mentions']} | {r['entities']} | {'yes' if r['models'] else 'no'} | {r['runs']} |"
            f" {r['different']} | {r['seconds']} |"
        )
    return "\n".join(rows) + "\n"


def _fuzz(results: list[dict[str, Any]]) -> str:
    rows = ["## Damaged and hostile files\n", "| what | files | seconds | faults |", "|---|---|---|---|"]
    for title, hostile in (("mutated with a seed", False), ("attacks (bombs, loops, depth, size)", True)):
        own = [r for r in results if r["batch"].startswith("hostile") == hostile]
        files, seconds, faults = (
            sum(r["files"] for r in own),
            sum(r["seconds"] for r in own),
            sum(len(r["faults"]) for r in own),
        )
        rows.append(f"| {title} | {files} | {seconds:.0f} | {faults} |")
    ends: Counter[str] = Counter()
    for result in results:
        if not result["batch"].startswith("hostile"):
            ends.update(result["ends"])
    told = ", ".join(f"{count} {end}" for end, count in ends.most_common())
    rows.append(f"\nHow the mutated files ended: {told}. Files with the same bytes count once.")
    whole = sum(r["files"] for r in results if _whole(r["batch"]))
    rows.append(
        f"\nOf the mutated files {whole} were worked on with gazetteers and models, the others by parsers and rules"
        " only; all without OCR and report.html."
    )
    rows += _attacks([r for r in results if r["batch"].startswith("hostile")])
    rows += [
        f"- open: {r['batch']} {path}: {why.splitlines()[-1]}"
        for r in results
        for path, why in r["faults"].items()
    ]
    return "\n".join(rows) + "\n"


def _attacks(results: list[dict[str, Any]]) -> list[str]:
    """Return what came of each attack."""
    if not results:
        return []
    scales = sorted({r["batch"].removeprefix("hostile-").partition("/")[0] for r in results})
    rows = [
        "\n### Attacks\n",
        f"Size: {', '.join(scales)} of the full one (1 is 100 MB of text, 50 MB of HTML). Each is a run of its own with the"
        " program's settings (gazetteers, models, OCR, report.html) within 240 s and 6,144 MB a document; the defaults"
        " are 600 s and 8,192 MB. Seconds are those of the whole run, start included, on a machine with other work;"
        " memory is that of its largest process. `ok` and `partial` are documents that were read (`partial` has a"
        " warning), all else is an `error.code`.\n",
        "| attack | bytes | end | seconds | MB |",
        "|---|---|---|---|---|",
    ]
    for r in results:
        name, end = r["batch"].partition("/")[2], ", ".join(r["ends"]) or "FAULT"
        rows.append(f"| {name} | {r['bytes']:,} | {end} | {r['seconds']:.0f} | {r['megabytes']:,} |")
    return rows


def _whole(batch: str) -> bool:
    """Say whether a batch was worked on with gazetteers and models: each fifth one is."""
    number = batch.rpartition("-")[2]
    return not batch.startswith("hostile") and number.isdecimal() and int(number) % 5 == 0


def _faults(results: list[dict[str, Any]]) -> str:
    sent = [r for r in results if r["fault"] == "kill -9"]
    kills = [r for r in sent if r.get("stage") != "after the end"]  # one that came too late killed nothing
    good = sum(r["survived"] for r in kills)
    seconds = sum(r["seconds"] for r in kills)
    rows = ["## Faults\n", "| fault | tries | survived | seconds |", "|---|---|---|---|"]
    if kills:
        rows.append(
            f"| kill -9 of a run at a random moment, then a rerun | {len(kills)} | {good} | {seconds:.0f} |"
        )
    for r in results:
        if r["fault"] != "kill -9":
            rows.append(
                f"| {r['fault']} | 1 | {'skipped: ' + r['why'] if r['survived'] is None else int(r['survived'])} | {r['seconds']:.0f} |"
            )
    if kills:
        stages = Counter(r["stage"] for r in kills)
        rows.append(
            "\nWhere the kills fell: " + ", ".join(f"{n} {stage}" for stage, n in stages.most_common()) + "."
        )
    if len(kills) < len(sent):
        rows.append(f"{len(sent) - len(kills)} more came after the run had ended and are not counted.")
    rows.append(
        "\nSurvived means: no half file under a final name after the fault, and after a rerun the six files are\n"
        "byte-identical to an undisturbed run's and `zhen check` finds nothing. After a kill about nine of ten reruns are made\n"
        "by the library in the testing process, the tenth by the same command; after other faults all by the command."
    )
    rows += [f"- open: {r['fault']}: {r['why']}" for r in results if r["survived"] is False]
    return "\n".join(rows) + "\n"


def write_report(state: Path) -> None:
    """Write docs/reliability.md and print it."""
    text = report(state)
    target = ROOT / "docs" / "reliability.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    write_report(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "outputs" / "reliability")
