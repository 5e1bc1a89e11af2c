"""A run's records, packed for its page: indices instead of ids, arrays instead of objects."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from pipeline.emit.jsonl import read_lines
from pipeline.normal import simplify
from pipeline.records import Document, Entity, Mention, Page, Relation, Table

METHODS = ("gazetteer", "gloss", "table", "rule", "model", "fuzzy")


class Data:
    """A run's records, and how they look in a page.

    Args:
        folder: a folder with the JSON Lines files of a run.
        skipped: files skipped in walked folders, by ending.
    """

    def __init__(self, folder: Path, skipped: Mapping[str, int]) -> None:
        self.documents = list(read_lines(folder / "documents.jsonl", Document))
        self.entities = list(read_lines(folder / "entities.jsonl", Entity))
        self.relations = list(read_lines(folder / "relations.jsonl", Relation))
        self.skipped = dict(sorted(skipped.items()))
        self._document = {d.id: i for i, d in enumerate(self.documents)}
        self._entity = {e.id: i for i, e in enumerate(self.entities)}
        self.pages_of: dict[str, list[dict[str, Any]]] = {}
        self.tables: list[Table] = list(read_lines(folder / "tables.jsonl", Table))
        for p in read_lines(folder / "pages.jsonl", Page):
            self.pages_of.setdefault(p.document, []).append(_page(self._document[p.document], p))
        places = {(k, p["n"]): p for k, pages in self.pages_of.items() for p in pages}
        for m in read_lines(folder / "mentions.jsonl", Mention):
            place = places[m.document, m.page]
            place["m"].append(self._mention(m))

    def size(self) -> int:
        """Return about how many bytes everything takes."""
        return len(msgspec.json.encode((self.pages(), self.index())))

    def wanted(self, document: str | None = None) -> dict[str, list[tuple[int, int]]]:
        """Return the pages that can be drawn, with their counts of mentions, of one document or all."""
        pdf = {d.id for d in self.documents if d.media_type == "application/pdf"}
        return {
            key: [(p["n"], len(p["m"])) for p in pages if p["w"]]
            for key, pages in sorted(self.pages_of.items())
            if key in pdf and document in (None, key)
        }

    def pages(self, document: str | None = None) -> list[dict[str, Any]]:
        """Return the pages of one document, or all, in the documents' order."""
        keys = [d.id for d in self.documents if document in (None, d.id)]
        return [p for key in keys for p in self.pages_of.get(key, [])]

    def index(self, document: str | None = None, *, home: str = "", parts: str = "") -> dict[str, Any]:
        """Return everything but the pages.

        Args:
            document: only what this document needs: its entities, relations and tables.
            home: where the index lies, in a document's own page.
            parts: the folder of the documents' own pages, in an index without pages.
        """
        used = None
        if document is not None:
            used = {m[2] for p in self.pages_of[document] for m in p["m"]}
            used |= {
                self._entity[e]
                for r in self.relations
                if r.document == document
                for e in (r.subject, r.object)
            }
        here = {d.id for d in self.documents if document in (None, d.id)}
        return {
            "home": home,
            "parts": parts,
            "skipped": self.skipped,
            "methods": METHODS,
            "simple": simple_characters(),
            "documents": self.documents,
            "named": [sum(len(p["m"]) for p in self.pages_of.get(d.id, ())) for d in self.documents],
            "entities": [self._packed(i, e, used) for i, e in enumerate(self.entities)],
            "relations": [r for r in self.relations if r.document in here],
            "tables": [_table(t) for t in self.tables if t.document in here],
        }

    def _packed(self, index: int, e: Entity, used: set[int] | None) -> object:
        if used is not None and index not in used:
            return 0
        return {
            "i": e.id, "t": e.type, "e": e.en, "z": e.zh, "g": int(e.gazetteer), "c": e.mentions,
            "n": [[n.text, n.language, n.kind, n.evidence] for n in e.names],
            "p": e.properties, "d": [self._document[d] for d in e.documents], "f": e.former_ids,
        }  # fmt: skip

    def _mention(self, m: Mention) -> list[object]:
        boxes = [list(b) for b in m.bboxes]
        return [m.start, m.end, self._entity[m.entity], METHODS.index(m.method), m.score, boxes]


def collected(folder: Path, skipped: Mapping[str, int]) -> Data:
    """Return a run's records, packed."""
    return Data(folder, skipped)


def _page(document: int, p: Page) -> dict[str, Any]:
    blocks: list[list[object]] = [
        [b.kind, b.start, b.end, b.level]
        for b in p.blocks
        if isinstance(b.start, int) and isinstance(b.end, int)
    ]
    return {"d": document, "n": p.page, "w": p.width, "h": p.height, "t": p.text, "b": blocks, "m": []}


def _table(t: Table) -> dict[str, object]:
    start = min((c.start for c in t.cells if c.page == t.pages[0]), default=0)
    return {
        "i": t.id, "d": t.document, "p": t.pages, "s": start, "n": t.number, "c": t.caption, "h": t.header, "r": t.rows,
    }  # fmt: skip


@functools.cache
def simple_characters() -> str:
    """Return traditional characters, each followed by its simplified one, for searches in either script."""
    characters = [chr(c) for c in range(0x4E00, 0x9FA6)]
    simple = [simplify(c) for c in characters]
    return "".join(c + s for c, s in zip(characters, simple, strict=True) if c != s and len(s) == 1)
