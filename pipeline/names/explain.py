"""Why an entity of a run has its names: each with the mention that proves it and how well names fit each other."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.names.match import judge
from pipeline.names.profile import profile
from pipeline.names.weights import Weights
from pipeline.records import Document, Entity, Mention, Page, Record

T = TypeVar("T")
_AROUND = 40
"""Characters of context on either side of a mention."""


class Shown(Record, frozen=True, kw_only=True):
    """A name of an entity and its proof."""

    text: str
    kind: str
    evidence: str | None
    method: str | None
    score: float | None
    """The mention's score."""
    where: str | None
    """The document's path and the page."""
    context: str | None
    witnesses: list[str]
    """What ties the name to the canonical ones by its form, with scores."""


class Explanation(Record, frozen=True, kw_only=True):
    """An entity with the proofs of its names."""

    id: str
    type: str
    en: str | None
    zh: str | None
    gazetteer: bool
    former_ids: list[str]
    mentions: int
    names: list[Shown]


class NoSuchEntity(Exception):
    """No entity of the run has this id or name."""


def explain(run: Path, wanted: str) -> list[Explanation]:
    """Explain the entities of a run that an id, an earlier id or a name means.

    Args:
        run: a finished run's folder.
        wanted: an id, one of ``former_ids``, or any name.

    Raises:
        NoSuchEntity: none is meant.
        OSError: the run's files cannot be read.
        msgspec.MsgspecError: they are no run's files.
    """
    entities = list(_lines(run / "entities.jsonl", Entity))
    meant = [e for e in entities if e.id == wanted] or [e for e in entities if wanted in e.former_ids]
    meant = meant or [e for e in entities if any(n.text.casefold() == wanted.casefold() for n in e.names)]
    if not meant:
        raise NoSuchEntity(f"{run}: no entity has the id or name {wanted!r}{_perhaps(wanted, entities)}")
    asked = {n.evidence for e in meant for n in e.names if n.evidence}
    mentions = {m.id: m for m in _lines(run / "mentions.jsonl", Mention) if m.id in asked}
    places = {(m.document, m.page) for m in mentions.values()}
    pages = {
        (p.document, p.page): p.text
        for p in _lines(run / "pages.jsonl", Page)
        if (p.document, p.page) in places
    }
    paths = {d.id: d.path for d in _lines(run / "documents.jsonl", Document)} if places else {}
    return [_explained(e, mentions, pages, paths) for e in meant]


_SHOWN = 5
"""Names that are offered where none is the one asked for."""


def _perhaps(wanted: str, entities: Sequence[Entity]) -> str:
    """Return the names of a run that hold what was asked for, shortest first, as the end of a message."""
    plain = wanted.strip().casefold()
    holding = {n.text for e in entities for n in e.names if plain and plain in n.text.casefold()}
    found = sorted(holding, key=lambda t: (len(t), t))[:_SHOWN]
    return f"; perhaps {', '.join(found)}" if found else ""


def _explained(
    entity: Entity, mentions: dict[str, Mention], pages: dict[tuple[str, int], str], paths: dict[str, str]
) -> Explanation:
    weights = Weights(0, {})
    shown: list[Shown] = []
    for name in entity.names:
        mention = mentions.get(name.evidence or "")
        context = None
        if mention is not None:
            text = pages.get((mention.document, mention.page), "")
            context = " ".join(text[max(0, mention.start - _AROUND) : mention.end + _AROUND].split())
        witnesses: list[str] = []
        for canonical in (entity.en, entity.zh):
            if canonical and canonical != name.text:
                score, evidence = judge(profile(name.text), profile(canonical), weights, kind=entity.type)
                if score >= 0.3:
                    why = ", ".join(f"{e.witness} {e.left} = {e.right}" for e in evidence)
                    witnesses.append(f"{score:.2f} with {canonical}: {why}")
        shown.append(
            Shown(
                text=name.text, kind=name.kind, evidence=name.evidence, method=mention.method if mention else None,
                score=mention.score if mention else None,
                where=f"{paths.get(mention.document, mention.document)} page {mention.page}" if mention else None, context=context, witnesses=witnesses,
            )
        )  # fmt: skip
    return Explanation(
        id=entity.id, type=entity.type, en=entity.en, zh=entity.zh, gazetteer=entity.gazetteer,
        former_ids=entity.former_ids, mentions=entity.mentions, names=shown,
    )  # fmt: skip


def _lines(path: Path, kind: type[T]) -> Iterator[T]:
    decoder = msgspec.json.Decoder(kind)
    with open(path, "rb") as lines:
        for line in lines:
            yield decoder.decode(line)
