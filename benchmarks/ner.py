"""Measure the Chinese tagger on the public sets: types mapped, strict F1 (same start, end and type).

usage: python benchmarks/ner.py [--data ../shared/data/ner] [--model FILE] [--first] [FILE ...]

Without files: the visible dev files, and the tenth of CLUENER's train file that training holds out. With
--first, for a model of the recipe's rounds before the last, the fifth of People's Daily that it has not seen.
Each set is read twice by the same model: as the pipeline does, which tells it nothing, and told whose
annotation to follow (pipeline/models/README.md). At the end stands the reliability curve of the first reading:
how often answers of each score are right, and the expected calibration error. A file's map is chosen by the beginning of its name (cluener, peoplesdaily, resume, uner, weibo, msra).

What the sets call by other names: CLUENER government, company, name, address are asked of government,
company, person, place (its scene is a type of its own inside the tagger; its organization is not asked);
elsewhere government, company, institution, association and team are one, ORG. Generic names (公司,
有关部门), which zhen does not show, count where a set annotates them: in Resume, and in CLUENER.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.match.tagger import Tagger  # noqa: E402
from training.ner_data import Sentence, read, split  # noqa: E402

Answer = tuple[int, int, str]

_CLUENER = {"company": "company", "government": "government", "name": "person", "address": "place"}
_THREE = {"PER": "PER", "NAME": "PER", "PER.NAM": "PER", "LOC": "LOC", "GPE.NAM": "LOC", "LOC.NAM": "LOC", "ORG": "ORG",
          "ORG.NAM": "ORG"}  # fmt: skip
_ORG = frozenset({"government", "company", "institution", "association", "team"})
_OFFICIAL = re.compile("部门|警|院|当局|方面|政府|军方")


def asked(sentence: Sentence, source: str) -> set[Answer]:
    """Return what a set's annotation asks."""
    names = _CLUENER if source == "cluener" else _THREE
    return {
        (s, e, names[k])
        for s, e, k in sentence.gold
        if k in names and not (source == "resume" and k == "LOC")
    }


def answer(text: str, start: int, end: int, kind: str, source: str) -> Answer | None:
    """Return a raw span of the tagger in a set's types, or None when the set does not ask for it."""
    name = text[start:end]
    if source == "cluener":
        if kind == "generic":
            kind = "government" if _OFFICIAL.search(name) else "company"
        return (start, end, kind) if kind in _CLUENER.values() else None
    if kind == "person":
        return start, end, "PER"
    if kind in ("place", "scene"):
        return None if source == "resume" else (start, end, "LOC")
    if kind == "generic":
        return (start, end, "ORG") if source == "resume" else None
    if kind == "publication":  # newspapers are bodies in these sets, titles in 《》 are not
        return None if text[max(0, start - 1) : start] == "《" or source == "weibo" else (start, end, "ORG")
    return (start, end, "ORG") if kind in _ORG else None


def f1(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    """Return precision, recall and their harmonic mean."""
    p = right / (right + wrong) if right + wrong else 0.0
    r = right / (right + missed) if right + missed else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def measure(
    tagger: Tagger, label: str, sentences: Sequence[Sentence], source: str, *, told: bool = False
) -> list[tuple[float, bool]]:
    """Print a set's figures, by type unless the tagger is told the set; return score and rightness of each answer."""
    given: list[set[Answer]] = [set() for _ in sentences]
    scored: dict[tuple[int, Answer], float] = {}
    began = time.perf_counter()
    for at, start, end, kind, score in tagger.raw([s.text for s in sentences], source if told else ""):
        found = answer(sentences[at].text, start, end, kind, source)
        if found is not None:
            given[at].add(found)
            scored[at, found] = score
    spent = time.perf_counter() - began
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    judged: list[tuple[float, bool]] = []
    for at, (sentence, have) in enumerate(zip(sentences, given, strict=True)):
        want = asked(sentence, source)
        right.update(k for *_, k in want & have)
        wrong.update(k for *_, k in have - want)
        missed.update(k for *_, k in want - have)
        judged += ((scored[at, a], a in want) for a in have)
    size = sum(len(s.text) for s in sentences)
    label = "  told whose annotation" if told else label
    print(
        f"{label:<28} {_row(right.total(), wrong.total(), missed.total())}   {size / max(spent, 1e-9):,.0f} characters/s"
    )
    for kind in sorted({*right, *wrong, *missed}) if not told else ():
        print(f"  {kind:<26} {_row(right[kind], wrong[kind], missed[kind])}")
    return judged


def _row(right: int, wrong: int, missed: int) -> str:
    p, r, f = f1(right, wrong, missed)
    return f"P {p:.3f}  R {r:.3f}  F1 {f:.3f}   asked {right + missed}"


def reliability(judged: Iterable[tuple[float, bool]]) -> None:
    """Print how often answers of each score are right."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, hit in judged:
        bins.setdefault(min(9, int(score * 10)), []).append((score, hit))
    print("score        answers  mean score  right")
    error, total = 0.0, sum(map(len, bins.values()))
    for low, pairs in sorted(bins.items()):
        mean, share = sum(s for s, _ in pairs) / len(pairs), sum(h for _, h in pairs) / len(pairs)
        error += abs(mean - share) * len(pairs) / total
        print(f"{low / 10:.1f} to {low / 10 + 0.1:.1f}   {len(pairs):>7}       {mean:.3f}  {share:.3f}")
    print(f"expected calibration error {error:.3f}")


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "ner")
    parser.add_argument("--model", type=Path)
    parser.add_argument(
        "--first", action="store_true", help="the model has not seen one fifth of People's Daily's dev file"
    )
    args = parser.parse_args()
    tagger = Tagger.load(args.model)
    sets = [(p.stem, list(read(p)), p.name.split("-")[0]) for p in args.files]
    if not sets:
        held = split(read(args.data / "cluener-train.jsonl"))[1]
        sets.append(("cluener held-out tenth", held, "cluener"))
        sets += [
            (n, list(read(args.data / f"{n}.jsonl")), n.split("-")[0])
            for n in ("resume-dev", "uner-gsdsimp-dev", "weibo-dev")
        ]
        daily = list(read(args.data / "peoplesdaily-dev.jsonl"))
        if args.first:
            sets.append(("peoplesdaily unseen fifth", split(daily, part=5)[1], "peoplesdaily"))
        else:
            sets.append(("peoplesdaily-dev (trained on)", daily, "peoplesdaily"))
    judged: list[tuple[float, bool]] = []
    for label, sentences, source in sets:
        pairs = measure(tagger, label, sentences, source)
        measure(tagger, label, sentences, source, told=True)
        judged += [] if "trained on" in label else pairs
    reliability(judged)


if __name__ == "__main__":
    main()
