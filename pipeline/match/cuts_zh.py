"""Where a span that the Chinese tagger marked holds more than a name: what stands before or after it is cut off.

Lists of two bodies, a relation before a firm (``股东``, ``关联方``), a verb after a person, a gloss in Latin
letters, half of a pair of quotation marks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from pipeline.match.candidates import Candidate
from pipeline.match.heads import type_of_zh
from pipeline.segment.words import Words

ORGANISATIONS = frozenset({"government", "company", "institution", "association"})
_STRONG = re.compile(
    r"(?:大学|学院|研究院|研究所|实验室|中心|医院|集团|公司|银行|协会|学会|联盟|联合会|基金会|商会|委员会|办公室|办公厅|人民政府|"
    r"[\u4e00-\u9fff]部|局|厅|署|智库|出版社|科学院|工程院|博物馆|法院|检察院|发展改革委|发改委|国务院)$"
)
"""Endings that a body's name may have before ``与`` and another body."""
_SINGLE = re.compile(r"(?:大学|[^合]学院|公司|集团|医院|科学院|委员会|局|厅)$")
"""Endings of bodies that two others seldom run together, as they do a laboratory."""
_BETWEEN = re.compile(r"会同|以及|与|和|及|由|商|报|联合")
"""What parts two bodies that the tagger took for one."""
_OWNED = re.compile(
    r"(?:的)?(?:控股股东|全资子公司|控股子公司|子公司|(?:旗下|下属|所属)(?:子?公司|企业)?|参股公司)"
)
"""What one firm is to another that stands before it: 长江存储|控股股东|长控集团."""
_RESEARCH = re.compile(
    r"(?P<firm>[\u4e00-\u9fff]{2,6}证券)(?:研究所|研究部)?(?:最新|发布的?)?(?:研报|研究报告)"
)
"""A broker and its report: 银河证券|研报."""
_FIRM_TAIL = re.compile(r"(?:投资|集团|科技|股份|控股|资本|实业)(?![的了])")
_SCHOOL = re.compile(r"大校(?=[长董监友区庆园])")
"""A university's short name and a piece of the next word: 澳大|校长."""
_PREPOSITIONS = frozenset("对与和及由按依据在从将把以")
_LEADING = re.compile(
    r"(?:第[一二三四五六七八九十]名|关联方|关联企业|关联公司|股东|客户|供应商|合资公司|合资企业|全资子公司|控股子公司|子公司|母公司|参股公司|控股股东|合营企业|"
    r"联营企业|发行人|采购人|招标人|中标人|成员单位|理事长单位|牵头单位|争创|创建|组建|共建|新建|筹建|依托|支持|推动|联合|会同|委托|"
    r"原国有|国有|其中|包括|以及|及其|自|由|与|向|对|从|在|及|和|原|即|系|为|获)"
)
"""Words that state what a body is to another, or what is done with it; no part of its name."""
_VERBS = frozenset(
    "主持 出席 参加 参观 参会 陪同 到会 到场 致辞 带队 带领 宣布 宣读 介绍 表示 指出 认为 强调 担任 率队 率团 调研 会见 发言 发表 主讲 "
    "签署 签约 致信 来华 来访 访华 访问 抵达 讲话 讲述 透露 坦言 告诉 回忆 领衔 当选 接受 获得 获奖 获评 入选".split()
)
_PERSON_TAIL = re.compile(
    r"(?:作(?=了?(?:主旨|主题|专题|大会|工作|总结|重要)?(?:报告|发言|讲话|演讲|致辞|总结))|任(?=[^,。]{0,12}(?:长|主任|书记|委员|组员|总裁|理事|干事))|"
    r"说(?=[:,\"])|称(?=[:,])|等(?=[^\u4e00-\u9fff]|\d|[一二三四五六七八九十]|领导|专家|人|出席|参加))"
)
_FOREIGNER_TAIL = re.compile(r"(?:来华|访华|来访|抵达|一行|夫妇|夫人|先生|女士)$")
_MIXED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[A-Za-z]{2})|(?<=[A-Za-z]) (?=[\u4e00-\u9fff])")


_TWO_PART = frozenset(
    "欧阳 司马 诸葛 上官 司徒 慕容 令狐 皇甫 尉迟 公孙 东方 夏侯 长孙 宇文 轩辕 端木 百里 呼延 南宫 申屠 澹台 闻人 钟离 淳于 单于 太史 公冶".split()
)
"""Family names of two characters."""
_AFTER_NAME = "为任是和与及在等称说率出参主"


def cut(text: str, span: Candidate, words: Words) -> Iterator[Candidate]:
    """Yield what is left of a tagged span as names: one, several, or none.

    Args:
        text: normalised text.
        span: what the tagger marked.
        words: the segmentation.
    """
    if span.type == "person":
        yield _person(text, span, words)
        return
    if span.type == "publication" and (research := _RESEARCH.fullmatch(text, span.start, span.end)):
        if text[span.start - 1 : span.start] not in ("《", '"'):
            yield msgspec.structs.replace(span, end=research.end("firm"), type="company")
            return
    if span.type == "plan" and _led_in(text, span, words):
        yield msgspec.structs.replace(span, start=span.start + 1)
        return
    if span.type not in ORGANISATIONS and span.type != "place":
        yield span
        return
    for part in _scripts(text, span):
        for piece in _quotes(text, part):
            if span.type == "place":
                yield piece
                continue
            for body in _bodies(text, piece):
                yield _led(text, body, words)


