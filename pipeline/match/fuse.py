"""Names that stand together as one: a chain of places, a state before its ministry, a quoted first part."""

import re
from collections.abc import Sequence

import msgspec

from pipeline.match.candidates import Candidate, settle
from pipeline.match.find import Finder
from pipeline.normal import is_han
from pipeline.records import EntityType

_FIRM_WORD = re.compile(r"(?:集团公司|集团|公司)(?!法|债|章程|治理|制度)")
"""What a firm's short name is often followed by, as part of the name."""
_OFFICE = re.compile(
    r"办公厅|(?![和与及的等由在将会对为向从有各该其])[\u4e00-\u9fff]{1,9}?[^公上的有各该其关属官]司(?=(?:副?司长|负责|(?:相关|有关)负责人|有关人士|[、,。;:()\n])|$)"
)
_SECTION = re.compile(
    r"(?![和与及的等由在将会对为向从有各该其依予进])[\u4e00-\u9fff]{1,6}?[^查惩论判好坏用到随各此何长短妙的事相属]处(?=(?:副?处长|[、,。;:()\n])|$)"
)
"""Departments named after their ministry, sections named after their bureau."""
_FOLLOWED = re.compile(r"(?:落实|印发|出台|发布|公布|实施|根据|按照|依据|执行|制定|遵守|违反)(?:了|好)?$")
_PLAN = re.compile(
    r"(?![的和与及、])[\u4e00-\u9fff]{0,24}?(?:总体方案|建设方案|行动方案|行动计划|实施方案|实施细则|发展规划|总体规划|促进条例|管理条例|保护条例|管理办法|暂行办法|若干措施)"
    r"(?=[,。;、:(\n]|$|的通知|(?:等)?(?:有关|相关)?(?:规定|要求|精神|部署))"
)
"""What makes a plan's name, without title marks, of a place where one is followed: 落实|横琴粤澳深度合作区|建设总体方案."""
_OF_CHINA = re.compile(r" of (?:the )?(?:People's Republic of China|PRC|P\.R\.C\.|China)\b")
_OF_PARTS = 0.8
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
        if candidate.type == "government":
            last = text[candidate.end - 1]
            inner = _OFFICE if last in "部委会局署" else _SECTION if last == "厅" else None
            if inner is not None and (office := inner.match(text, candidate.end)):
                joined.append(_whole(candidate, office.end(), "government"))
        elif candidate.type == "place" and _FOLLOWED.search(
            text, max(0, candidate.start - 4), candidate.start
        ):
            if plan := _PLAN.match(text, candidate.end):
                joined.append(_whole(candidate, plan.end(), "plan"))
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


def _whole(part: Candidate, end: int, kind: EntityType) -> Candidate:
    """Return the longer name that begins with a part and is another entity's."""
    return Candidate(start=part.start, end=end, type=kind, method="rule", score=min(part.score, _OF_PARTS))
