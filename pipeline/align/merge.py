"""Which local entities of different documents are one: on full names, never by a chain of weak links.

Entities are taken in the run's order; each joins the group that owns one of its full names unless what
else is known of the two speaks against it: two full Chinese names of which neither shortens the other,
a name so short or plain that only shared company around it can vouch for it, or a curator's decision.
Every step looks names up in tables: no pair of entities is compared that does not share a name.
"""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from pipeline.align.entities import LocalEntity, LocalName
from pipeline.align.identity import same_name
from pipeline.names.forms import core
from pipeline.names.profile import HanName, profile
from pipeline.names.short import short_form
from pipeline.normal import has_han
from pipeline.ordinary import all_ordinary
from pipeline.pinyin import is_pinyin_name, spells

Member = tuple[int, LocalEntity]
"""The index of a document and an entity of it."""


class Decided(Protocol):
    """What a curator decided: pairs of names or ids, each in the form of ``same_name``."""

    @property
    def pairs(self) -> dict[str, list[tuple[str, str]]]:
        """The pairs, under ``same`` and ``different``."""


class Group:
    """Local entities held to be one; ``id`` is settled when all are gathered."""

    def __init__(self, number: int, kind: str, gazetteer: bool) -> None:
        self.number = number
        self.kind = kind
        self.gazetteer = gazetteer
        self.members: list[Member] = []
        self.names: set[str] = set()
        self.zh: list[str] = []
        self.company: set[str] = set()
        """Gazetteer entities that stand near its mentions."""

    def add(self, member: Member, company: Iterable[str]) -> None:
        """Take in a local entity."""
        _, entity = member
        self.members.append(member)
        self.names |= {same_name(n.text) for n in entity.names} | {same_name(entity.key)}
        if entity.zh:
            self.zh.append(entity.zh)
        self.company |= set(company)


def full_names(entity: LocalEntity) -> list[str]:
    """Return the names on which entities may be merged, as ``same_name`` has them: no short forms, none too short."""
    names = {
        same_name(name.text)
        for name in entity.names
        if name.kind not in ("abbreviation", "alias")
        and len(same_name(name.text))
        >= (2 if has_han(name.text) and entity.type == "person" else 3 if has_han(name.text) else 4)
    } | {same_name(n) for n in (entity.en, entity.zh) if n}
    if entity.type == "place":
        names |= {same_name(n.text[:-2]) for n in entity.names if len(n.text) > 4 and n.text.endswith("区域")}
    if entity.type == "company":  # with and without its legal ending
        for name in (entity.en, entity.zh):
            stem = same_name(core(name).stem) if name else ""
            if len(stem) >= (4 if has_han(stem) else 8):
                names.add(stem)
    return sorted(names)


def is_plain(name: str, kind: str) -> bool:
    """Say whether a name is so short or common that its equals elsewhere may be others: 张涛, Zhang Wei, Leading Group."""
    if kind == "person":
        return len(name) <= 2 if has_han(name) else is_pinyin_name(name)
    if has_han(name):
        if kind in ("government", "association") and _everywhere(same_name(name)):
            return True
        return len(name) <= 4 and kind in ("government", "institution", "association", "plan", "event")
    return all_ordinary(name) and len(name.split()) <= 2 and kind not in ("technology", "place")


_OF_A_PLACE = re.compile(
    r"(?:协会|学会|联合会|委员会|常务委员会|局|厅|办公室|领导小组|工作组|人民政府|人民代表大会)$"
)
_STRUCTURE = frozenset("市省县区州乡镇局厅和与及界机关办")


@functools.lru_cache(maxsize=4096)
def _everywhere(name: str) -> bool:
    """Say whether a body's name says only what it does, so that every province has one: 科学技术协会, 市财政局."""
    if not _OF_A_PLACE.search(name):
        return False
    taken = profile(name)
    return isinstance(taken, HanName) and all(
        piece.section in ("fields", "heads", "legal", "posts")
        or set(name[piece.start : piece.end]) <= _STRUCTURE
        for piece in taken.pieces
    )


