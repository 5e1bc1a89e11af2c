"""How often mentions of each score are right: the reliability of the whole pipeline's scores, by method.

usage: python benchmarks/calibration.py [GOLD.jsonl ...] [--write]

Each file holds annotated passages (text, entities with their mentions, spans to be ignored), as in
../shared/evaluation, which is what is read when no file is named. The passages are ingested, with the
gazetteers and without, and each mention is right when the annotation has the same span with the same type.
Printed are the share that is right and the mean score by method and language, the same for each tenth of the
scores, and the expected calibration error: the mean distance between the two, weighted by answers (Naeini,
Cooper, Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, AAAI 2015). With --write the
figures go to docs/calibration.md and the curve to docs/images/calibration.svg.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.ingest import ingest  # noqa: E402
from pipeline.settings import Settings  # noqa: E402

PAGE = ROOT / "docs" / "calibration.md"
IMAGE = ROOT / "docs" / "images" / "calibration.svg"


@dataclass(frozen=True)
class Judged:
    """A mention: who found it, in which language, with which score, and whether the annotation has it."""

    method: str
    language: str
    score: float
    right: bool


def judge(gold: Sequence[dict[str, Any]], out: Path) -> list[Judged]:
    """Return a run's mentions judged by the annotation; those that overlap with an ignored span are left out.

    Args:
        gold: the passages.
        out: a run over files named after them.
    """

    def rows(name: str) -> list[dict[str, Any]]:
        with open(out / f"{name}.jsonl", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    passages = {p["id"]: p for p in gold}
    names = {d["id"]: Path(d["path"]).stem for d in rows("documents")}
    shift: dict[tuple[str, int], int] = {}
    length = dict.fromkeys(names, 0)
    for page in sorted(rows("pages"), key=lambda p: (p["document"], p["page"])):
        shift[page["document"], page["page"]] = length[page["document"]]
        length[page["document"]] += len(page["text"])
    judged = []
    for mention in rows("mentions"):
        passage = passages[names[mention["document"]]]
        more = shift[mention["document"], mention["page"]]
        start, end = mention["start"] + more, mention["end"] + more
        right = any(
            entity["type"] == mention["type"] and [start, end] in entity["mentions"]
            for entity in passage["entities"]
        )
        if not right and any(start < b and a < end for a, b in passage.get("ignore", ())):
            continue
        judged.append(Judged(mention["method"], mention["language"], mention["score"], right))
    return judged


def measured(files: Iterable[Path], *, gazetteer: bool) -> list[Judged]:
    """Ingest the passages of files and judge what is found."""
    judged = []
    for path in files:
        with open(path, encoding="utf-8") as lines:
            gold = [json.loads(line) for line in lines if line.strip()]
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder) / "in", Path(folder) / "out"
            source.mkdir()
            for passage in gold:
                (source / f"{passage['id']}.txt").write_text(passage["text"], encoding="utf-8")
            ingest([str(source)], out, settings=Settings(gazetteer=gazetteer), report=False)
            judged += judge(gold, out)
    return judged


def tenth(score: float) -> int:
    """Return which tenth of the scores one is in, 0 to 9."""
    return min(9, int(score * 10 + 1e-9))


def grouped(judged: Iterable[Judged], key: Callable[[Judged], Any]) -> dict[Any, tuple[int, float, float]]:
    """Return count, mean score and share right of each group, in order."""
    groups: dict[Any, list[Judged]] = {}
    for j in judged:
        groups.setdefault(key(j), []).append(j)
    return {
        k: (len(g), sum(j.score for j in g) / len(g), sum(j.right for j in g) / len(g))
        for k, g in sorted(groups.items())
    }


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the expected calibration error over tenths of the score."""
    bins = grouped(judged, lambda j: tenth(j.score)).values()
    return sum(n * abs(mean - right) for n, mean, right in bins) / max(1, len(judged))


