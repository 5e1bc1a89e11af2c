"""A sentence with its names masked: each name, or list of names, becomes one slot that patterns can see.

A slot is three private-use characters: what type it has, whether it is one name or a list, and which
node it is. Brackets after a name (its gloss, abbreviation or dates) and quotation marks are left out,
so that one pattern serves ``Ministry of Science and Technology (MOST) issued`` and ``科技部印发``.
"""

import itertools
import re
from collections.abc import Sequence

from pipeline.align import Named
from pipeline.normal import has_han
from pipeline.records import EntityType, Record
from pipeline.relate.coordination import JOINT, ORGANISATIONS, QUOTES, WORKS, Unit, coordinated, headed
from pipeline.relate.titles import ZH_TITLE

TYPES: tuple[EntityType, ...] = (
    "government", "company", "plan", "association", "institution", "person", "place",
    "publication", "technology", "event", "product",
)  # fmt: skip
_FIRST = 0xE000
_MIXED_ORGANISATIONS, _MIXED_WORKS = chr(_FIRST + 0x0E), chr(_FIRST + 0x0F)
USED = chr(_FIRST + 0x0D)
"""The type of a slot that a pattern must not take again."""
SINGLE, SEVERAL = "\ue010", "\ue011"
_NODE = 0xE100
MOST_NODES = 1500
SLOT = "[\ue000-\ue00f][\ue010\ue011][\ue100-\uf8ff]"

_BRACKET = re.compile(r"[\"》』」]?\s?[(\[]([^()\[\]]{1,60})[)\]]")
_POST = re.compile(rf"[^()\n]{{0,12}}?{ZH_TITLE}\)")
_NOTE = re.compile(r"\d{1,3}(?=[\s,.;:)]|$)")
"""A note mark glued to a name, in plain text."""


class Node(Record, frozen=True, kw_only=True):
    """One name, or several coordinated ones, of a sentence; offsets count in normalised text."""

    members: list[int]
    """Indexes into the document's mentions."""
    asides: list[int]
    """Mentions in a bracket or after a comma that narrow the name (``Alibaba (Ali Cloud)``)."""
    types: frozenset[EntityType]
    start: int
    end: int
    at: int
    """Where the slot stands in the masked text."""
    joint: bool
    """The names are joined by a word that says that they act together (会同)."""
    sides: int | None = None
    """How many members stand before the 与 that parts two sides (甲与乙及其子公司丙); None for one list."""


class Masked(Record, frozen=True, kw_only=True):
    """A sentence's masked text; character ``i`` came from normalised offset ``origin[i]``."""

    text: str
    origin: list[int]
    nodes: list[Node]
    start: int
    end: int
    source_text: str
    """The sentence itself."""

    def node(self, slot: str) -> Node:
        """Return the node of a slot as found in the masked text."""
        return self.nodes[ord(slot[2]) - _NODE]

    def source(self, at: int) -> int:
        """Return the normalised offset of a masked one."""
        return self.origin[at] if at < len(self.origin) else self.end


class Span(Record, frozen=True, kw_only=True):
    """A stretch that stands for a mention: its own, or a definite description of it; normalised offsets."""

    start: int
    end: int
    mention: int
    owner: bool = False
    """It is a possessive pronoun; an English one is masked as the name with ``'s``."""
    also: tuple[int, ...] = ()
    """Further mentions that it stands for."""


def slot(types: frozenset[EntityType] | set[EntityType], *, several: bool | None = None) -> str:
    """Return the regular expression of a slot that may hold one of these types."""
    chars = "".join(chr(_FIRST + TYPES.index(t)) for t in sorted(types))
    if len(types & ORGANISATIONS) > 1:
        chars += _MIXED_ORGANISATIONS
    if len(types & WORKS) > 1:
        chars += _MIXED_WORKS
    count = "[\ue010\ue011]" if several is None else SEVERAL if several else SINGLE
    return f"[{chars}]{count}[\ue100-\uf8ff]"


