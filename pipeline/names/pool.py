"""A list of names made ready for ranking: which names have which keys, so that a query meets few of them."""

import functools
from array import array
from collections.abc import Sequence

from pipeline.names.blocks import Blocks, block_keys
from pipeline.names.forms import core
from pipeline.names.profile import HanName, Profile, profile
from pipeline.names.weights import Weights

_CHARS = "#"


class Pool:
    """Candidates by key.

    Args:
        names: the candidates.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.postings: dict[str, array[int]] = {}
        for index, name in enumerate(names):
            for key in keys(profile(name)):
                self.postings.setdefault(key, array("l")).append(index)
        self.weights = Weights(len(names), {key: len(found) for key, found in self.postings.items()})

    def near(self, query: Profile, most: int) -> list[int]:
        """Return the candidates that share most weight of keys with a query, at most so many.

        Keys that more than a fifth of a long list shares are passed over while rarer ones lead anywhere.
        """
        size = len(self.names)
        if size <= most:
            return list(range(size))
        scores: dict[int, float] = {}
        given = keys(query)
        common = max(200, size // 5)
        held: list[str] = []
        for key in given:
            found = self.postings.get(key)
            if found is None:
                continue
            if len(found) > common:
                held.append(key)
                continue
            weight = self.weights(key) * (0.5 if key[0] == "~" else 1.0)
            for index in found:
                scores[index] = scores.get(index, 0.0) + weight
        if not scores:
            for key in sorted(held, key=lambda k: len(self.postings[k]))[:2]:
                for index in self.postings[key][:common]:
                    scores[index] = scores.get(index, 0.0) + 0.1
        else:
            for key in held:
                weight = self.weights(key)
                for index in self.postings[key]:
                    if index in scores:
                        scores[index] += weight
        return sorted(scores, key=lambda i: (-scores[i], i))[:most]


def keys(name: Profile) -> list[str]:
    """Return the keys of a name: words, readings, sounds (``~``), Han bigrams and characters (``#``)."""
    if not isinstance(name, HanName):
        return list(name.keys)
    text = core(name.text).whole
    grams = {_CHARS + text[i : i + 2] for i in range(len(text) - 1)} | {_CHARS + c for c in text}
    return [*name.keys, *sorted(grams)]


class LongPool:
    """Very many candidates by few keys: less is found of them, but an index of a million fits in memory.

    Args:
        names: the candidates.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._blocks = Blocks(names)
        self.weights = self._blocks.weights

    def near(self, query: Profile, most: int) -> list[int]:
        """Return the candidates that share most weight of keys with a query, at most so many."""
        given = dict.fromkeys((*block_keys(query.name), *query.keys))
        return self._blocks.near(given, most)


LONG = 20_000
"""Names from which a list is indexed by few keys."""


@functools.lru_cache(maxsize=4)
def pool(names: tuple[str, ...]) -> Pool | LongPool:
    """Return the pool of a list of names; the last few lists are kept."""
    return Pool(names) if len(names) < LONG else LongPool(names)
