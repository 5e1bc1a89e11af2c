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

TYPES: tuple[EntityType, ...] = (
    "government", "company", "plan", "association", "institution", "person", "place",
    "publication", "technology", "event", "product",
)  # fmt: skip
ORGANISATIONS = frozenset({"government", "company", "institution", "association"})
WORKS = frozenset({"plan", "publication"})
_FIRST = 0xE000
_MIXED_ORGANISATIONS, _MIXED_WORKS = chr(_FIRST + 0x0E), chr(_FIRST + 0x0F)
SINGLE, SEVERAL = "\ue010", "\ue011"
_NODE = 0xE100
MOST_NODES = 1500
SLOT = "[\ue000-\ue00f][\ue010\ue011][\ue100-\uf8ff]"

_QUOTES = frozenset('"《》〈〉「」『』')
_BRACKET = re.compile(r"[\"》』」]?\s?[(\[]([^()\[\]]{1,60})[)\]]")
_NOTE = re.compile(r"\d{1,3}(?=[\s,.;:)]|$)")
"""A note mark glued to a name, in plain text."""
_JOIN_ZH = re.compile(
    r"(?:等?[、,]?(?:和|及|与|以及|暨|或|跟|同|会同|联合|携手)|[、/])(?:其|该)?(?:主导的|下属的?|[^,。;、的\ue000-\uf8ff]{0,6}的?[^,。;、的\ue000-\uf8ff]{0,4}(?:企业|公司|厂商|巨头|服务商|高校|机构|龙头))?$"
)
_JOIN_EN = re.compile(
    r"\s?(?:[,;]\s?|-\s?)?(?:(?:and|or|&|as well as|together with|along with|alongside|jointly with|in conjunction with)\s)?"
    r"(?:also |both |the |its |a |an |including )*(?:(?:county|city|province|municipality|state|university) of )?$"
)
_CONJUNCTION = re.compile(
    r"\b(?:and|or|as well as|together with|along with|alongside)\b|&|[、/和及与暨或跟同]|会同|联合|携手"
)
_JOINT = re.compile(r"会同|联合|携手|jointly with|together with|in conjunction with")


_KIN = re.compile(
    r"(?:的)?(?:全资|控股|商业化|核心|主要|境外|海外|独资|间接|[^\ue000-\uf8ff,。;、的]{0,4}){0,3}"
    r"(?:子公司|附属公司|下属公司|孙公司|分公司|旗下[^\ue000-\uf8ff,。;、的]{0,6}|母公司|下属企业|控股股东|大股东)(?:的)?-{0,3}"
)
"""What makes a company's name modify the next one's."""
_OWN = re.compile(
    r"(?:的)?[^\ue000-\uf8ff,。;、的]{0,4}(?:子公司|附属公司|下属公司|母公司|旗下|控股股东|创始人)"
)


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


class _Unit(Record, frozen=True, kw_only=True):
    members: list[int]
    asides: list[int]
    start: int
    end: int
    name_end: int


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
        units = _headed(text, mentions, units)
    nodes: list[Node] = []
    out: list[str] = []
    origin: list[int] = []
    at = start

    def plain(stop: int) -> None:
        nonlocal at
        if note := _NOTE.match(text, at, stop):
            at = note.end()
        for position in range(at, stop):
            if text[position] not in _QUOTES:
                out.append(text[position])
                origin.append(position)
        at = stop

    for group in _coordinated(text, mentions, units):
        plain(group[0].start)
        members = [m for unit in group for m in unit.members]
        asides = [m for unit in group for m in unit.asides]
        types = frozenset(mentions[m].candidate.type for m in members)
        gaps = [text[one.end : two.start] for one, two in itertools.pairwise(group)]
        nodes.append(
            Node(
                members=members, asides=asides, types=types, start=group[0].start, end=group[-1].end,
                at=len(out), joint=any(map(_JOINT.search, gaps)),
            )
        )  # fmt: skip
        if len(types) == 1:
            out.append(chr(_FIRST + TYPES.index(next(iter(types)))))
        else:
            out.append(_MIXED_ORGANISATIONS if types <= ORGANISATIONS else _MIXED_WORKS)
        out.append(SEVERAL if len(group) > 1 else SINGLE)
        out.append(chr(_NODE + len(nodes) - 1))
        origin += [group[0].start] * 3
        at = group[-1].end
    plain(end)
    return Masked(
        text="".join(out), origin=origin, nodes=nodes, start=start, end=end, source_text=text[start:end]
    )


