"""A run's entities and relations as JSON-LD with schema.org's words and, where known, Wikidata's ids."""

from pathlib import Path
from typing import Any

import msgspec

from pipeline.emit.loaded import Loaded, replaced
from pipeline.records import Document, Entity, Relation

_TYPES = {
    "government": "GovernmentOrganization", "company": "Corporation", "association": "Organization",
    "institution": "Organization", "person": "Person", "place": "Place", "plan": "CreativeWork",
    "publication": "CreativeWork", "event": "Event", "technology": "DefinedTerm", "product": "Product",
}  # fmt: skip
_CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "zhen": "urn:zhen:vocabulary:",
    "wd": "http://www.wikidata.org/entity/",
    "sameAs": {"@type": "@id"},
    "url": {"@type": "@id"},
}
_PLAIN = {
    "member_of": "memberOf", "subordinate_to": "parentOrganization", "located_in": "location", "owns": "owns",
    "holds_position": "worksFor", "part_of": "isPartOf",
}  # fmt: skip
"""Relations that schema.org has a word for; all are written as statements with their evidence besides."""


def export_jsonld(run: Path, target: Path) -> dict[str, int]:
    """Write ``run.jsonld`` and return its counts.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the file; made when missing.
    """
    loaded = Loaded(run)
    direct: dict[str, dict[str, list[str]]] = {}
    for r in loaded.relations:
        if r.type in _PLAIN and r.qualifiers.modality is None:
            ends = direct.setdefault(r.subject, {}).setdefault(_PLAIN[r.type], [])
            if r.object not in ends:
                ends.append(r.object)
    graph = [
        *(_document(d) for d in loaded.documents.values()),
        *(_entity(e, direct.get(e.id, {})) for e in loaded.entities.values()),
        *(_statement(r) for r in loaded.relations),
    ]
    encoded = msgspec.json.format(msgspec.json.encode({"@context": _CONTEXT, "@graph": graph}), indent=1)
    replaced(target / "run.jsonld", lambda part: _write(part, encoded))
    return {"run.jsonld": len(graph)}


def _write(part: Path, encoded: bytes) -> None:
    part.write_bytes(encoded + b"\n")


def _iri(entity: str) -> str:
    return f"urn:zhen:entity:{entity}"


def _document(d: Document) -> dict[str, Any]:
    return {
        "@id": f"urn:zhen:document:{d.id}",
        "identifier": f"sha256:{d.sha256}",
        "@type": "DigitalDocument",
        "name": d.title or d.path,
        "encodingFormat": d.media_type,
        "inLanguage": d.languages,
        **({"datePublished": d.date} if d.date else {}),
    }


def _entity(e: Entity, direct: dict[str, list[str]]) -> dict[str, Any]:
    values = {name: [v.value for v in found] for name, found in e.properties.items()}
    names = [{"@value": text, "@language": lang} for text, lang in ((e.en, "en"), (e.zh, "zh-Hans")) if text]
    others = [
        {"@value": n.text, "@language": n.language}
        for n in e.names
        if n.kind != "canonical" and n.text not in (e.en, e.zh)
    ]
    made: dict[str, Any] = {
        "@id": _iri(e.id), "@type": _TYPES[e.type], "identifier": e.id, "additionalType": f"urn:zhen:type:{e.type}",
        "name": names, "alternateName": others,
        "sameAs": [f"http://www.wikidata.org/entity/{q}" for key in ("qid", "wikidata") for q in values.get(key, [])],
        "url": [v if "://" in v else f"https://{v}" for v in values.get("website", [])],
        "subjectOf": [{"@id": f"urn:zhen:document:{d}"} for d in e.documents],
        **{word: [{"@id": _iri(o)} for o in ends] for word, ends in sorted(direct.items())},
    }  # fmt: skip
    for name, found in sorted(values.items()):
        made[f"zhen:{name}"] = found
    return {key: value for key, value in made.items() if value}


def _statement(r: Relation) -> dict[str, Any]:
    qualifiers = msgspec.to_builtins(r.qualifiers)
    if "amount" in qualifiers:
        qualifiers["amount"] = qualifiers["amount"]["text"]
    return {
        "@id": f"urn:zhen:relation:{r.id}", "@type": "zhen:Statement", "zhen:relation": r.type,
        "zhen:subject": {"@id": _iri(r.subject)}, "zhen:object": {"@id": _iri(r.object)}, "text": r.evidence,
        "isPartOf": {"@id": f"urn:zhen:document:{r.document}"}, "zhen:page": r.page, "zhen:score": r.score,
        **{f"zhen:{name}": value for name, value in qualifiers.items()},
    }  # fmt: skip
