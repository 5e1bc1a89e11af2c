"""What differs between two runs: what a new version, gazetteer or setting gained and lost."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.emit.loaded import Loaded
from pipeline.records import Mention, Record, Relation


class Change(Record, frozen=True, kw_only=True):
    """A name or statement that one run has and the other has not, or has otherwise."""

    kind: str
    """``gained``, ``lost``, ``entity`` (refers to another), ``type``, ``span`` (reaches otherwise)."""
    document: str
    page: int
    start: int
    end: int
    before: str | None
    after: str | None


class Comparison(Record, frozen=True, kw_only=True):
    """Two runs compared; mentions and relations only of the documents that both have."""

    documents_gained: list[str]
    documents_lost: list[str]
    text_changed: list[str]
    """Pages (``path:page``) whose text differs; their names are compared by text and order, not by place."""
    entities_gained: list[str]
    entities_lost: list[str]
    mentions: list[Change]
    relations: list[Change]
    counts: dict[str, int]


def compare(before: Path, after: Path) -> Comparison:
    """Compare two runs."""
    old, new = Loaded(before), Loaded(after)
    common = set(old.documents) & set(new.documents)
    texts = {(p.document, p.page): p.text for p in old.pages() if p.document in common}
    changed = [
        (p.document, p.page)
        for p in new.pages()
        if p.document in common and texts.get((p.document, p.page)) != p.text
    ]
    mentions = _mentions(old, new, common, set(changed))
    relations = _relations(old, new, common)
    counts: dict[str, int] = {}
    for name, changes in (("mentions", mentions), ("relations", relations)):
        for change in changes:
            counts[f"{name} {change.kind}"] = counts.get(f"{name} {change.kind}", 0) + 1
    former = {f: e.id for e in new.entities.values() for f in e.former_ids}
    return Comparison(
        documents_gained=sorted(d.path for d in new.documents.values() if d.id not in common),
        documents_lost=sorted(d.path for d in old.documents.values() if d.id not in common),
        text_changed=[f"{new.documents[d].path}:{page}" for d, page in changed],
        entities_gained=sorted(set(new.entities) - set(old.entities) - set(former.values())),
        entities_lost=sorted(set(old.entities) - set(new.entities) - set(former)),
        mentions=mentions,
        relations=relations,
        counts=dict(sorted(counts.items())),
    )


def _mentions(old: Loaded, new: Loaded, common: set[str], moved: set[tuple[str, int]]) -> list[Change]:
    def places(run: Loaded) -> dict[tuple[str, int], list[Mention]]:
        found: dict[tuple[str, int], list[Mention]] = {}
        for m in run.mentions():
            if m.document in common:
                found.setdefault((m.document, m.page), []).append(m)
        return found

    former = {f: e.id for e in new.entities.values() for f in e.former_ids}
    was, now = places(old), places(new)
    changes: list[Change] = []
    for place in sorted(set(was) | set(now)):
        changes += _page(was.get(place, []), now.get(place, []), former, by_text=place in moved)
    return changes


def _page(was: list[Mention], now: list[Mention], former: dict[str, str], *, by_text: bool) -> list[Change]:
    def keyed(mentions: Iterable[Mention]) -> dict[tuple[object, ...], Mention]:
        seen: dict[str, int] = {}
        found: dict[tuple[object, ...], Mention] = {}
        for m in mentions:
            seen[m.text] = seen.get(m.text, 0) + 1
            found[(m.text, seen[m.text]) if by_text else (m.start, m.end)] = m
        return found

    a, b = keyed(was), keyed(now)
    changes = [
        _change("type" if a[k].type != b[k].type else "entity", a[k], b[k])
        for k in a
        if k in b and former.get(a[k].entity, a[k].entity) != b[k].entity
    ]
    lost, gained = [a[k] for k in a if k not in b], [b[k] for k in b if k not in a]
    for m in lost:
        other = None if by_text else next((g for g in gained if g.start < m.end and m.start < g.end), None)
        if other is not None:
            gained.remove(other)
        changes.append(_change("lost" if other is None else "span", m, other))
    changes += [_change("gained", None, m) for m in gained]
    return sorted(changes, key=lambda c: (c.start, c.end, c.kind))


def _change(kind: str, before: Mention | None, after: Mention | None) -> Change:
    at = after or before
    assert at is not None
    return Change(
        kind=kind, document=at.document, page=at.page, start=at.start, end=at.end,
        before=f"{before.text} = {before.entity}" if before else None,
        after=f"{after.text} = {after.entity}" if after else None,
    )  # fmt: skip


def _relations(old: Loaded, new: Loaded, common: set[str]) -> list[Change]:
    former = {f: e.id for e in new.entities.values() for f in e.former_ids}

    def keyed(relations: Iterable[Relation]) -> dict[tuple[object, ...], Relation]:
        return {
            (r.document, r.page, r.type, former.get(r.subject, r.subject), former.get(r.object, r.object),
             r.qualifiers.title, r.evidence): r
            for r in relations
            if r.document in common
        }  # fmt: skip

    a, b = keyed(old.relations), keyed(new.relations)
    changes = [_stated("lost", r) for k, r in a.items() if k not in b]
    changes += [_stated("gained", r) for k, r in b.items() if k not in a]
    return sorted(changes, key=lambda c: (c.document, c.page, c.start, c.kind, c.before or "", c.after or ""))


def _stated(kind: str, r: Relation) -> Change:
    text = f"{r.subject} {r.type} {r.object}"
    return Change(
        kind=kind, document=r.document, page=r.page, start=r.start, end=r.end,
        before=text if kind == "lost" else None, after=text if kind == "gained" else None,
    )  # fmt: skip
