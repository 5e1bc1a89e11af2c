"""Entities over all documents of a run: local ones merged on equal names, each with its names and proofs."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.align.entities import LocalEntity
from pipeline.align.identity import new_id, same_name
from pipeline.match.entries import Entry
from pipeline.match.gazetteer import Gazetteer
from pipeline.normal import has_han, key, simplify
from pipeline.records import Entity, Mention, Name, NameKind, Record, Value


class Resolved(Record, frozen=True, kw_only=True):
    """The run's entities and, for each document, what its local keys came to."""

    entities: list[Entity]
    keys: list[dict[str, str]]


def _strong(entity: LocalEntity) -> list[str]:
    """Return the names on which entities of different documents may be merged: full ones."""
    return sorted(
        {
            same_name(name.text)
            for name in entity.names
            if name.kind not in ("abbreviation", "alias")
            and len(same_name(name.text)) >= (3 if has_han(name.text) else 4)
        }
        | {same_name(n) for n in (entity.en, entity.zh) if n}
    )


def resolve(
    documents: Sequence[tuple[str, Sequence[LocalEntity], Sequence[Mention]]], gazetteer: Gazetteer | None
) -> Resolved:
    """Merge the local entities of documents.

    Args:
        documents: for each document, in the run's order, its id, its local entities and its mentions
            (whose ``entity`` is a local key).
        gazetteer: the entries that mentions may refer to.
    """
    merged: dict[str, list[tuple[int, LocalEntity]]] = {}
    owner: dict[tuple[str, str], str] = {}
    keys: list[dict[str, str]] = []
    for index, (_, entities, _) in enumerate(documents):
        mapping: dict[str, str] = {}
        for entity in entities:
            if entity.gazetteer:
                final = entity.key
            else:
                names = _strong(entity)
                hits = sorted({owner[entity.type, n] for n in names if (entity.type, n) in owner})
                final = hits[0] if hits else entity.key
                for name in names:
                    owner.setdefault((entity.type, name), final)
            mapping[entity.key] = final
            merged.setdefault(final, []).append((index, entity))
        keys.append(mapping)
    mentions: dict[str, list[Mention]] = {}
    for (_, _, found), mapping in zip(documents, keys, strict=True):
        for mention in found:
            mentions.setdefault(mapping[mention.entity], []).append(mention)
    entities_out = [
        _build(final, parts, mentions.get(final, []), gazetteer) for final, parts in sorted(merged.items())
    ]
    return Resolved(entities=entities_out, keys=keys)


def _build(
    final: str,
    parts: Sequence[tuple[int, LocalEntity]],
    mentions: Sequence[Mention],
    gazetteer: Gazetteer | None,
) -> Entity:
    first = parts[0][1]
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
            names.append(
                Name(text=text, language="zh" if has_han(text) else "en", kind=kind, evidence=evidence)
            )

    if entry is not None and gazetteer is not None:
        en, zh = entry.en, entry.zh
        for surface in gazetteer.surfaces_of(final):
            proof = shown.get(same_name(surface.text))
            add(surface.text, surface.kind, proof[2] if proof else None)
        zh = zh or next((simplify(t) for t, _, _ in shown.values() if has_han(t)), None)
        en = en or next((key(t) for t, _, _ in shown.values() if not has_han(t)), None)
    else:
        en = next((p.en for _, p in parts if p.en), None)
        zh = next((p.zh for _, p in parts if p.zh), None)
        en = key(en) if en else None
        zh = simplify(key(zh)) if zh else None
        for canonical in (en, zh):
            if canonical:
                proof = shown.get(same_name(canonical))
                add(canonical, "canonical", proof[2] if proof else None)
    for text, kind, evidence in shown.values():
        add(simplify(text) if has_han(text) else key(text), kind or "alias", evidence)
    for text, evidence in sorted(traditional.items()):
        if text not in {n.text for n in names}:
            names.append(Name(text=text, language="zh", kind="traditional", evidence=evidence))
    former = {new_id(first.type, text) for text, _, _ in shown.values()} | {p.key for _, p in parts}
    return Entity(
        id=final,
        type=first.type,
        en=en,
        zh=zh,
        names=names,
        gazetteer=entry is not None,
        properties=_properties(entry) if entry is not None else {},
        mentions=sum(1 for m in mentions if m.continues is None),
        documents=sorted({m.document for m in mentions}),
        former_ids=sorted(former - {final}),
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
