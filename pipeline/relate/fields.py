"""Lines of forms: ``名称：…`` and ``地址：…`` of one party, ``Headquarters: …`` of a profile, as notices and profiles have them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.align import Aligned
from pipeline.relate.coordination import ORGANISATIONS
from pipeline.relate.statements import Statement
from pipeline.segment import Reading

_PARTY = "供应商|中标人|成交人|采购人|采购单位|招标人|招标单位|采购代理机构|代理机构|单位|公司|企业|机构|申请人|投标人"
_NAME = re.compile(
    rf"(?:^|(?<=[\n:。;]))[ \d.、()一二三四五六七八九十]*(?:(?:{_PARTY})(?:名\s?称|全称)?|名\s?称|全\s?称)\s?:\s?(?:\n)?",
    re.MULTILINE,
)
_ADDRESS = re.compile(
    rf"(?:(?:{_PARTY})?(?:联系)?(?:地\s?址|住\s?所)|注册地址?|办公地址|总部(?:所在地)?|Head ?quarters?|Head office|HQ|Address|Location)\s?:\s?"
)
_FAR = 160
"""How far after its name a party's address may stand, in characters."""


def field_statements(reading: Reading, aligned: Aligned) -> Iterator[Statement]:
    """Yield where the parties of a form are."""
    text = reading.normal.text
    mentions = aligned.mentions
    starts = [n.candidate.start for n in mentions]
    named = {m.end(): m.start() for m in _NAME.finditer(text)}
    for match in _ADDRESS.finditer(text):
        i = bisect_left(starts, match.end())
        if i >= len(starts) or starts[i] != match.end() or mentions[i].candidate.type != "place":
            continue
        for j in range(i - 1, -1, -1):
            candidate = mentions[j].candidate
            if candidate.start < match.start() - _FAR or _ADDRESS.search(text, candidate.end, match.start()):
                break
            if candidate.type not in ORGANISATIONS:
                continue
            heads = candidate.start in named or re.fullmatch(
                r"[ .\n]{0,3}", text[candidate.end : match.start()]
            )
            if heads and mentions[j].entity != mentions[i].entity:
                yield Statement(
                    type="located_in", subject=j, object=i, start=match.start(), end=mentions[i].candidate.end,
                    method="pattern", score=0.8,
                )  # fmt: skip
            break
