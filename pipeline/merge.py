"""The entities of a run settled outside of memory: what documents name is laid on disk, sorted there and merged.

Entities are resolved apart from each other where no chain of shared names connects them, so only one such
cluster is in memory at a time, and four bytes for each entity of each document. SQLite sorts: what is larger
than its cache goes through temporary files.
"""

import array
import hashlib
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType

import msgspec

from pipeline.align.entities import LocalEntity
from pipeline.align.ids import Earlier
from pipeline.align.merge import Decided, is_plain
from pipeline.align.properties import Property
from pipeline.align.resolve import Local, links, local_entities, settled
from pipeline.match.gazetteer import Gazetteer
from pipeline.records import Entity, EntityType, Mention, Name

_CACHE = 64
"""Megabytes that SQLite may keep in memory."""
_BATCH = 10_000
"""Rows that are written at once."""


class Merge:
    """The entities of a run's documents; add the documents in the run's order, settle, then ask.

    Args:
        folder: for the files that it needs meanwhile.
        decisions: what a curator decided to be the same or different.
        earlier: the entities of an earlier run of the same folder, whose homonyms keep their ids.
    """

    def __init__(self, folder: Path, decisions: Decided | None = None, earlier: Path | None = None) -> None:
        self.types: Counter[str] = Counter()
        """Entities by type, once settled."""
        self._decisions = decisions
        self._earlier = earlier
        self._encoder = msgspec.msgpack.Encoder()
        self._file = folder / "merge.sqlite"
        self._file.unlink(missing_ok=True)
        self._temporary = os.environ.get("SQLITE_TMPDIR")
        os.environ["SQLITE_TMPDIR"] = str(folder.resolve())
        self._db = sqlite3.connect(self._file, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
            f"PRAGMA temp_store=FILE; PRAGMA cache_size=-{_CACHE << 10};"
            "CREATE TABLE local (n INTEGER PRIMARY KEY, place INTEGER, document TEXT, data BLOB);"
            "CREATE TABLE link (hash INTEGER, n INTEGER);"
            "CREATE TABLE final (place INTEGER, key TEXT, id TEXT);"
            "CREATE TABLE entity (id TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID; BEGIN"
        )
        self._count = 0
        self._place = 0
        self._locals: list[tuple[int, int, str, bytes]] = []
        self._links: list[tuple[int, int]] = []

    def __enter__(self) -> "Merge":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        self._file.unlink(missing_ok=True)
        if self._temporary is None:
            os.environ.pop("SQLITE_TMPDIR", None)
        else:
            os.environ["SQLITE_TMPDIR"] = self._temporary

    def add(
        self,
        document: str,
        entities: Sequence[LocalEntity],
        mentions: Sequence[Mention],
        properties: Sequence[Property] = (),
    ) -> None:
        """Take in what the next document names.

        Args:
            document: its id.
            entities: its entities.
            mentions: its mentions.
            properties: what it says of its entities.
        """
        for local in local_entities(entities, mentions, properties):
            self._locals.append((self._count, self._place, document, self._encoder.encode(local)))
            self._links += ((_hash(link), self._count) for link in links(local, self._decisions))
            self._count += 1
        self._place += 1
        if len(self._locals) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany("INSERT INTO local VALUES (?, ?, ?, ?)", self._locals)
        self._db.executemany("INSERT INTO link VALUES (?, ?)", self._links)
        self._locals.clear()
        self._links.clear()

    def settle(self, gazetteer: Gazetteer | None) -> None:
        """Merge all entities.

        Args:
            gazetteer: the entries that mentions may refer to.
        """
        self._flush()
        self._db.create_function("root", 1, self._clusters().__getitem__)
        rows = self._db.execute("SELECT root(n), n, place, document, data FROM local ORDER BY 1, 2")
        decoder = msgspec.msgpack.Decoder(Local)
        earlier = self._remember()
        finals: list[tuple[int, str, str]] = []
        entities: list[tuple[str, bytes]] = []
        for _, cluster in groupby(rows, key=itemgetter(0)):
            places: list[int] = []
            documents: list[tuple[str, list[Local]]] = []
            for _, _, place, document, data in cluster:
                if not places or places[-1] != place:
                    places.append(place)
                    documents.append((document, []))
                documents[-1][1].append(decoder.decode(data))
            for entity, members in settled(documents, gazetteer, self._decisions, earlier):
                self.types[entity.type] += 1
                entities.append((entity.id, self._encoder.encode(entity)))
                finals += ((places[index], key, entity.id) for index, key in members)
            if len(finals) >= _BATCH:
                self._store(finals, entities)
        self._store(finals, entities)
        self._db.execute("DROP TABLE local")
        self._db.execute("CREATE INDEX by_place ON final (place, key, id)")

    def _remember(self) -> Earlier | None:
        """Lay down which mentions were evidence of which plain new entities of an earlier run; return who can be asked."""
        if self._earlier is None or not self._earlier.is_file():
            return None
        self._db.execute("CREATE TABLE earlier (evidence TEXT, id TEXT)")
        try:
            with open(self._earlier, "rb") as lines:
                for line in lines:
                    if b'"gazetteer":true' not in line:
                        known = _EARLIER.decode(line)
                        if not known.gazetteer and any(is_plain(n.text, known.type) for n in known.names):
                            rows = [(n.evidence, known.id) for n in known.names if n.evidence]
                            self._db.executemany("INSERT INTO earlier VALUES (?, ?)", rows)
        except (OSError, msgspec.MsgspecError):  # what is no run's file says nothing
            self._db.execute("DELETE FROM earlier")
        self._db.execute("CREATE INDEX by_evidence ON earlier (evidence, id)")

        def ask(evidence: Iterable[str]) -> dict[str, int]:
            found: Counter[str] = Counter()
            for mention in evidence:
                rows = self._db.execute("SELECT id FROM earlier WHERE evidence = ?", (mention,))
                found.update(id_ for (id_,) in rows)
            return dict(sorted(found.items()))

        return ask

    def _store(self, finals: list[tuple[int, str, str]], entities: list[tuple[str, bytes]]) -> None:
        self._db.executemany("INSERT INTO final VALUES (?, ?, ?)", finals)
        self._db.executemany("INSERT INTO entity VALUES (?, ?)", entities)
        finals.clear()
        entities.clear()

    def _clusters(self) -> "array.array[int]":
        """Return for each entity the first one of its cluster."""
        parent = array.array("i", range(self._count))

        def root(n: int) -> int:
            while parent[n] != n:
                parent[n] = parent[parent[n]]
                n = parent[n]
            return n

        before, first = None, 0
        for link, n in self._db.execute("SELECT hash, n FROM link ORDER BY hash"):
            if link == before:
                one, two = root(first), root(n)
                if one != two:
                    parent[max(one, two)] = min(one, two)
            else:
                before, first = link, n
        self._db.execute("DROP TABLE link")
        for n in range(self._count):
            parent[n] = root(n)
        return parent

    def entities(self) -> Iterator[Entity]:
        """Yield the settled entities, sorted by id; what is an id now is no other's former id."""
        decoder = msgspec.msgpack.Decoder(Entity)
        for (data,) in self._db.execute("SELECT data FROM entity ORDER BY id"):
            entity = decoder.decode(data)
            kept = [former for former in entity.former_ids if not self._is_id(former)]
            if len(kept) < len(entity.former_ids):
                entity = msgspec.structs.replace(entity, former_ids=kept)
            yield entity

    def _is_id(self, name: str) -> bool:
        return self._db.execute("SELECT 1 FROM entity WHERE id = ?", (name,)).fetchone() is not None

    def keys(self, place: int) -> dict[str, str]:
        """Return what the local keys of a document came to; the first document that was added has place 0."""
        return dict(self._db.execute("SELECT key, id FROM final WHERE place = ?", (place,)))


class _Earlier(msgspec.Struct):
    """What is asked of an entity of an earlier run."""

    id: str
    type: EntityType
    names: list[Name]
    gazetteer: bool


_EARLIER = msgspec.json.Decoder(_Earlier)


def _hash(link: str) -> int:
    digest = hashlib.blake2b(link.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
