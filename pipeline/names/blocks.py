"""Blocking: keys under which names that may be one meet, so that a million names need no million squared.

A name has a handful of keys: its heart, the heart's pinyin, its telling words. Names that share a key are
compared; a key that more than some dozens of names share tells nothing and is left out. Keys are kept as
64-bit hashes in sorted arrays: time grows as n log n, memory by some 100 bytes a name.
"""

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.names.forms import core, heart
from pipeline.names.lexicon import SMALL, stem
from pipeline.names.readings import readings
from pipeline.names.weights import Weights, is_legal
from pipeline.normal import has_han, is_han

Hashes = npt.NDArray[np.uint64]


def block_keys(name: str) -> list[str]:
    """Return the keys of a name: few, cheap, the same in either script where it is spelt in pinyin.

    >>> sorted(set(block_keys("北京旷视科技有限公司")) & set(block_keys("Beijing Kuangshi Technology Co., Ltd.")))
    ['kuangshi']
    """
    if has_han(name):
        text = heart(name)
        keys = {"=" + text, "=" + core(name).stem}
        han = "".join(c for c in text if is_han(c))
        spelt = [readings(c)[0] for c in han if readings(c)]
        if 2 <= len(han) <= 6:
            keys.add("".join(spelt))
        for size in (2, 3):
            keys |= {"".join(spelt[i : i + size]) for i in range(len(spelt) - size + 1)}
        keys |= {"".join(w) for w in _latin_words(text)}
        return sorted(k for k in keys if len(k) > 3)
    words = [w for w in _latin_words(core(name).stem) if w not in SMALL and not is_legal(w)]
    keys = {stem(w) for w in words if len(w) > 2} | {w for w in words if len(w) > 3}
    keys |= {a + b for a, b in itertools.pairwise(words) if len(a) < 7 and len(b) < 7}
    keys.add("=" + "".join(sorted(words)))
    return sorted(keys)


def _latin_words(text: str) -> list[str]:
    words: list[str] = []
    word = ""
    for char in text.lower() + " ":
        if char.isalnum() and not is_han(char):
            word += char
        elif char not in "'-" and word:
            words.append(word)
            word = ""
    return words


def _digest(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


class Blocks:
    """Names by hashed key.

    Args:
        names: the names.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.size = len(names)
        hashes, owners = _table(names)
        order = np.argsort(hashes, kind="stable")
        self._hashes: Hashes = hashes[order]
        self._owners = owners[order]
        self.weights = Weights(self.size, _Counts(self))

    def having(self, key: str) -> npt.NDArray[np.uint32]:
        """Return the indexes of the names that have a key, ascending."""
        value = np.uint64(_digest(key))
        first = int(np.searchsorted(self._hashes, value, side="left"))
        last = int(np.searchsorted(self._hashes, value, side="right"))
        return self._owners[first:last]

    def near(self, keys: Iterable[str], most: int, *, crowd: int = 3000) -> list[int]:
        """Return the names that share most weight of keys, at most so many; keys of a crowd are passed over."""
        scores: dict[int, float] = {}
        for key in keys:
            found = self.having(key)
            if 0 < len(found) <= crowd:
                weight = self.weights(key)
                for index in found.tolist():
                    scores[index] = scores.get(index, 0.0) + weight
        return sorted(scores, key=lambda i: (-scores[i], i))[:most]

    def pairs(self, most: int = 40) -> Iterator[tuple[int, int]]:
        """Yield each pair of names that share a key which at most so many have, in order of the key's hash.

        A pair may come more than once, as it may share several keys.
        """
        if not len(self._hashes):
            return
        edges = np.flatnonzero(self._hashes[1:] != self._hashes[:-1]) + 1
        starts = np.concatenate(([0], edges))
        sizes = np.diff(np.concatenate((starts, [len(self._hashes)])))
        for at in np.flatnonzero((sizes > 1) & (sizes <= most)):
            group = self._owners[starts[at] : starts[at] + sizes[at]].tolist()
            for i, one in enumerate(group):
                for two in group[i + 1 :]:
                    yield one, two


class _Counts(Mapping[str, int]):
    """How many names have a key, asked of the blocks."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks

    def __getitem__(self, key: str) -> int:
        return len(self._blocks.having(key))

    def get(self, key: str, default: object = 0) -> int:
        return len(self._blocks.having(key))

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return self._blocks.size


def _table(names: Sequence[str]) -> tuple[Hashes, npt.NDArray[np.uint32]]:
    """Return all keys' hashes and whose they are, chunk by chunk to keep Python objects few."""
    hashes: list[Hashes] = []
    owners: list[npt.NDArray[np.uint32]] = []
    for begin in range(0, len(names), 50_000):
        keys: list[int] = []
        whose: list[int] = []
        for index in range(begin, min(begin + 50_000, len(names))):
            for key in block_keys(names[index]):
                keys.append(_digest(key))
                whose.append(index)
        hashes.append(np.array(keys, dtype=np.uint64))
        owners.append(np.array(whose, dtype=np.uint32))
    if not hashes:
        return np.array([], dtype=np.uint64), np.array([], dtype=np.uint32)
    return np.concatenate(hashes), np.concatenate(owners)
