"""Definite descriptions that stand for a name before them: ``this ministry``, ``the latter``, 该公司, 该计划.

Only what is safe is resolved: to the nearest name of the type that the description's noun asks for,
in the same paragraph, at most two sentences back; a name that has the noun in itself is preferred.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.align import Named
from pipeline.normal import has_han
from pipeline.records import EntityType
from pipeline.relate.pronouns import LEAD, NOUNS, Description, both, owners

_CHINESE: dict[str, tuple[EntityType, ...]] = {
    "公司": ("company",), "企业": ("company",), "集团": ("company",), "厂商": ("company",), "平台": ("product", "plan"),
    "部": ("government",), "部门": ("government",), "委": ("government",), "局": ("government",), "委员会": ("government",),
    "院": ("institution",), "校": ("institution",), "大学": ("institution",), "所": ("institution",), "学院": ("institution",),
    "实验室": ("institution",), "中心": ("institution",), "机构": ("institution", "government"), "协会": ("association",),
    "联盟": ("association",), "学会": ("association",), "团体": ("association",), "组织": ("association", "government"),
    "计划": ("plan",), "规划": ("plan",), "项目": ("plan",), "工程": ("plan",), "行动": ("plan",), "方案": ("plan",),
    "办法": ("plan",), "条例": ("plan",), "通知": ("plan",), "意见": ("plan",), "系统": ("product",), "产品": ("product",),
    "会议": ("event",), "论坛": ("event",), "大会": ("event",), "峰会": ("event",), "展会": ("event",), "报告": ("publication",),
    "基金": ("company",), "人": ("person",), "研究院": ("institution",), "研究所": ("institution",), "学校": ("institution",),
    "医院": ("institution",), "银行": ("company",), "基金会": ("government", "institution", "association"),
}  # fmt: skip
_FIND_EN = re.compile(
    r"[Tt](?<!\w[Tt])h(?:e|is) (?P<noun>"
    + "|".join(sorted(NOUNS, key=lambda n: (-len(n), n)))
    + r")\b(?! (?:of|that|which|[A-Z]))(?!-)"
)
_FIND_ZH = re.compile(
    r"(?:该|上述)(?P<noun>" + "|".join(sorted(_CHINESE, key=lambda n: (-len(n), n))) + r")(?!门|委会|属)"
    r"|(?<![^。;\n])(?P<first>公司|集团|联盟|协会|学会|实验室|研究院|研究所|基金会)(?=[^的、,。和与及等内里上中外方长员间章程法办规党股债网之\s名类]{2})"
    r"|(?:(?<![\w])|(?<=[为是系]))(?:本)?(?P<bare>公司|集团|联盟|协会|学会|实验室|研究院|研究所|学院|大学|学校|医院|委员会|中心|基金会|银行)"
    r"(?=[拟将与已于在正旗还也现系是为主专总坐从致聚同和由通]|秘书处|拥有|持有|先后|自主|目前|继续|深耕|重点|长期|成立|成员|副?(?:主任|院长|校长|所长|理事长|会长|秘书长|董事长|总裁|总经理|首席)|(?:党委|常务|联合|名誉|执行|联席|全资|控股|创始|注册|实际))"
    r"|(?:(?<=[,。;:])|(?<=此前|目前|同时|此外|后来|随后|如今|之后|期间|当时))(?P<person>他|她)(?!们)"
)
_FIND_LATTER = re.compile(r"[Tt](?<!\w[Tt])he latter\b")
_OTHER = re.compile(r"\b(?:[Tt]he|[Oo]ther|[Tt]hese|[Tt]hose|[Aa]ll)\Z")
"""What stands before a repeat of a name's last words."""
_HEAD = 1500
_ISSUER = re.compile(
    r"\s?(?:关于[^\n。]{2,60}公告|第?[^\n。]{0,6}(?:董事会|监事会|股东大会)(?:第|决议|关于|选举|审议|聘任|通过|于)|\(以下简称[:\s]?\"?(?:公司|本公司)\"?|\s?(?:20\d\d年)?(?:年度|半年度|第[一二三]季度|季度)?报告(?:\n|全文|摘要))"
)
"""What shows that a document is a company's own."""
_SENTENCES_BACK = 2


