"""Cutting folded text into the pieces of words that the tagger's encoder knows (unigram model, best path)."""

from collections.abc import Mapping, Sequence

UNKNOWN = 0
_COST = -25.0


class Pieces:
    """A unigram cutter.

    Args:
        scores: log probability of each known piece; pieces that begin a Latin word begin with ``▁``.
        numbers: the number of each piece, from 1.
    """

    def __init__(self, scores: Mapping[str, float], numbers: Mapping[str, int]) -> None:
        self._longest: dict[str, int] = {}
        for piece in scores:
            for form in (piece, piece.removeprefix("▁")):
                self._longest[form[:1]] = max(self._longest.get(form[:1], 0), len(form))
        self._table = {p: (s, numbers[p]) for p, s in scores.items()}

    def cut(self, text: str) -> tuple[list[int], list[int]]:
        """Return the numbers and the lengths of the pieces that make up a text."""
        size = len(text)
        best = [0.0] + [-1e30] * size
        back: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        table, longest = self._table, self._longest
        latin = False
        for at in range(size):
            base = best[at]
            char = text[at]
            letter = "a" <= char <= "z" or "A" <= char <= "Z"
            top = min(size, at + longest.get(char, 0))
            for end in range(at + 1, top + 1):
                part = text[at:end]
                found = table.get(part)
                if letter and not latin:
                    marked = table.get("▁" + part)
                    if marked is not None and (found is None or marked[0] > found[0]):
                        found = marked
                if found is not None:
                    score = base + found[0]
                    if score > best[end]:
                        best[end] = score
                        back[end] = (at, found[1])
            if base + _COST > best[at + 1]:
                best[at + 1] = base + _COST
                back[at + 1] = (at, UNKNOWN)
            latin = letter
        numbers: list[int] = []
        lengths: list[int] = []
        end = size
        while end:
            at, number = back[end]
            numbers.append(number)
            lengths.append(end - at)
            end = at
        return numbers[::-1], lengths[::-1]


def places(lengths: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return for each character the index of its piece, and where in the piece it stands (alone, first, inside, last)."""
    index: list[int] = []
    where: list[int] = []
    for at, size in enumerate(lengths):
        index.extend([at] * size)
        where.extend([0] if size == 1 else [1] + [2] * (size - 2) + [3])
    return index, where
