"""Compare a run over the sample documents with what should come out: ``python corpora/expect.py [RUN]``.

What *should* come out stands in ``expected/<name>.json``, written with the documents by ``make.py``. Where the
pipeline falls short of it today stands in ``expected/known.json``. Every change to code or data is measured
against both: the script prints the gains (known shortfalls that are gone) and the losses (new ones), and
``--accept`` records the present state. Tests fail on any difference from what is recorded.

Every item is one line of text that says what is asked, so that a change is read in a diff:

- ``page 2: company “Megvii” #1``: a mention, the first of that text on that page; ``extra …``: one too many;
- ``entity most: …``: all mentions of one thing share an entity, which no other thing has and which has its names;
- ``pair: en = zh``: both names of an entity were found in the documents;
- ``table 1: …``, ``relation: …``, ``note: …``, ``heading: …``, ``text: …``, ``document: …``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
EXPECTED = HERE / "expected"
KNOWN = EXPECTED / "known.json"


def load_run(run: Path) -> dict[str, list[dict[str, Any]]]:
    """Read the line files of a run."""
    names = ("documents", "pages", "tables", "mentions", "entities", "relations")
    return {
        n: [json.loads(line) for line in (run / f"{n}.jsonl").read_text("utf-8").splitlines()] for n in names
    }


def shortfalls(run: dict[str, list[dict[str, Any]]], expected: dict[str, Any]) -> list[str]:
    """Return, sorted, what of a document's expected output is missing, wrong or too much in a run."""
    document = next((d for d in run["documents"] if d["path"].split("/")[-1] == expected["file"]), None)
    if document is None:
        return ["document: not in the run"]
    here = {
        name: [r for r in records if r.get("document") == document["id"]] for name, records in run.items()
    }
    entities = {e["id"]: e for e in run["entities"]}
    found: list[str] = []
    for field, want in expected["document"].items():
        if document[field] != want:
            found.append(f"document: {field} is {document[field]!r}, not {want!r}")
    places, shown, wrong = _mentions(here["mentions"], expected)
    found += wrong
    found += _entities(places, entities, expected)
    found += _pairs(shown, expected)
    found += _tables(here["tables"], expected)
    found += _relations(here["relations"], entities, expected)
    found += _text(here["pages"], expected)
    return sorted(found)


def _mentions(
    mentions: list[dict[str, Any]], expected: dict[str, Any]
) -> tuple[dict[str, list[str]], dict[str, dict[bool, set[str]]], list[str]]:
    """Return the ids that each expected entity's mentions have, those by script, and what is missed or too much.

    Technologies that were not asked for do not count as too much (the type has the softest borders), nor do the
    texts of ``ignore``, where a mention is neither asked nor wrong.
    """
    have: dict[str, str] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for m in mentions:
        place = (m["page"], m["type"], " ".join(m["text"].split()))
        seen[place] += 1
        have[f"page {place[0]}: {place[1]} “{place[2]}” #{seen[place]}"] = m["entity"]
    places: dict[str, list[str]] = {}
    shown: dict[str, dict[bool, set[str]]] = {}
    missed: list[str] = []
    seen.clear()
    for page, text, code in expected["mentions"]:
        place = (page, expected["entities"][code][0], " ".join(text.split()))
        seen[place] += 1
        item = f"page {place[0]}: {place[1]} “{place[2]}” #{seen[place]}"
        if item in have:
            entity = have.pop(item)
            places.setdefault(code, []).append(entity)
            chinese = any("\u4e00" <= c <= "\u9fff" for c in text)
            shown.setdefault(code, {}).setdefault(chinese, set()).add(entity)
        else:
            missed.append(item)
    extra = [
        f"extra {item}"
        for item in have
        if not item.split(": ")[1].startswith("technology")
        and not any(f"“{text}”" in item for text in expected.get("ignore", []))
    ]
    return places, shown, missed + extra


def _entities(
    places: dict[str, list[str]], entities: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> Iterator[str]:
    owners: dict[str, set[str]] = {}
    for code, ids in places.items():
        for one in ids:
            owners.setdefault(one, set()).add(code)
    for code, ids in sorted(places.items()):
        _, en, zh = expected["entities"][code]
        if len(set(ids)) > 1:
            yield f"entity {code}: its mentions have {len(set(ids))} entities"
        others = {c for one in ids for c in owners[one]} - {code}
        if others:
            yield f"entity {code}: has one entity with {', '.join(sorted(others))}"
        names = {_plain(n["text"]) for one in ids for n in entities[one]["names"]}
        for name in (en, zh):
            if name and _plain(name) not in names:
                yield f"entity {code}: has no name “{name}”"


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c not in " 　“”\"'’").replace("（", "(").replace("）", ")")


def _pairs(shown: dict[str, dict[bool, set[str]]], expected: dict[str, Any]) -> Iterator[str]:
    """Yield the pairs of which no Chinese and no English mention have come to one entity."""
    for code in expected["pairs"]:
        if not shown.get(code, {}).get(True, set()) & shown.get(code, {}).get(False, set()):
            _, en, zh = expected["entities"][code]
            yield f"pair: {en} = {zh}"


