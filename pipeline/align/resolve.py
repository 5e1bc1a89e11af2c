"""Entities over all documents of a run: local ones merged on equal names, each with its names and proofs."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from pipeline.align.entities import LocalEntity
from pipeline.align.identity import fullest, listed, same_name
from pipeline.align.merge import Decided, gather, is_plain, settle_ids
from pipeline.match.entries import Entry
from pipeline.match.gazetteer import Gazetteer
from pipeline.normal import has_han, language_of, simplify
from pipeline.records import Entity, Mention, Name, NameKind, Record, Value


class Resolved(Record, frozen=True, kw_only=True):
    """The run's entities and, for each document, what its local keys came to."""

    entities: list[Entity]
    keys: list[dict[str, str]]


def resolve(
    documents: Sequence[tuple[str, Sequence[LocalEntity], Sequence[Mention]]],
    gazetteer: Gazetteer | None,
    decisions: Decided | None = None,
) -> Resolved:
    """Merge the local entities of documents.

    Args:
        documents: for each document, in the run's order, its id, its local entities and its mentions
            (whose ``entity`` is a local key).
        gazetteer: the entries that mentions may refer to.
        decisions: what a curator decided to be the same or different.
    """
    company: dict[tuple[int, str], set[str]] = {}
    for index, (_, entities, mentions) in enumerate(documents):
        company.update(_company(index, entities, mentions))
    groups = gather([entities for _, entities, _ in documents], company, decisions)
    ids = settle_ids(groups, [document for document, _, _ in documents])
    keys: list[dict[str, str]] = [{} for _ in documents]
    for group in groups:
        for index, entity in group.members:
            keys[index][entity.key] = ids[group.number][0]
    mentions_of: dict[str, list[Mention]] = {}
    for (_, _, found), mapping in zip(documents, keys, strict=True):
        for mention in found:
            mentions_of.setdefault(mapping[mention.entity], []).append(mention)
    entities_out = []
    for group in sorted(groups, key=lambda g: ids[g.number][0]):
        final, former = ids[group.number]
        entities_out.append(_build(final, group.members, mentions_of.get(final, []), gazetteer, former))
    return Resolved(entities=entities_out, keys=keys)


_NEAR = 200
"""How near an entry must stand to a mention to be its company, in characters of one page."""


def _company(
    index: int, entities: Sequence[LocalEntity], mentions: Sequence[Mention]
) -> dict[tuple[int, str], set[str]]:
    """Return for each new entity with a plain name the entries near its mentions; places say too little."""
    plain = {e.key for e in entities if not e.gazetteer and any(is_plain(n.text, e.type) for n in e.names)}
    if not plain:
        return {}
    known = {e.key for e in entities if e.gazetteer and e.type not in ("place", "technology")}
    found: dict[tuple[int, str], set[str]] = {}
    ordered = sorted(mentions, key=lambda m: (m.page, m.start))
    entries = [m for m in ordered if m.entity in known]
    starts = [(m.page, m.start) for m in entries]
    for mention in ordered:
        if mention.entity in plain:
            low = bisect_left(starts, (mention.page, mention.start - _NEAR))
            high = bisect_right(starts, (mention.page, mention.end + _NEAR))
            found.setdefault((index, mention.entity), set()).update(m.entity for m in entries[low:high])
    return found


def _build(
    final: str,
    parts: Sequence[tuple[int, LocalEntity]],
    mentions: Sequence[Mention],
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
        mentions=sum(1 for m in mentions if m.continues is None),
        documents=sorted({m.document for m in mentions}),
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
