"""What other workers did, or should do, for the worker that has a whole document: parts kept under their keys."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from pipeline.engines.pieces import Kind, Piece
from pipeline.match.answers import Answers, Questions
from pipeline.parse.pdf_model import RawPage
from pipeline.parse.shared import LEAST, RawPages, Unshared, batches, ranges
from pipeline.records import Record
from pipeline.relate.shared import Said, Sentences
from pipeline.run import RunFolder
from pipeline.work import Halfway

T = TypeVar("T")

_QUESTIONS = 2
"""Batches for a model that are one piece."""
_LEAST_QUESTIONS = 64
"""Batches below which they are not worth sharing: handing a document back and taking it up again costs a second or two."""
_LEAST_SENTENCES = 48
"""Parts below which sentences are not worth sharing."""


class Pages(Record, frozen=True, kw_only=True):
    """Pages that were read, and why others could not be."""

    read: list[RawPage]
    failed: list[tuple[int, str]]


def packed(pages: RawPages) -> Pages:
    """Return pages as they are kept."""
    return Pages(
        read=[p for p in pages if isinstance(p, RawPage)],
        failed=[p for p in pages if not isinstance(p, RawPage)],
    )


class Sharing:
    """The parts of one document.

    Args:
        piece: the document.
        folder: where parts are kept.
    """

    def __init__(self, piece: Piece, folder: RunFolder) -> None:
        self.wanted: list[Piece] = []
        """What others should do; set before Unshared is raised."""
        self._piece = piece
        self._folder = folder
        self._used: set[str] = set()
        self._state = f"{piece.task.parsed}.state-{piece.task.key}"

    def ask_pages(self, count: int) -> None:
        """Have the pages of a long document read."""
        if count >= LEAST:
            self._want(self._pages(first, last) for first, last in ranges(count))

    def pages(self, first: int, last: int) -> RawPages | None:
        """Return a range of pages that was read."""
        found = self._kept(self._pages(first, last).key, Pages)
        if found is None:
            return None
        pages: RawPages = [*found.read, *found.failed]
        return sorted(pages, key=lambda p: p.number if isinstance(p, RawPage) else p[0])

    def ask_scans(self, numbers: Sequence[int]) -> None:
        """Have scans recognised."""
        parts = batches(numbers)
        if len(parts) > 1:
            self._want(map(self._scans, parts))

    def scans(self, numbers: Sequence[int]) -> dict[int, RawPage] | None:
        """Return what was recognised on some pages."""
        found = self._kept(self._scans(numbers).key, Pages)
        return {page.number: page for page in found.read} if found is not None else None

    def halfway(self, pages: int) -> Halfway | None:
        """Return how far a document of so many pages was understood when others were last asked."""
        return self._kept(self._state, Halfway) if self._piece.shared or pages >= LEAST else None

    def ask(self, questions: Questions, state: Halfway) -> Answers:
        """Have the models asked; return what they answered."""
        total = len(questions.english) + len(questions.chinese)
        if total < _LEAST_QUESTIONS:
            return Answers()
        parts = [
            Questions(english=questions.english[i : i + _QUESTIONS])
            for i in range(0, len(questions.english), _QUESTIONS)
        ] + [
            Questions(chinese=questions.chinese[i : i + _QUESTIONS])
            for i in range(0, len(questions.chinese), _QUESTIONS)
        ]
        found = Answers()
        for answers in self._told("names", parts, Answers, state):
            if answers is not None:
                found.english.update(answers.english)
                found.chinese.update(answers.chinese)
        return found

    def say(self, parts: Sequence[Sentences], state: Halfway) -> list[Said | None]:
        """Have sentences read; return what was found in each part."""
        if len(parts) < _LEAST_SENTENCES:
            return [None] * len(parts)
        return self._told("statements", parts, Said, state)

    def _told(self, kind: Kind, parts: Sequence[Record], answer: type[T], state: Halfway) -> list[T | None]:
        """Have others answer; return the answers that there are.

        What is asked depends on gazetteers and settings, so it is part of the keys.
        """
        packed = [msgspec.msgpack.encode(part) for part in parts]
        names = [f"{n}-{hashlib.sha256(data).hexdigest()[:16]}" for n, data in enumerate(packed)]
        pieces = [self._made(kind, [n], name) for n, name in enumerate(names)]

        used = self._used - {self._state}

        def store(wanted: Sequence[Piece]) -> None:
            self._folder.keep(self._state, state)
            self._folder.forget(used)  # what came of it is in the state
            for piece in wanted:
                self._folder.keep(question_key(piece), parts[piece.numbers[0]])

        self._used |= {question_key(piece) for piece in pieces}
        self._want(pieces, store)
        return [self._kept(piece.key, answer) for piece in pieces]

    def forget(self) -> None:
        """Remove the parts that were used: what came of them is kept."""
        self._folder.forget(self._used)
        self._used.clear()

    def _want(self, parts: Iterable[Piece], before: Callable[[Sequence[Piece]], None] | None = None) -> None:
        wanted = [part for part in parts if not self._folder.has(part.key)]
        if wanted and wanted[0].kind not in self._piece.shared:
            if before is not None:
                before(wanted)
            self.wanted = wanted
            raise Unshared

    def _pages(self, first: int, last: int) -> Piece:
        return self._made("pages", [first, last])

    def _scans(self, numbers: Sequence[int]) -> Piece:
        return self._made("scans", list(numbers))

    def _made(self, kind: Kind, numbers: list[int], name: str = "") -> Piece:
        task = self._piece.task
        name = name or "-".join(map(str, numbers))
        return Piece(task=task, kind=kind, key=f"{task.parsed}.{kind}-{name}", numbers=numbers)

    def _kept(self, key: str, kind: type[T]) -> T | None:
        self._used.add(key)
        return self._folder.kept(key, kind)


def question_key(piece: Piece) -> str:
    """Return the key under which a piece's questions are kept."""
    return f"{piece.key}.asked"
