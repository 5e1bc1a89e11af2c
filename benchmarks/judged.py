"""Print the precision of relations by type from hand-checked samples, with the causes of what is wrong.

usage: python benchmarks/judged.py [benchmarks/relations_judged.tsv]

The file has a line for each relation of a seeded random sample over a run's relations.jsonl: the seed, the
document's and the relation's id, its type and method, the verdict of a reader who saw the sentence on its
page (right; wrong: the text does not say so, or of other names; direction; modality; qualifier: true, but
its date or amount is another's), and the cause. Ids change with the text that they are made of.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Read the verdicts and print a table for each sample."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", default=HERE / "relations_judged.tsv")
    with open(parser.parse_args().file, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for seed in dict.fromkeys(r["seed"] for r in rows):
        sample = [r for r in rows if r["seed"] == seed]
        print(f"sample {seed}: {line(sample)}")
        for kind in sorted({r["type"] for r in sample}):
            print(f"  {kind:<15} {line([r for r in sample if r['type'] == kind])}")


def line(rows: list[dict[str, str]]) -> str:
    """Return the precision of some relations, and what went wrong how often."""
    right = sum(r["verdict"] == "right" for r in rows)
    causes = Counter(f"{r['verdict']}: {r['cause']}" for r in rows if r["verdict"] != "right")
    said = ", ".join(f"{cause} ({count})" for cause, count in sorted(causes.items()))
    return f"{right}/{len(rows)} = {right / len(rows):.3f}  {said}".rstrip()


if __name__ == "__main__":
    main()
