"""What a run found, as typed records: what ``pipeline.ingest`` returns and ``pipeline.open_run`` reads back."""

import functools
import shutil
import tempfile
import weakref
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from pipeline.emit.exports import exporter
from pipeline.emit.loaded import Loaded
from pipeline.inputs import UsageError
from pipeline.records import Document, Entity, EntityType, Mention, Page, Relation, RelationType, Table
from pipeline.run import RunSummary
from pipeline.show.ask import Hit, entities_named, found_text

T = TypeVar("T")


class Run:
    """A finished run. Everything is read when it is first asked for, and kept.

    Args:
        folder: a folder that ``zhen ingest`` or ``pipeline.ingest`` wrote.
        temporary: the folder goes when the run is closed, or when nothing holds it any more.

    Raises:
        UsageError: there is no finished run.
    """

    def __init__(self, folder: str | Path, *, temporary: bool = False) -> None:
        self.folder = Path(folder)
        try:
            self.summary = msgspec.json.decode((self.folder / "run.json").read_bytes(), type=RunSummary)
        except (OSError, msgspec.MsgspecError):
            raise UsageError(f"{self.folder}: no finished zhen run") from None
        self._loaded = Loaded(self.folder)
        self._remove = (
            weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True) if temporary else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove a temporary folder; what was read stays usable."""
        if self._remove is not None:
            self._remove()

    def __repr__(self) -> str:
        told = ", ".join(
            f"{self.counts[name]} {name}" for name in ("documents", "entities", "mentions", "relations")
        )
        return f"<Run {self.folder}: {told}>"

    @property
    def counts(self) -> dict[str, int]:
        """How many lines each file has, and how many documents failed or are partial."""
        return self.summary.counts

    @property
    def seconds(self) -> dict[str, float]:
        """Seconds by stage; ``total`` is wall time."""
        return self.summary.seconds

    @functools.cached_property
    def documents(self) -> list[Document]:
        """The input files, by path."""
        return list(self._loaded.documents.values())

    @functools.cached_property
    def pages(self) -> list[Page]:
        """The pages of text, in which all offsets count."""
        return list(self._loaded.pages())

    @functools.cached_property
    def tables(self) -> list[Table]:
        """The tables."""
        return list(self._loaded.tables())

    @functools.cached_property
    def mentions(self) -> list[Mention]:
        """The names in the text, by document, page and place."""
        return list(self._loaded.mentions())

    @functools.cached_property
    def entities(self) -> list[Entity]:
        """What the names refer to, by id."""
        return list(self._loaded.entities.values())

    @property
    def relations(self) -> list[Relation]:
        """The statements between entities."""
        return self._loaded.relations

    def document(self, key: str) -> Document:
        """Return a document by its id, its path or the end of its path.

        Raises:
            LookupError: no document, or several.
        """
        found = [d for d in self.documents if key in (d.id, d.path)]
        return _only(found or [d for d in self.documents if d.path.endswith(f"/{key}")], "document", key)

    def page(self, document: str | Document, number: int = 1) -> Page:
        """Return a page of a document, by its number from 1.

        Raises:
            LookupError: there is no such page.
        """
        key = document.id if isinstance(document, Document) else self.document(document).id
        return _only([p for p in self._pages.get(key, ()) if p.page == number], "page", f"{key} {number}")

    def entity(self, key: str) -> Entity:
        """Return an entity by its id, an earlier id, or a name in either language (any case, script, width).

        Raises:
            LookupError: no entity has that id or name, or several have that name; the message names them.
        """
        return _only(entities_named(self._loaded, key, whole=True), "entity", key)

    def find(self, name: str) -> list[Entity]:
        """Return the entities with a name, else those whose names hold it, most mentioned first."""
        return entities_named(self._loaded, name)

    def entities_of(self, kind: EntityType) -> list[Entity]:
        """Return the entities of a type, most mentioned first."""
        return sorted((e for e in self.entities if e.type == kind), key=lambda e: (-e.mentions, e.id))

    def mentions_of(self, entity: str | Entity) -> list[Mention]:
        """Return where an entity (its record, id or name) is named."""
        return self._mentions.get(self._id(entity), [])

    def relations_of(self, entity: str | Entity, kind: RelationType | None = None) -> list[Relation]:
        """Return the relations of an entity (its record, id or name) in both directions, of one type or all."""
        found = self._relations.get(self._id(entity), [])
        return [r for r in found if kind is None or r.type == kind]

    def mention(self, key: str) -> Mention:
        """Return a mention by its id: the evidence of a name or a property.

        Raises:
            LookupError: there is no such mention.
        """
        document = key.split(":", 1)[0]
        return _only([m for m in self.mentions if m.document == document and m.id == key], "mention", key)

    def search(self, text: str) -> list[Hit]:
        """Return the places where a text stands, in any case, script or width; Chinese needs no spaces."""
        return list(found_text(self._loaded, text))

    def export(self, form: str, target: str | Path) -> dict[str, int]:
        """Write the run in another format, as ``zhen export`` does; returns the files with their counts.

        Raises:
            KeyError: there is no such format.
            MissingExtra: its library is not installed.
        """
        return exporter(form)(self.folder, Path(target))

    def _id(self, entity: str | Entity) -> str:
        return entity.id if isinstance(entity, Entity) else self.entity(entity).id

    @functools.cached_property
    def _pages(self) -> Mapping[str, list[Page]]:
        found: defaultdict[str, list[Page]] = defaultdict(list)
        for page in self.pages:
            found[page.document].append(page)
        return found

    @functools.cached_property
    def _mentions(self) -> Mapping[str, list[Mention]]:
        found: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            found[mention.entity].append(mention)
        return found

    @functools.cached_property
    def _relations(self) -> Mapping[str, list[Relation]]:
        found: defaultdict[str, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            for end in {relation.subject, relation.object}:
                found[end].append(relation)
        return found


def open_run(folder: str | Path) -> Run:
    """Return a finished run.

    Raises:
        UsageError: there is none in the folder.
    """
    return Run(folder)


def in_temporary_folder(work: Callable[[Path], Run]) -> Run:
    """Return a run made in a temporary folder that goes with it, at once when the work fails."""
    folder = Path(tempfile.mkdtemp(prefix="zhen-"))
    try:
        work(folder)
        return Run(folder, temporary=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _only(found: list[T], what: str, key: str) -> T:
    if len(found) == 1:
        return found[0]
    ids = ", ".join(str(getattr(x, "id", "")) for x in found[:5])
    raise LookupError(f"{len(found)} of {what} {key!r}: {ids}" if found else f"no {what} {key!r}")
