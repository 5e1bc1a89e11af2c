"""Entities over all documents of a run: local ones merged on equal names, each with its names and proofs."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pipeline.align.entities import LocalEntity
from pipeline.align.identity import fullest, listed, same_name
from pipeline.align.ids import Earlier, settle_ids
from pipeline.align.merge import Decided, full_names, gather, is_plain
from pipeline.align.properties import Property, joined
from pipeline.match.entries import Entry
from pipeline.match.gazetteer import Gazetteer
from pipeline.normal import has_han, language_of, simplify
from pipeline.records import Entity, Mention, Name, NameKind, Record, Value


class Resolved(Record, frozen=True, kw_only=True):
    """The run's entities and, for each document, what its local keys came to."""

    entities: list[Entity]
    keys: list[dict[str, str]]


class Local(Record, frozen=True, kw_only=True, array_like=True):
    """What resolution needs to know of a document's entity: little enough to keep for all documents."""

    entity: LocalEntity
    company: list[str]
    """Gazetteer entries near its mentions, where its name is plain."""
    mentions: int
    """How often it is named; a name that a page end cuts counts once."""
    named: bool
    """Whether it has a mention at all."""
    properties: list[tuple[int, Property]]
    """What the document says of it, each with its place among all that the document says."""


def local_entities(
    entities: Sequence[LocalEntity], mentions: Sequence[Mention], properties: Sequence[Property] = ()
) -> list[Local]:
    """Return what resolution needs of a document, in the document's order.

    Args:
        entities: its entities.
        mentions: its mentions, whose ``entity`` is a local key.
        properties: what it says of its entities.
    """
    company = _company(entities, mentions)
    counts = Counter(m.entity for m in mentions if m.continues is None)
    named = {m.entity for m in mentions}
    said: dict[str, list[tuple[int, Property]]] = {}
    for at, told in enumerate(properties):
        said.setdefault(told.entity, []).append((at, told))
    return [
        Local(
            entity=e,
            company=sorted(company.get(e.key, ())),
            mentions=counts[e.key],
            named=e.key in named,
            properties=said.get(e.key, []),
        )
        for e in entities
    ]


def links(local: Local, decided: Decided | None = None) -> set[str]:
    """Return what an entity must share with another one for the two to have to do with each other at all.

    Entities that no chain of shared links connects can be resolved apart from each other.
    """
    entity = local.entity
    found = {f"key\0{entity.key}"} | {f"name\0{entity.type}\0{n}" for n in full_names(entity)}
    same = decided.pairs.get("same", ()) if decided is not None else ()
    if same:
        names = {same_name(n.text) for n in entity.names} | {same_name(entity.key)}
        found |= {f"same\0{i}" for i, (one, two) in enumerate(same) if one in names or two in names}
    return found


def settled(
    documents: Sequence[tuple[str, Sequence[Local]]],
    gazetteer: Gazetteer | None,
    decisions: Decided | None = None,
    earlier: Earlier | None = None,
) -> list[tuple[Entity, list[tuple[int, str]]]]:
    """Merge the local entities of documents; return each entity with its members (index of document, local key).

    Args:
        documents: for each document, in the run's order, its id and its entities.
        gazetteer: the entries that mentions may refer to.
        decisions: what a curator decided to be the same or different.
        earlier: what an earlier run says of the ids of mentions.
    """
    company = {(i, d.entity.key): d.company for i, (_, found) in enumerate(documents) for d in found}
    groups = gather([[d.entity for d in found] for _, found in documents], company, decisions)
    ids = settle_ids(groups, [document for document, _ in documents], earlier)
    about = {(i, d.entity.key): d for i, (_, found) in enumerate(documents) for d in found}
    result = []
    for group in groups:
        final, former = ids[group.number]
        members = [(i, e.key) for i, e in group.members]
        entity = _build(final, group.members, gazetteer, former)
        # two entities of a document may have come to one key
        known = {member: about[member] for member in members}
        said = (
            sorted((i, at, p) for (i, _), d in known.items() for at, p in d.properties)
            if any(d.properties for d in known.values())
            else []
        )
        entity = msgspec.structs.replace(
            entity,
            mentions=sum(d.mentions for d in known.values()),
            documents=sorted({documents[i][0] for (i, _), d in known.items() if d.named}),
            properties=joined(entity.properties, [p for _, _, p in said]) if said else entity.properties,
        )
        result.append((entity, members))
    return result


