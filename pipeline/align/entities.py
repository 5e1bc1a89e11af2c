"""Mentions of one document gathered into entities: by gazetteer entry, by gloss, by equal name."""

from collections.abc import Iterable, Sequence

import msgspec

from pipeline.align.accept import NamesOf, is_whole, with_glosses
from pipeline.align.echoes import repeats, shortened, surnames
from pipeline.align.form import tied_by_form
from pipeline.align.gloss import Gloss
from pipeline.align.glosses import find_glosses
from pipeline.align.identity import fullest, listed, new_id, same_name
from pipeline.match.candidates import Candidate, settle
from pipeline.normal import has_han
from pipeline.records import EntityType, NameKind, Record
from pipeline.segment import Reading


class Named(Record, frozen=True, kw_only=True):
    """A settled mention, in normalised offsets, and the local entity that it belongs to."""

    candidate: Candidate
    entity: str


class LocalName(Record, frozen=True, kw_only=True):
    """A name of a local entity and the id of the mention that first shows it."""

    text: str
    kind: NameKind | None
    evidence: str


class LocalEntity(Record, frozen=True, kw_only=True):
    """An entity as one document knows it; ``key`` is a gazetteer id or a provisional one."""

    key: str
    type: EntityType
    gazetteer: bool
    en: str | None
    zh: str | None
    names: list[LocalName]


class Aligned(Record, frozen=True, kw_only=True):
    """What a document names: its mentions in order and the entities that they refer to."""

    mentions: list[Named]
    entities: list[LocalEntity]


def align(
    document: str,
    reading: Reading,
    candidates: Sequence[Candidate],
    pairs: Iterable[Gloss] = (),
    names_of: NamesOf = lambda entry: (),
) -> Aligned:
    """Gather candidates into mentions and entities.

    Args:
        document: the document's id.
        reading: the document.
        candidates: what the match stage found; they may overlap.
        pairs: further pairs of spans that name one thing (the two name columns of a table).
        names_of: gives the names of a gazetteer's entry.
    """
    text = reading.normal.text
    candidates = [c for c in candidates if c.method != "model" or is_whole(text[c.start : c.end])]
    glosses = [*find_glosses(text, candidates, reading.words), *pairs]
    pool, glosses = with_glosses(text, list(candidates), glosses, names_of)
    pool += repeats(reading, settle(pool))
    settled = settle(pool)
    settled = settle(settled + list(surnames(text, settled)))
    return _group(document, reading, settled, glosses)


class _Groups:
    """Union-find over mention indexes and names."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        root = item
        while self.parent.get(root, root) != root:
            root = self.parent[root]
        while self.parent.get(item, item) != root:
            self.parent[item], item = root, self.parent[item]
        return root

    def join(self, one: str, two: str) -> None:
        a, b = self.find(one), self.find(two)
        if a != b:
            # a gazetteer entry is always the root
            if "/" in b and not b.startswith("~") and (a.startswith("~") or "/" not in a):
                a, b = b, a
            self.parent[b] = a


def mention_id(document: str, page: int, start: int, end: int) -> str:
    """Return the id of a mention on a page (from 1)."""
    return f"{document}:{page}:{start}-{end}"


def _group(document: str, reading: Reading, settled: list[Candidate], glosses: Sequence[Gloss]) -> Aligned:
    """Give each mention its entity: the entry's, or one shared by equal and by glossed names."""
    text = reading.normal.text
    ids: list[str] = []
    for candidate in settled:
        index, start, end = reading.parts(candidate.start, candidate.end)[0]
        ids.append(mention_id(document, index + 1, start, end))
    groups = _Groups()
    nodes: list[str] = []
    for candidate in settled:
        name = text[candidate.start : candidate.end]
        if candidate.entity and candidate.entity.startswith("="):
            nodes.append(f"~person/{same_name(candidate.entity[1:])}")
        else:
            nodes.append(candidate.entity or f"~{candidate.type}/{same_name(name)}")
    at = {(c.start, c.end): i for i, c in enumerate(settled)}
    for gloss in glosses:
        one, two = at.get(gloss.first), at.get(gloss.second)
        if one is None or two is None:
            continue
        a, b = groups.find(nodes[one]), groups.find(nodes[two])
        if a.startswith("~") or b.startswith("~"):
            groups.join(a, b)
    for index, owner in shortened(text, settled, nodes):
        groups.join(groups.find(nodes[owner]), groups.find(nodes[index]))
        settled[index] = msgspec.structs.replace(settled[index], kind="alias")
    roots = [groups.find(node) for node in nodes]
    for index, owner in tied_by_form(text, settled, nodes, roots):
        groups.join(groups.find(nodes[owner]), groups.find(nodes[index]))
    surfaces = [_surface(reading, candidate) for candidate in settled]
    members: dict[str, list[int]] = {}
    for index, node in enumerate(nodes):
        members.setdefault(groups.find(node), []).append(index)
    entities: dict[str, LocalEntity] = {}
    final: dict[str, str] = {}
    for root, indexes in members.items():
        entity = _entity(surfaces, settled, ids, root, indexes)
        if entity.key in entities:  # two groups may come to one provisional id
            old = entities[entity.key]
            entity = LocalEntity(
                key=old.key, type=old.type, gazetteer=old.gazetteer, en=old.en or entity.en,
                zh=old.zh or entity.zh, names=old.names + entity.names,
            )  # fmt: skip
        entities[entity.key] = entity
        final[root] = entity.key
    mentions = []
    for candidate, node in zip(settled, nodes, strict=True):
        key = final[groups.find(node)]
        kind = entities[key].type
        if candidate.type != kind:
            candidate = Candidate(
                start=candidate.start, end=candidate.end, type=kind, method=candidate.method,
                score=candidate.score, entity=candidate.entity, kind=candidate.kind,
            )  # fmt: skip
        mentions.append(Named(candidate=candidate, entity=key))
    return Aligned(mentions=mentions, entities=[entities[k] for k in sorted(entities)])


