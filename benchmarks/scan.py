"""A scan against the pages that it was made from: how many mentions survive OCR, and how many characters are wrong.

usage: python benchmarks/scan.py SCAN.pdf DIGITAL.pdf PAGES.json [--out FOLDER] [--no-gazetteer]

PAGES.json is a list of ``{"scan_page": 1, "source_page": 8}``. Both files are ingested (into FOLDER, where a finished
run is used again). A mention survives when the scanned page has one of its type and entity as often; its text is the
same when that is so without regard to white space. CER is the edit distance of the pages' characters without
white space, over those of the digital page; a block that is read in another place of the page counts as wrong
twice, so each line may stand anywhere where that gives fewer edits.
"""

import argparse
import json
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from pipeline import ingest
from pipeline.settings import Settings

Row = dict[str, float]


def by_lines(digital: str, scan: str) -> int:
    """Return the edits of a page when each of its lines may stand anywhere on the scanned one."""
    left = [_solid(line) for line in scan.split("\n") if _solid(line)]
    edits = 0
    for line in sorted((_solid(x) for x in digital.split("\n") if _solid(x)), key=len, reverse=True):
        options = [
            (Levenshtein.distance(line, x), n)
            for n, x in enumerate(left)
            if 2 * abs(len(x) - len(line)) <= len(line)
        ]
        best, at = min(options, default=(len(line), -1))
        if at >= 0 and 2 * best < len(line):
            left.pop(at)
            edits += best
        else:
            edits += len(line)
    return edits


def compare(scan: Path, digital: Path, pages: dict[int, int]) -> list[Row]:
    """Compare two finished runs of one document each; ``pages`` maps scanned pages to digital ones."""
    rows: list[Row] = []
    scanned, printed = _read(scan), _read(digital)
    for one, two in sorted(pages.items()):
        text, source = scanned["text"].get(one, ""), printed["text"].get(two, "")
        solid = _solid(source)
        named = [
            Counter(m[:2] for m in d["mentions"].get(n, ())) for d, n in ((printed, two), (scanned, one))
        ]
        exact = [
            Counter(m[::2] for m in d["mentions"].get(n, ())) for d, n in ((printed, two), (scanned, one))
        ]
        rows.append(
            {
                "page": two,
                "mentions": named[0].total(),
                "survive": (named[0] & named[1]).total(),
                "same text": (exact[0] & exact[1]).total(),
                "further": (named[1] - named[0]).total(),
                "characters": len(solid),
                "edits": min(Levenshtein.distance(solid, _solid(text)), by_lines(source, text)),
            }
        )
    return rows


def _solid(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _read(run: Path) -> dict[str, Any]:
    """Return a run's page texts, and its mentions as type, entity and text, by page."""
    texts: dict[int, str] = {}
    mentions: dict[int, list[tuple[str, str, str]]] = {}
    for page in _lines(run / "pages.jsonl"):
        texts[page["page"]] = page["text"]
    for m in _lines(run / "mentions.jsonl"):
        mentions.setdefault(m["page"], []).append((m["type"], m["entity"], _solid(m["text"])))
    return {"text": texts, "mentions": mentions}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scan", type=Path)
    parser.add_argument("digital", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--no-gazetteer", action="store_true")
    args = parser.parse_args()
    out = args.out or Path(tempfile.mkdtemp(prefix="scan-"))
    for name, source in (("scan", args.scan), ("digital", args.digital)):
        if not (out / name / "run.json").exists():
            ingest([str(source)], out / name, settings=Settings(gazetteer=not args.no_gazetteer))
    pages = {p["scan_page"]: p["source_page"] for p in json.loads(args.pages.read_text("utf-8"))}
    rows = compare(out / "scan", out / "digital", pages)
    total = {key: sum(row[key] for row in rows) for key in rows[0]}
    print("| page | mentions | survive | same text | further on the scan | CER |")
    print("|---|---|---|---|---|---|")
    for row in [*rows, total]:
        print(
            f"| {'all' if row is total else row['page']} | {row['mentions']} | {row['survive'] / row['mentions']:.1%} | "
            f"{row['same text'] / row['mentions']:.1%} | {row['further']} | {row['edits'] / row['characters']:.2%} |"
        )


if __name__ == "__main__":
    main()
