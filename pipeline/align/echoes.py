"""Further places of names that a document has shown: repeated ones, surnames alone, short forms of full names."""

import re
from collections.abc import Iterable, Sequence

from pipeline.match.candidates import Candidate
from pipeline.normal import has_han, is_han
from pipeline.ordinary import all_ordinary
from pipeline.pinyin import is_pinyin_name
from pipeline.segment import Reading


def repeats(reading: Reading, settled: Sequence[Candidate]) -> list[Candidate]:
    """Find the further places of names that glosses, tables and rules have shown in this document."""
    text = reading.normal.text
    learned: dict[str, Candidate] = {}
    for candidate in sorted(settled, key=lambda c: (c.method == "model", -c.score, c.start)):
        if candidate.method in ("gazetteer", "fuzzy"):
            continue
        name = text[candidate.start : candidate.end]
        if candidate.method == "model" and (candidate.score < 0.8 or len(name) < 3):
            continue
        if (
            (candidate.method == "table" or (candidate.type == "government" and not name.isupper()))
            and " " not in name
            and all_ordinary(name)
            and not has_han(name)
        ):
            continue  # "Education" is a ministry in a cell of posts or after "Ministries of Finance and" only
        if len(name) >= 2 and name not in learned:
            learned[name] = candidate
    found: list[Candidate] = []
    for name, source in sorted(learned.items()):
        han = has_han(name)
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            before, after = text[at - 1 : at], text[end : end + 1]
            if han:
                fits = not reading.words.cuts_known(at, end) and (
                    len(name) > 2 or reading.words.whole(at, end)
                )
            else:
                fits = not (_word(before) and _word(name[0])) and not (_word(after) and _word(name[-1]))
            if fits and (at, end) != (source.start, source.end):
                found.append(
                    Candidate(
                        start=at,
                        end=end,
                        type=source.type,
                        method=source.method,
                        score=round(source.score * 0.95, 3),
                        entity=source.entity,
                        kind=source.kind,
                    )
                )
            at = text.find(name, end)
    return found


def _word(char: str) -> bool:
    return char.isalnum() and not is_han(char)


_INSIDE = re.compile(r"[\w.-]")
_GOES_ON = re.compile(r"[\w-]| [A-Z]")
"""What stands before and after a surname that is part of a longer name."""
_THING = re.compile(r"(?:ity|[ts]ion|ment|ware|Reader)$")
"""How words for things end, and surnames do not: ``Discharge Capacity``."""


def surnames(text: str, settled: Sequence[Candidate]) -> Iterable[Candidate]:
    """Find surnames that stand alone for a person whose full name the document gives."""
    owners: dict[str, set[str | None]] = {}
    source: dict[str, Candidate] = {}
    for candidate in settled:
        name = text[candidate.start : candidate.end]
        words = name.split()
        if candidate.type == "person" and len(words) >= 2 and not has_han(name) and not _THING.search(name):
            surname = words[0] if is_pinyin_name(name) else words[-1]
            owners.setdefault(surname, set()).add(candidate.entity or name)
            source.setdefault(surname, candidate)
    for surname, people in sorted(owners.items()):
        if len(people) != 1 or len(surname) < 2 or not surname[0].isupper():
            continue
        first = source[surname]
        after = first.start + 1
        while (at := text.find(surname, after)) >= 0:
            end = at + len(surname)
            after = at + 1
            if not _INSIDE.match(text, at - 1) and not _GOES_ON.match(text, end):
                after = end
                yield Candidate(
                    start=at, end=end, type="person", method="rule", score=0.7,
                    entity=first.entity or f"={text[first.start : first.end]}", kind="alias",
                )  # fmt: skip


def shortened(text: str, settled: Sequence[Candidate], nodes: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Pair English short names with the full name before them: ``Leading Group`` after ``Leading Group of X``.

    The short name has at least two words, no entry of its own, and begins or ends the nearest full name
    of its type that goes on with ``of`` or leads up to it.
    """
    # By type and short name the full names so far, the last one last; of those next to each other that name one thing, the last.
    full: dict[tuple[str, str], list[int]] = {}
    for index, candidate in enumerate(settled):
        name = text[candidate.start : candidate.end]
        if has_han(name):
            continue
        if candidate.entity is None and " " in name and candidate.method in ("rule", "model"):
            owners = (o for o in reversed(full.get((candidate.type, name), ())) if nodes[o] != nodes[index])
            if (owner := next(owners, None)) is not None:
                yield index, owner
        for short in _shorter(name):
            known = full.setdefault((candidate.type, short), [])
            if known and nodes[known[-1]] == nodes[index]:
                known[-1] = index
            else:
                known.append(index)


def _shorter(name: str) -> Iterable[str]:
    """Return the short names that a full name begins or ends with."""
    found = {name[at.end() :] for at in re.finditer(" ", name)}
    return found | {name[: at.start()] for at in re.finditer(r" (?:of|for|on)(?= )", name)}
