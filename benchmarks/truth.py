"""The same documents alone, in part and in a crowd: equal spans, types and methods, and no id that is lost.

usage: python benchmarks/truth.py PATH... [--parts N] [--alone N] [--seed N] [--models] [--ocr] [--state FOLDER] [--keep FOLDER]

All documents are ingested together, then N random thirds of them, then N documents one by one. Each run is
held against the contract (``zhen check``), its mentions against those of the run over all, and each entity's id must
be found, as an id or a former one, when documents are added, and when some are removed but others still have the name
that it is made of. Prints what differs and ends with status 1.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from pipeline.align.identity import listed, new_id  # noqa: E402
from pipeline.emit.check import Violation, check  # noqa: E402
from pipeline.ingest import ingest  # noqa: E402
from pipeline.inputs import collect  # noqa: E402
from pipeline.settings import Settings  # noqa: E402

Spans = dict[str, list[tuple[object, ...]]]


def spans(run: Path) -> Spans:
    """Return what stands where in each document of a run, by its id; documents without names too."""
    found: Spans = defaultdict(list)
    with open(run / "documents.jsonl", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            found[document["id"]].append((document["status"], document["title"], document["date"]))
    with open(run / "mentions.jsonl", encoding="utf-8") as lines:
        for m in map(json.loads, lines):
            found[m["document"]].append((m["page"], m["start"], m["end"], m["text"], m["type"], m["method"]))
    return found


def differences(part: Path, whole: Path) -> list[str]:
    """Return what a run over some documents says other than the run over all; both are checked, too."""
    told: list[str] = []
    few, all_of = spans(part), spans(whole)
    for document, here in few.items():
        if here != all_of[document]:
            other = sorted({*map(str, here)} ^ {*map(str, all_of[document])})
            told.append(f"{document}: {other[:3]}")
    try:
        check(part)
        check(whole, part)
    except Violation as problem:
        told.append(f"added: {problem}")
    told += (f"removed: {i} is lost" for i in sorted(proved(part, few.keys(), whole) - ids(part)))
    return told


def ids(run: Path) -> set[str]:
    """Return the ids and former ids of a run's entities."""
    with open(run / "entities.jsonl", encoding="utf-8") as lines:
        return {i for e in map(json.loads, lines) for i in (e["id"], *e["former_ids"])}


def proved(part: Path, documents: Collection[str], whole: Path) -> set[str]:
    """Return the ids of a run over all that documents of a part prove: of gazetteer entries, and of names that stand there.

    An id made of a name that only removed documents have cannot be known without them.
    """
    with open(part / "mentions.jsonl", encoding="utf-8") as lines:
        made = {new_id(m["type"], listed(m["text"])) for m in map(json.loads, lines)}
    with open(whole / "entities.jsonl", encoding="utf-8") as lines:
        entries = {
            e["id"]
            for e in map(json.loads, lines)
            if e["gazetteer"] and not set(e["documents"]).isdisjoint(documents)
        }
    return entries | (made & ids(whole))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, compare, and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--parts", type=int, default=2)
    parser.add_argument("--alone", type=int, default=20)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--models", action="store_true", help="with gazetteers and models")
    parser.add_argument("--ocr", action="store_true")
    parser.add_argument("--state", type=Path, default=ROOT / "outputs" / "reliability")
    parser.add_argument("--keep", type=Path, help="folder for the runs")
    args = parser.parse_args(arguments)
    settings = Settings(gazetteer=args.models, model=args.models, ocr="auto" if args.ocr else "never")
    chance = random.Random(args.seed)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        place = args.keep or Path(folder)
        files = [str(f.file) for f in collect(args.paths, place / "whole").files]
        begin = time.perf_counter()

        def run(name: str, some: Sequence[str]) -> Path:
            ingest(sorted(some), place / name, settings=settings, report=False)
            return place / name

        whole = run("whole", files)
        counts = check(whole)
        print(f"{len(files)} files, sound: {counts}", flush=True)
        parts = [chance.sample(files, max(1, len(files) // 3)) for _ in range(args.parts)]
        parts += [[f] for f in chance.sample(files, min(args.alone, len(files)))]
        for number, some in enumerate(parts):
            found = differences(run(f"part-{number}", some), whole)
            bad += bool(found)
            for line in found:
                print(f"  {len(some)} files, {Path(some[0]).name} …: {line}", flush=True)
        seconds = time.perf_counter() - begin
        told = {
            "files": len(files),
            "mentions": counts["mentions"],
            "entities": counts["entities"],
            "models": args.models,
            "runs": len(parts),
            "different": bad,
            "seconds": round(seconds),
        }
        args.state.mkdir(parents=True, exist_ok=True)
        with open(args.state / "truth.jsonl", "a", encoding="utf-8") as out:
            out.write(json.dumps(told) + "\n")
        print(f"{len(parts)} runs over some of them, {bad} different; {seconds:.0f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