def _entity(
    surfaces: Sequence[str],
    settled: Sequence[Candidate],
    ids: Sequence[str],
    root: str,
    indexes: Sequence[int],
) -> LocalEntity:
    names: dict[str, LocalName] = {}
    for index in indexes:
        candidate = settled[index]
        name = surfaces[index]
        have = names.get(same_name(name))
        if have is None or (have.kind is None and candidate.kind is not None):
            names[same_name(name)] = LocalName(
                text=have.text if have else name,
                kind=candidate.kind,
                evidence=have.evidence if have else ids[index],
            )
    if not root.startswith("~"):
        kind = next(settled[i].type for i in indexes if settled[i].entity == root)
        return LocalEntity(key=root, type=kind, gazetteer=True, en=None, zh=None, names=list(names.values()))
    voted = _vote(settled, indexes)
    ranked = sorted(names.values(), key=lambda n: n.kind is not None)
    ranked = [n for n in ranked if n.kind != "former"] or ranked
    english = fullest([n.text for n in ranked if not has_han(n.text)])
    chinese = fullest([n.text for n in ranked if has_han(n.text)])
    if (full := _implied(settled, surfaces, indexes)) is not None:
        chinese = full
    return LocalEntity(
        key=new_id(voted, chinese or english or ""),
        type=voted, gazetteer=False, en=english, zh=chinese, names=list(names.values()),
    )  # fmt: skip


def _implied(settled: Sequence[Candidate], surfaces: Sequence[str], indexes: Sequence[int]) -> str | None:
    """Return the full Chinese name of a body that the text only names without its city (市教育局)."""
    for index in indexes:
        kind, _, name = (settled[index].entity or "").partition("/")
        short = settled[index].kind == "abbreviation" and kind.startswith("~")
        if short and has_han(name) and name != same_name(surfaces[index]):
            return name
    return None


def _vote(settled: Sequence[Candidate], indexes: Sequence[int]) -> EntityType:
    """Return the type that the best witness gives: glosses first, then the sum of scores."""
    weight: dict[EntityType, float] = {}
    for index in indexes:
        candidate = settled[index]
        bonus = 2.0 if candidate.method in ("gloss", "table") else 0.0
        weight[candidate.type] = weight.get(candidate.type, 0.0) + candidate.score + bonus
    return min(weight, key=lambda k: (-weight[k], k))


def _surface(reading: Reading, candidate: Candidate) -> str:
    """Return a mention's surface as names are listed: a Chinese one as printed, a Latin one normalised."""
    text = reading.normal.text[candidate.start : candidate.end]
    if has_han(text):
        start, end = reading.normal.original(candidate.start, candidate.end)
        return listed(reading.stream.text[start:end])
    return listed(text)