def gather(
    documents: Sequence[Sequence[LocalEntity]],
    company: Mapping[tuple[int, str], Iterable[str]],
    decided: Decided | None = None,
) -> list[Group]:
    """Gather the local entities of all documents into groups.

    Args:
        documents: the entities of each document, in the run's order.
        company: for an entity (index of its document, local key) the gazetteer entries near its mentions.
        decided: a curator's decisions.
    """
    pairs = decided.pairs if decided is not None else {}
    apart: dict[str, set[str]] = {}
    for one, two in pairs.get("different", ()):
        apart.setdefault(one, set()).add(two)
        apart.setdefault(two, set()).add(one)
    groups: list[Group] = []
    entries: dict[str, Group] = {}
    owners: dict[tuple[str, str], list[Group]] = {}
    joined: dict[int, Group] = {}

    def root(group: Group) -> Group:
        while group.number in joined:
            group = joined[group.number]
        return group

    def unite(one: Group, two: Group) -> Group:
        if (two.gazetteer and not one.gazetteer) or (
            one.gazetteer == two.gazetteer and two.number < one.number
        ):
            one, two = two, one
        one.members = sorted(one.members + two.members, key=lambda m: (m[0], m[1].key))
        one.names |= two.names
        one.zh += two.zh
        one.company |= two.company
        joined[two.number] = one
        return one

    def opposed(names: set[str], group: Group) -> bool:
        return any(other in group.names for name in names for other in apart.get(name, ()))

    # entries first: what a document calls an entry is known to the documents before it
    order = [(i, e) for i, entities in enumerate(documents) for e in entities]
    for index, entity in sorted(order, key=lambda m: not m[1].gazetteer):
        near = tuple(company.get((index, entity.key), ()))
        names = full_names(entity)
        if entity.gazetteer:
            group = entries.get(entity.key)
            if group is None:
                group = entries[entity.key] = Group(len(groups), entity.type, True)
                groups.append(group)
        else:
            mine = {same_name(n.text) for n in entity.names} | {same_name(entity.key)}
            found: list[Group] = []
            for name in names:
                for owner in owners.get((entity.type, name), ()):
                    owner = root(owner)
                    if owner not in found and not opposed(mine, owner) and _fits(entity, names, near, owner):
                        found.append(owner)
            found.sort(key=lambda g: (not g.gazetteer, -len(g.names & set(names)), g.number))
            if found:
                group = found[0]
                for other in found[1:]:
                    if (
                        not (group.gazetteer and other.gazetteer)
                        and _agree(group.zh, other.zh)
                        and not opposed(other.names, group)
                    ):
                        group = unite(group, other)
            else:
                group = Group(len(groups), entity.type, False)
                groups.append(group)
        group.add((index, entity), near)
        for name in names:
            known = owners.setdefault((entity.type, name), [])
            if len(known) < 20 and all(root(k) is not group for k in known):
                known.append(group)
    for one, two in pairs.get("same", ()):
        meant = [g for g in groups if g.number not in joined and (one in g.names or two in g.names)]
        for other in meant[1:]:
            if not (root(meant[0]).gazetteer and other.gazetteer):
                unite(root(meant[0]), other)
    return [g for g in groups if g.number not in joined]


def _fits(entity: LocalEntity, names: Sequence[str], near: Sequence[str], group: Group) -> bool:
    """Say whether an entity may join a group with which it shares a full name."""
    if group.gazetteer and group.members and group.members[0][1].key == entity.key:
        return True
    if entity.zh and not _agree([entity.zh], group.zh):
        return False
    texts = [n for n in (entity.en, entity.zh) if n and same_name(n) in group.names]
    texts += [
        n.text
        for n in entity.names
        if same_name(n.text) in group.names and n.kind not in ("alias", "abbreviation")
    ]
    if texts and all(is_plain(t, entity.type) for t in texts):
        shared = {same_name(t) for t in texts}
        han = {n for n in shared if has_han(n)}
        # its pinyin is no second name of 张涛
        latin = {t for t in texts if not has_han(t) and not any(spells(t, n) for n in han)}
        return (
            len(han) + len({same_name(t) for t in latin}) > 1
            or bool(set(near) & group.company)
            or any(_acronym(n) and same_name(n.text) in group.names for n in entity.names)
        )
    return True


def _acronym(name: LocalName) -> bool:
    """Say whether a name is an abbreviation that the text itself defines and that few other bodies share: DRTO."""
    return name.kind == "abbreviation" and len(name.text) >= 3 and name.text.isascii() and name.text.isupper()


def _agree(one: Sequence[str], two: Sequence[str]) -> bool:
    """Say whether full Chinese names can be one body's: equal, or one a short form of the other."""
    for a in dict.fromkeys(one):
        for b in dict.fromkeys(two[:8]):
            if same_name(a) != same_name(b):
                short, full = sorted((a, b), key=len)
                if short_form(short, full) < 0.8:
                    return False
    return True
