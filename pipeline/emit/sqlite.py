"""A run as one SQLite database with full-text search, for SQL, Datasette and ``zhen serve``."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from pipeline.emit.loaded import Loaded, replaced

SCHEMA = """
CREATE TABLE documents (           -- an input file
    id TEXT PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, media_type TEXT NOT NULL,
    status TEXT NOT NULL,          -- ok, partial, failed
    error_code TEXT, error TEXT, title TEXT,
    date TEXT,                     -- ISO
    languages TEXT NOT NULL,       -- JSON list, most used first
    pages INTEGER NOT NULL, characters INTEGER NOT NULL,
    warnings TEXT NOT NULL,        -- JSON list of {code, page, message}
    copies TEXT NOT NULL,          -- JSON list of paths with the same bytes
    number TEXT,                   -- of an official document: 国发〔2017〕35号
    issuers TEXT NOT NULL,         -- JSON list, as printed
    addressees TEXT NOT NULL       -- JSON list, as printed
);
CREATE TABLE pages (               -- a page of text; offsets count code points in text
    id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL,
    width REAL, height REAL,       -- points
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,          -- JSON list of {kind, start, end, bbox, level}
    notes TEXT NOT NULL,           -- JSON list of {at, label, bbox}
    UNIQUE (document, page)
);
CREATE TABLE entities (            -- what names refer to
    id TEXT PRIMARY KEY, type TEXT NOT NULL, en TEXT, zh TEXT,
    gazetteer INTEGER NOT NULL,    -- 1 when it is an entry
    mentions INTEGER NOT NULL,
    documents INTEGER NOT NULL,    -- in how many documents
    former_ids TEXT NOT NULL       -- JSON list
);
CREATE TABLE names (               -- every name of an entity
    entity TEXT NOT NULL REFERENCES entities(id), text TEXT NOT NULL, language TEXT NOT NULL,
    kind TEXT NOT NULL,            -- canonical, alias, abbreviation, former, traditional, pinyin
    evidence TEXT                  -- the first mention that shows it; null when only the gazetteer holds it
);
CREATE TABLE properties (          -- what is known of an entity
    entity TEXT NOT NULL REFERENCES entities(id), name TEXT NOT NULL, value TEXT NOT NULL,
    evidence TEXT                  -- a mention or relation id; null when from the gazetteer
);
CREATE TABLE mentions (            -- a name in the text
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), page INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    bboxes TEXT NOT NULL,          -- JSON list of [x0, top, x1, bottom], points
    language TEXT NOT NULL, type TEXT NOT NULL, entity TEXT NOT NULL REFERENCES entities(id),
    method TEXT NOT NULL, score REAL NOT NULL,
    continues TEXT                 -- the mention on the page before that it goes on from
);
CREATE TABLE relations (           -- a statement between two entities
    id TEXT PRIMARY KEY, type TEXT NOT NULL, subject TEXT NOT NULL REFERENCES entities(id),
    object TEXT NOT NULL REFERENCES entities(id), document TEXT NOT NULL REFERENCES documents(id),
    page INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, evidence TEXT NOT NULL,
    "table" TEXT,                  -- a table id
    method TEXT NOT NULL, score REAL NOT NULL,
    date TEXT, title TEXT, role TEXT, item TEXT, amount REAL, unit TEXT,
    modality TEXT,                 -- planned, possible, reported; null when asserted
    statement TEXT NOT NULL        -- the same for every place that says so: GROUP BY statement counts sources
);
CREATE TABLE tables (              -- a table, whole even where it runs over pages
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id),
    pages TEXT NOT NULL,           -- JSON list
    number TEXT, caption TEXT NOT NULL,
    header TEXT NOT NULL,          -- JSON list
    rows TEXT NOT NULL             -- JSON list of lists
);
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL); -- the run: versions, settings, counts
CREATE VIRTUAL TABLE pages_fts USING fts5(text, content=pages, content_rowid=id, tokenize='trigram');
CREATE VIRTUAL TABLE names_fts USING fts5(text, entity UNINDEXED, tokenize='trigram');
"""
"""The database's schema; queries of three characters and more can use the full-text tables."""