def mask(
    text: str, mentions: Sequence[Named], spans: Sequence[Span], start: int, end: int, *, heads: bool = False
) -> Masked:
    """Mask a sentence.

    Args:
        text: the document's normalised text.
        mentions: the document's mentions.
        spans: the stretches of the sentence that stand for mentions, in order.
        start: where the sentence begins in ``text``.
        end: where it ends.
        heads: take a name with the names that modify it for one (``德国西门子``,
            ``招商地产的子公司瑞嘉投资``), so that verbs see the heads alone.
    """
    units = _units(text, mentions, spans[:MOST_NODES], end)
    if heads:
        units = headed(text, mentions, units)
    nodes: list[Node] = []
    out: list[str] = []
    origin: list[int] = []
    at = start

    def plain(stop: int) -> None:
        nonlocal at
        if note := _NOTE.match(text, at, stop):
            at = note.end()
        piece = text[at:stop]
        if QUOTES.isdisjoint(piece):
            out.extend(piece)
            origin.extend(range(at, stop))
        else:
            kept = [at + i for i, char in enumerate(piece) if char not in QUOTES]
            out.extend(text[position] for position in kept)
            origin.extend(kept)
        at = stop

    for group in coordinated(text, mentions, units):
        plain(group[0].start)
        members = [m for unit in group for m in unit.members]
        asides = [m for unit in group for m in unit.asides]
        types = frozenset(mentions[m].candidate.type for m in members)
        gaps = [text[one.end : two.start] for one, two in itertools.pairwise(group)]
        nodes.append(
            Node(
                members=members, asides=asides, types=types, start=group[0].start, end=group[-1].end,
                at=len(out), joint=any(map(JOINT.search, gaps)), sides=_sides(text, group, gaps),
            )
        )  # fmt: skip
        if len(types) == 1:
            out.append(chr(_FIRST + TYPES.index(next(iter(types)))))
        else:
            out.append(_MIXED_ORGANISATIONS if types <= ORGANISATIONS else _MIXED_WORKS)
        out.append(SEVERAL if len(members) > 1 else SINGLE)
        out.append(chr(_NODE + len(nodes) - 1))
        origin += [group[0].start] * 3
        at = group[-1].end
        if group[-1].owner and not has_han(text[group[-1].start : at]):
            out.append("'s")
            origin += [at - 1] * 2
    plain(end)
    return Masked(
        text="".join(out), origin=origin, nodes=nodes, start=start, end=end, source_text=text[start:end]
    )


def _says_post(text: str, mentions: Sequence[Named], inside: Sequence[Span], bracket: re.Match[str]) -> bool:
    """Say whether the bracket after a person gives a post (``(清华大学教授)``): that is a statement, no gloss."""
    if not inside or mentions[inside[-1].mention].candidate.type not in ORGANISATIONS:
        return False
    return bool(_POST.match(text, inside[-1].end, bracket.end()))


def _sides(text: str, group: Sequence[Unit], gaps: Sequence[str]) -> int | None:
    """Return how many names stand before the 与 of a list that has 及其 too: those after it are one side."""
    if not gaps:
        return None
    own = any(
        (gap + text[unit.start]).endswith("及其") or "及其" in gap
        for gap, unit in zip(gaps, group[1:], strict=True)
    )
    cuts = [i for i, gap in enumerate(gaps) if gap.strip() in ("与", "和", "同", "跟")]
    if not own or len(cuts) != 1:
        return None
    return sum(len(unit.members) for unit in group[: cuts[0] + 1])


def _units(text: str, mentions: Sequence[Named], spans: Sequence[Span], end: int) -> list[Unit]:
    """Return the names with the brackets that follow them."""
    units: list[Unit] = []
    i = 0
    while i < len(spans):
        at = i
        first, last, mention = spans[i].start, spans[i].end, spans[i].mention
        stop = last
        asides: list[int] = []
        i += 1
        while bracket := _BRACKET.match(text, stop, end):
            inside = [s for s in spans[i:] if s.start < bracket.end()]
            if any(s.end > bracket.end() for s in inside):
                break  # a bracket that cuts a name is none of ours
            if mentions[mention].candidate.type == "person" and _says_post(text, mentions, inside, bracket):
                break
            asides += [s.mention for s in inside if mentions[s.mention].entity != mentions[mention].entity]
            i += len(inside)
            stop = bracket.end()
        units.append(
            Unit(
                members=[mention, *spans[at].also],
                asides=asides,
                start=first,
                end=stop,
                name_end=last,
                owner=spans[at].owner,
            )
        )
    return units
