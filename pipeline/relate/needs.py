"""What a text must hold for a pattern to match in it: a cheap question before the dear one.

Each regular expression is taken apart once: in every match there stands at least one string of each of its
*needs*. One automaton finds all such strings of all patterns in a text, and only patterns whose needs are
met are searched (the idea of RE2's FilteredRE2).
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import daachorse

from pipeline.records import Record

Need = frozenset[str]
_MOST_CHARS = 24
"""A class of more characters says little about a text."""


class Asked(Record, frozen=True, kw_only=True):
    """What the texts of some patterns must hold, in a form that can be kept."""

    asking: dict[str, list[int]]
    """Strings, with the numbers of the patterns that may match where one stands."""
    rest: list[list[Need]]
    """By pattern what else it needs."""
    always: list[int]
    """Patterns of which nothing is known."""


def asked(patterns: Sequence[str]) -> Asked:
    """Take regular expressions apart.

    Raises:
        re.error: one is none.
    """
    asking: dict[str, list[int]] = {}
    rest: list[list[Need]] = []
    always: list[int] = []
    for number, pattern in enumerate(patterns):
        found = sorted(needs(pattern), key=_strength, reverse=True)
        rest.append(found[1:])
        if not found:
            always.append(number)
        for string in found[0] if found else ():
            asking.setdefault(string, []).append(number)
    return Asked(asking=asking, rest=rest, always=always)


class Needs:
    """Answers which of some patterns can match in a text."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._strings = sorted(
            {s for rest in asked.rest for need in rest for s in need} | asked.asking.keys()
        )
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(self._strings) if self._strings else None

    def met(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match, in order; the others cannot."""
        found = self._automaton.find_overlapping(text) if self._automaton is not None else []
        present = {self._strings[number] for _, _, number in found}
        may = set(self._asked.always)
        for string in present:
            may.update(self._asked.asking.get(string, ()))
        return sorted(n for n in may if not any(need.isdisjoint(present) for need in self._asked.rest[n]))


def needs(pattern: str) -> set[Need]:
    """Return sets of strings of each of which at least one stands in every match of a regular expression."""
    parsed = parser.parse(pattern)
    return set() if parsed.state.flags & re.IGNORECASE else _all(parsed)


def _strength(need: Need) -> tuple[int, int, list[str]]:
    return min(map(len, need)), -len(need), sorted(need)


def _all(items: Iterable[Any]) -> set[Need]:
    """Return the needs of a sequence: neighbouring characters join to strings."""
    found: set[Need] = set()
    run = ""
    for kind, value in items:
        if kind is sre.LITERAL:
            run += chr(value)
            continue
        if run:
            found.add(frozenset({run}))
            run = ""
        found |= _one(kind, value)
    if run:
        found.add(frozenset({run}))
    return found


def _one(kind: Any, value: Any) -> set[Need]:
    if kind is sre.IN:
        chars = _characters(value)
        return {chars} if chars else set()
    if kind is sre.SUBPATTERN:
        _, flags, _, inner = value
        return set() if flags & re.IGNORECASE else _all(inner)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, _, inner = value
        return _all(inner) if least else set()
    if kind is sre.ASSERT:
        return _all(value[1])
    if kind is sre.BRANCH:
        each = [_all(branch) for branch in value[1]]
        if all(each):
            return {frozenset().union(*(max(one, key=_strength) for one in each))}
    return set()


def _characters(members: Sequence[Any]) -> Need:
    """Return the characters of a class, none where they are too many to ask for."""
    chars: set[str] = set()
    for kind, value in members:
        if kind is sre.LITERAL:
            chars.add(chr(value))
        elif kind is sre.RANGE and value[1] - value[0] < _MOST_CHARS:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return frozenset()
    return frozenset(chars) if len(chars) <= _MOST_CHARS else frozenset()
