"""Which English words are ordinary ones, by the frequencies that pyspellchecker ships."""

import functools
import re
from collections.abc import Mapping

from spellchecker import SpellChecker

_COMMON = 300
"""Occurrences in pyspellchecker's corpus (subtitles) from which a word counts as ordinary."""
_FREQUENT = 2000
"""Occurrences that surnames and towns do not reach."""


@functools.cache
def frequencies() -> Mapping[str, int]:
    """Return common English words, in lower case, and how often they occur."""
    words: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return words


def ordinary(word: str) -> bool:
    """Say whether an English word is an ordinary one, in whatever case it is given."""
    found = frequencies()
    plain = word.lower()
    return found.get(plain, 0) >= _COMMON or found.get(plain.removesuffix("s"), 0) >= _COMMON


def common(word: str) -> bool:
    """Say whether an English word is so frequent that it is hardly ever a name: ``Visual``, but not ``Boston``."""
    return frequencies().get(word.lower(), 0) >= _FREQUENT


def all_ordinary(name: str) -> bool:
    """Say whether every word of an English name is an ordinary word, a number or a letter."""
    words = re.findall(r"[A-Za-z]+", name)
    return all(len(word) < 3 or ordinary(word) for word in words)
