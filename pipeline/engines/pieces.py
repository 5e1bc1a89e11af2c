"""What workers are given: documents, and parts of documents that are too long for one worker.

A document is given to a worker whole. The worker may find that parts of it are worth sharing (ranges of
pages to read, scans to recognise, sentences for a model): then it hands back pieces of work instead of a
result, and the document waits until they are done. Each piece keeps what it works out under a key; the
document, taken up again, finds it there, or works it out itself: sharing never changes a result.
"""

from collections.abc import Sequence
from typing import Literal

from pipeline.engines.task import Task
from pipeline.records import Record

Kind = Literal["document", "pages", "scans", "names", "statements"]


class Piece(Record, frozen=True, kw_only=True):
    """A document, or a part of one.

    ``numbers`` are the pages of a part, or the number of a part among its like; ``shared`` the kinds of part that
    were shared already, and are not asked for again.
    """

    task: Task
    kind: Kind = "document"
    key: str = ""
    numbers: list[int] = []
    shared: list[Kind] = []


class Plan:
    """The pieces of a run that wait, and the documents that wait for pieces.

    Args:
        tasks: the documents in the order in which they are given out.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._waiting = [Piece(task=task) for task in reversed(tasks)]
        self._parts: dict[str, set[str]] = {}
        """Of documents that were shared the keys of the parts that are not done."""
        self._resumed: dict[str, Piece] = {}
        self._failed: set[str] = set()
        self.left = len(tasks)
        """Documents that are not done."""

    def __len__(self) -> int:
        """Return how many pieces wait."""
        return len(self._waiting)

    def take(self) -> Piece | None:
        """Return the next piece, or None."""
        return self._waiting.pop() if self._waiting else None

    def give_back(self, piece: Piece) -> None:
        """Take back a piece that was not done; it is the next one."""
        if piece.task.key not in self._failed:
            self._waiting.append(piece)

    def done(self, piece: Piece, more: Sequence[Piece] = ()) -> Task | None:
        """Note that a piece was worked on; return its document when that is done.

        Args:
            piece: the piece.
            more: what must be done before its document can be taken up again.
        """
        key = piece.task.key
        if key in self._failed:
            return None
        if piece.kind == "document":
            if not more:
                self.left -= 1
                return piece.task
            self._parts[key] = {part.key for part in more}
            kinds = {part.kind for part in more}
            self._resumed[key] = Piece(task=piece.task, shared=sorted({*piece.shared, *kinds}))
            self._waiting += reversed(more)
            return None
        self._parts[key].discard(piece.key)
        if not self._parts[key]:
            del self._parts[key]
            self._waiting.append(self._resumed.pop(key))
        return None

    def failed(self, piece: Piece) -> bool:
        """Give up a piece's document; return whether that is news."""
        key = piece.task.key
        if key in self._failed:
            return False
        self._failed.add(key)
        self._waiting = [other for other in self._waiting if other.task.key != key]
        self._parts.pop(key, None)
        self._resumed.pop(key, None)
        self.left -= 1
        return True
