"""A run as FollowTheMoney entities, for Aleph, OpenSanctions' tools and others.

Schemata and properties follow followthemoney 4 (https://followthemoney.tech); the writer needs no library.
What FollowTheMoney has no schema for takes the nearest: plans are a ``Project``, technologies and products
an ``Asset``, relations without their own schema an ``UnknownLink`` whose ``role`` is our relation type.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pipeline.align.identity import listed
from pipeline.emit.loaded import Loaded, replaced
from pipeline.records import Document, Entity, Mention, Relation

_SCHEMATA = {
    "government": "PublicBody", "company": "Company", "association": "Organization", "institution": "Organization",
    "person": "Person", "place": "Address", "plan": "Project", "publication": "Article", "event": "Event",
    "technology": "Asset", "product": "Asset",
}  # fmt: skip
_ORGANIZATIONS = {"government", "company", "association", "institution"}
_LEGAL = {*_ORGANIZATIONS, "person"}
_ASSETS = {"company", "technology", "product"}
_LANGUAGES = {"en": "eng", "zh": "zho"}


def export_ftm(run: Path, target: Path) -> dict[str, int]:
    """Write ``entities.ftm.json``, one FollowTheMoney entity a line, and return counts by schema.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the file; made when missing.
    """
    loaded = Loaded(run)
    counts: dict[str, int] = {}

    def write(part: Path) -> None:
        with open(part, "wb") as file:
            for entity in ftm_entities(loaded):
                counts[entity["schema"]] = counts.get(entity["schema"], 0) + 1
                file.write(msgspec.json.encode(entity) + b"\n")

    replaced(target / "entities.ftm.json", write)
    return {f"entities.ftm.json ({schema})": counts[schema] for schema in sorted(counts)}


def ftm_entities(loaded: Loaded) -> Iterator[dict[str, Any]]:
    """Yield a run's documents, entities, relations and mentions as FollowTheMoney entities."""
    for document in loaded.documents.values():
        yield _document(document)
    located: dict[str, set[str]] = {}
    parents: dict[str, set[str]] = {}
    for relation in loaded.relations:
        if (
            _type(relation.subject) in _LEGAL
            and relation.type == "located_in"
            and _type(relation.object) == "place"
        ):
            located.setdefault(relation.subject, set()).add(_id(relation.object))
        if (
            relation.type == "subordinate_to"
            and {_type(relation.subject), _type(relation.object)} <= _ORGANIZATIONS
        ):
            parents.setdefault(relation.subject, set()).add(_id(relation.object))
    for entity in loaded.entities.values():
        extra = {
            "addressEntity": sorted(located.get(entity.id, ())), "parent": sorted(parents.get(entity.id, ())),
        }  # fmt: skip
        yield _entity(entity, extra)
        for key in entity.documents:
            yield _made(
                "Documentation",
                f"doc-{key}-{_id(entity.id)}",
                document=[_document_id(key)],
                entity=[_id(entity.id)],
            )
    for relation in loaded.relations:
        if relation.subject in loaded.entities and relation.object in loaded.entities:
            yield _relation(relation)
    for mention in loaded.mentions():
        yield _mention(mention)


def _id(entity: str) -> str:
    return "zhen-" + entity.replace("/", "-").replace("~", "x-")


def _document_id(key: str) -> str:
    return f"zhen-document-{key}"


def _type(entity: str) -> str:
    return entity.split("/", 1)[0]


def _made(schema: str, key: str, **properties: list[str]) -> dict[str, Any]:
    kept = {name: [_clean(v) for v in values] for name, values in sorted(properties.items()) if values}
    return {"id": key, "schema": schema, "properties": kept}


def _clean(value: str) -> str:
    """Return a value without control characters, which FollowTheMoney does not take."""
    return "".join(c if c.isprintable() else " " for c in value)


def _document(d: Document) -> dict[str, Any]:
    return _made(
        "Document", _document_id(d.id),
        fileName=[d.path.rsplit("/", 1)[-1]], title=[d.title] if d.title else [], date=[d.date] if d.date else [],
        mimeType=[d.media_type], language=[_LANGUAGES[x] for x in d.languages], processingStatus=[d.status],
        processingError=[d.error.message] if d.error else [],
    )  # fmt: skip


