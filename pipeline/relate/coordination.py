"""Which names of a sentence are items of one list, and which only modify the name after them."""

import re
from collections.abc import Sequence

from pipeline.align import Named
from pipeline.normal import has_han
from pipeline.records import Record

ORGANISATIONS = frozenset({"government", "company", "institution", "association"})
WORKS = frozenset({"plan", "publication"})
QUOTES = frozenset('"《》〈〉「」『』')
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
JOINT = re.compile(r"会同|联合|携手|jointly with|together with|in conjunction with")


_KIN = re.compile(
    r"(?:的)?(?:全资|控股|商业化|核心|主要|境外|海外|独资|间接|[^\ue000-\uf8ff,。;、的及和与]{0,4}){0,3}"
    r"(?:子公司|附属公司|下属公司|孙公司|分公司|旗下[^\ue000-\uf8ff,。;、的]{0,6}|母公司|下属企业|控股股东|大股东)(?:的)?-{0,3}"
)
"""What makes a company's name modify the next one's."""
_OWN = re.compile(
    r"(?:的)?[^\ue000-\uf8ff,。;、的及和与]{0,4}(?:子公司|附属公司|下属公司|母公司|旗下|控股股东|创始人)"
)


class Unit(Record, frozen=True, kw_only=True):
    """A name with the brackets after it; offsets in normalised text."""

    members: list[int]
    asides: list[int]
    start: int
    end: int
    name_end: int
    owner: bool = False


def headed(text: str, mentions: Sequence[Named], units: Sequence[Unit]) -> list[Unit]:
    """Join each unit that only modifies the next one to it, as an aside."""
    found: list[Unit] = []
    for unit in units:
        if found:
            last = found[-1]
            gap = "".join(c for c in text[last.end : unit.start] if c not in QUOTES)
            first, second = (mentions[u.members[0]].candidate.type for u in (last, unit))
            place = (
                first == "place"
                and second != "place"
                and gap in ("", "的")
                and has_han(text[last.start : last.end])
            )
            own = first in WORKS and second in WORKS and re.fullmatch(r"'s (?:\d{4} )?", gap)
            if place or own or (first in ORGANISATIONS and second in ORGANISATIONS and _KIN.fullmatch(gap)):
                unit = Unit(
                    members=unit.members, asides=[*last.members, *last.asides, *unit.asides],
                    start=last.start, end=unit.end, name_end=unit.name_end,
                )  # fmt: skip
                found.pop()
        found.append(unit)
    return found


def coordinated(text: str, mentions: Sequence[Named], units: Sequence[Unit]) -> list[list[Unit]]:
    """Group units that are items of one list."""
    groups: list[list[Unit]] = []
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
                    Unit(
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


def _joins(text: str, mentions: Sequence[Named], one: Unit, two: Unit, gap: str) -> bool:
    """Say whether the gap between two names joins them as items of a list."""
    if "\n" in gap or len(gap) > 40 or two.owner:
        return False
    first, second = mentions[one.members[0]].candidate.type, mentions[two.members[0]].candidate.type
    same = first == second or {first, second} <= ORGANISATIONS or {first, second} <= WORKS
    if not same:
        return False
    bare = "".join(c for c in gap if c not in QUOTES)
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
