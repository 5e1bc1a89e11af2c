"""Chinese names by rule: titles in 《》, firms by legal ending, official bodies by place and head noun."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.match.candidates import Candidate, by_rule
from pipeline.match.generic import dictionary
from pipeline.match.heads import type_of_zh
from pipeline.normal import is_han
from pipeline.records import EntityType
from pipeline.segment.words import Words

_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_STAGE = re.compile(
    r"\((?:试行|暂行|征求意见稿|草案|送审稿|修订|修订稿|修正|节选|摘要|\d{4}(?:-|至)\d{4}年?|\d{4}年?)\)$"
)
_LEGAL = re.compile(
    r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|\(有限合伙\)|有限合伙企业|会计师事务所\(特殊普通合伙\))(?:[\u4e00-\u9fff]{1,4}分公司)?"
)
_BEFORE_FIRM = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&()*-]{2,30}$")
_CUT = re.compile(
    r".*(?:第[一二三四五六七八九十]名|采购人|供应商|中标人|委托|名称|单位|代理机构|公司|由|与|和|及|向|对|为|是|于|了|的|在|以|被|将|从|至|给|让|把|即|如|如下|收购|成为|通过|"
    r"控股|旗下|其中|包括|子公司|联合|发行人|保荐人|股东|投资|设立|成立)(?=[\u4e00-\u9fffA-Z(])"
)
_OFFICE = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}届)?"
    r"(?:人民政府(?:办公厅|办公室)?|人民代表大会(?:常务委员会)?|人大常委会|政府办公厅|政府办公室|中级人民法院|人民法院|人民检察院)"
)
"""The body of a place, named after it."""
_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,7}?(?:自治区|特别行政区|自治州|自治县|省|市|州|盟|县|区|旗|镇|乡)){1,3}$"
)
_DIVISION = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,7}?)(?:自治区|特别行政区|自治州|自治县|省|市|州|盟|县|区|旗|镇|乡)"
)
_NO_DIVISION = re.compile(
    r"各|县级|市级|省级|设区|所在|地方|有关|上级|下级|当地|以上|以下|直辖|单列|所属|辖|人民|自治|开发$|下列|其他|部分|本|该|我|的|由|及|或"
)
"""What stands before a division's head without being the name of one."""
_UNIT = re.compile(
    r"(?:中国人民解放军|中国人民武装警察部队|武警)?(?:第)?\d{4,6}部队(?:[\u4e00-\u9fff]{0,10}?(?:研究所|研究院|研究中心|创新中心|医院|实验室))?"
)
_NO_FIRM = re.compile(
    r"(?:一家|两家|几家|某|该|本|我|各|成立|设立|组建|注册|实业|管理|集团|控股|投资|国有|民营|上市|大型|外资|合资|独资)*$"
)
"""What stands before a legal ending without being a name."""
_STOP_FIRST = frozenset("各由和与及对向在经请报受按据从将的了为是以被省市县区该本")
_PUBLICATION = re.compile(
    r"(?:日报|晚报|晨报|时报|商报|周刊|周报|杂志|学报|报告|白皮书|蓝皮书|年鉴|评论|期刊)$"
)
_NUMBERED = re.compile(r"(?:公告|规则|准则|指引|规定|办法|指南)第?\d+号")
"""A rule of a series: 信息披露解释性公告第1号."""
_STATE_COUNCIL = re.compile(r"国务院")
_QUOTED = re.compile(r'"([\u4e00-\u9fff\d+·-]{3,20}(?:工程|计划|专项行动|行动计划|行动方案|规划|战略))"')
"""A named project in quotation marks."""
_HALF_QUOTED = re.compile(
    r'"[\u4e00-\u9fff\d+·-]{2,12}"(?:专项行动|行动计划|重大工程|工程|行动|计划)(?!计划|方案|项目|[书表])'
)
"""A named project of which quotation marks hold a piece: “东数西算”工程."""
_ZONE = re.compile(
    r"(?:^|(?<=[、,;:。(\s\"]))(?P<name>[\u4e00-\u9fff]{2,6})"
    r"(?:国家级?)?(?:经济技术开发区|高新技术产业开发区|高新技术产业园区|高新技术开发区|经济开发区|高新技术产业区|综合保税区|国家农业科技园区)"
)
_NO_ZONE = re.compile(
    r"国家|省级|市级|各|支持|推动|建设|依托|设立|加快|推进|以及|包括|和|与|及|的|在|对|由|批准|其中|本|该|我"
)
_PLAN_HEAD = frozenset({"plan", "publication"})


