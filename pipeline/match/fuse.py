"""Names that stand together as one: a chain of places, a state before its ministry, a quoted first part."""

import re
from collections.abc import Sequence

import msgspec

from pipeline.match.candidates import Candidate, settle
from pipeline.match.find import Finder
from pipeline.normal import is_han

_FIRM_WORD = re.compile(r"(?:集团公司|集团|公司)(?!法|债|章程|治理|制度)")
"""What a firm's short name is often followed by, as part of the name."""
_OF_CHINA = re.compile(r" of (?:the )?(?:People's Republic of China|PRC|P\.R\.C\.|China)\b")
_ADMINISTRATIVE = "省市区县镇乡州盟旗岛"


def fused(text: str, found: Sequence[Candidate], finder: Finder | None) -> list[Candidate]:
    """Join names that stand together as one: a chain of places, a state before its ministry, a quoted first part."""
    joined: list[Candidate] = []
    ending: dict[int, Candidate] = {}
    furthest: dict[int, int] = {}
    for candidate in found:
        furthest[candidate.start] = max(candidate.end, furthest.get(candidate.start, 0))
    for candidate in settle(c for c in found if c.type in ("place", "government")):
        before = ending.get(candidate.start)
        ending[candidate.end] = candidate
        name = text[candidate.start : candidate.end]
        if furthest[candidate.start] > candidate.end:
            continue  # a longer name begins here: 日本|东京电子
        if before is not None and before.type == "place" and is_han(name[0]):
            if candidate.type == "place" and (
                name[-1] in _ADMINISTRATIVE
                or (finder is not None and finder.lies_in(candidate.entity, before.entity))
            ):
                candidate = msgspec.structs.replace(candidate, start=before.start)
                joined.append(candidate)
                ending[candidate.end] = candidate
            elif candidate.type == "government" and text[before.start : before.end] == "中华人民共和国":
                joined.append(msgspec.structs.replace(candidate, start=before.start))
        elif candidate.type == "government" and (tail := _OF_CHINA.match(text, candidate.end)):
            joined.append(msgspec.structs.replace(candidate, end=tail.end()))
    for candidate in found:
        if (
            candidate.type == "company"
            and is_han(text[candidate.end - 1])
            and (kind := _FIRM_WORD.match(text, candidate.end))
            and not text[candidate.start : candidate.end].endswith(("公司", "集团", "厂", "银行"))
        ):
            joined.append(msgspec.structs.replace(candidate, end=kind.end()))
        if (
            candidate.type in ("plan", "product", "event", "institution")
            and text[candidate.start - 1 : candidate.start] == '"'
            and text.count('"', candidate.start, candidate.end) == 1
            and text[candidate.end - 1] != '"'
        ):
            joined.append(msgspec.structs.replace(candidate, start=candidate.start - 1))
    return joined
