"""A finished run, read back for those who write it in another form or ask it something."""

import functools
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from pipeline.emit.jsonl import read_lines
from pipeline.records import Document, Entity, Mention, Page, Relation, Table

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Loaded:
    """The records of a run; small ones are held, pages and mentions are read as they are asked for.

    Args:
        run: a folder that ``zhen ingest`` wrote.
    """

    def __init__(self, run: Path) -> None:
        self.run = run

    @functools.cached_property
    def summary(self) -> dict[str, Any]:
        """run.json."""
        found: dict[str, Any] = msgspec.json.decode((self.run / "run.json").read_bytes())
        return found

    @functools.cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id, sorted by path."""
        return {d.id: d for d in read_lines(self.run / "documents.jsonl", Document)}

    @functools.cached_property
    def entities(self) -> dict[str, Entity]:
        """Entities by id, sorted by id."""
        return {e.id: e for e in read_lines(self.run / "entities.jsonl", Entity)}

    @functools.cached_property
    def relations(self) -> list[Relation]:
        """All relations."""
        return list(read_lines(self.run / "relations.jsonl", Relation))

    def mentions(self) -> Iterator[Mention]:
        """Yield all mentions."""
        return read_lines(self.run / "mentions.jsonl", Mention)

    def pages(self) -> Iterator[Page]:
        """Yield all pages."""
        return read_lines(self.run / "pages.jsonl", Page)

    def tables(self) -> Iterator[Table]:
        """Yield all tables."""
        return read_lines(self.run / "tables.jsonl", Table)

    def pages_with_mentions(self) -> Iterator[tuple[Page, list[Mention]]]:
        """Yield each page with the mentions on it; both files are sorted by document and page."""
        mentions = self.mentions()
        waiting = next(mentions, None)
        for page in self.pages():
            here: list[Mention] = []
            while waiting is not None and (waiting.document, waiting.page) == (page.document, page.page):
                here.append(waiting)
                waiting = next(mentions, None)
            yield page, here

    def label(self, entity: str) -> str:
        """Return an entity's English name, else its Chinese one, else its id."""
        found = self.entities.get(entity)
        return entity if found is None else found.en or found.zh or entity


def xml_text(text: str) -> str:
    """Return text as XML 1.0 can hold it, of the same length: other characters become U+FFFD."""
    return _NOT_XML.sub("�", text)


def replaced(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name and put it in place when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    temporary.unlink(missing_ok=True)
    try:
        write(temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
