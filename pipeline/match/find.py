"""Gazetteer names found in a stream: one pass of the automaton, then the rules that make a match a name."""

import re
from collections.abc import Sequence

from pipeline.match.candidates import Candidate
from pipeline.match.gazetteer import Gazetteer, Surface
from pipeline.match.heads import FOREIGN_STATE
from pipeline.normal import Normal, is_han
from pipeline.segment.words import Words

_NEAR = 60
"""How far from a risky name a word may stand that vouches for it, in normalised characters."""
_ROAD = re.compile(r"[东西南北中]?[一二三四五]?(?:路|街|大道|大街|道)(?!线|径|由)")
"""After a place it makes the name of a street."""
_DIVISIONS = frozenset("省市区县州盟旗")
_OFFICE = re.compile(r"(?:局|厅|委|办|委员会|办公室)$")
_KIND_WORDS = frozenset(
    "集团 公司 银行 大学 学院 科技 股份 医院 研究院 研究所 实验室 证券 汽车 电器 省 市 县 区 州".split()
)
_LISTED = re.compile(r"[、和与及]|以及|,? (?:and|or|&) |, ")
_LISTED_BEFORE = re.compile(rf"(?:{_LISTED.pattern})$")
"""What stands between two names of a list."""
_GLUED = re.compile(r"(?:related|driven|enabled|powered|based|enhanced|led|like)\b")


class Finder:
    """Finds the names of a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def find(
        self, normal: Normal, words: Words, *, date: str | None = None, note_digits: bool = False
    ) -> list[Candidate]:
        """Return the names found, as candidates in normalised offsets; they may overlap.

        Args:
            normal: the document's normalised text.
            words: its segmentation.
            date: the document's date; it decides between entries that share a former name.
            note_digits: whether digits glued to a name may be note marks (plain text).
        """
        found: list[Candidate] = []
        waiting: list[Candidate] = []
        owners = self.gazetteer.owners
        for pattern, start, end in self.gazetteer.automaton.find_matches_as_indexes(
            normal.lower, overlapping=True
        ):
            if not self._whole(normal.text, start, end, note_digits):
                continue
            surfaces = [
                surface
                for surface in (self.gazetteer.surfaces[i] for i in owners[pattern])
                if self._stands(surface, normal, words, start, end)
            ]
            vouched = [s for s in surfaces if _vouched(s, normal, start, end)]
            if vouched:
                found.append(self._candidate(vouched, start, end, date))
            elif surfaces:
                waiting.append(self._candidate(surfaces, start, end, date))
        return found + _listed(normal.text, found, waiting)

    def lies_in(self, inner: str | None, outer: str | None) -> bool:
        """Say whether one entry's chain of parents comes to another."""
        entries = self.gazetteer.by_key
        for _ in range(6):
            if inner is None or inner not in entries or outer is None:
                return False
            inner = entries[inner].parent
            if inner == outer:
                return True
        return False

    def _candidate(self, surfaces: Sequence[Surface], start: int, end: int, date: str | None) -> Candidate:
        best = surfaces[0] if len(surfaces) == 1 else min(surfaces, key=lambda s: self._rank(s, date))
        entry = self.gazetteer.entries[best.entry]
        if len(surfaces) == 1:
            return Candidate(
                start=start,
                end=end,
                type=entry.type,
                method="gazetteer",
                score=1.0,
                entity=entry.key,
                kind=best.kind,
            )
        return Candidate(
            start=start,
            end=end,
            type=entry.type,
            method="gazetteer",
            score=1.0 if len({s.entry for s in surfaces}) == 1 else 0.8,
            entity=entry.key,
            kind=best.kind,
            others=tuple(sorted({self.gazetteer.entries[s.entry].key for s in surfaces} - {entry.key})),
        )

    def _rank(self, surface: Surface, date: str | None) -> tuple[int, int, int, str]:
        """Order the entries that share a name: vouched for by context, in use at the date, canonical first."""
        order = ("canonical", "alias", "abbreviation", "former", "traditional", "pinyin").index(surface.kind)
        out_of_date = bool(
            date
            and surface.kind == "former"
            and ((surface.until and surface.until < date) or (surface.since and surface.since > date))
        )
        vouched = surface.rule is not None and bool(surface.rule.needs)
        return (out_of_date, not vouched, order, self.gazetteer.entries[surface.entry].key)

    @staticmethod
    def _whole(text: str, start: int, end: int, note_digits: bool) -> bool:
        """Say whether a match begins and ends where a word of its script does."""
        first, last = text[start], text[end - 1]
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if _latin(first) and _latin(before):
            return False
        if first.isascii() and before in "-/@._" and start > 1 and _latin(text[start - 2]) and before != "/":
            # "non-AI" and "U.S.-China" are fine, an address is not
            if before != "-":
                return False
        if _latin(last) and _latin(after):
            if after.isdigit() and note_digits and last.islower():
                stop = end
                while stop < len(text) and text[stop].isdigit():
                    stop += 1
                return stop - end <= 3 and not (stop < len(text) and _latin(text[stop]))
            return after.isalpha() and text[start:end].isupper() and bool(_GLUED.match(text, end))
        if after == "." and _latin(last) and end + 1 < len(text) and _latin(text[end + 1]):
            return text[end + 1].isupper() or text[end + 1].isdigit() or is_han(text[end + 1])
        if after in "@_" or (after == "/" and text[max(0, start - 3) : start].endswith("//")):
            return False
        return True

    def _stands(self, surface: Surface, normal: Normal, words: Words, start: int, end: int) -> bool:
        text = normal.text
        shouting = surface.case == 0 and _all_caps_around(text, start, end)
        if not _case_fits(surface, text[start:end], shouting):
            return False
        if surface.language == "zh" and not self._agrees(text, words, start, end):
            return False
        if surface.language == "zh" and "·" in (text[start - 1 : start], text[end : end + 1]):
            return False  # a part of a foreigner's name: 阿里·哈恩
        if (
            self.gazetteer.entries[surface.entry].type == "government"
            and text[start - 1 : start] in _DIVISIONS
            and _OFFICE.search(text, start, end)
        ):
            return False  # a place's own body of the same name: 台州市|民航局
        if (
            surface.language == "zh"
            and self.gazetteer.entries[surface.entry].type == "place"
            and text[end - 1] not in "省市区县镇乡"
            and _ROAD.match(text, end)
        ):
            return False
        rule = surface.rule
        if rule is None:
            return True
        lower = normal.lower
        if any(_inside(lower, start, end, longer.lower()) for longer in rule.never_inside):
            return False
        if any(lower.endswith(word.lower(), 0, start) for word in rule.never_after):
            return False
        if any(lower.startswith(word.lower(), end) for word in rule.never_before):
            return False
        return not (rule.segment and not words.whole(start, end))

    @staticmethod
    def _agrees(text: str, words: Words, start: int, end: int) -> bool:
        """Say whether the segmentation allows a Chinese match.

        A short name that cuts a dictionary word in two is refused; where the cut word is one that the
        segmenter guessed, or the name with what its kind is called (``浪潮集团``), it stands; so does a
        foreign state before a firm (``美国|高通``).
        """
        least = 2 if end - start < 4 else 3
        cut = words.cut_at(start, least)
        if cut is not None and _state_end(text, cut[0]) != start:
            return False
        cut = words.cut_at(end, least)
        if cut is None:
            return True
        if cut[0] != start:
            return _state_end(text, cut[0]) == start
        return text[end : cut[1]] in _KIND_WORDS or (_state_end(text, start) == end and cut[1] - end > 1)


