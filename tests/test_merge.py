"""Entities merged on disk are those merged in memory, whatever the order of clusters."""

import random
from collections.abc import Sequence
from pathlib import Path

from pipeline.align.entities import LocalEntity, LocalName
from pipeline.align.identity import new_id, same_name
from pipeline.align.properties import Property
from pipeline.align.resolve import resolve
from pipeline.merge import Merge
from pipeline.records import EntityType, Mention

_Part = tuple[str, list[LocalEntity], list[Mention]]


def _mention(document: str, at: int, text: str, key: str, kind: EntityType) -> Mention:
    return Mention(
        id=f"{document}:1:{at}-{at + len(text)}", document=document, page=1, start=at, end=at + len(text), text=text, bboxes=[],
        language="en", type=kind, entity=key, method="rule", score=0.7, continues=None,
    )  # fmt: skip


def _part(document: str, named: Sequence[tuple[EntityType, list[str]]]) -> _Part:
    """Return a document that names entities, each by all of its names; one with a slash is a gazetteer entry."""
    entities, mentions, at = [], [], 0
    for kind, names in named:
        key = names[0] if "/" in names[0] else new_id(kind, names[0])
        shown = [n for n in names if "/" not in n]
        found = []
        for name in shown:
            found.append(_mention(document, at, name, key, kind))
            at += len(name) + 1
        mentions += found
        entities.append(
            LocalEntity(
                key=key, type=kind, gazetteer="/" in names[0] and "~" not in names[0], en=shown[0], zh=None,
                names=[LocalName(text=m.text, kind="canonical", evidence=m.id) for m in found],
            )
        )  # fmt: skip
    return document, entities, mentions


def _merged(
    folder: Path, parts: Sequence[_Part], decisions: object = None
) -> tuple[list[object], list[dict[str, str]]]:
    with Merge(folder, decisions) as merge:  # type: ignore[arg-type]
        for part in parts:
            merge.add(*part)
        merge.settle(None)
        return list(merge.entities()), [merge.keys(i) for i in range(len(parts))]


def test_chains_of_shared_names_and_strangers(tmp_path: Path) -> None:
    rng = random.Random(7)
    names = [
        f"{a} {b} Robot Office"
        for a in ("Delta", "Ningbo", "Jiaxing")
        for b in ("First", "Second", "Chip", "Testing")
    ]
    kinds: tuple[EntityType, ...] = ("government", "company")
    parts = []
    for number in range(120):
        named = [(rng.choice(kinds), rng.sample(names, rng.randint(1, 2))) for _ in range(3)]
        if number % 5 == 0:
            named.append(("government", ["government/delta-office", "Delta Robot Bureau"]))
        keys = {n[0] if "/" in n[0] else new_id(k, n[0]): (k, n) for k, n in named}
        parts.append(_part(f"{number:016x}", list(keys.values())))
    want = resolve(parts, None)
    assert _merged(tmp_path, parts) == (want.entities, want.keys)
    assert not list(tmp_path.iterdir())


def test_a_curators_pair_connects_what_shares_no_name(tmp_path: Path) -> None:
    class Decided:
        pairs = {"same": [(same_name("Delta Robot Office"), same_name("Ningbo Chip Office"))]}

    parts = [
        _part("a" * 16, [("government", ["Delta Robot Office"])]),
        _part("b" * 16, [("government", ["Ningbo Chip Office"])]),
    ]
    want = resolve(parts, None, Decided())
    found = _merged(tmp_path, parts, Decided())
    assert found == (want.entities, want.keys)
    assert len(found[0]) == 1


def test_what_documents_say_of_an_entity_is_gathered_in_their_order(tmp_path: Path) -> None:
    one, two = (_part(d * 16, [("company", ["Delta Robot Group"])]) for d in "ab")
    key = one[1][0].key

    def said(value: str, evidence: str) -> Property:
        return Property(entity=key, name="website", value=value, evidence=evidence)

    with Merge(tmp_path) as merge:
        merge.add(*one, [said("www.delta.example", "a1"), said("https://delta.example/", "a2")])
        merge.add(*two, [said("other.example", "b1")])
        merge.settle(None)
        (entity,) = merge.entities()
    assert [(v.value, v.evidence) for v in entity.properties["website"]] == [
        ("www.delta.example", "a1"), ("other.example", "b1"),
    ]  # fmt: skip
    assert (entity.mentions, len(entity.documents)) == (2, 2)


def test_nothing_named(tmp_path: Path) -> None:
    assert _merged(tmp_path, [("a" * 16, [], [])]) == ([], [{}])
