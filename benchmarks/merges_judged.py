"""Merges of a run for checking by hand, and pairs of entities that perhaps should have been merged.

usage: python benchmarks/merges_judged.py list OUT [--most 300]     the entities that a run shows under most names, with verdicts
       python benchmarks/merges_judged.py near OUT [--least 0.84]   pairs of entities of one type whose names are alike

OUT is the folder of a run. ``list`` compares with the checked list in ``benchmarks/merges_judged.tsv`` (id, verdict,
date, names that the documents show): an entity is unchecked when it has a name that the list has not. Verdicts:
``right``; ``broad`` (one curated technology with its kinds); ``wrong`` (two things). ``near`` compares only names
that share a key; entities that are both entries of a gazetteer are left out.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

CHECKED = Path(__file__).with_suffix(".tsv")
_CROWD = 40


def entities(run: Path) -> list[dict[str, Any]]:
    """Return the entities of a run."""
    return [json.loads(line) for line in (run / "entities.jsonl").read_text(encoding="utf-8").splitlines()]


def shown(entity: dict[str, Any]) -> list[str]:
    """Return the names under which documents show an entity."""
    return [n["text"] for n in entity["names"] if n["evidence"]]


def checked() -> dict[str, tuple[str, set[str]]]:
    """Return verdict and names of each entity that was checked by hand."""
    rows = [line.split("\t") for line in CHECKED.read_text(encoding="utf-8").splitlines()[1:]]
    return {id_: (verdict, set(names.split("|"))) for id_, verdict, _, names in rows}


def listed(run: Path, most: int) -> Iterator[tuple[str, str, list[str]]]:
    """Yield id, verdict (``unchecked`` where none holds) and names of the entities with most names."""
    known = checked()
    for entity in sorted(entities(run), key=lambda e: (-len(shown(e)), e["id"]))[:most]:
        verdict, names = known.get(entity["id"], ("unchecked", set()))
        new = set(shown(entity)) - names
        yield entity["id"], verdict if not new else "unchecked", shown(entity)


def near(run: Path, least: float) -> list[tuple[float, str, str, str]]:
    """Return pairs of entities of one type with alike names: score, type, two names, the most alike first."""
    from pipeline.names.blocks import block_keys
    from pipeline.names.match import judge
    from pipeline.names.profile import profile
    from pipeline.names.weights import Weights

    found = entities(run)
    keys: dict[str, set[tuple[int, str]]] = {}
    for index, entity in enumerate(found):
        short = {n["text"] for n in entity["names"] if n["kind"] == "abbreviation"}
        for name in set(shown(entity)) - short:
            for key in block_keys(name):
                keys.setdefault(key, set()).add((index, name))
    weights = Weights(0, {})
    best: dict[tuple[int, int], tuple[float, str, str, str]] = {}
    for _, group in sorted(keys.items()):
        for (i, a), (j, b) in combinations(sorted(group), 2) if len(group) <= _CROWD else ():
            one, two = found[i], found[j]
            if i == j or one["type"] != two["type"] or (one["gazetteer"] and two["gazetteer"]):
                continue
            score, _evidence = judge(profile(a), profile(b), weights, kind=one["type"])
            if score >= least and score > best.get((i, j), (0.0, "", "", ""))[0]:
                best[i, j] = (round(score, 2), one["type"], a, b)
    return sorted(best.values(), key=lambda p: (-p[0], *p[1:]))


def main() -> None:
    """Parse the command line and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("list")
    one.add_argument("run", type=Path)
    one.add_argument("--most", type=int, default=300)
    two = commands.add_parser("near")
    two.add_argument("run", type=Path)
    two.add_argument("--least", type=float, default=0.84)
    args = parser.parse_args()
    if args.command == "near":
        for score, kind, a, b in near(args.run, args.least):
            print(f"{score:.2f}\t{kind}\t{a}\t{b}")
        return
    counts: Counter[str] = Counter()
    for id_, verdict, names in listed(args.run, args.most):
        counts[verdict] += 1
        print(f"{id_}\t{verdict}\t{'|'.join(names)}")
    print(json.dumps(dict(sorted(counts.items()))))


if __name__ == "__main__":
    main()
