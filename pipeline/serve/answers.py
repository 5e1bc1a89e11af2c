"""What the served pages ask: each question is a query or two on the run's database."""

import json
import sqlite3
from typing import Any

from pipeline.serve.database import MOST, REACH, document_of
from pipeline.serve.names import Names
from pipeline.show.ask import folded

_LINKED = 3000
"""Relations that the network is made of at most."""


class Answers(Names):
    """All answers."""

    def documents(self) -> list[dict[str, Any]]:
        """Return the documents, by path, with their counts of names."""
        counts = dict(
            self.database.execute("SELECT document, count(*) FROM mentions GROUP BY document").fetchall()
        )
        rows = self.rows("SELECT * FROM documents ORDER BY path LIMIT ?", MOST)
        return [{**document_of(row), "names": counts.get(row["id"], 0)} for row in rows]

    def start(self) -> dict[str, Any]:
        """Return what the start page shows."""
        counts = {
            name: self.one(f"SELECT count(*) FROM {name}")  # nosec B608 - our own tables
            for name in ("documents", "entities", "relations", "mentions", "tables")
        }
        counts["pages"] = self.one("SELECT coalesce(sum(pages), 0) FROM documents")
        top = self.rows(
            "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY type ORDER BY mentions DESC, id) AS rank FROM entities) "
            "WHERE rank <= 15 ORDER BY mentions DESC, id"
        )
        noted = self.rows(
            "SELECT * FROM documents WHERE status <> 'ok' OR warnings <> '[]' ORDER BY status = 'ok', path LIMIT 500"
        )
        skipped = json.loads(self.one("SELECT value FROM about WHERE name = 'skipped'") or "{}")
        return {
            "documents": [document_of(d) for d in noted], "skipped": skipped, "top": top, "counts": counts,
            "timeline": self._timeline(),
        }  # fmt: skip

    def _timeline(self) -> list[dict[str, Any]]:
        rows = self.rows(
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

    def page(self, document: str, number: int) -> dict[str, Any] | None:
        """Return a page with the names and relations on it."""
        found = self.rows("SELECT * FROM documents WHERE id = ?", document)
        if not found:
            return None
        rows = self.rows("SELECT * FROM pages WHERE document = ? AND page = ?", document, number)
        if not rows:
            return {"document": document_of(found[0])}
        page = rows[0]
        mentions = self.rows(
            'SELECT m.id, m.start, m."end", m.text, m.bboxes, m.method, m.score, e.id AS entity, e.type, e.en, e.zh '
            "FROM mentions m JOIN entities e ON e.id = m.entity WHERE m.document = ? AND m.page = ? ORDER BY m.start",
            document, number,
        )  # fmt: skip
        relations = self.rows(
            "SELECT * FROM relations WHERE document = ? AND page = ? ORDER BY start, id", document, number
        )
        return {
            "document": document_of(found[0]), "number": number, "width": page["width"], "height": page["height"],
            "text": page["text"],
            "blocks": [
                [b["kind"], b["start"], b["end"], b.get("level")] for b in json.loads(page["blocks"]) if "start" in b
            ],
            "mentions": [
                {**m, "boxes": json.loads(m.pop("bboxes")),
                 "entity": {"id": m["entity"], "type": m["type"], "en": m["en"], "zh": m["zh"]}}
                for m in mentions
            ],
            "numbers": [r["page"] for r in self.rows("SELECT page FROM pages WHERE document = ? ORDER BY page", document)],
            "relations": self.full(relations),
        }  # fmt: skip

    def tables(self, key: str = "") -> list[dict[str, Any]]:
        """Return the tables, or one; only one has its rows."""
        rows = self.rows(
            "SELECT t.*, d.path FROM tables t JOIN documents d ON d.id = t.document WHERE ? IN ('', t.id) ORDER BY d.path, t.id LIMIT ?",
            key, MOST,
        )  # fmt: skip
        return [
            {"i": t["id"], "d": t["document"], "p": json.loads(t["pages"]), "n": t["number"], "c": t["caption"],
             "h": json.loads(t["header"]), "r": json.loads(t["rows"])[: None if key else 2],
             "source": document_of(self.rows("SELECT * FROM documents WHERE id = ?", t["document"])[0])}
            for t in rows
        ]  # fmt: skip

    def links(self, mode: str) -> list[dict[str, Any]]:
        """Return the links of the network: relations, or pairs named in one paragraph."""
        if mode == "relations":
            rows = self.full(self.rows("SELECT * FROM relations ORDER BY score DESC, id LIMIT ?", _LINKED))
            return [
                {"a": r["from"], "b": r["to"], "type": r["type"], "weight": 1, "relation": r} for r in rows
            ]
        rows = self.rows(
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
                       "text": self.one("SELECT substr(text, ? + 1, min(? - ?, 400)) FROM pages WHERE document = ? AND page = ?",
                                         r["low"], r["high"], r["low"], r["document"], r["number"])}}
            for r in rows
        ]  # fmt: skip

    def search(self, text: str, limit: int) -> dict[str, Any]:
        """Return the entities and places that hold a text; offsets in the folded text are those of the page."""
        wanted = folded(" ".join(text.replace("\0", " ").split()))  # NUL would end the query
        if not wanted:
            return {"entities": [], "hits": [], "count": 0}
        if len(wanted) >= 3:
            inside = "f.id IN (SELECT rowid FROM folded_fts WHERE folded_fts MATCH '\"' || replace(?, '\"', '\"\"') || '\"')"
        else:  # trigrams know nothing of two characters, and most Chinese words have two
            inside = "instr(f.text, ?)"
        pages = self.database.execute(
            "SELECT f.text AS folded, p.text, p.document, p.page FROM folded f JOIN pages p ON p.id = f.id "  # nosec B608 - clauses are ours, values are bound
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
                documents[key] = document_of(self.rows("SELECT * FROM documents WHERE id = ?", key)[0])
            hit["document"] = documents[key]
        return {"entities": self.entities(text, "", "")["rows"], "hits": hits, "count": count}


def _hit(page: sqlite3.Row, start: int, end: int) -> dict[str, Any]:
    text = page["text"]
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    around = [before.rsplit("\n", 1)[-1], text[start:end], after.split("\n", 1)[0]]
    return {"document": page["document"], "page": page["page"], "start": start, "end": end, "around": around}
