"""Chinese names by rule: titles in 《》, firms by legal ending, official bodies by place and head noun."""

import re
from collections.abc import Iterator

from pipeline.match.candidates import Candidate
from pipeline.match.heads import type_of_zh
from pipeline.records import EntityType
from pipeline.segment.words import Words

_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_STAGE = re.compile(
    r"\((?:试行|暂行|征求意见稿|草案|送审稿|修订|修订稿|修正|节选|摘要|\d{4}(?:-|至)\d{4}年?|\d{4}年?)\)$"
)
_LEGAL = re.compile(
    r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|\(有限合伙\)|有限合伙企业)(?:[\u4e00-\u9fff]{1,4}分公司)?"
)
_BEFORE_FIRM = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&()*-]{2,30}$")
_CUT = re.compile(
    r".*(?:采购人|供应商|中标人|委托|名称|单位|代理机构|公司|由|与|和|及|向|对|为|是|于|了|的|在|以|被|将|从|至|给|让|把|即|如|如下|收购|成为|通过|"
    r"控股|旗下|其中|包括|子公司|联合|发行人|保荐人|股东|投资|设立|成立)(?=[\u4e00-\u9fffA-Z(])"
)
_BODY = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:省|市|自治区|自治州|县|区)[\u4e00-\u9fff]{0,12}?"
    r"(?:人民政府办公厅|人民政府办公室|人民政府|人民代表大会常务委员会|人大常委会|人民代表大会|政府办公厅)"
)
_UNIT = re.compile(
    r"(?:中国人民解放军|中国人民武装警察部队|武警)?(?:第)?\d{4,6}部队(?:[\u4e00-\u9fff]{0,10}?(?:研究所|研究院|研究中心|创新中心|医院|实验室))?"
)
_NO_FIRM = re.compile(
    r"(?:一家|两家|几家|某|该|本|我|各|成立|设立|组建|注册|实业|管理|集团|控股|投资|国有|民营|上市|大型|外资|合资|独资)*$"
)
"""What stands before a legal ending without being a name."""
_GENERIC_BODY = re.compile(
    r"各|市县|州县|直辖|县级|市级|省级|设区|所在|地方|有关|上级|下级|当地|本|该|市人|省人|区人|县人|自治|乡|国家|我"
)
_STOP_FIRST = frozenset("各由和与及对向在经请报受按据从将的了为是以被省市县区该本")
_PUBLICATION = re.compile(
    r"(?:日报|晚报|晨报|时报|商报|周刊|周报|杂志|学报|报告|白皮书|蓝皮书|年鉴|评论|期刊)$"
)
_PLAN_HEAD = frozenset({"plan", "publication"})


def chinese_names(text: str, words: Words) -> Iterator[Candidate]:
    """Yield the names that rules find in the Chinese parts of a normalised text."""
    for match in _TITLE.finditer(text):
        name = _STAGE.sub("", match.group(1))
        start = match.start(1)
        kind = _title_type(name)
        if kind is not None:
            yield _candidate(start, start + len(name), kind, 0.9)
    for match in _LEGAL.finditer(text):
        start = _firm_start(text, match.start(), words)
        if match.start() - start >= 2 and not _NO_FIRM.match(text[start : match.start()]):
            yield _candidate(start, match.end(), "company", 0.9)
    for match in _BODY.finditer(text):
        start = match.start()
        for at in range(match.start(), match.end() - 6):
            if text[at] in _STOP_FIRST:
                start = at + 1
        begins = (at for at in range(start, match.end() - 5) if words.whole(at, match.end()))
        start = next(begins, start)
        if match.end() - start >= 6 and not _GENERIC_BODY.match(text, start):
            yield _candidate(start, match.end(), "government", 0.85)
    for match in _UNIT.finditer(text):
        kind = type_of_zh(match.group())
        yield _candidate(match.start(), match.end(), kind if kind == "institution" else "government", 0.85)


def _candidate(start: int, end: int, kind: EntityType, score: float) -> Candidate:
    return Candidate(start=start, end=end, type=kind, method="rule", score=score)


def _title_type(name: str) -> EntityType | None:
    """Type a title in 《》: a plan or law by its ending, a periodical or report, else a publication when long."""
    if _PUBLICATION.search(name):
        return "publication"
    kind = type_of_zh(name) or type_of_zh(f"某{name}")  # 《意见》: a defined short form
    if kind in _PLAN_HEAD:
        return kind
    if len(name) >= 10 or name[:2] == "关于":
        return "plan" if name[:2] == "关于" else "publication"
    return "publication" if len(name) >= 3 else None


def _firm_start(text: str, end: int, words: Words) -> int:
    """Return where the name of a firm that has its legal ending at ``end`` begins."""
    match = _BEFORE_FIRM.search(text, max(0, end - 30), end)
    if match is None:
        return end
    start = match.start()
    cut = _CUT.match(text, start, end)
    if cut and end - cut.end() >= 2:
        start = cut.end()
    # a number between Chinese characters counts list items; it is no part of the name
    number = re.match(r".*[\u4e00-\u9fff]\d+(?=[\u4e00-\u9fff])", text[start:end])
    if number:
        start += number.end()
    # a bracketed place belongs to the name only as a whole
    opening, closing = text.find("(", start, end), text.find(")", start, end)
    if closing >= 0 and (opening < 0 or closing < opening):
        start = closing + 1
    elif opening >= 0 and closing < 0:
        start = opening + 1
    while start < end and (text[start] in "()·&*-" or text[start].isdigit()):
        start += 1
    return start