def descriptions(
    text: str, sentences: Sequence[tuple[int, int]], mentions: Sequence[Named]
) -> list[Description]:
    """Return the descriptions of a text that a name before them resolves, in order."""
    starts = [n.candidate.start for n in mentions]
    own = _own_company(text, mentions) if has_han(text[:_HEAD]) else None
    found: list[Description] = []
    for at, end, noun, types in _candidates(text):
        index = bisect_left(starts, at)
        if index < len(mentions) and mentions[index].candidate.start < end:
            continue
        if index and mentions[index - 1].candidate.end > at:
            continue
        target = _antecedent(text, sentences, mentions, index, at, noun, types)
        if (
            noun == "公司"
            and text[at] != "该"
            and own is not None
            and (mentions[own].candidate.end <= at or text[at] == "本")
        ):
            target = own
        if target is not None:
            found.append(Description(start=at, end=end, mention=target))
    found += both(text, sentences, mentions, starts)
    found += owners(text, sentences, mentions, found)
    found += _tails(text, sentences, mentions)
    kept: list[Description] = []
    for one in sorted(found, key=lambda d: (d.start, -d.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _candidates(text: str) -> Iterator[tuple[int, int, str, tuple[EntityType, ...]]]:
    for match in _FIND_EN.finditer(text):
        yield match.start(), match.end(), match.group("noun"), NOUNS[match.group("noun")]
    for match in _FIND_LATTER.finditer(text):
        yield (
            match.start(),
            match.end(),
            "latter",
            ("plan", "place", "government", "company", "institution", "association"),
        )
    if not has_han(text):
        return
    for match in _FIND_ZH.finditer(text):
        if match.group("person"):
            yield match.start(), match.end(), "", ("person",)
        else:
            noun = match.group("noun") or match.group("first") or match.group("bare")
            yield match.start(), match.end(), noun, _CHINESE[noun]


def _own_company(text: str, mentions: Sequence[Named]) -> int | None:
    """Return the company that publishes an announcement or is reported on: its 公司 means itself."""
    for i, named in enumerate(mentions):
        c = named.candidate
        if c.start > _HEAD:
            return None
        if c.type == "company" and _ISSUER.match(text, c.end):
            return i
    return None


def _antecedent(
    text: str, sentences: Sequence[tuple[int, int]], mentions: Sequence[Named],
    index: int, at: int, noun: str, types: tuple[EntityType, ...],
) -> int | None:  # fmt: skip
    """Return the nearest fitting mention before a description."""
    here = max(0, bisect_left(sentences, (at + 1, 0)) - 1)
    begin = sentences[max(0, here - _SENTENCES_BACK)][0]
    limit = sentences[here][0] if noun == "latter" else at
    nearest: int | None = None
    settled = False
    for i in range(index - 1, -1, -1):
        candidate = mentions[i].candidate
        if candidate.start < begin or "\n" in text[candidate.end : at]:
            break
        if candidate.type not in types or candidate.end > limit:
            continue
        if candidate.start >= sentences[here][0] and text.startswith("'s ", candidate.end):
            continue  # "X's lab founded the firm": not X
        if noun and noun in text[candidate.start : candidate.end].lower():
            return i
        if noun == "latter":
            return i
        listed = text[candidate.end : candidate.end + 1] == "、"
        opens = (
            not listed
            and candidate.start < sentences[here][0]
            and LEAD.fullmatch(
                text[
                    sentences[bisect_left(sentences, (candidate.start + 1, 0)) - 1][0] : candidate.start
                ].strip()
            )
        )
        if nearest is None or (
            opens and mentions[nearest].candidate.start < sentences[here][0] and not settled
        ):
            # what a sentence before begins with is what it is about
            nearest = i
            settled = bool(opens)
    return nearest


def _tails(
    text: str, sentences: Sequence[tuple[int, int]], mentions: Sequence[Named]
) -> Iterator[Description]:
    """Yield lower-case repeats of a name's last two words (``other experimental zones``)."""
    tails: dict[str, list[int]] = {}
    for i, named in enumerate(mentions):
        words = text[named.candidate.start : named.candidate.end].split()
        if (
            named.candidate.type in ("plan", "place", "association")
            and len(words) >= 3
            and words[-1].isalpha()
        ):
            if words[-1].istitle() and words[-2].istitle():
                tails.setdefault(" ".join(words[-2:]).lower(), []).append(i)
    for tail, holders in sorted(tails.items()):
        after = 0
        while (at := text.find(f" {tail}", after)) >= 0:
            end = at + 1 + len(tail)
            after = at + 1
            lead = _OTHER.search(text, max(0, at - 5), at)
            if lead is None or text[end : end + 1].isalnum() or text.startswith("_", end):
                continue
            after = end
            before = [i for i in holders if mentions[i].candidate.end <= lead.start()]
            if before and "\n" not in text[mentions[before[-1]].candidate.end : lead.start()]:
                yield Description(start=lead.start(), end=end, mention=before[-1])
