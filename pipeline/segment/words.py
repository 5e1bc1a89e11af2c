"""Chinese words: jieba's segmentation of Han runs, with the gazetteers' names known to it."""

import contextlib
import functools
import logging
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from importlib.metadata import version

import jieba

from pipeline import cachedir
from pipeline.normal import HAN, is_han
from pipeline.records import Record

_lock = threading.Lock()


class Words(Record, frozen=True, kw_only=True):
    """The words of a text's Han runs: parallel lists of starts, ends and what is known of each."""

    starts: list[int]
    ends: list[int]
    known: list[bool]
    """Whether the word stands in jieba's own dictionary (else it is a name, or a guess)."""

    def whole(self, start: int, end: int) -> bool:
        """Say whether a span begins and ends where words do."""
        return _has(self.starts, start) and _has(self.ends, end)

    def cuts_known(self, start: int, end: int, *, least: int = 2) -> bool:
        """Say whether a span cuts a dictionary word of at least ``least`` characters at either edge."""
        return self.cut_at(start, least) is not None or self.cut_at(end, least) is not None

    def cut_at(self, offset: int, least: int = 2) -> tuple[int, int] | None:
        """Return the dictionary word of at least ``least`` characters that an offset cuts in two, or None."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or self.starts[index] == offset or self.ends[index] <= offset:
            return None
        start, end = self.starts[index], self.ends[index]
        return (start, end) if self.known[index] and end - start >= least else None


def _has(ordered: list[int], value: int) -> bool:
    at = bisect_left(ordered, value)
    return at < len(ordered) and ordered[at] == value


@functools.cache
def _dictionary() -> jieba.Tokenizer:
    """jieba with its own dictionary; loading is not thread-safe, hence the lock."""
    jieba.setLogLevel(logging.CRITICAL)  # a cache that cannot be written is done without
    with _lock:
        tokenizer = jieba.Tokenizer()
        with contextlib.suppress(
            OSError
        ):  # its own default is a shared temporary folder that anybody can write
            cachedir.folder().mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(cachedir.folder())
        tokenizer.initialize()
        return tokenizer


class _Lexicon(Record, frozen=True, kw_only=True):
    """What the segmenter knows: words with how frequent they are, in all how many, and which were added to jieba's."""

    words: dict[str, int]
    total: int
    added: set[str]


def _lexicon(names: Sequence[str]) -> _Lexicon:
    """Return jieba's dictionary with further names, as it was kept or, where it was not, made.

    jieba asks of each name how its dictionary would cut it, which takes a second or two for a gazetteer.
    """
    if not names:
        base = _dictionary()
        return _Lexicon(words=base.FREQ, total=base.total, added=set())
    return cachedir.made("words", [version("jieba"), *names], _Lexicon, lambda: _with(names))


def _with(names: Sequence[str]) -> _Lexicon:
    base = _dictionary()
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ = dict(base.FREQ)
    tokenizer.total = base.total
    tokenizer.initialized = True
    for name in names:
        tokenizer.add_word(name)
    return _Lexicon(
        words=tokenizer.FREQ, total=tokenizer.total, added={name for name in names if not base.FREQ.get(name)}
    )


class Segmenter:
    """jieba with further names in its dictionary.

    Args:
        names: simplified names to be known as words; ones with spaces or Latin letters are left out,
            since jieba never matches the former and splits longer Latin words at the latter.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        lexicon = _lexicon(tuple(name for name in names if all(map(is_han, name))))
        self._words = lexicon.words
        self._added = lexicon.added
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ = lexicon.words
        self._tokenizer.total = lexicon.total
        self._tokenizer.initialized = True

    def segment(self, text: str) -> Words:
        """Cut the Han runs of a simplified text into words."""
        starts: list[int] = []
        ends: list[int] = []
        known: list[bool] = []
        for begin, stop in han_runs(text):
            for word, start, end in self._tokenizer.tokenize(text[begin:stop]):
                starts.append(begin + start)
                ends.append(begin + end)
                known.append(bool(self._words.get(word)) and word not in self._added)
        return Words(starts=starts, ends=ends, known=known)


def han_runs(text: str) -> list[tuple[int, int]]:
    """Return the stretches of Han characters of a text."""
    return [run.span() for run in HAN.finditer(text)]
