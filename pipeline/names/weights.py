"""How much a word tells: rare words of a list tell much, legal forms next to nothing."""

import math
from collections.abc import Mapping

from pipeline.names.lexicon import load_lexicon

_STATIC = {"legal": 0.06, "heads": 0.35, "posts": 0.5, "places": 0.6, "fields": 0.65, "names": 0.8}
_LEGAL = frozenset(
    "co ltd limited inc corp corporation company llc plc gmbh ag sa spa bv nv lp kk pte pty srl sro holding holdings group "
    "incorporated partnership s.a s.p.a b.v n.v a.s".split()
)


def is_legal(word: str) -> bool:
    """Say whether a Latin word in lower case is a legal form."""
    return word in _LEGAL


class Weights:
    """Weights of words within a list of names.

    Args:
        size: names in the list; below some thirty the list itself is no witness of rarity.
        counts: for each word, how many of the names have it.
    """

    def __init__(self, size: int, counts: Mapping[str, int]) -> None:
        self._size = size
        self._counts = counts
        self._trust = min(0.8, size / 40)
        self._section = load_lexicon().section
        self._known: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        """Return a word's weight, 0.03 to 1."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._weigh(word)
        return found

    def _weigh(self, word: str) -> float:
        static = 0.06 if word in _LEGAL else _STATIC.get(self._section.get(word, ""), 1.0)
        if static < 0.1:
            return static if word not in ("group", "holding", "partnership") else 0.15
        rare = math.log((self._size + 1) / (self._counts.get(word, 0) + 1)) / math.log(self._size + 2)
        return max(0.05, self._trust * min(1.0, rare) + (1 - self._trust) * static)
