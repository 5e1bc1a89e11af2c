"""What earlier runs found, read back from their folders, with the sentences around mentions."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.curate.decisions import Evidence
from pipeline.emit.jsonl import FILES, read_lines
from pipeline.inputs import UsageError
from pipeline.records import Document, Entity, Mention, Page, Record
from pipeline.segment.sentences import sentences

R = TypeVar("R", bound=Record)
_FAR = 240
"""Characters to either side of a name after which a sentence is cut."""


class Run:
    """A finished run.

    Args:
        folder: what ``zhen ingest --out`` was given.

    Raises:
        UsageError: it is no finished run, or a file of it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / "run.json").is_file():
            raise UsageError(f"{folder}: no finished zhen run")
        self.folder = folder
        self.documents: dict[str, Document] = {d.id: d for d in self._read("documents", Document)}
        self.entities: dict[str, Entity] = {e.id: e for e in self._read("entities", Entity)}
        self.mentions: list[Mention] = self._read("mentions", Mention)
        self._pages: dict[tuple[str, int], str] | None = None

    def _read(self, name: str, kind: type[R]) -> list[R]:
        assert issubclass(kind, FILES[name])
        try:
            return list(read_lines(self.folder / f"{name}.jsonl", kind))
        except (OSError, msgspec.MsgspecError) as problem:
            raise UsageError(f"{self.folder / name}.jsonl: cannot be read: {problem}") from None

    def page(self, document: str, page: int) -> str:
        """Return a page's text."""
        if self._pages is None:
            self._pages = {(p.document, p.page): p.text for p in self._read("pages", Page)}
        return self._pages.get((document, page), "")

    def evidence(self, mention: Mention) -> Evidence:
        """Return the sentence that a mention stands in."""
        text = self.page(mention.document, mention.page)
        start, end = sentence_around(text, mention.start, mention.end)
        return Evidence(
            mention=mention.id,
            document=mention.document,
            path=self.documents[mention.document].path,
            page=mention.page,
            start=mention.start,
            end=mention.end,
            name=mention.text,
            before=_line(text[start : mention.start]),
            after=_line(text[mention.end : end]),
        )


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence or table row that holds a span of a page's text, cut where it is very long."""
    floor, ceiling = max(0, start - _FAR), min(len(text), end + _FAR)
    first, last = start, end
    for left, right in sentences(text[floor:ceiling]):
        if floor + left < end and floor + right > start:
            first, last = min(first, floor + left), max(last, floor + right)
    return first, last


def _line(text: str) -> str:
    return text.replace("\t", " | ").replace("\n", " ")


def spread(mentions: Iterable[Mention], most: int) -> list[Mention]:
    """Choose mentions as evidence: the surest of each document first, then further ones."""
    ranked = sorted(mentions, key=lambda m: (-m.score, m.document, m.page, m.start))
    first: dict[str, Mention] = {}
    for mention in ranked:
        first.setdefault(mention.document, mention)
    chosen = list(first.values())[:most]
    rest = [m for m in ranked if m not in chosen]
    return chosen + rest[: most - len(chosen)]


def open_runs(folders: Sequence[Path]) -> list[Run]:
    """Open several runs.

    Raises:
        UsageError: one is no finished run.
    """
    return [Run(folder) for folder in folders]
