"""Measure relations between two given companies on FinRE: precision and recall of owns and partner_of.

usage: python benchmarks/relations.py ../shared/data/relations/finre-valid.txt [--errors FILE]

Each line holds head, tail, relation and sentence, parted by TABs. Its relations are mapped to owns
(with a direction), partner_of, or none; several lines about one pair in one sentence are one question.
Both names are given as companies wherever they stand in the sentence, so that only the patterns are
measured. A sentence that says nothing of the two is right when nothing is found.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.align import Aligned, Named
from pipeline.match.candidates import Candidate
from pipeline.normal import normalise
from pipeline.records import Page, ParsedPage
from pipeline.relate.sentences import sentence_statements
from pipeline.segment import Reading
from pipeline.segment.sentences import sentences
from pipeline.segment.words import Words
from pipeline.stream import build_stream

FORWARD = {"收购", "持股", "入股", "增持", "拥有", "买资", "拟收购", "减持", "控股"}
"""FinRE's types in which the head owns, bought or holds the tail."""
BACKWARD = {"被收购", "被持股", "被入股", "被增持", "被拥有", "被买资", "被拟收购", "被减持", "被控股"}
PARTNERS = {"合作", "签约", "合资"}
ASKED = ("owns", "partner_of")


def main() -> None:
    """Read the file, ask each question, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", type=Path, help="write each wrong answer as a TSV row here")
    arguments = parser.parse_args()
    right: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    clean = nothing = 0
    rows: list[tuple[str, ...]] = []
    for head, tail, sentence, wanted in questions(arguments.file):
        given = answers(head, tail, sentence)
        for one in sorted(given | wanted):
            count = right if one in given & wanted else spurious if one in given else missed
            count[one[0]] += 1
            if count is not right:
                rows.append(("spurious" if one in given else "missed", *one, sentence))
        if not wanted:
            nothing += 1
            clean += not given
    for kind in ASKED:
        print(line(kind, right[kind], spurious[kind], missed[kind]))
    print(line("all", right.total(), spurious.total(), missed.total()))
    print(f"none        {clean} of {nothing} left alone ({clean / max(1, nothing):.3f})")
    if arguments.errors:
        arguments.errors.write_text("".join("\t".join(r) + "\n" for r in rows), encoding="utf-8")


def line(name: str, right: int, spurious: int, missed: int) -> str:
    """Return a line of figures."""
    precision, recall = right / max(1, right + spurious), right / max(1, right + missed)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return f"{name:<11} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   tp {right} fp {spurious} fn {missed}"


def questions(file: Path) -> Iterator[tuple[str, str, str, set[tuple[str, str, str]]]]:
    """Yield head, tail, sentence and what is stated, as ``(type, subject, object)``; a pair once a sentence."""
    asked: dict[tuple[str, str, str], set[tuple[str, str, str]]] = {}
    for text in file.read_text(encoding="utf-8").splitlines():
        parts = text.split("\t")
        if len(parts) != 4:
            continue
        head, tail, relation, sentence = parts
        first, second = sorted((head, tail))
        wanted = asked.setdefault((first, second, sentence), set())
        if relation in FORWARD:
            wanted.add(("owns", head, tail))
        elif relation in BACKWARD:
            wanted.add(("owns", tail, head))
        elif relation in PARTNERS:
            wanted.add(("partner_of", first, second))
    for (first, second, sentence), wanted in asked.items():
        yield first, second, sentence, wanted


def answers(head: str, tail: str, sentence: str) -> set[tuple[str, str, str]]:
    """Return what the patterns find between two names in a sentence."""
    reading, aligned = given_names(sentence, (head, tail))
    found: set[tuple[str, str, str]] = set()
    for one in sentence_statements(reading, aligned):
        subject, target = aligned.mentions[one.subject].entity, aligned.mentions[one.object].entity
        if one.type == "owns":
            found.add((one.type, subject, target))
        elif one.type == "partner_of":
            found.add((one.type, *sorted((subject, target))))  # type: ignore[arg-type]
    return found


def given_names(sentence: str, names: tuple[str, ...]) -> tuple[Reading, Aligned]:
    """Read a sentence in which the names are mentions of companies wherever they stand."""
    page = Page(document="", page=1, width=None, height=None, text=sentence, blocks=[], notes=[])
    normal = normalise(sentence)
    mentions: list[Named] = []
    taken: set[int] = set()
    for name in sorted(names, key=len, reverse=True):
        form = normalise(name).text
        at = normal.text.find(form)
        while form and at >= 0:
            span = range(at, at + len(form))
            if taken.isdisjoint(span):
                taken.update(span)
                candidate = Candidate(
                    start=at, end=at + len(form), type="company", method="gazetteer", score=1.0
                )
                mentions.append(Named(candidate=candidate, entity=name))
            at = normal.text.find(form, at + len(form))
    reading = Reading(
        stream=build_stream([ParsedPage(page=page, glyphs=None, runs_on=False, bold=[])]), normal=normal,
        words=Words(starts=[], ends=[], known=[]), sentences=sentences(normal.text), plain=True,
    )  # fmt: skip
    return reading, Aligned(mentions=sorted(mentions, key=lambda m: m.candidate.start), entities=[])


if __name__ == "__main__":
    main()
