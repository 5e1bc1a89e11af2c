"""What a run says of an entity, where a text stands, and which relations pass a filter."""

from collections import Counter
from collections.abc import Iterator, Mapping

from pipeline.emit.loaded import Loaded
from pipeline.normal import key, simplify
from pipeline.records import Entity, Mention, Page, Record, Relation

_PLAIN = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}
_PLAIN |= {0x3000: 0x20, 0xA0: 0x20, 0x2018: 0x27, 0x2019: 0x27, 0x201C: 0x22, 0x201D: 0x22}
_PLAIN |= dict.fromkeys((*range(0x2010, 0x2016), 0x2212), 0x2D)
_REACH = 60


class Hit(Record, frozen=True, kw_only=True):
    """A place where a text stands, with some of what is around it."""

    document: str
    path: str
    page: int
    start: int
    end: int
    before: str
    text: str
    after: str


class About(Record, frozen=True, kw_only=True):
    """An entity with its mentions, relations in both directions, and who is named in the same paragraphs."""

    entity: Entity
    mentions: list[Hit]
    relations: list[Relation]
    together: list[tuple[str, int]]


def folded(text: str) -> str:
    """Return a text as it is compared in searches, of the same length: lower case, simplified, plain signs."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return simplify(lower.translate(_PLAIN))


def entities_named(loaded: Loaded, name: str, *, whole: bool = False) -> list[Entity]:
    """Return the entities with an id or a name, else (unless whole) those whose names hold it, most mentioned first."""
    by_id = loaded.entities.get(name) or next(
        (e for e in loaded.entities.values() if name in e.former_ids), None
    )
    if by_id is not None:
        return [by_id]
    wanted = _looked_up(name)
    exact: list[Entity] = []
    within: list[Entity] = []
    for entity in loaded.entities.values():
        names = {_looked_up(n.text) for n in entity.names}
        if wanted in names:
            exact.append(entity)
        elif wanted and any(wanted in n for n in names):
            within.append(entity)
    return sorted(exact if whole else exact or within, key=lambda e: (-e.mentions, e.id))


def _looked_up(name: str) -> str:
    return folded(key(name))


def about(loaded: Loaded, entity: Entity) -> About:
    """Return what a run says of an entity."""
    hits: list[Hit] = []
    together: Counter[str] = Counter()
    for page, mentions in loaded.pages_with_mentions():
        own = [m for m in mentions if m.entity == entity.id]
        hits += [_hit(loaded, page, m.start, m.end) for m in own]
        together.update(_beside(page, mentions, own))
    return About(
        entity=entity,
        mentions=hits,
        relations=[r for r in loaded.relations if entity.id in (r.subject, r.object)],
        together=sorted(together.items(), key=lambda t: (-t[1], t[0])),
    )


def _beside(page: Page, mentions: list[Mention], own: list[Mention]) -> Iterator[str]:
    """Yield the entities named in a paragraph with one of the given mentions, once a paragraph."""
    for block in page.blocks:
        if not isinstance(block.start, int) or not isinstance(block.end, int):
            continue
        if any(block.start <= m.start < block.end for m in own):
            entity = own[0].entity
            yield from sorted({m.entity for m in mentions if block.start <= m.start < block.end} - {entity})


def found_text(loaded: Loaded, text: str) -> Iterator[Hit]:
    """Yield the places where a text stands, in any case, script or width; Chinese needs no spaces."""
    wanted = folded(" ".join(text.split()))
    if not wanted:
        return
    for page in loaded.pages():
        inside = folded(page.text)
        at = inside.find(wanted)
        while at >= 0:
            yield _hit(loaded, page, at, at + len(wanted))
            at = inside.find(wanted, at + len(wanted))


def _hit(loaded: Loaded, page: Page, start: int, end: int) -> Hit:
    before = page.text[max(0, start - _REACH) : start]
    return Hit(
        document=page.document,
        path=loaded.documents[page.document].path,
        page=page.page,
        start=start,
        end=end,
        before=before[before.rfind("\n") + 1 :],
        text=page.text[start:end],
        after=page.text[end : end + _REACH].split("\n", 1)[0],
    )


def relations_that(
    loaded: Loaded,
    *,
    types: tuple[str, ...] = (),
    entities: frozenset[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    document: str | None = None,
) -> list[Relation]:
    """Return the relations that pass every filter given.

    Args:
        types: relation types; none means all.
        entities: at least one end must be among these.
        since: an ISO date, month or year: dated statements that reach beyond its begin.
        until: likewise, dated statements that begin before its end.
        document: a document's id, or a part of its path.
    """
    sources: Mapping[str, str] = {d.id: d.path for d in loaded.documents.values()}
    return [
        r
        for r in loaded.relations
        if (not types or r.type in types)
        and (entities is None or r.subject in entities or r.object in entities)
        and _dated(r, since, until)
        and (document is None or document == r.document or document in sources[r.document])
    ]


def _dated(r: Relation, since: str | None, until: str | None) -> bool:
    if since is None and until is None:
        return True
    if r.qualifiers.date is None:
        return False
    first, _, last = r.qualifiers.date.partition("/")
    last = last or first
    if since is not None and last[: len(since)] < since[: len(last)]:
        return False
    return until is None or first[: len(until)] <= until
