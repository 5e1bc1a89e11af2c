"""What documents name that no gazetteer entry holds: new names, and new names of known entries."""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from pypinyin import lazy_pinyin

from pipeline.align.identity import same_name
from pipeline.curate.decisions import Decisions, Evidence
from pipeline.curate.runs import Run, spread
from pipeline.match.gazetteer import Gazetteer
from pipeline.match.scores import CERTAIN
from pipeline.normal import has_han, key, simplify
from pipeline.records import EntityType, Mention, Name, NameKind, Record

_MOST_EVIDENCE = 5
_BARE = re.compile(r"(?:市|省|区|县|州|团市|团省|团区)(?!(?:北|南|西|东)?[京海])(?=[\u4e00-\u9fff]{2,14}$)")
"""A body named without its place: 市经信局 in a notice of Wuhan's means Wuhan's, elsewhere another one."""
_PLACE = re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,8}?(?:自治区|省|市|区|县|州))")
What = Literal["new", "alias", "doubt"]
"""A name of nothing known, a further name of an entry, or a risky name of an entry that may be none here."""


class CandidateName(Record, frozen=True, kw_only=True):
    """One name of a candidate."""

    text: str
    kind: NameKind


class Proposal(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The entry that a new name would become."""

    id: str
    type: EntityType
    en: str | None = None
    zh: str | None = None
    aliases: list[str] = []
    abbreviations: list[str] = []
    source: str = ""


class NameCandidate(Record, frozen=True, kw_only=True):
    """Something to decide about: a name that is new, or a new name of an entry."""

    key: str
    """What identifies it from run to run: its kind, type and names."""
    what: What
    type: EntityType
    names: list[CandidateName]
    entity: str | None
    """For ``alias`` and ``doubt``: the entry."""
    documents: int
    mentions: int
    certainty: float
    """0 to 1: how sure the witnesses are, more than one counting for more."""
    rank: float
    methods: list[str]
    fingerprint: str
    """Hash of the evidence: what a rejection holds for."""
    similar: list[str]
    """Entries that the name may belong to, the likeliest first."""
    evidence: list[Evidence]
    proposal: Proposal | None


class _Group:
    """The mentions of one candidate over all runs, each document's counted once."""

    def __init__(self) -> None:
        self.types: Counter[EntityType] = Counter()
        self.names: dict[str, CandidateName] = {}
        self.mentions: dict[str, tuple[Run, Mention]] = {}
        self.en: str | None = None
        self.zh: str | None = None


def candidates(
    runs: Sequence[Run],
    gazetteer: Gazetteer,
    decisions: Decisions | None = None,
    *,
    certain: float = 0.0,
    doubtful: bool = False,
) -> list[NameCandidate]:
    """Return what is to be decided, ranked by how much it would bring.

    Args:
        runs: finished runs; a document in several of them counts once.
        gazetteer: the entries as they are now: what became an entry since the run is no candidate.
        decisions: what was decided before.
        certain: the least certainty.
        doubtful: whether to ask about risky names too, after all others.
    """
    decisions = Decisions() if decisions is None else decisions
    found = [*_new(runs, gazetteer, decisions), *_aliases(runs, gazetteer, decisions)]
    ranked = sorted((c for c in found if c.certainty >= certain), key=lambda c: (-c.rank, c.key))
    doubts = _doubts(runs, gazetteer, decisions) if doubtful else ()
    return ranked + sorted(doubts, key=lambda c: (-c.rank, c.key))


def _new(runs: Sequence[Run], gazetteer: Gazetteer, decisions: Decisions) -> Iterator[NameCandidate]:
    groups: dict[str, _Group] = {}
    for run in runs:
        by_entity: dict[str, list[Mention]] = {}
        for mention in run.mentions:
            if not run.entities[mention.entity].gazetteer and mention.continues is None:
                by_entity.setdefault(mention.entity, []).append(mention)
        for name, mentions in sorted(by_entity.items()):
            entity = run.entities[name]
            mentions = [m for m in mentions if not decisions.suppressed(m.document, m.text, m.type)]
            texts = [n for n in entity.names if n.kind != "traditional" and n.kind != "pinyin"]
            if not mentions or any(_known(gazetteer, n.text, entity.type) for n in texts):
                continue
            texts, zh = _with_place(entity.zh, texts, run, mentions)
            if any(_known(gazetteer, n.text, entity.type) for n in texts):
                continue
            if not texts:
                continue
            main = same_name(zh or entity.en or texts[0].text)
            group = groups.setdefault(main, _Group())
            group.en, group.zh = group.en or entity.en, group.zh or zh
            group.types[entity.type] += len(mentions)
            for n in texts:
                if not decisions.suppressed("", n.text, entity.type):
                    group.names.setdefault(same_name(n.text), CandidateName(text=n.text, kind=n.kind))
            group.mentions.update({m.id: (run, m) for m in mentions})
    for main, group in sorted(groups.items()):
        if not group.names:
            continue
        kind = min(group.types, key=lambda t: (-group.types[t], t))
        names = list(group.names.values())
        made = _candidate("new", kind, main, names, None, group)
        if not decisions.rejected(names[0].text, kind, made.fingerprint):
            yield made


def _with_place(
    zh: str | None, names: Sequence[Name], run: Run, mentions: Sequence[Mention]
) -> tuple[list[Name], str | None]:
    """Return an entity's names and Chinese name, bare ones of bodies completed with the issuing place or left out."""
    place = next(
        (
            found["place"]
            for m in mentions
            for i in run.documents[m.document].issuers
            if (found := _PLACE.match(i))
        ),
        None,
    )

    def whole(name: str) -> str | None:
        if mentions[0].type != "government" or not _BARE.match(name):
            return name
        if place is None or name.startswith("团"):
            return None
        return place + name.removeprefix(place[-1])

    full = [(n, whole(n.text)) for n in names]
    return [msgspec.structs.replace(n, text=t) for n, t in full if t is not None], whole(zh) if zh else None


def _known(gazetteer: Gazetteer, name: str, kind: EntityType) -> bool:
    return any(gazetteer.entries[s.entry].type == kind for s in gazetteer.lookup(name))


def _aliases(runs: Sequence[Run], gazetteer: Gazetteer, decisions: Decisions) -> Iterator[NameCandidate]:
    """Yield the names that documents give to entries and that the entries do not have, one a candidate."""
    groups: dict[tuple[str, str], _Group] = {}
    for run in runs:
        shown: dict[tuple[str, str], list[Mention]] = {}
        for mention in run.mentions:
            if run.entities[mention.entity].gazetteer and mention.method != "gazetteer":
                shown.setdefault((mention.entity, same_name(mention.text)), []).append(mention)
        for (entity, name), mentions in sorted(shown.items()):
            if entity not in gazetteer.by_key:
                continue
            text = next((n for n in run.entities[entity].names if same_name(n.text) == name), None)
            if text is not None and run.entities[entity].type == "government" and _BARE.match(text.text):
                continue  # true in this document alone
            have = {same_name(s.text) for s in gazetteer.surfaces_of(entity)}
            if text is None or name in have or text.kind == "pinyin":
                continue
            if any(gazetteer.entries[s.entry].key == entity for s in gazetteer.lookup(text.text)):
                continue
            kind = run.entities[entity].type
            if decisions.different(text.text, entity) or decisions.suppressed("", text.text, kind):
                continue
            mentions = [m for m in mentions if not decisions.suppressed(m.document, m.text, m.type)]
            group = groups.setdefault((entity, name), _Group())
            group.types[kind] += len(mentions)
            group.names.setdefault(name, CandidateName(text=text.text, kind=_guess(text.text, text.kind)))
            group.mentions.update({m.id: (run, m) for m in mentions})
    for (entity, name), group in sorted(groups.items()):
        if group.mentions:
            kind = next(iter(group.types))
            yield _candidate("alias", kind, name, list(group.names.values()), entity, group)


def _doubts(runs: Sequence[Run], gazetteer: Gazetteer, decisions: Decisions) -> Iterator[NameCandidate]:
    """Yield the risky names that were taken for entries: ones with a match rule, or that several entries share."""
    groups: dict[tuple[str, str], _Group] = {}
    for run in runs:
        for mention in run.mentions:
            if mention.method != "gazetteer" or mention.entity not in gazetteer.by_key or mention.continues:
                continue
            if decisions.suppressed(mention.document, mention.text, mention.type):
                continue
            surfaces = gazetteer.lookup(mention.text)
            mine = [s for s in surfaces if gazetteer.entries[s.entry].key == mention.entity]
            if mine and (mention.score < CERTAIN or mine[0].rule is not None):
                group = groups.setdefault((mention.entity, same_name(mention.text)), _Group())
                group.types[mention.type] += 1
                group.names.setdefault("", CandidateName(text=mention.text, kind=mine[0].kind))
                group.mentions[mention.id] = (run, mention)
    for (entity, name), group in sorted(groups.items()):
        made = _candidate("doubt", next(iter(group.types)), name, list(group.names.values()), entity, group)
        if not decisions.rejected(made.names[0].text, made.type, made.fingerprint):
            yield made


def _guess(text: str, kind: NameKind) -> NameKind:
    """Return the kind of a further name: an abbreviation when it looks like one."""
    letters = [c for c in text if c.isascii() and c.isalpha()]
    if kind in ("canonical", "alias") and letters and len(text) <= 6 and all(c.isupper() for c in letters):
        return "abbreviation"
    return "alias" if kind == "canonical" else kind


def _candidate(
    what: What,
    kind: EntityType,
    main: str,
    names: list[CandidateName],
    entity: str | None,
    group: _Group,
) -> NameCandidate:
    mentions = [m for _, m in group.mentions.values()]
    best: dict[str, float] = {}
    for mention in mentions:
        best[mention.method] = max(best.get(mention.method, 0.0), mention.score)
    certainty = 1.0 - math.prod(1.0 - 0.95 * score for score in best.values())
    documents = len({m.document for m in mentions})
    by_id = {m.id: run for run, m in group.mentions.values()}
    distinct: dict[str, Evidence] = {}
    for mention in spread(mentions, 10 * _MOST_EVIDENCE):
        sentence = by_id[mention.id].evidence(mention)
        distinct.setdefault(sentence.document + sentence.before + sentence.name + sentence.after, sentence)
    evidence = list(distinct.values())[:_MOST_EVIDENCE]
    rank = certainty * (2 * math.log2(1 + documents) + math.log2(1 + len(mentions)))
    return NameCandidate(
        key=f"{what}:{entity or kind}:{main}",
        what=what,
        type=kind,
        names=names,
        entity=entity,
        documents=documents,
        mentions=len(mentions),
        certainty=round(certainty, 3),
        rank=round(rank, 3),
        methods=sorted(best),
        fingerprint=_fingerprint(by_id, mentions),
        similar=[],
        evidence=evidence,
        proposal=proposal(kind, names, group.en, group.zh, evidence) if what == "new" else None,
    )


def _fingerprint(runs: dict[str, Run], mentions: Sequence[Mention]) -> str:
    """Hash the sentences that a candidate rests on, by document."""
    sentences = set()
    for mention in mentions:
        e = runs[mention.id].evidence(mention)
        sentences.add(f"{e.document}\0{same_name(e.before + e.name + e.after)}")
    return hashlib.sha256("\0\0".join(sorted(sentences)).encode()).hexdigest()[:16]


def proposal(
    kind: EntityType,
    names: Sequence[CandidateName],
    en: str | None,
    zh: str | None,
    evidence: Sequence[Evidence],
) -> Proposal:
    """Return the entry that a new name would become."""
    en = key(en) if en else next((key(n.text) for n in names if not has_han(n.text)), None)
    zh = simplify(zh) if zh else next((simplify(n.text) for n in names if has_han(n.text)), None)
    rest = [n for n in names if same_name(n.text) not in {same_name(x) for x in (en, zh) if x}]
    kinds = {n.text: _guess(n.text, n.kind) for n in rest}
    first = evidence[0] if evidence else None
    return Proposal(
        id=slug(en or zh or "entry"),
        type=kind,
        en=en,
        zh=zh,
        aliases=[n for n, k in kinds.items() if k != "abbreviation"],
        abbreviations=[n for n, k in kinds.items() if k == "abbreviation"],
        source=f"named in {first.path}, page {first.page}" if first else "",
    )


def slug(name: str) -> str:
    """Return a name as an id: Latin words in lower case, Chinese in pinyin."""
    text = key(name)
    if has_han(text):
        text = " ".join(lazy_pinyin(text))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['.]", "", text.lower().replace("&", " and ")))
    return "-".join(w for w in words if w != "the")[:100].strip("-") or "entry"