def _entity(e: Entity, extra: dict[str, list[str]]) -> dict[str, Any]:
    legal = e.type in _LEGAL
    names: dict[str, list[str]] = {}
    for name in e.names:
        place = {"canonical": "name", "former": "previousName"}.get(name.kind, "alias")
        if name.kind == "abbreviation":
            place = "abbreviation" if legal else "weakAlias"
        if name.text not in names.setdefault(place, []):
            names[place].append(name.text)
    if "name" not in names:
        names["name"] = [e.en or e.zh or e.id]
    found = {**names, **_properties(e, legal), **{k: v for k, v in extra.items() if v}}
    if e.type == "place":
        found["full"] = names["name"][:1]
    if e.type not in ("event", "place") and not legal:
        found["keywords"] = [e.type]
    return _made(_SCHEMATA[e.type], _id(e.id), **found)


def _properties(e: Entity, legal: bool) -> dict[str, list[str]]:
    """Return our properties under FollowTheMoney's names; those that it lacks are left out."""
    values = {name: [v.value for v in found] for name, found in e.properties.items()}
    made: dict[str, list[str]] = {"country": [v.lower() for v in values.get("country", []) if len(v) == 2]}
    if legal:
        made["website"] = [v if "://" in v else f"https://{v}" for v in values.get("website", [])]
    dates = values.get("date", [])
    if e.type == "publication":
        made["publishedAt"] = dates
    elif e.type in ("event", "plan"):
        made["date"] = dates
        for period in values.get("period", []):
            start, _, end = period.partition("/")
            made["startDate"], made["endDate"] = [start], [end] if end else []
    if e.type == "plan":
        made["projectId"] = values.get("number", [])
    for name in ("qid", "wikidata"):
        if name in values:
            made["wikidataId"] = values[name]
    return made


def _relation(r: Relation) -> dict[str, Any]:
    subject, target = _type(r.subject), _type(r.object)
    schema, ends = _schema(r.type, subject, target)
    q = r.qualifiers
    start, slash, end = (q.date or "").partition("/")
    dates = {"startDate": [start], "endDate": [end]} if slash else {"date": [start] if start else []}
    role = q.title or q.role or (r.type if schema in ("UnknownLink", "ProjectParticipant") else None)
    return _made(
        schema, f"zhen-relation-{r.id}", **{ends[0]: [_id(r.subject)], ends[1]: [_id(r.object)]}, **dates,
        role=[role] if role else [], status=[q.modality] if q.modality else [], description=[r.evidence],
        proof=[_document_id(r.document)], recordId=[r.id], summary=[r.type],
    )  # fmt: skip


def _schema(kind: str, subject: str, target: str) -> tuple[str, tuple[str, str]]:
    """Return the schema that a relation can have between such ends, and what it calls the ends."""
    if kind == "owns" and subject in _LEGAL and target in _ASSETS:
        return "Ownership", ("owner", "asset")
    if kind == "holds_position" and subject in _LEGAL and target in _ORGANIZATIONS:
        return "Directorship", ("director", "organization")
    if kind == "member_of" and subject in _LEGAL and target in _ORGANIZATIONS:
        return "Membership", ("member", "organization")
    if kind == "replaces" and subject in _LEGAL and target in _LEGAL:
        return "Succession", ("successor", "predecessor")
    if kind in ("issued", "implements", "founded") and subject in _LEGAL and target == "plan":
        return "ProjectParticipant", ("participant", "project")
    return "UnknownLink", ("subject", "object")


def _mention(m: Mention) -> dict[str, Any]:
    legal = m.type in _LEGAL
    key = hashlib.sha256(m.id.encode()).hexdigest()[:16]
    return _made(
        "Mention", f"zhen-mention-{key}", document=[_document_id(m.document)], name=[listed(m.text) or m.text],
        resolved=[_id(m.entity)] if legal else [], detectedSchema=[_SCHEMATA[m.type]],
    )  # fmt: skip