_INDICES = """
CREATE INDEX mentions_entity ON mentions(entity);
CREATE INDEX mentions_page ON mentions(document, page, start);
CREATE INDEX names_entity ON names(entity);
CREATE INDEX names_text ON names(text);
CREATE INDEX properties_entity ON properties(entity);
CREATE INDEX relations_subject ON relations(subject);
CREATE INDEX relations_object ON relations(object);
CREATE INDEX relations_page ON relations(document, page);
CREATE INDEX entities_type ON entities(type, mentions);
INSERT INTO pages_fts(pages_fts) VALUES ('rebuild');
INSERT INTO names_fts(text, entity) SELECT text, entity FROM names;
"""


def export_sqlite(run: Path, target: Path) -> dict[str, int]:
    """Write ``run.sqlite`` and return its counts of rows by table.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the database; made when missing.
    """
    counts: dict[str, int] = {}
    replaced(target / "run.sqlite", lambda part: counts.update(write_database(run, part)))
    return {f"run.sqlite ({name})": count for name, count in counts.items()}


def write_database(run: Path, path: Path) -> dict[str, int]:
    """Write a run to a new database and return its counts of rows by table."""
    loaded = Loaded(run)
    database = sqlite3.connect(path)
    try:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
        counts = {name: _insert(database, name, rows) for name, rows in _rows(loaded).items()}
        database.executescript(_INDICES)
        database.executescript("ANALYZE;")
        database.commit()
    finally:
        database.close()
    return counts


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    width = len(database.execute(f'SELECT * FROM "{table}"').description)  # nosec B608 - our own tables
    command = f'INSERT INTO "{table}" VALUES ({", ".join("?" * width)})'  # nosec B608 - our own tables

    def counted() -> Iterable[tuple[Any, ...]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    database.executemany(command, counted())
    return count


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _rows(loaded: Loaded) -> dict[str, Iterable[tuple[Any, ...]]]:
    entities = loaded.entities.values()
    return {
        "documents": (
            (d.id, d.path, d.sha256, d.media_type, d.status, d.error.code if d.error else None,
             d.error.message if d.error else None, d.title, d.date, _json(d.languages), d.pages, d.characters,
             _json(d.warnings), _json(d.copies), d.number, _json(d.issuers), _json(d.addressees))
            for d in loaded.documents.values()
        ),
        "pages": (
            (number, p.document, p.page, p.width, p.height, p.text, _json(p.blocks), _json(p.notes))
            for number, p in enumerate(loaded.pages(), 1)
        ),
        "entities": (
            (e.id, e.type, e.en, e.zh, e.gazetteer, e.mentions, len(e.documents), _json(e.former_ids)) for e in entities
        ),
        "names": ((e.id, n.text, n.language, n.kind, n.evidence) for e in entities for n in e.names),
        "properties": (
            (e.id, name, v.value, v.evidence) for e in entities for name, values in e.properties.items() for v in values
        ),
        "mentions": (
            (m.id, m.document, m.page, m.start, m.end, m.text, _json(m.bboxes), m.language, m.type, m.entity, m.method,
             m.score, m.continues)
            for m in loaded.mentions()
        ),
        "relations": (
            (r.id, r.type, r.subject, r.object, r.document, r.page, r.start, r.end, r.evidence, r.table, r.method,
             r.score, r.qualifiers.date, r.qualifiers.title, r.qualifiers.role, r.qualifiers.item,
             r.qualifiers.amount.value if r.qualifiers.amount else None,
             r.qualifiers.amount.unit if r.qualifiers.amount else None, r.qualifiers.modality, r.statement)
            for r in loaded.relations
        ),
        "tables": (
            (t.id, t.document, _json(t.pages), t.number, t.caption, _json(t.header), _json(t.rows))
            for t in loaded.tables()
        ),
        "about": ((name, value if isinstance(value, str) else _json(value)) for name, value in loaded.summary.items()),
    }  # fmt: skip
