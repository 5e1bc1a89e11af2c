"""Gloss mining: how many of the pairs of names that a text itself says are one are found, and how many found are right.

usage: python benchmarks/glosses.py GOLD.jsonl... [--no-gazetteer] [--errors]

GOLD has passages with annotated entities (``text``, ``entities`` with ``mentions``, ``name``, ``zh``, ``abbr``).
Asked are two mentions of one entity that has a ``zh`` or an ``abbr``, the second in a bracket after the first,
or after a cue (以下简称, hereinafter …). A gloss that the align stage finds is right when both its spans are mentions
of one annotated entity; it is not judged where the annotators left a span open (``ignore``) or where both lie within
one annotated name (names within names are not annotated).
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any

Span = tuple[int, int]
_BESIDE = re.compile(
    r"[\s\"'”’》*]*(?:[(（\[［][^()（）\[\]\n]{0,90}?|[,，]?\s*[(（]?(?:以下简称为?|下称|简称|又称|原名|hereinafter|also known as|formerly)\W{0,3})?"
    r"[\s\"'“‘《*]*"
)
"""What stands between a name and its gloss."""


def asked(passage: dict[str, Any]) -> set[tuple[Span, Span]]:
    """Return the pairs of spans that a passage's annotation asks for, each gloss with the nearest name before it."""
    text = passage["text"]
    pairs: set[tuple[Span, Span]] = set()
    for entity in passage["entities"]:
        if not (entity.get("zh") or entity.get("abbr")):
            continue
        spans = sorted((a, b) for a, b in entity["mentions"])
        for at, second in enumerate(spans):
            for first in reversed(spans[:at]):
                gap = text[first[1] : second[0]]
                opened = re.search(r"[(（\[［]", gap)
                differ = text[slice(*first)].casefold() != text[slice(*second)].casefold()
                if differ and gap.strip() and len(gap) < 100 and _BESIDE.fullmatch(gap):
                    outer = next((p[0] for p in pairs if p[1] == first and opened is None), first)
                    pairs.add((outer, second))
                    break
    return pairs


def measure(paths: list[Path], gazetteer: bool) -> tuple[dict[str, float], list[str]]:
    """Mine every passage; return the figures and a line for each error."""
    from pipeline.align.accept import with_glosses
    from pipeline.align.glosses import find_glosses
    from pipeline.segment import read
    from pipeline.settings import Settings
    from pipeline.work import Pipeline

    tools = Pipeline(Settings(gazetteer=gazetteer))
    right = found = wanted = got = 0
    errors: list[str] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            parsed = tools.parse(passage["text"].encode(), "passage.txt")
            reading = read(parsed.pages, tools.segmenter, plain=True)
            text = reading.normal.text
            candidates = tools.matcher.match(reading)
            _, kept = with_glosses(
                text, list(candidates), list(find_glosses(text, candidates, reading.words))
            )
            mined = {(reading.parts(*g.first)[0][1:], reading.parts(*g.second)[0][1:]) for g in kept}
            owner = {(a, b): entity["id"] for entity in passage["entities"] for a, b in entity["mentions"]}
            gold = asked(passage)
            wanted += len(gold)
            got += len(gold & mined)
            for pair in sorted(mined):
                one, two = (owner.get(span) for span in pair)
                open_ = any(
                    a < span[1] and span[0] < b for span in pair for a, b in passage.get("ignore", ())
                )
                if one is not None and one == two:
                    right += 1
                elif open_ or any(a <= pair[0][0] and pair[1][1] <= b for a, b in owner):
                    continue
                else:
                    errors.append(f"wrong\t{passage['id']}\t{_shown(passage['text'], pair)}")
                found += 1
            errors += [f"missed\t{passage['id']}\t{_shown(passage['text'], p)}" for p in sorted(gold - mined)]
    figures = {
        "mined": found, "precision": round(right / max(1, found), 4),
        "asked": wanted, "recall": round(got / max(1, wanted), 4),
    }  # fmt: skip
    return figures, errors


def _shown(text: str, pair: tuple[Span, Span]) -> str:
    return " = ".join(text[slice(*span)] for span in pair)


def main() -> None:
    """Parse the command line and print figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--no-gazetteer", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print each wrong and each missed pair")
    args = parser.parse_args()
    figures, errors = measure(args.gold, not args.no_gazetteer)
    print(json.dumps(figures))
    if args.errors:
        print("\n".join(errors))


if __name__ == "__main__":
    main()