def _led_in(text: str, span: Candidate, words: Words) -> bool:
    """Say whether a plan begins with a preposition that is a word of its own: 对|外商投资法, not 对外贸易法."""
    return text[span.start] in _PREPOSITIONS and words.cut_at(span.start + 1) is None


def _person(text: str, span: Candidate, words: Words) -> Candidate:
    """Cut a verb off a person: 张林|作报告, 李强|调研, 真蒂洛尼|来华."""
    end = span.end
    name = text[span.start : end]
    if (tail := _FIRM_TAIL.match(text, end)) and _OWNED.search(text, max(0, span.start - 4), span.start):
        return msgspec.structs.replace(span, end=tail.end(), type="company")  # 子公司|泉泓投资
    if name in _TWO_PART:  # 欧阳|建权: the given name follows
        index = bisect_right(words.starts, end - 1)
        if index and words.ends[index - 1] > end:
            end = words.ends[index - 1]
        while index < len(words.starts) and words.starts[index] == end and words.ends[index] - span.start < 5:
            if text[end] in _AFTER_NAME:
                break
            end = words.ends[index]
            index += 1
        return msgspec.structs.replace(span, end=end)
    if len(name) > 3 and (tail := _FOREIGNER_TAIL.search(name)) and tail.start() >= 2:
        end = span.start + tail.start()
    elif len(name) >= 3:
        last = text[end - 1 : end + 1]
        if last in _VERBS or _PERSON_TAIL.match(text, end - 1):
            end -= 1
        elif len(name) >= 4 and text[end - 2 : end] in _VERBS:
            end -= 2
    return span if end == span.end else msgspec.structs.replace(span, end=end)


def _scripts(text: str, span: Candidate) -> Iterator[Candidate]:
    """Cut a Latin gloss from a Chinese name, at a space between the scripts: 产品 Product."""
    name = text[span.start : span.end]
    cuts = [m.start() for m in _MIXED.finditer(name)]
    if not cuts:
        yield span
        return
    before = 0
    for at in [*cuts, len(name)]:
        part = name[before:at].strip()
        if type_of_zh(part) == span.type and not part.isascii():
            yield msgspec.structs.replace(span, start=span.start + before, end=span.start + at)
        before = at + 1


def _quotes(text: str, span: Candidate) -> Iterator[Candidate]:
    """Take the side of a lone quotation mark that reads as a name of the type: 股东"|南京方凯企业管理有限公司."""
    name = text[span.start : span.end]
    if name.count('"') != 1 or name[0] == '"':
        yield span
        return
    at = name.index('"')
    if len(name) - at > 3 and type_of_zh(name[at + 1 :]) == span.type:
        yield msgspec.structs.replace(span, start=span.start + at + 1)
    elif at > 2 and type_of_zh(name[:at]) == span.type:
        yield msgspec.structs.replace(span, end=span.start + at)


def _bodies(text: str, span: Candidate) -> Iterator[Candidate]:
    """Part two bodies that a conjunction or verb joins: 西安电子科技大学杭州研究院|与|之江实验室."""
    start = span.start
    if span.type == "company" and (owned := _OWNED.search(text, start + 2, span.end - 2)):
        yield msgspec.structs.replace(span, end=owned.start())
        span, start = msgspec.structs.replace(span, start=owned.end()), owned.end()
    for between in _BETWEEN.finditer(text, span.start, span.end):
        left, right = text[start : between.start()], text[between.end() : span.end]
        if len(left) < 3 or len(right) < 3 or not _STRONG.search(left):
            continue
        if type_of_zh(right) not in ORGANISATIONS or right.startswith("其"):
            continue
        if between.group() == "联合" and (len(right) < 6 or not _SINGLE.search(right)):
            continue  # 北京大学联合实验室
        if len(right) < 5 and between.group() in ("与", "和", "及"):
            continue  # 商务部和研究院 may be one name's inside
        yield msgspec.structs.replace(span, start=start, end=between.start())
        start = between.end()
    yield span if start == span.start else msgspec.structs.replace(span, start=start)


def _led(text: str, span: Candidate, words: Words) -> Candidate:
    """Cut off words that lead to a body's name: 关联方|诸暨神鹰置业有限公司, 自|菲达环保公司."""
    start = span.start
    if _SCHOOL.match(text, span.end - 2):
        span = msgspec.structs.replace(span, end=span.end - 1)
    while (lead := _LEADING.match(text, start, span.end)) and span.end - lead.end() >= 4:
        if words.cut_at(lead.end()) is not None or type_of_zh(text[lead.end() : span.end]) != type_of_zh(
            text[span.start : span.end]
        ):
            break
        start = lead.end()
    return span if start == span.start else msgspec.structs.replace(span, start=start)
