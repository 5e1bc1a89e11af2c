"""Entries as FollowTheMoney entities, and back.

https://followthemoney.tech: an entity has an ``id``, a ``schema`` and ``properties`` with lists of
strings. What is no property there (a plan's number, match rules) stays behind; the entry's own type is
kept as a keyword, so that what was exported comes back under its type.
"""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pipeline.match.entries import Entry
from pipeline.normal import has_han, simplify
from pipeline.records import EntityType

SCHEMATA: dict[EntityType, str] = {
    "government": "PublicBody", "company": "Company", "plan": "Project", "association": "Organization",
    "institution": "Organization", "person": "Person", "place": "Territory", "publication": "Document",
    "technology": "Asset", "event": "Event", "product": "Asset",
}  # fmt: skip
"""The schema that comes nearest to each type."""
_BACK: dict[str, EntityType] = {
    "PublicBody": "government", "Company": "company", "LegalEntity": "company", "Project": "plan",
    "Organization": "institution", "Person": "person", "Territory": "place", "Document": "publication",
    "Event": "event", "Asset": "product",
}  # fmt: skip
_PARENT, _ISSUER = "subordinate to", "issued by"


def to_ftm(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Yield the entities of entries, then the links between those: parents, issuers and posts."""
    kept = list(entries)
    known = {e.key for e in kept}
    for entry in kept:
        former = [n for f in entry.former for n in (f.en, f.zh) if n]
        properties: dict[str, list[str]] = {
            "name": [n for n in (entry.en, entry.zh) if n],
            "alias": entry.aliases + entry.traditional,
            "weakAlias": entry.abbreviations,
            "previousName": former,
            "country": [entry.country.lower()] if entry.country else [],
            "wikidataId": [entry.wikidata] if entry.wikidata else [],
            "keywords": [entry.type],
            "notes": [n for n in (entry.note,) if n],
        }
        if entry.website and SCHEMATA[entry.type] in ("PublicBody", "Company", "Organization", "Person"):
            properties["website"] = [entry.website if "://" in entry.website else f"https://{entry.website}"]
        if entry.type in ("plan", "event"):
            start, _, end = (entry.period or entry.date or "").partition("/")
            properties["startDate"], properties["endDate"] = [start] if start else [], [end] if end else []
        if entry.type == "plan":
            properties["projectId"] = [entry.number] if entry.number else []
        yield _entity(_id(entry.key), SCHEMATA[entry.type], properties)
    for entry in kept:
        links = [(entry.parent, _PARENT)] if entry.parent else []
        for target, role in [*links, *((i, _ISSUER) for i in entry.issuer)]:
            if target in known:
                name = f"{_id(entry.key)}-{role.split()[0]}-{_id(target)}"
                yield _entity(
                    name,
                    "UnknownLink",
                    {"subject": [_id(entry.key)], "object": [_id(target)], "role": [role]},
                )
        for number, post in enumerate(entry.posts):
            if post.org in known:
                yield _entity(
                    f"{_id(entry.key)}-post-{number}",
                    "Directorship",
                    {
                        "director": [_id(entry.key)], "organization": [_id(post.org)],
                        "role": [t for t in (post.title, post.title_zh) if t],
                        "startDate": [post.since] if post.since else [], "endDate": [post.until] if post.until else [],
                    },
                )  # fmt: skip


def _id(key: str) -> str:
    return key.replace("/", ".")


def _entity(name: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    return {"id": name, "schema": schema, "properties": {k: v for k, v in properties.items() if v}}


def from_ftm(entities: Iterable[dict[str, Any]], slug: Any) -> list[dict[str, Any]]:
    """Return the entries of FollowTheMoney entities, as plain data; links are folded into them.

    Args:
        entities: decoded JSON objects.
        slug: makes an id of a name, for entities whose id is not ``type.slug``.

    Raises:
        ValueError: an object is no entity.
    """
    things: dict[str, dict[str, Any]] = {}
    links: list[dict[str, Any]] = []
    for number, entity in enumerate(entities, 1):
        if (
            not isinstance(entity, dict)
            or not isinstance(entity.get("properties"), dict)
            or "id" not in entity
        ):
            raise ValueError(f"line {number}: no FollowTheMoney entity")
        if entity.get("schema") in ("UnknownLink", "Directorship"):
            links.append(entity)
        elif entity.get("schema") in _BACK:
            things[str(entity["id"])] = _entry(entity, slug)
    keys = {name: f"{entry['type']}/{entry['id']}" for name, entry in things.items()}
    for link in links:
        p = link["properties"]
        role = (_strings(p, "role") or [""])[0]
        if link["schema"] == "Directorship":
            person, org = _first(p, "director"), _first(p, "organization")
            if person in things and org in keys:
                roles = _strings(p, "role")
                post = {
                    "org": keys[org],
                    "title": next((r for r in roles if not has_han(r)), None),
                    "title_zh": next((r for r in roles if has_han(r)), None),
                    "since": _first(p, "startDate") or None,
                    "until": _first(p, "endDate") or None,
                }
                things[person].setdefault("posts", []).append({k: v for k, v in post.items() if v})
        elif _first(p, "subject") in things and _first(p, "object") in keys:
            entry, target = things[_first(p, "subject")], keys[_first(p, "object")]
            if role == _ISSUER:
                entry.setdefault("issuer", []).append(target)
            elif role == _PARENT:
                entry["parent"] = target
    return list(things.values())


def _entry(entity: dict[str, Any], slug: Any) -> dict[str, Any]:
    p = entity["properties"]
    kind = next(
        (k for k in _strings(p, "keywords") if k in get_args(EntityType)), _BACK[str(entity["schema"])]
    )
    names = _strings(p, "name")
    en, zh = next((n for n in names if not has_han(n)), None), next((n for n in names if has_han(n)), None)
    prefix, _, rest = str(entity["id"]).partition(".")
    further = [n for n in names if n not in (en, zh)] + _strings(p, "alias")
    start, end, period = _first(p, "startDate"), _first(p, "endDate"), ""
    if end:
        period, start = f"{start}/{end}", ""
    data: dict[str, Any] = {
        "id": rest if prefix == kind and rest else slug(en or zh or ""), "type": kind, "en": en, "zh": zh,
        "aliases": [n for n in further if simplify(n) == n], "traditional": [n for n in further if simplify(n) != n],
        "abbreviations": _strings(p, "weakAlias"),
        "former": [{"zh" if has_han(n) else "en": n} for n in _strings(p, "previousName")],
        "website": _first(p, "website").removeprefix("https://") or None,
        "wikidata": _first(p, "wikidataId") or None, "country": _first(p, "country").upper() or None,
        "number": _first(p, "projectId") or None, "date": start or None, "period": period or None,
        "note": _first(p, "notes") or None, "source": f"FollowTheMoney entity {entity['id']}",
    }  # fmt: skip
    return {k: v for k, v in data.items() if v}


def _strings(properties: dict[str, Any], name: str) -> list[str]:
    value = properties.get(name, [])
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def _first(properties: dict[str, Any], name: str) -> str:
    return next(iter(_strings(properties, name)), "")
