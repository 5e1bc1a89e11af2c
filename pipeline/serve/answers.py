"""What the served pages ask: each question is a query or two on the run's database."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from pipeline.emit.sqlite import write_database
from pipeline.show.ask import folded

MOST = 2000
"""Rows that a list holds at most; the number of all is told besides."""
_REACH = 70
_LINKED = 5000
_EXTRA = """
CREATE TABLE folded (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE folded_names (entity TEXT NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE folded_fts USING fts5(text, content=folded, content_rowid=id, tokenize='trigram');
"""


def served_database(run: Path) -> Path:
    """Return the run's database, made anew when the run is newer.

    It is that of ``zhen export --to sqlite`` with the texts as they are compared in searches besides.
    """
    path = run / ".zhen" / "serve.sqlite"
    if path.is_file() and path.stat().st_mtime > (run / "run.json").stat().st_mtime:
        return path
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    write_database(run, part)
    database = sqlite3.connect(part)
    try:
        database.create_function("folded", 1, folded, deterministic=True)
        database.executescript(_EXTRA)
        database.execute("INSERT INTO folded SELECT id, folded(text) FROM pages")
        database.execute("INSERT INTO folded_names SELECT entity, folded(text) FROM names")
        database.execute("INSERT INTO folded_fts(folded_fts) VALUES ('rebuild')")
        database.commit()
    finally:
        database.close()
    part.replace(path)
    return path


class Answers:
    """Answers from a run's database, opened for reading only.

    Args:
        path: what ``served_database`` returned.
    """

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        self._database.row_factory = sqlite3.Row

    def _rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        return [dict(row) for row in self._database.execute(query, values)]

    def _one(self, query: str, *values: object) -> Any:
        row = self._database.execute(query, values).fetchone()
        return None if row is None else row[0]

    def documents(self) -> list[dict[str, Any]]:
        """Return the documents, by path, with their counts of names."""
        counts = dict(
            self._database.execute("SELECT document, count(*) FROM mentions GROUP BY document").fetchall()
        )
        rows = self._rows("SELECT * FROM documents ORDER BY path LIMIT ?", MOST)
        return [{**_document(row), "names": counts.get(row["id"], 0)} for row in rows]

    def start(self) -> dict[str, Any]:
        """Return what the start page shows."""
        counts = {
            name: self._one(f"SELECT count(*) FROM {name}")
            for name in ("documents", "entities", "relations", "mentions", "tables")
        }
        counts["pages"] = self._one("SELECT coalesce(sum(pages), 0) FROM documents")
        top = self._rows(
            "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY type ORDER BY mentions DESC, id) AS rank FROM entities) "
            "WHERE rank <= 15 ORDER BY mentions DESC, id"
        )
        noted = self._rows(
            "SELECT * FROM documents WHERE status <> 'ok' OR warnings <> '[]' ORDER BY status = 'ok', path LIMIT 500"
        )
        skipped = json.loads(self._one("SELECT value FROM about WHERE name = 'skipped'") or "{}")
        return {
            "documents": [_document(d) for d in noted], "skipped": skipped, "top": top, "counts": counts,
            "timeline": self._timeline(),
        }  # fmt: skip

    def _timeline(self) -> list[dict[str, Any]]:
        rows = self._rows(
            'SELECT e.*, p.value AS "when", p.evidence AS place FROM entities e JOIN properties p ON p.entity = e.id '
            "AND (p.name = 'date' OR p.name = 'period' AND NOT EXISTS (SELECT 1 FROM properties q WHERE q.entity = e.id AND q.name = 'date')) "
            "WHERE e.type IN ('plan', 'event', 'publication') UNION "
            "SELECT e.*, r.date, r.document || ':' || r.page || ':' || r.start || '-' || r.\"end\" FROM relations r "
            "JOIN entities e ON e.id = r.object WHERE r.type = 'issued' AND r.date IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM properties q WHERE q.entity = e.id AND q.name = 'date')"
        )
        seen: dict[tuple[str, str], dict[str, Any]] = {}
        for row in rows:
            seen.setdefault(
                (row["id"], row["when"]), {"entity": row, "when": row["when"], "place": row["place"]}
            )
        return sorted(seen.values(), key=lambda i: (i["when"], -i["entity"]["mentions"], i["entity"]["id"]))[
            :MOST
        ]

    def entities(self, text: str, kind: str, document: str) -> dict[str, Any]:
        """Return the entities that pass a filter, and how many there are."""
        where, values = ["1"], []
        if kind:
            where.append("e.type = ?")
            values.append(kind)
        if document:
            where.append("e.id IN (SELECT entity FROM mentions WHERE document = ?)")
            values.append(document)
        if text:
            where.append("(e.id IN (SELECT entity FROM folded_names WHERE instr(text, ?)) OR instr(e.id, ?))")
            values += [folded(text.strip())] * 2
        clause = " AND ".join(where)
        order = (
            "EXISTS (SELECT 1 FROM folded_names n WHERE n.entity = e.id AND n.text = ?) DESC," if text else ""
        )
        ranked = [folded(text.strip())] if text else []
        rows = self._rows(
            f"SELECT e.* FROM entities e WHERE {clause} ORDER BY {order} e.mentions DESC, e.id LIMIT ?",
            *values, *ranked, MOST,
        )  # fmt: skip
        return {"total": self._one(f"SELECT count(*) FROM entities e WHERE {clause}", *values), "rows": rows}

    def brief(self, key: str) -> dict[str, Any] | None:
        """Return an entity's row, found by its id or an earlier one."""
        rows = self._rows(
            "SELECT * FROM entities WHERE id = ? UNION "
            "SELECT e.* FROM entities e, json_each(e.former_ids) f WHERE f.value = ? AND instr(e.former_ids, ?)",
            key, key, key,
        )  # fmt: skip
        return rows[0] if rows else None

    def entity(self, key: str) -> dict[str, Any] | None:
        """Return everything on an entity."""
        row = self.brief(key)
        if row is None:
            return None
        key = row["id"]
        properties: dict[str, list[dict[str, Any]]] = {}
        for p in self._rows("SELECT name, value, evidence FROM properties WHERE entity = ?", key):
            properties.setdefault(p["name"], []).append({"value": p["value"], "evidence": p["evidence"]})
        places = self._rows(
            'SELECT m.document, m.page, m.start, m."end", m.score, m.text, '
            "substr(p.text, max(1, m.start + 1 - ?), min(m.start, ?)) AS before, substr(p.text, m.\"end\" + 1, ?) AS after "
            "FROM mentions m JOIN pages p USING (document, page) JOIN documents d ON d.id = m.document "
            "WHERE m.entity = ? ORDER BY d.path, m.page, m.start LIMIT ?",
            _REACH, _REACH, _REACH, key, MOST,
        )  # fmt: skip
        for place in places:
            before, after = place.pop("before"), place.pop("after")
            place["around"] = [before.rsplit("\n", 1)[-1], place.pop("text"), after.split("\n", 1)[0]]
        documents = self._rows(
            "SELECT * FROM documents WHERE id IN (SELECT document FROM mentions WHERE entity = ?) ORDER BY path",
            key,
        )
        return {
            **row,
            "names": [
                [n["text"], n["language"], n["kind"], n["evidence"]]
                for n in self._rows("SELECT * FROM names WHERE entity = ?", key)
            ],
            "properties": properties, "former": json.loads(row["former_ids"]), "places": places,
            "listed": [_document(d) for d in documents], "relations": self.relations("", key, "")["rows"],
            "together": self._together(key),
        }  # fmt: skip

    def _together(self, key: str) -> list[dict[str, Any]]:
        """Return the entities named in the same paragraphs, most often first."""
        rows = self._rows(
            "WITH own AS (SELECT m.document, m.page, m.start, m.\"end\", json_extract(b.value, '$.start') AS low, "
            "json_extract(b.value, '$.end') AS high FROM mentions m JOIN pages p USING (document, page), json_each(p.blocks) b "
            "WHERE m.entity = ? AND m.start >= json_extract(b.value, '$.start') AND m.start < json_extract(b.value, '$.end') "
            "LIMIT 3000), beside AS (SELECT o.entity AS other, own.* FROM own JOIN mentions o ON o.document = own.document "
            "AND o.page = own.page AND o.start >= own.low AND o.start < own.high WHERE o.entity <> ?) "
            "SELECT e.*, count(DISTINCT b.document || ':' || b.page || ':' || b.low) AS together, min(b.document) AS at_document, "
            'b.page AS at_page, b.start AS at_start, b."end" AS at_end FROM beside b JOIN entities e ON e.id = b.other '
            "GROUP BY b.other ORDER BY together DESC, e.mentions DESC, e.id LIMIT 200",
            key, key,
        )  # fmt: skip
        return [
            {"entity": r, "count": r["together"],
             "place": {"document": r["at_document"], "page": r["at_page"], "start": r["at_start"], "end": r["at_end"]}}
            for r in rows
        ]  # fmt: skip

    def relations(self, kind: str, entity: str, document: str, key: str = "") -> dict[str, Any]:
        """Return the relations that pass a filter, and how many there are."""
        where, values = ["1"], []
        for clause, value in (
            ("r.type = ?1", kind), ("(r.subject = ?1 OR r.object = ?1)", entity), ("r.document = ?1", document), ("r.id = ?1", key),
        ):  # fmt: skip
            if value:
                values.append(value)
                where.append(clause.replace("?1", f"?{len(values)}"))
        clause = " AND ".join(where)
        rows = self._rows(
            f"SELECT r.* FROM relations r JOIN documents d ON d.id = r.document WHERE {clause} "
            f"ORDER BY d.path, r.page, r.start, r.id LIMIT {MOST}",
            *values,
        )
        total = self._one(f"SELECT count(*) FROM relations r WHERE {clause}", *values)
        return {"total": total, "rows": self._full(rows)}

    def _full(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return relations with their ends and sources."""
        entities: dict[str, Any] = {}
        documents: dict[str, Any] = {}
        made = []
        for r in rows:
            for end in (r["subject"], r["object"]):
                if end not in entities:
                    entities[end] = self.brief(end)
            if r["document"] not in documents:
                documents[r["document"]] = _document(
                    self._rows("SELECT * FROM documents WHERE id = ?", r["document"])[0]
                )
            q = {name: r[name] for name in ("date", "title", "role", "item", "modality") if r[name]}
            if r["amount"] is not None:
                q["amount"] = {"text": f"{r['amount']:g} {r['unit']}"}
            made.append(
                {**r, "qualifiers": q, "from": entities[r["subject"]], "to": entities[r["object"]],
                 "source": documents[r["document"]]}
            )  # fmt: skip
        return made

    def page(self, document: str, number: int) -> dict[str, Any] | None:
        """Return a page with the names and relations on it."""
        found = self._rows("SELECT * FROM documents WHERE id = ?", document)
        if not found:
            return None
        rows = self._rows("SELECT * FROM pages WHERE document = ? AND page = ?", document, number)
        if not rows:
            return {"document": _document(found[0])}
        page = rows[0]
        mentions = self._rows(
            'SELECT m.id, m.start, m."end", m.text, m.bboxes, m.method, m.score, e.id AS entity, e.type, e.en, e.zh '
            "FROM mentions m JOIN entities e ON e.id = m.entity WHERE m.document = ? AND m.page = ? ORDER BY m.start",
            document, number,
        )  # fmt: skip
        relations = self._rows(
            "SELECT * FROM relations WHERE document = ? AND page = ? ORDER BY start, id", document, number
        )
        return {
            "document": _document(found[0]), "number": number, "width": page["width"], "height": page["height"],
            "text": page["text"],
            "blocks": [
                [b["kind"], b["start"], b["end"], b.get("level")] for b in json.loads(page["blocks"]) if "start" in b
            ],
            "mentions": [
                {**m, "boxes": json.loads(m.pop("bboxes")),
                 "entity": {"id": m["entity"], "type": m["type"], "en": m["en"], "zh": m["zh"]}}
                for m in mentions
            ],
            "numbers": [r["page"] for r in self._rows("SELECT page FROM pages WHERE document = ? ORDER BY page", document)],
            "relations": self._full(relations),
        }  # fmt: skip

    def tables(self, key: str = "") -> list[dict[str, Any]]:
        """Return the tables, or one; only one has its rows."""
        rows = self._rows(
            "SELECT t.*, d.path FROM tables t JOIN documents d ON d.id = t.document WHERE ? IN ('', t.id) ORDER BY d.path, t.id LIMIT ?",
            key, MOST,
        )  # fmt: skip
        return [
            {"i": t["id"], "d": t["document"], "p": json.loads(t["pages"]), "n": t["number"], "c": t["caption"],
             "h": json.loads(t["header"]), "r": json.loads(t["rows"])[: None if key else 2],
             "source": _document(self._rows("SELECT * FROM documents WHERE id = ?", t["document"])[0])}
            for t in rows
        ]  # fmt: skip

    def links(self, mode: str) -> list[dict[str, Any]]:
        """Return the links of the network: relations, or pairs named in one paragraph."""
        if mode == "relations":
            rows = self._full(self._rows("SELECT * FROM relations ORDER BY score DESC, id LIMIT ?", _LINKED))
            return [
                {"a": r["from"], "b": r["to"], "type": r["type"], "weight": 1, "relation": r} for r in rows
            ]
        rows = self._rows(
            "WITH top AS (SELECT id FROM entities ORDER BY mentions DESC, id LIMIT 150), here AS (SELECT m.entity, p.id AS page, "
            "b.key AS block, m.document, m.page AS number, json_extract(b.value, '$.start') AS low, json_extract(b.value, '$.end') AS high "
            "FROM mentions m JOIN pages p USING (document, page), json_each(p.blocks) b WHERE m.entity IN top "
            "AND m.start >= json_extract(b.value, '$.start') AND m.start < json_extract(b.value, '$.end') LIMIT 60000) "
            "SELECT a.entity AS a, b.entity AS b, count(DISTINCT a.page || ':' || a.block) AS weight, a.document, a.number, a.low, a.high "
            "FROM here a JOIN here b ON a.page = b.page AND a.block = b.block AND a.entity < b.entity GROUP BY a.entity, b.entity "
            "HAVING weight > 1 ORDER BY weight DESC LIMIT 1500"
        )
        return [
            {"a": self.brief(r["a"]), "b": self.brief(r["b"]), "type": "together", "weight": r["weight"],
             "place": {"document": r["document"], "page": r["number"], "start": r["low"], "end": r["high"],
                       "text": self._one("SELECT substr(text, ? + 1, min(? - ?, 400)) FROM pages WHERE document = ? AND page = ?",
                                         r["low"], r["high"], r["low"], r["document"], r["number"])}}
            for r in rows
        ]  # fmt: skip

    def search(self, text: str, limit: int) -> dict[str, Any]:
        """Return the entities and places that hold a text; offsets in the folded text are those of the page."""
        wanted = folded(" ".join(text.split()))
        if not wanted:
            return {"entities": [], "hits": [], "count": 0}
        if len(wanted) >= 3:
            inside = "f.id IN (SELECT rowid FROM folded_fts WHERE folded_fts MATCH '\"' || replace(?, '\"', '\"\"') || '\"')"
        else:  # trigrams know nothing of two characters, and most Chinese words have two
            inside = "instr(f.text, ?)"
        pages = self._database.execute(
            "SELECT f.text AS folded, p.text, p.document, p.page FROM folded f JOIN pages p ON p.id = f.id "
            f"JOIN documents d ON d.id = p.document WHERE {inside} ORDER BY d.path, p.page",
            [wanted],
        )
        hits: list[dict[str, Any]] = []
        count = 0
        documents: dict[str, Any] = {}
        for page in pages:
            at = page["folded"].find(wanted)
            while at >= 0:
                count += 1
                if len(hits) < limit:
                    hits.append(_hit(page, at, at + len(wanted)))
                at = page["folded"].find(wanted, at + len(wanted))
        for hit in hits:
            key = hit["document"]
            if key not in documents:
                documents[key] = _document(self._rows("SELECT * FROM documents WHERE id = ?", key)[0])
            hit["document"] = documents[key]
        return {"entities": self.entities(text, "", "")["rows"], "hits": hits, "count": count}


def _hit(page: sqlite3.Row, start: int, end: int) -> dict[str, Any]:
    text = page["text"]
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    around = [before.rsplit("\n", 1)[-1], text[start:end], after.split("\n", 1)[0]]
    return {"document": page["document"], "page": page["page"], "start": start, "end": end, "around": around}


def _document(row: dict[str, Any]) -> dict[str, Any]:
    made = {
        name: row[name]
        for name in ("id", "path", "media_type", "status", "title", "date", "pages", "characters")
    }
    made |= {name: json.loads(row[name]) for name in ("languages", "warnings", "copies")}
    made["error"] = {"code": row["error_code"], "message": row["error"]} if row["error_code"] else None
    return made
