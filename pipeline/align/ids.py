"""The ids of a run's entities: which of several homonyms has the id of their name, which were known by what before."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.align.identity import new_id
from pipeline.align.merge import Group, is_plain

Earlier = Callable[[Iterable[str]], Mapping[str, int]]
"""Asked with ids of mentions: under which ids an earlier run had them as evidence, and how many of them under each."""


def settle_ids(
    groups: Sequence[Group], documents: Sequence[str], earlier: Earlier | None = None
) -> dict[int, tuple[str, set[str]]]:
    """Return each group's id and the ids under which it may have been known before, by the group's number.

    A group has the id of its first member. Where homonyms have one id, each keeps the one that an earlier run of
    the same folder gave to most of its evidence. Of the others, the one that most documents name has the id of
    the name (of equals the first in the run's order), the rest get one with the document of their
    first evidence in it.

    Args:
        groups: the entities.
        documents: the ids of the documents, in the run's order.
        earlier: what an earlier run says, if there is one.
    """
    ordered = sorted(groups, key=lambda g: (not g.gazetteer, -len({i for i, _ in g.members}), _first(g)))
    own = {g.number: _own(g) for g in groups}
    held = _held(ordered, own, documents, earlier) if earlier is not None else {}
    taken = set(held.values())
    result: dict[int, tuple[str, set[str]]] = {}
    for group in ordered:
        final = held.get(group.number, own[group.number])
        former = {new_id(e.type, n.text) for _, e in group.members for n in e.names} | {
            e.key for _, e in group.members
        }
        if group.number not in held and final in taken:
            for other in _discriminated(group, documents):
                final = other
                if other not in taken:
                    break
        if not group.gazetteer:
            # the ids that members would have as homonyms, where they are plain enough for that
            for i, e in group.members:
                name = e.zh or e.en or e.names[0].text
                if is_plain(name, e.type):
                    former.add(new_id(e.type, name, documents[i]))
        taken.add(final)
        result[group.number] = (final, former)
    # what is an entity's id now leads to that one only
    return {number: (final, former - taken) for number, (final, former) in result.items()}


def _held(
    ordered: Sequence[Group], own: Mapping[int, str], documents: Sequence[str], earlier: Earlier
) -> dict[int, str]:
    """Return for homonyms the ids that they had in an earlier run, those of most shared evidence first."""
    claimed = Counter(own.values())
    claims: list[tuple[int, int, str, int]] = []
    for place, group in enumerate(ordered):
        if group.gazetteer or claimed[own[group.number]] < 2:
            continue
        may = {own[group.number], *_discriminated(group, documents)}
        evidence = sorted({n.evidence for _, e in group.members for n in e.names})
        claims += [(-n, place, id_, group.number) for id_, n in earlier(evidence).items() if id_ in may]
    held: dict[int, str] = {}
    for _, _, id_, number in sorted(claims):
        if number not in held and id_ not in held.values():
            held[number] = id_
    return held


def _own(group: Group) -> str:
    return min(group.members, key=lambda m: (not m[1].gazetteer, m[0], m[1].key))[1].key


def _discriminated(group: Group, documents: Sequence[str]) -> list[str]:
    """Return the ids that a group may have as a homonym, that of its first evidence first."""
    members = sorted(group.members, key=lambda m: (m[0], m[1].key))
    return [new_id(e.type, e.zh or e.en or e.names[0].text, documents[i]) for i, e in members]


def _first(group: Group) -> tuple[int, str]:
    return min((i, e.key) for i, e in group.members)