def tables(judged: Sequence[Judged]) -> str:
    """Return the figures of one setting as Markdown tables."""
    lines = ["| method | language | mentions | mean score | right |", "|---|---|---|---|---|"]
    for (method, language), (count, mean, right) in grouped(judged, lambda j: (j.method, j.language)).items():
        lines.append(f"| {method} | {language} | {count} | {mean:.3f} | {right:.3f} |")
    lines += ["", "| score | mentions | mean score | right |", "|---|---|---|---|"]
    for low, (count, mean, right) in grouped(judged, lambda j: tenth(j.score)).items():
        lines.append(f"| {low / 10:.1f} to {low / 10 + 0.1:.1f} | {count} | {mean:.3f} | {right:.3f} |")
    return "\n".join([*lines, "", f"Expected calibration error: {calibration_error(judged):.3f}."])


def curve(named: Sequence[tuple[str, str, Sequence[Judged]]]) -> str:
    """Return the reliability curves as an SVG drawing; a dot's area is the number of its mentions.

    Args:
        named: label, colour and mentions of each curve.
    """
    size, edge = 320, 40
    at = lambda x, y: (edge + x * size, edge / 2 + (1 - y) * size)  # noqa: E731
    x0, y0 = at(0, 0)
    x1, y1 = at(1, 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + edge * 1.5:.0f} {size + edge * 1.5:.0f}" '
        'font-family="sans-serif" font-size="11" role="img" aria-label="Share right by score">',
        f'<rect width="100%" height="100%" fill="#fff"/><path d="M{x0} {y1}V{y0}H{x1}" stroke="#333" fill="none"/>',
        f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#999" stroke-dasharray="4 3"/>',
        f'<text x="{x0 + size / 2}" y="{y0 + 30}" text-anchor="middle">score</text>',
        f'<text x="12" y="{y1 + size / 2}" text-anchor="middle" transform="rotate(-90 12 {y1 + size / 2})">right</text>',
    ]
    for tick in (0.0, 0.5, 1.0):
        x, y = at(tick, tick)
        parts.append(f'<text x="{x}" y="{y0 + 14}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{x0 - 4}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    for number, (label, colour, judged) in enumerate(named):
        dots = [
            (*at(mean, right), n) for n, mean, right in grouped(judged, lambda j: tenth(j.score)).values()
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in dots)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + (n / len(judged)) ** 0.5 * 8:.1f}" fill="{colour}" '
            'fill-opacity=".6"/>'
            for x, y, n in dots
        )
        parts.append(f'<text x="{x0 + 12}" y="{y1 + 12 + 15 * number}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    """Read the command line, measure, print or write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="write docs/calibration.md and its curve")
    args = parser.parse_args()
    folder = ROOT.parent / "shared" / "evaluation"
    files = args.files or [folder / "monograph-en.jsonl", folder / "zh.jsonl"]
    given, alone = (measured(files, gazetteer=g) for g in (True, False))
    text = (
        "# What a score means\n\n"
        "Made by `python benchmarks/calibration.py --write`; do not edit by hand.\n\n"
        f"Mentions of the annotated passages ({', '.join(p.name for p in files)}), each with the score that\n"
        "`mentions.jsonl` gives it, and how many are right: same span, same type. A score is to be the chance that a\n"
        "mention is right. The broken line is where the two agree. The rounded corrections by kind of witness\n"
        "(`pipeline/match/scores.py`) were set after a look at these passages, so they fit others less well; the Chinese\n"
        "tagger's scores were fitted on other sets.\n\n![Share right by score](images/calibration.svg)\n\n"
        f"## With the gazetteers\n\n{tables(given)}\n\n## Without\n\n{tables(alone)}\n"
    )
    print(text)
    if args.write:
        PAGE.write_text(text, encoding="utf-8")
        IMAGE.write_text(
            curve([("with gazetteers", "#1f5fa8", given), ("without", "#b8501c", alone)]), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