def resolve(
    documents: Sequence[tuple[str, Sequence[LocalEntity], Sequence[Mention]]],
    gazetteer: Gazetteer | None,
    decisions: Decided | None = None,
    earlier: Earlier | None = None,
) -> Resolved:
    """Merge the local entities of documents that fit in memory.

    Args:
        documents: for each document, in the run's order, its id, its local entities and its mentions
            (whose ``entity`` is a local key).
        gazetteer: the entries that mentions may refer to.
        decisions: what a curator decided to be the same or different.
        earlier: what an earlier run says of the ids of mentions.
    """
    parts = [(document, local_entities(found, mentions)) for document, found, mentions in documents]
    keys: list[dict[str, str]] = [{} for _ in documents]
    entities = []
    for entity, members in settled(parts, gazetteer, decisions, earlier):
        entities.append(entity)
        for index, key in members:
            keys[index][key] = entity.id
    return Resolved(entities=sorted(entities, key=lambda e: e.id), keys=keys)


_NEAR = 200
"""How near an entry must stand to a mention to be its company, in characters of one page."""


def _company(entities: Sequence[LocalEntity], mentions: Sequence[Mention]) -> dict[str, set[str]]:
    """Return for each new entity with a plain name the entries near its mentions; places say too little."""
    plain = {e.key for e in entities if not e.gazetteer and any(is_plain(n.text, e.type) for n in e.names)}
    if not plain:
        return {}
    known = {e.key for e in entities if e.gazetteer and e.type not in ("place", "technology")}
    found: dict[str, set[str]] = {}
    ordered = sorted(mentions, key=lambda m: (m.page, m.start))
    entries = [m for m in ordered if m.entity in known]
    starts = [(m.page, m.start) for m in entries]
    for mention in ordered:
        if mention.entity in plain:
            low = bisect_left(starts, (mention.page, mention.start - _NEAR))
            high = bisect_right(starts, (mention.page, mention.end + _NEAR))
            found.setdefault(mention.entity, set()).update(m.entity for m in entries[low:high])
    return found


def _build(
    final: str,
    parts: Sequence[tuple[int, LocalEntity]],
    gazetteer: Gazetteer | None,
    former: set[str],
) -> Entity:
    first = min(parts, key=lambda p: (not p[1].gazetteer, p[0], p[1].key))[1]
    entry = gazetteer.by_key.get(final) if gazetteer is not None and first.gazetteer else None
    shown: dict[str, tuple[str, NameKind | None, str]] = {}
    for _, part in parts:
        for name in part.names:
            shown.setdefault(same_name(name.text), (name.text, name.kind, name.evidence))
    traditional: dict[str, str] = {}
    for _, part in parts:
        for name in part.names:
            if has_han(name.text) and simplify(name.text) != name.text:
                traditional.setdefault(name.text, name.evidence)
    names: list[Name] = []
    seen: set[str] = set()

    def add(text: str, kind: NameKind, evidence: str | None) -> None:
        if same_name(text) not in seen:
            seen.add(same_name(text))
            names.append(Name(text=text, language=language_of(text), kind=kind, evidence=evidence))

    if entry is not None and gazetteer is not None:
        en, zh = entry.en, entry.zh
        for surface in gazetteer.surfaces_of(final):
            proof = shown.get(same_name(surface.text))
            add(surface.text, surface.kind, proof[2] if proof else None)
        zh = zh or next((simplify(listed(t)) for t, _, _ in shown.values() if has_han(t)), None)
        en = en or next((listed(t) for t, _, _ in shown.values() if not has_han(t)), None)
    else:
        en = fullest([p.en for _, p in parts if p.en])
        zh = fullest([p.zh for _, p in parts if p.zh])
        en = listed(en) if en else None
        zh = simplify(listed(zh)) if zh else None
        for canonical in (en, zh):
            if canonical:
                proof = shown.get(same_name(canonical))
                add(canonical, "canonical", proof[2] if proof else None)
    for text, kind, evidence in shown.values():
        add(simplify(listed(text)) if has_han(text) else listed(text), kind or "alias", evidence)
    for text, evidence in sorted(traditional.items()):
        if text not in {n.text for n in names}:
            names.append(Name(text=text, language="zh", kind="traditional", evidence=evidence))
    return Entity(
        id=final,
        type=first.type,
        en=en,
        zh=zh,
        names=names,
        gazetteer=entry is not None,
        properties=_properties(entry) if entry is not None else {},
        mentions=0,
        documents=[],
        former_ids=sorted(former),
    )


def _properties(entry: Entry) -> dict[str, list[Value]]:
    values: dict[str, Iterable[str | None]] = {
        "country": [entry.country],
        "date": [entry.date],
        "issuer": entry.issuer,
        "number": [entry.number],
        "parent": [entry.parent],
        "period": [entry.period],
        "website": [entry.website],
        "wikidata": [entry.wikidata],
    }
    return _kept(values)


def _kept(values: Mapping[str, Iterable[str | None]]) -> dict[str, list[Value]]:
    found = {name: [Value(value=v, evidence=None) for v in given if v] for name, given in values.items()}
    return {name: kept for name, kept in found.items() if kept}
