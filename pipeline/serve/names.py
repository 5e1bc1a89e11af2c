"""What the served pages ask of entities and the relations between them."""

import json
from typing import Any

from pipeline.serve.database import MOST, REACH, Database, document_of
from pipeline.show.ask import folded


class Names(Database):
    """Answers on entities and relations."""

    def entities(self, text: str, kind: str, document: str, *, whole: bool = False) -> dict[str, Any]:
        """Return the entities that pass a filter (up to ``MOST``, or the whole list), and how many there are."""
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
        rows = self.rows(
            f"SELECT e.* FROM entities e WHERE {clause} ORDER BY {order} e.mentions DESC, e.id LIMIT ?",  # nosec B608 - clauses are ours, values are bound
            *values, *ranked, -1 if whole else MOST,
        )  # fmt: skip
        total = self.one(f"SELECT count(*) FROM entities e WHERE {clause}", *values)  # nosec B608 - clauses are ours, values are bound
        return {"total": total, "rows": rows}

    def brief(self, key: str) -> dict[str, Any] | None:
        """Return an entity's row, found by its id or an earlier one."""
        rows = self.rows("SELECT * FROM entities WHERE id = ?", key) or self.rows(
            "SELECT e.* FROM entities e, json_each(e.former_ids) f WHERE instr(e.former_ids, ?) AND f.value = ?",
            key,
            key,
        )
        return rows[0] if rows else None

    def entity(self, key: str) -> dict[str, Any] | None:
        """Return everything on an entity."""
        row = self.brief(key)
        if row is None:
            return None
        key = row["id"]
        properties: dict[str, list[dict[str, Any]]] = {}
        for p in self.rows("SELECT name, value, evidence FROM properties WHERE entity = ?", key):
            properties.setdefault(p["name"], []).append({"value": p["value"], "evidence": p["evidence"]})
        places = self.rows(
            'SELECT m.document, m.page, m.start, m."end", m.score, m.text, '
            "substr(p.text, max(1, m.start + 1 - ?), min(m.start, ?)) AS before, substr(p.text, m.\"end\" + 1, ?) AS after "
            "FROM mentions m JOIN pages p USING (document, page) JOIN documents d ON d.id = m.document "
            "WHERE m.entity = ? ORDER BY d.path, m.page, m.start LIMIT ?",
            REACH, REACH, REACH, key, MOST,
        )  # fmt: skip
        for place in places:
            before, after = place.pop("before"), place.pop("after")
            place["around"] = [before.rsplit("\n", 1)[-1], place.pop("text"), after.split("\n", 1)[0]]
        documents = self.rows(
            "SELECT * FROM documents WHERE id IN (SELECT document FROM mentions WHERE entity = ?) ORDER BY path",
            key,
        )
        return {
            **row,
            "names": [
                [n["text"], n["language"], n["kind"], n["evidence"]]
                for n in self.rows("SELECT * FROM names WHERE entity = ?", key)
            ],
            "properties": properties, "former": json.loads(row["former_ids"]), "places": places,
            "listed": [document_of(d) for d in documents], "relations": self.relations("", key, "")["rows"],
            "together": self._together(key),
        }  # fmt: skip

    def _together(self, key: str) -> list[dict[str, Any]]:
        """Return the entities named in the same paragraphs, most often first."""
        rows = self.rows(
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

    def relations(
        self, kind: str, entity: str, document: str, key: str = "", *, whole: bool = False
    ) -> dict[str, Any]:
        """Return the relations that pass a filter (up to ``MOST``, or the whole list), and how many there are."""
        where, values = ["1"], []
        for clause, value in (
            ("r.type = ?1", kind), ("(r.subject = ?1 OR r.object = ?1)", entity), ("r.document = ?1", document), ("r.id = ?1", key),
        ):  # fmt: skip
            if value:
                values.append(value)
                where.append(clause.replace("?1", f"?{len(values)}"))
        clause = " AND ".join(where)
        rows = self.rows(
            f"SELECT r.* FROM relations r JOIN documents d ON d.id = r.document WHERE {clause} "  # nosec B608 - clauses are ours, values are bound
            f"ORDER BY d.path, r.page, r.start, r.id LIMIT {-1 if whole else MOST}",
            *values,
        )
        total = self.one(f"SELECT count(*) FROM relations r WHERE {clause}", *values)  # nosec B608 - clauses are ours, values are bound
        return {"total": total, "rows": self.full(rows)}

    def full(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return relations with their ends and sources."""
        entities: dict[str, Any] = {}
        documents: dict[str, Any] = {}
        made = []
        for r in rows:
            for end in (r["subject"], r["object"]):
                if end not in entities:
                    entities[end] = self.brief(end)
            if r["document"] not in documents:
                documents[r["document"]] = document_of(
                    self.rows("SELECT * FROM documents WHERE id = ?", r["document"])[0]
                )
            q = {name: r[name] for name in ("date", "title", "role", "item", "modality") if r[name]}
            if r["amount"] is not None:
                q["amount"] = {"text": f"{r['amount']:g} {r['unit']}"}
            made.append(
                {**r, "qualifiers": q, "from": entities[r["subject"]], "to": entities[r["object"]],
                 "source": documents[r["document"]]}
            )  # fmt: skip
        return made