def _tables(tables: list[dict[str, Any]], expected: dict[str, Any]) -> Iterator[str]:
    if len(tables) != len(expected["tables"]):
        yield f"tables: {len(tables)}, not {len(expected['tables'])}"
    for index, want in enumerate(expected["tables"], 1):
        have = next((t for t in tables if t["number"] == want["number"]), None)
        if have is None:
            yield f"table {index}: not found"
            continue
        for field in ("caption", "header", "pages"):
            if _folded(have[field]) != _folded(want[field]):
                yield f"table {index}: {field} is {have[field]!r}"
        if len(have["rows"]) != len(want["rows"]):
            yield f"table {index}: {len(have['rows'])} rows, not {len(want['rows'])}"
        for number, (one, two) in enumerate(zip(have["rows"], want["rows"], strict=False)):
            if _folded(one) != _folded(two):
                yield f"table {index}: row {number} is {one!r}"
        bold = sorted({(c["row"], c["column"]) for c in have["cells"] if c["bold"] and c["row"] >= 0})
        if bold != [tuple(b) for b in want["bold"]]:
            yield f"table {index}: bold cells are {bold}"


def _folded(value: object) -> object:
    if isinstance(value, list):
        return [_folded(v) for v in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _relations(
    relations: list[dict[str, Any]], entities: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> Iterator[str]:
    def names(one: str) -> set[str]:
        return {_plain(n["text"]) for n in entities[one]["names"]}

    for kind, subject, target, qualifiers in expected["relations"]:
        wanted = [{_plain(n) for n in expected["entities"][code][1:] if n} for code in (subject, target)]
        if not any(
            r["type"] == kind and wanted[0] & names(r["subject"]) and wanted[1] & names(r["object"])
            and all(r["qualifiers"].get(k) == v for k, v in qualifiers.items())
            for r in relations
        ):  # fmt: skip
            yield f"relation: {subject} {kind} {target}" + (f" {qualifiers}" if qualifiers else "")


def _text(pages: list[dict[str, Any]], expected: dict[str, Any]) -> Iterator[str]:
    by_number = {p["page"]: p for p in pages}
    for page, texts in expected["contains"].items():
        for text in texts:
            if text not in by_number.get(int(page), {"text": ""})["text"]:
                yield f"text: page {page} lacks “{text}”"
    for text in expected["absent"]:
        for p in pages:
            if text in p["text"]:
                yield f"text: page {p['page']} has “{text}”"
    for page, after, label in expected["notes"]:
        p = by_number.get(page, {"text": "", "notes": []})
        if not any(n["label"] == label and p["text"][: n["at"]].endswith(after) for n in p["notes"]):
            yield f"note: page {page} has no {label} after “{after}”"
    for page, kind, text in expected["blocks"]:
        p = by_number.get(page, {"text": "", "blocks": []})
        if not any(
            b["kind"] == kind and p["text"][b["start"] : b["end"]] == text
            for b in p["blocks"]
            if "start" in b
        ):
            yield f"{kind}: page {page} has no “{text}”"


def state(run: Path) -> dict[str, list[str]]:
    """Return the shortfalls of a run for every sample document."""
    records = load_run(run)
    files = sorted(p for p in EXPECTED.glob("*.json") if p != KNOWN)
    return {p.stem: shortfalls(records, json.loads(p.read_text("utf-8"))) for p in files}


def known() -> dict[str, list[str]]:
    """Return the shortfalls on record."""
    return json.loads(KNOWN.read_text("utf-8")) if KNOWN.exists() else {}


def changes(now: dict[str, list[str]], before: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """Return gains and losses, each as ``document: item``."""
    gains = [f"{d}: {i}" for d in sorted(before) for i in before[d] if i not in now.get(d, [])]
    losses = [f"{d}: {i}" for d in sorted(now) for i in now[d] if i not in before.get(d, [])]
    return gains, losses


def main() -> int:
    """Compare, print gains and losses; exit status 1 when there are losses that were not accepted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("run", nargs="?", type=Path, help="a finished run over corpora/ (default: make one)")
    parser.add_argument("--accept", action="store_true", help="record the present state as known")
    parser.add_argument("--all", action="store_true", help="print the known shortfalls too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = given.run
        if run is None:
            run = Path(folder) / "run"
            command = [
                sys.executable,
                "-m",
                "pipeline.cli",
                "ingest",
                str(HERE),
                "--out",
                str(run),
                "--workers",
                "1",
            ]
            subprocess.run(command, check=True, cwd=HERE.parent, stdout=subprocess.DEVNULL)
        now = state(run)
    gains, losses = changes(now, known())
    for sign, items in (("+", gains), ("-", losses)):
        for item in items:
            print(sign, item)
    if given.all:
        for name, items in now.items():
            for item in items:
                print(" ", f"{name}: {item}")
    print(f"{len(gains)} gains, {len(losses)} losses, {sum(map(len, now.values()))} shortfalls in all")
    if given.accept:
        KNOWN.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return 0
    return 1 if losses else 0


if __name__ == "__main__":
    sys.exit(main())