def _units(text: str, mentions: Sequence[Named], spans: Sequence[Span], end: int) -> list[_Unit]:
    """Return the names with the brackets that follow them."""
    units: list[_Unit] = []
    i = 0
    while i < len(spans):
        first, last, mention = spans[i].start, spans[i].end, spans[i].mention
        stop = last
        asides: list[int] = []
        i += 1
        while bracket := _BRACKET.match(text, stop, end):
            inside = [s for s in spans[i:] if s.start < bracket.end()]
            if any(s.end > bracket.end() for s in inside):
                break  # a bracket that cuts a name is none of ours
            asides += [s.mention for s in inside if mentions[s.mention].entity != mentions[mention].entity]
            i += len(inside)
            stop = bracket.end()
        units.append(_Unit(members=[mention], asides=asides, start=first, end=stop, name_end=last))
    return units


def _headed(text: str, mentions: Sequence[Named], units: Sequence[_Unit]) -> list[_Unit]:
    """Join each unit that only modifies the next one to it, as an aside."""
    found: list[_Unit] = []
    for unit in units:
        if found:
            last = found[-1]
            gap = "".join(c for c in text[last.end : unit.start] if c not in _QUOTES)
            first, second = (mentions[u.members[0]].candidate.type for u in (last, unit))
            place = (
                first == "place"
                and second != "place"
                and gap in ("", "的")
                and has_han(text[last.start : last.end])
            )
            own = first in WORKS and second in WORKS and re.fullmatch(r"'s (?:\d{4} )?", gap)
            if place or own or (first in ORGANISATIONS and second in ORGANISATIONS and _KIN.fullmatch(gap)):
                unit = _Unit(
                    members=unit.members, asides=[*last.members, *last.asides, *unit.asides],
                    start=last.start, end=unit.end, name_end=unit.name_end,
                )  # fmt: skip
                found.pop()
        found.append(unit)
    return found


def _coordinated(text: str, mentions: Sequence[Named], units: Sequence[_Unit]) -> list[list[_Unit]]:
    """Group units that are items of one list."""
    groups: list[list[_Unit]] = []
    i = 0
    while i < len(units):
        chain = [units[i]]
        gaps: list[str] = []
        while i + len(chain) < len(units):
            following = units[i + len(chain)]
            gap = text[chain[-1].end : following.start]
            if not _joins(text, mentions, chain[-1], following, gap):
                break
            chain.append(following)
            gaps.append(gap)
        commas = [g for g in gaps if not _CONJUNCTION.search(g) and g.strip('"《》〈〉')]
        if len(chain) == 2 and commas:
            kind = mentions[chain[0].members[0]].candidate.type
            if kind == "place":  # "Chongqing, China": the second only says where the first is
                chain = [
                    _Unit(
                        members=chain[0].members, asides=[*chain[0].asides, *chain[1].members],
                        start=chain[0].start, end=chain[1].end, name_end=chain[0].name_end,
                    )
                ]  # fmt: skip
                groups.append(chain)
                i += 2
                continue
            chain = chain[:1]
        groups.append(chain)
        i += len(chain)
    return groups


def _joins(text: str, mentions: Sequence[Named], one: _Unit, two: _Unit, gap: str) -> bool:
    """Say whether the gap between two names joins them as items of a list."""
    if "\n" in gap or len(gap) > 40:
        return False
    first, second = mentions[one.members[0]].candidate.type, mentions[two.members[0]].candidate.type
    same = first == second or {first, second} <= ORGANISATIONS or {first, second} <= WORKS
    if not same:
        return False
    bare = "".join(c for c in gap if c not in _QUOTES)
    if first in ORGANISATIONS and _OWN.match(text, two.end) and _CONJUNCTION.search(bare):
        return False  # "A和B的母公司C": the second is a modifier of something else
    if first in WORKS and text[two.end : two.end + 3] == "'s ":
        return False  # "A, B, and C's D"
    if not bare.strip():
        if "》《" in gap or "〉〈" in gap:
            return True
        return first == second == "government" and has_han(text[two.start : two.end]) and '"' not in gap
    if has_han(text[one.start : one.name_end]) or has_han(bare) or "、" in bare:
        return bool(_JOIN_ZH.match(bare.strip())) or bare.strip() == ","
    if first == "technology" and _CONJUNCTION.search(bare):
        bare = re.sub(
            r"(?<=\band) [a-z]{4,} $|(?<=\bor) [a-z]{4,} $", " ", bare
        )  # "and national cyber security"
    return bool(_JOIN_EN.match(bare)) and bare.strip() not in (
        "the",
        "its",
        "a",
        "an",
        "also",
        "including",
        "-",
    )