def chinese_names(text: str, words: Words) -> Iterator[Candidate]:
    """Yield the names that rules find in the Chinese parts of a normalised text."""
    for match in _TITLE.finditer(text):
        name = _STAGE.sub("", match.group(1))
        start = match.start(1)
        kind = _title_type(name)
        if kind is not None:
            yield by_rule(start, start + len(name), kind, 0.9)
    for match in _LEGAL.finditer(text):
        start = _firm_start(text, match.start(), words)
        if match.start() - start >= 2 and not _NO_FIRM.match(text[start : match.start()]):
            yield by_rule(start, match.end(), "company", 0.9)
    for match in _OFFICE.finditer(text):
        begin = _place_start(text, match.start(), words)
        if begin is not None:
            yield by_rule(begin, match.end(), "government", 0.85)
    for match in _STATE_COUNCIL.finditer(text):
        yield by_rule(match.start(), match.end(), "government", 0.9)
    for match in _QUOTED.finditer(text):
        yield by_rule(match.start(1), match.end(1), "plan", 0.8)
    for match in _HALF_QUOTED.finditer(text):
        yield by_rule(match.start(), match.end(), "plan", 0.8)
    for match in _ZONE.finditer(text):
        begin = match.start("name")
        if not _NO_ZONE.search(match["name"]) and match["name"] not in dictionary().frequent:
            yield by_rule(begin, match.end(), "place", 0.8)
    for match in _UNIT.finditer(text):
        kind = type_of_zh(match.group())
        yield by_rule(match.start(), match.end(), kind if kind == "institution" else "government", 0.85)


def _title_type(name: str) -> EntityType | None:
    """Type a title in 《》: a plan or law by its ending, a periodical or report, else a publication when long."""
    if _PUBLICATION.search(name):
        return "publication"
    if _NUMBERED.search(name):
        return "plan"
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


def _place_start(text: str, end: int, words: Words) -> int | None:
    """Return where the place begins that a body's head at ``end`` is named after, or None: 会同|绍兴市.

    Its divisions must have names: 县级以上, 计划单列市 and 享受市 have none.
    """
    match = _PLACE.search(text, max(0, end - 24), end)
    if match is None:
        return None
    for begin in range(match.start(), end - 1):
        if text[begin - 1 : begin + 1] in ("以上", "以下"):
            continue
        if text[begin - 1 : begin] and is_han(text[begin - 1]) and not _begins(text, begin, words):
            continue
        at = begin
        while at < end and (division := _DIVISION.match(text, at, end)) and _names(text, division, words):
            at = division.end()
        if at == end:
            return begin
    return None


def _begins(text: str, at: int, words: Words) -> bool:
    """Say whether a word begins at an offset, or its predecessor is one that stands before names."""
    index = bisect_left(words.starts, at)
    return (index < len(words.starts) and words.starts[index] == at) or text[at - 1] in _STOP_FIRST


def _names(text: str, division: re.Match[str], words: Words) -> bool:
    name = division["name"]
    if _NO_DIVISION.search(name) or name[0] in _STOP_FIRST:
        return False
    proper = dictionary().proper
    whole = division.group()
    if name in proper or whole in proper:
        return True
    if len(name) < 2:
        return False
    if division.start() and text[division.start() - 1] in "、,:;(\n" and name not in dictionary().frequent:
        return len(name) == 2
    inside = [
        (words.starts[i], words.ends[i], words.known[i])
        for i in range(
            bisect_left(words.starts, division.start()), bisect_left(words.starts, division.end("name"))
        )
    ]
    # a name that no dictionary has is a guess of the segmenter's, or falls apart into letters
    return len(name) <= 4 and all(not known or e - s == 1 for s, e, known in inside)