def _state_end(text: str, start: int) -> int:
    """Return where a foreign state ends that stands at ``start``, or -1."""
    state = FOREIGN_STATE.match(text, start)
    return state.end() if state else -1


def _vouched(surface: Surface, normal: Normal, start: int, end: int) -> bool:
    """Say whether a word that a risky name needs stands near it."""
    if surface.rule is None or not surface.rule.needs:
        return True
    near = normal.lower[max(0, start - _NEAR) : start] + "\n" + normal.lower[end : end + _NEAR]
    return any(word.lower() in near for word in surface.rule.needs)


def _listed(text: str, found: Sequence[Candidate], waiting: Sequence[Candidate]) -> list[Candidate]:
    """Return the risky names that stand in a list beside a name of their type, which vouches for them."""
    begins = {(c.start, c.type) for c in found}
    ends = {(c.end, c.type) for c in found}
    listed: list[Candidate] = []
    for candidate in [*waiting, *reversed(waiting)]:
        if (candidate.start, candidate.type) in begins:
            continue
        after = _LISTED.match(text, candidate.end)
        before = _LISTED_BEFORE.search(text, max(0, candidate.start - 6), candidate.start)
        if (after and (after.end(), candidate.type) in begins) or (
            before and (before.start(), candidate.type) in ends
        ):
            listed.append(candidate)
            begins.add((candidate.start, candidate.type))
            ends.add((candidate.end, candidate.type))
    return listed


def _latin(char: str) -> bool:
    return char.isalnum() and not is_han(char)


def _inside(text: str, start: int, end: int, longer: str) -> bool:
    """Say whether ``text[start:end]`` is part of an occurrence of ``longer``."""
    at = text.find(longer, max(0, end - len(longer)), start + len(longer))
    return 0 <= at <= start and at + len(longer) >= end


def _all_caps_around(text: str, start: int, end: int) -> bool:
    """Say whether the words around a match are in capitals too: its case then says nothing."""
    around = [
        c for c in text[max(0, start - 30) : start] + text[end : end + 30] if c.isalpha() and c.isascii()
    ]
    return len(around) > 5 and all(c.isupper() for c in around)


def _case_fits(surface: Surface, found: str, shouting: bool) -> bool:
    if surface.case == 2:
        return True
    form = surface.form
    if surface.case == 0:
        found = found.replace(".", "") if "." not in form else found
        return found in (form, form + "s") and not (shouting and form.isalpha() and len(form) < 5)
    if found == form or (found.isupper() and len(found) > 3):
        return True
    if len(found) != len(form):  # a spelling variant: hold it to its own capitals
        return found[:1].isupper() or not found[:1].isalpha()
    first = True
    for have, want in zip(found, form, strict=True):
        if want.isupper() and not have.isupper():
            return False
        if first and want.islower() and have.isupper():
            first = False
        first = first and not want.isalpha()
    return True
