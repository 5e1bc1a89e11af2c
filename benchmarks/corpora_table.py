"""What was found in each file of a folder of documents, with what somebody who looked through it found wrong.

usage: python benchmarks/corpora_table.py --corpora FOLDER [--folders pdf laws html] [--runs FOLDER] [--write docs/corpora.md]

FOLDER has subfolders, each of which is ingested once (into ``--runs``, where a finished run is used again). The
judgement is in ``corpora_judged.tsv``, one row a file: ``printed`` says what the document prints about itself (t title,
d date, n number, i issuers, a addressees), ``wrong`` which of them the program has wrong, ``remark`` what else
is wrong. ``--write`` replaces the table between the marks ``<!-- table -->`` of a page.
"""

import argparse
import csv
import json
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline import ingest

JUDGED = Path(__file__).with_name("corpora_judged.tsv")
_FIELDS = {"t": "title", "d": "date", "n": "number", "i": "issuers", "a": "addressees"}
_HEAD = "| file | pages | title | date | number | issuers | addressees | mentions | entities | new | relations | what is wrong |"
_MARKS = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- end -->)", re.DOTALL)


def judged(path: Path = JUDGED) -> dict[str, dict[str, str]]:
    """Return the judgements by short name of file."""
    with open(path, encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file, delimiter="\t")}


def short(path: str) -> str:
    """Return the name of a file without folders and the classes that some names begin with."""
    return path.rsplit("/", 1)[-1].rsplit("__", 1)[-1]


def found(document: dict[str, Any], letter: str, judgement: dict[str, str]) -> str:
    """Say of a title, date, number, issuers or addressees whether they were found: yes, no, wrong, or a dash for none printed."""
    value = document.get(_FIELDS[letter])
    if letter in judgement["wrong"]:
        return "wrong"
    if letter not in judgement["printed"]:
        return "invented" if value else "–"
    return "yes" if value else "no"


def rows(run: Path, judgements: dict[str, dict[str, str]]) -> list[str]:
    """Return a table row for each document of a finished run."""
    entities = _lines(run / "entities.jsonl")
    mentions = Counter(m["document"] for m in _lines(run / "mentions.jsonl"))
    relations = Counter(r["document"] for r in _lines(run / "relations.jsonl"))
    lines: list[str] = []
    for document in _lines(run / "documents.jsonl"):
        key = document["id"]
        name = short(document["path"])
        judgement = judgements.get(name, {"printed": "", "wrong": "", "remark": "not looked at"})
        own = [e for e in entities if key in e["documents"]]
        cells = [
            name,
            document["pages"],
            *(found(document, letter, judgement) for letter in _FIELDS),
            mentions[key],
            len(own),
            sum(not e["gazetteer"] for e in own),
            relations[key],
            judgement["remark"],
        ]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folders", nargs="*", help="names of subfolders; all when left out")
    parser.add_argument("--runs", type=Path)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    runs = args.runs or Path(tempfile.mkdtemp(prefix="corpora-"))
    table = [_HEAD, "|---" * 12 + "|"]
    folders = sorted(p for p in args.corpora.iterdir() if p.is_dir())
    for folder in folders if args.folders is None else [args.corpora / name for name in args.folders]:
        if not (runs / folder.name / "run.json").exists():
            ingest([str(folder)], runs / folder.name)
        table += rows(runs / folder.name, judged())
    text = "\n".join(table) + "\n"
    if args.write:
        page = args.write.read_text(encoding="utf-8")
        args.write.write_text(_MARKS.sub(lambda _: text, page), encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
