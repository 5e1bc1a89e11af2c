"""Statements become relation records: page offsets, evidence, each once."""

import hashlib
from collections.abc import Iterable

from pipeline.align import Aligned
from pipeline.records import Relation, RelationType
from pipeline.relate.statements import Statement
from pipeline.segment import Reading

_SYMMETRIC = frozenset({"partner_of"})


def statement_key(kind: RelationType, subject: str, target: str) -> str:
    """Return what all records of one statement share, wherever it is made.

    >>> statement_key("partner_of", "a", "b") == statement_key("partner_of", "b", "a")
    True
    """
    ends = sorted((subject, target)) if kind in _SYMMETRIC else [subject, target]
    return hashlib.sha256("\0".join((kind, *ends)).encode()).hexdigest()[:12]


def relations(
    reading: Reading, aligned: Aligned, found: Iterable[Statement], document: str
) -> list[Relation]:
    """Return the records of statements, each pair of entities once a sentence, type and title.

    Where several patterns say the same, the best-scored one is kept; on equal scores the one with
    more qualifiers.
    """
    best: dict[tuple[object, ...], Statement] = {}
    for one in found:
        subject, target = aligned.mentions[one.subject].entity, aligned.mentions[one.object].entity
        if subject == target:
            continue
        if (
            one.type in _SYMMETRIC
            and aligned.mentions[one.object].candidate.start < aligned.mentions[one.subject].candidate.start
        ):
            one = Statement(
                type=one.type, subject=one.object, object=one.subject, start=one.start, end=one.end,
                method=one.method, score=one.score, qualifiers=one.qualifiers, table=one.table, place=one.place,
            )  # fmt: skip
            subject, target = target, subject
        key = (
            one.type,
            subject,
            target,
            one.start,
            one.end,
            one.place,
            one.qualifiers.title,
            one.qualifiers.item,
        )
        have = best.get(key)
        if have is None or _rank(one) > _rank(have):
            best[key] = one
    for have_key, one in list(best.items()):
        # "acting director" makes "director" of the same body superfluous
        title = one.qualifiers.title
        if one.type == "holds_position" and any(
            k[:6] == have_key[:6]
            and o.qualifiers.title is not None
            and title != o.qualifiers.title
            and (title is None or title in o.qualifiers.title)
            for k, o in best.items()
        ):
            del best[have_key]
    records = [_record(reading, aligned, one, document) for one in best.values()]
    return sorted(
        records,
        key=lambda r: (
            r.page,
            r.start,
            r.type,
            r.subject,
            r.object,
            r.qualifiers.title or "",
            r.qualifiers.item or "",
        ),
    )


def _rank(one: Statement) -> tuple[float, int, bool]:
    q = one.qualifiers
    return one.score, sum(v is not None for v in (q.date, q.title, q.amount, q.role)), q.modality is None


def _record(reading: Reading, aligned: Aligned, one: Statement, document: str) -> Relation:
    """Write a statement's record; evidence is the part of its span on the page of its subject."""
    if one.place is not None:
        page, start, end = one.place
    else:
        subject = aligned.mentions[one.subject].candidate
        home, at, _ = reading.parts(subject.start, subject.end)[0]
        # the part on the subject's page, if possible the one that holds it
        page, start, end = min(
            reading.parts(one.start, one.end), key=lambda p: (p[0] != home, not p[1] <= at < p[2])
        )
    return Relation(
        id="", type=one.type, subject=aligned.mentions[one.subject].entity, object=aligned.mentions[one.object].entity,
        document=document, page=page + 1, start=start, end=end, evidence=_text(reading, page, start, end),
        table=one.table, method=one.method, score=round(one.score, 3), qualifiers=one.qualifiers,
    )  # fmt: skip


def _text(reading: Reading, page: int, start: int, end: int) -> str:
    """Return a page's text over a span that lies in one segment of the stream."""
    for segment in reading.stream.segments:
        if segment.page == page and segment.start <= start and end <= segment.end:
            at = segment.at - segment.start
            return reading.stream.text[at + start : at + end]
    raise AssertionError("a part lies in one segment")
