"""The final merge of a run of many mentions: seconds, and peak memory of the process that merges.

usage: python benchmarks/merge.py [--mentions N ...] [--json]

Finished documents are made up: a hundred mentions each, of entities whose names are drawn so that a few are
in most documents and most in a few, a third of them gazetteer entries, with relations. A process of its own
then resolves them and writes all files, as at the end of every run.
"""

import argparse
import hashlib
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

EACH = 100
"""Mentions a document."""


def tasks_of(count: int) -> list:  # type: ignore[type-arg]
    """Return the tasks of so many made-up documents, sorted by path."""
    from pipeline.engines.task import Task
    from pipeline.inputs import Input

    found = []
    for number in range(count):
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        path = f"{number:07}.txt"
        key = digest[:32]
        file = Input(file=Path(path), path=path)
        found.append(Task(digest=digest, key=key, parsed=key + "p", passing=key + "x", file=file))
    return found


def make(folder: Path, count: int) -> None:
    """Keep so many finished documents in a run's folder."""
    from pipeline.align.entities import LocalEntity, LocalName
    from pipeline.align.identity import new_id
    from pipeline.normal import language_of
    from pipeline.records import Document, Mention, Page, Qualifiers, Relation
    from pipeline.run import RunFolder
    from pipeline.work import Worked

    run = RunFolder(folder)
    with run.locked():
        pass
    rng = random.Random(1)
    kinds = ("company", "government", "institution", "association", "person")
    places = ("Ningbo", "Jiaxing", "Shaoxing", "Zhuhai", "Foshan", "Wuxi", "Dalian", "Baotou")
    for task in tasks_of(count):
        document = task.digest[:16]
        drawn = sorted({int(20_000_000 ** rng.random()) for _ in range(40)})
        entities, names = [], {}
        for number in drawn:
            kind = kinds[number % 5]
            text = f"{places[number % 8]} {number} Robot {('Group', 'Office', 'School', 'Union', 'Wang')[number % 5]}"
            key = f"{kind}/robot-{number}" if number % 3 == 0 else new_id(kind, text)
            names[key] = (kind, text)
        text = "\n".join(t for _, t in names.values())
        mentions = []
        keys = list(names)
        for place in range(EACH):
            key = keys[place % len(keys)]
            kind, name = names[key]
            start = place * 40
            mentions.append(
                Mention(
                    id=f"{document}:1:{start}-{start + len(name)}", document=document, page=1, start=start,
                    end=start + len(name), text=name, bboxes=[], language=language_of(name), type=kind, entity=key,
                    method="rule", score=0.7, continues=None,
                )
            )  # fmt: skip
        for key, (kind, name) in names.items():
            first = next(m.id for m in mentions if m.entity == key)
            entities.append(
                LocalEntity(
                    key=key, type=kind, gazetteer="~" not in key, en=name, zh=None,
                    names=[LocalName(text=name, kind="canonical", evidence=first)],
                )
            )  # fmt: skip
        relations = [
            Relation(
                id="", type="partner_of", subject=a, object=b, document=document, page=1, start=i, end=i + 1, evidence="x",
                table=None, method="pattern", score=0.7, qualifiers=Qualifiers(),
            )
            for i, (a, b) in enumerate(zip(keys[::4], keys[1::4], strict=False))
        ]  # fmt: skip
        run.keep(
            task.key,
            Worked(
                document=Document(
                    id=document, path=task.file.path, sha256=task.digest, media_type="text/plain", status="ok", error=None,
                    title=None, date=None, languages=["en"], pages=1, characters=len(text), warnings=[], copies=[],
                ),
                pages=[Page(document=document, page=1, width=None, height=None, text=text, blocks=[], notes=[])],
                tables=[], mentions=mentions, entities=entities, relations=relations,
            ),
        )  # fmt: skip


def merge(folder: Path, count: int) -> dict[str, float]:
    """Merge in this process; return seconds, counts and peak memory."""
    from pipeline.gather import write_files
    from pipeline.run import RunFolder
    from pipeline.settings import Settings
    from pipeline.work import Pipeline

    run = RunFolder(folder)
    tools = Pipeline(Settings(gazetteer=False, model=False))
    _ = tools.gazetteer, tools.decisions
    before = peak()
    tasks = tasks_of(count)
    with run.locked():
        begin = time.perf_counter()
        written = write_files(run, tasks, {}, tools)
        seconds = time.perf_counter() - begin
    return {
        "documents": count, "mentions": written.counts["mentions"], "entities": written.counts["entities"],
        "relations": written.counts["relations"], "seconds": round(seconds, 1),
        "start_mb": before, "peak_mb": peak(),
    }  # fmt: skip


def peak() -> int:
    """Return the peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(mentions: int) -> dict[str, float]:
    """Make documents with so many mentions and merge them in a process of its own."""
    count = mentions // EACH
    folder = Path(tempfile.mkdtemp(prefix="zhen-merge-"))
    try:
        make(folder, count)
        done = subprocess.run(
            [sys.executable, __file__, "--child", str(folder), "--mentions", str(mentions)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return result
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mentions", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        print(json.dumps(merge(args.child, args.mentions[0] // EACH)))
        return
    for mentions in args.mentions:
        found = measure(mentions)
        if args.json:
            print(json.dumps(found))
        else:
            print(", ".join(f"{value:,} {name}" for name, value in found.items()))


if __name__ == "__main__":
    main()
