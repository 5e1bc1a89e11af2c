"""Mentions of one document gathered into entities: by gazetteer entry, by gloss, by equal name."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.align.glosses import Gloss, find_glosses
from pipeline.align.identity import fullest, new_id, same_name
from pipeline.match.candidates import Candidate, settle
from pipeline.match.heads import type_of
from pipeline.normal import has_han, is_han
from pipeline.ordinary import all_ordinary
from pipeline.pinyin import is_pinyin_name, is_transliteration, spells
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
    document: str, reading: Reading, candidates: Sequence[Candidate], pairs: Iterable[Gloss] = ()
) -> Aligned:
    """Gather candidates into mentions and entities.

    Args:
        document: the document's id.
        reading: the document.
        candidates: what the match stage found; they may overlap.
        pairs: further pairs of spans that name one thing (the two name columns of a table).
    """
    text = reading.normal.text
    candidates = [c for c in candidates if c.method != "model" or _is_whole(text[c.start : c.end])]
    glosses = [*find_glosses(text, candidates, reading.words), *pairs]
    pool, glosses = _with_glosses(text, list(candidates), glosses)
    pool += _repeats(reading, settle(pool))
    settled = settle(pool)
    settled = settle(settled + list(_surnames(text, settled)))
    return _group(document, reading, settled, glosses)


def _is_whole(name: str) -> bool:
    """Say whether what a model takes for a name is one: its brackets close, it joins no two scripts by a slash."""
    if name[:1] in "/-,;:" or name[-1:] in "/-,;:":
        return False
    depth = 0
    for char in name:
        depth += (char in "([《") - (char in ")]》")
        if depth < 0:
            return False
    return depth == 0 and not ("/" in name and has_han(name) and re.search(r"[A-Za-z]", name))


def _with_glosses(
    text: str, pool: list[Candidate], glosses: list[Gloss]
) -> tuple[list[Candidate], list[Gloss]]:
    """Add candidates for the spans of glosses; leave out glosses whose sides are known to differ."""
    known: dict[tuple[int, int], Candidate] = {}
    for candidate in pool:
        span = (candidate.start, candidate.end)
        best = known.get(span)
        if best is None or (candidate.method == "gazetteer" and best.method != "gazetteer"):
            known[span] = candidate
    kept: list[Gloss] = []
    for gloss in glosses:
        first, second = known.get(gloss.first), known.get(gloss.second)
        one = first.entity if first is not None else None
        two = second.entity if second is not None else None
        if one and two and one != two:
            assert first is not None and second is not None
            shared = ({one, *first.others} & {two, *second.others}) - {None}
            if not shared:
                continue
        kind = _gloss_type(text, gloss, first, second)
        if kind is None:
            continue
        kept.append(gloss)
        for span, have, other in ((gloss.first, first, two), (gloss.second, second, one)):
            if have is None or have.entity is None:
                pool.append(
                    Candidate(
                        start=span[0],
                        end=span[1],
                        type=kind,
                        method="gloss",
                        score=0.9 if other else 0.8,
                        entity=other,
                        kind=_kind(gloss, span),
                    )
                )
    return pool, kept


def _kind(gloss: Gloss, span: tuple[int, int]) -> NameKind | None:
    if span == gloss.second and gloss.kind in ("abbreviation", "former", "alias"):
        return gloss.kind
    return None


def _gloss_type(
    text: str, gloss: Gloss, first: Candidate | None, second: Candidate | None
) -> EntityType | None:
    """Type a gloss: by entry, by pinyin, by the heads of the names, by what other witnesses said."""
    for candidate in (first, second):
        if candidate is not None and candidate.entity is not None:
            return candidate.type
    names = (text[slice(*gloss.first)], text[slice(*gloss.second)])
    latin = next((n for n in names if not has_han(n)), None)
    han = next((n for n in names if has_han(n)), None)
    if latin and han and len(han) <= 4 and spells(latin, han):
        return "person"
    for name in sorted(names, key=lambda n: (not has_han(n), -len(n))):
        kind = type_of(name)
        if kind is not None and (len(name) > 2 or not has_han(name)):
            return kind
    if han is None and all_ordinary(max(names, key=len)):
        return None  # "Strength-Weakness-Opportunity-Threat (SWOT)" names nothing
    for candidate in (first, second):
        if candidate is not None and candidate.method != "model":
            return candidate.type
    if latin and han:
        words = latin.split()
        if is_pinyin_name(latin) and 2 <= len(han) <= 4:
            return "person"
        if 2 <= len(words) <= 4 and all(w[:1].isupper() for w in words) and is_transliteration(han):
            return "person"
        if all(w.islower() for w in words):
            return "technology"
        witness = next((c for c in (second, first) if c is not None), None)
        if witness is not None and witness.type != "person":
            return witness.type
        # nothing but the bracket says that it is a name: a brand looks like one, a unit or a label does not
        brand = len(latin) >= 4 and latin[0].isupper() and not all_ordinary(latin)
        brand = brand or (len(words) > 1 and all(w[:1].isupper() or w[:1].isdigit() for w in words))
        return "company" if brand and len(han) <= 12 else None
    for candidate, name in zip((first, second), names, strict=True):
        if candidate is not None and not (not han and all_ordinary(name)):
            return candidate.type
    return None


def _repeats(reading: Reading, settled: Sequence[Candidate]) -> list[Candidate]:
    """Find the further places of names that glosses, tables and rules have shown in this document."""
    text = reading.normal.text
    learned: dict[str, Candidate] = {}
    for candidate in sorted(settled, key=lambda c: (c.method == "model", -c.score, c.start)):
        if candidate.method in ("gazetteer", "fuzzy"):
            continue
        name = text[candidate.start : candidate.end]
        if candidate.method == "model" and (candidate.score < 0.8 or len(name) < 3):
            continue
        if len(name) >= 2 and name not in learned:
            learned[name] = candidate
    found: list[Candidate] = []
    for name, source in sorted(learned.items()):
        han = has_han(name)
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            before, after = text[at - 1 : at], text[end : end + 1]
            if han:
                fits = not reading.words.cuts_known(at, end) and (
                    len(name) > 2 or reading.words.whole(at, end)
                )
            else:
                fits = not (_word(before) and _word(name[0])) and not (_word(after) and _word(name[-1]))
            if fits and (at, end) != (source.start, source.end):
                found.append(
                    Candidate(
                        start=at,
                        end=end,
                        type=source.type,
                        method=source.method,
                        score=round(source.score * 0.95, 3),
                        entity=source.entity,
                        kind=source.kind,
                    )
                )
            at = text.find(name, end)
    return found


def _word(char: str) -> bool:
    return char.isalnum() and not is_han(char)


def _surnames(text: str, settled: Sequence[Candidate]) -> Iterable[Candidate]:
    """Find surnames that stand alone for a person whose full name the document gives."""
    owners: dict[str, set[str | None]] = {}
    source: dict[str, Candidate] = {}
    for candidate in settled:
        name = text[candidate.start : candidate.end]
        words = name.split()
        if candidate.type == "person" and len(words) >= 2 and not has_han(name):
            surname = words[0] if is_pinyin_name(name) else words[-1]
            owners.setdefault(surname, set()).add(candidate.entity or name)
            source.setdefault(surname, candidate)
    for surname, people in sorted(owners.items()):
        if len(people) != 1 or len(surname) < 2 or not surname[0].isupper():
            continue
        for match in re.finditer(rf"(?<![\w.-]){re.escape(surname)}(?![\w-])", text):
            first = source[surname]
            if match.start() > first.start and not re.match(r" [A-Z]", text[match.end() : match.end() + 2]):
                yield Candidate(
                    start=match.start(), end=match.end(), type="person", method="rule", score=0.7,
                    entity=first.entity or f"={text[first.start : first.end]}", kind="alias",
                )  # fmt: skip


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
    for index, owner in _shortened(text, settled, nodes):
        groups.join(groups.find(nodes[owner]), groups.find(nodes[index]))
        settled[index] = msgspec.structs.replace(settled[index], kind="alias")
    members: dict[str, list[int]] = {}
    for index, node in enumerate(nodes):
        members.setdefault(groups.find(node), []).append(index)
    entities: dict[str, LocalEntity] = {}
    final: dict[str, str] = {}
    for root, indexes in members.items():
        entity = _entity(text, settled, ids, root, indexes)
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


def _shortened(text: str, settled: Sequence[Candidate], nodes: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Pair English short names with the full name before them: ``Leading Group`` after ``Leading Group of X``.

    The short name has at least two words, no entry of its own, and begins or ends the nearest full name
    of its type that goes on with ``of`` or leads up to it.
    """
    earlier: list[int] = []
    for index, candidate in enumerate(settled):
        name = text[candidate.start : candidate.end]
        if has_han(name):
            continue
        if candidate.entity is None and " " in name and candidate.method in ("rule", "model"):
            for other in reversed(earlier):
                full = text[settled[other].start : settled[other].end]
                if (
                    settled[other].type == candidate.type
                    and nodes[other] != nodes[index]
                    and (
                        full.startswith((f"{name} of ", f"{name} for ", f"{name} on "))
                        or full.endswith(f" {name}")
                    )
                ):
                    yield index, other
                    break
        earlier.append(index)


def _entity(
    text: str, settled: Sequence[Candidate], ids: Sequence[str], root: str, indexes: Sequence[int]
) -> LocalEntity:
    names: dict[str, LocalName] = {}
    for index in indexes:
        candidate = settled[index]
        name = clean(text[candidate.start : candidate.end])
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
    return LocalEntity(
        key=new_id(voted, chinese or english or ""),
        type=voted, gazetteer=False, en=english, zh=chinese, names=list(names.values()),
    )  # fmt: skip


def _vote(settled: Sequence[Candidate], indexes: Sequence[int]) -> EntityType:
    """Return the type that the best witness gives: glosses first, then the sum of scores."""
    weight: dict[EntityType, float] = {}
    for index in indexes:
        candidate = settled[index]
        bonus = 2.0 if candidate.method in ("gloss", "table") else 0.0
        weight[candidate.type] = weight.get(candidate.type, 0.0) + candidate.score + bonus
    return min(weight, key=lambda k: (-weight[k], k))


def clean(name: str) -> str:
    """Return a surface as names are listed: one line, no letter-spacing, no outer quotes."""
    return " ".join(name.split()).strip(" \"'《》")
