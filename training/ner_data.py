"""The annotated sets, brought to one inventory of types, with what each leaves open kept open.

Every sentence becomes a list of spans, each with the *set* of types that its annotation allows, and a
set of types that the data set does not annotate at all (those may hide under "no name"). A tagger is
then trained on the sum over all readings that agree with the annotation.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

TYPES = (
    "government", "company", "institution", "association", "person", "place", "scene", "plan", "publication",
    "work", "team", "generic",
)  # fmt: skip
"""Inner types: ``scene`` is shown as place; ``work``, ``team`` and ``generic`` (公司, 有关部门) are not shown."""

BODIES = frozenset({"government", "company", "institution", "association", "team"})


@dataclass(frozen=True)
class Sentence:
    """A text, its spans with the types each may have, and the types left unannotated."""

    text: str
    spans: tuple[tuple[int, int, frozenset[str]], ...]
    open: frozenset[str]
    source: str = ""
    gold: tuple[tuple[int, int, str], ...] = field(default=())


_GOVERNMENT = re.compile(
    r"(委员会|委|办公室|办公厅|政府|领导小组|工作组|常委会|法院|检察院|[总分警邮监]?局|[^大]厅|署|司令部|使馆|军区|战区|部队|党委|"
    r"海关|国务院|参议院|众议院|议会|国会|杜马|内阁|解放军|中央|[教科工信国防政商外交农业卫生司法水利公安建设]部|政协|人大|纪委|"
    r"网信办|宣传部|组织部|统战部|[^球全冠季亚]军|军队|舰队|[自海]卫队|支队|党|联合国|欧盟|人民银行|央行|银监会|证监会|保监会|海军|空军|陆军|军团|警方|书记处|政治局|"
    r"理事国|公安|法工委|市委|县委|省委|区委|管委会|国资委|发改委|代表团|代表大会|大藏省|国务委员|办事处)$"
)
_COMPANY = re.compile(
    r"(公司|集团|股份|有限|控股|银行|[分支]行|证券|保险|信托|创投|通讯社|新华社|路透社|出版社|药业|制药|实业|电器|软件|重工|"
    r"钢铁|石化|电力|电信|移动|联通|传媒|影业|地产|置业|物流|航空|矿业|事务所|厂|电视台|电台|商场|酒店|饭店|宾馆|商店|百货|营业部|"
    r"交易所|株式会社|科技|电子|汽车|建材|餐厅|超市|网|唱片|卫视|铁路|百货大楼|铜矿|煤矿|矿|农场|合作社|基金|事业部|工作室)$"
)
_INSTITUTION = re.compile(
    r"(大学|学院|研究院|研究所|研究中心|实验室|医院|学校|中学|小学|幼儿园|博物馆|图书馆|科学院|工程院|社科院|农科院|中科院|党校|智库|设计院|"
    r"天文台|书院|研究室|美术馆|美术学院|[^财]系|附中|女中|一中|二中|干校|分院|校区|高中|职中|技校|疾控中心|艺术馆|纪念馆|[北清复]大|"
    r"设计所|研究部|研究生部|研究生院|商学院|计算中心|培训中心|北京九十中学)$"
)
_ASSOCIATION = re.compile(
    r"(协会|学会|联盟|联合会|商会|促进会|研究会|基金会|工商联|总会|联谊会|科协|工会|总工会|妇联|青年团|团委|同业公会|公会|协进会|青联|残联|"
    r"作协|文联|红十字会|分会|教会|同盟会|足协|篮协|田协|国际足联|亚足联|欧足联|国际奥委会|奥委会|亚奥理事会|足联)$"
)
_TEAM = re.compile(
    r"((?<![部军舰卫])队|战队|俱乐部|联赛|女排|男排|女足|男足|女篮|男篮|英超|意甲|西甲|德甲|中超|欧冠|联盟杯|乐队|组合|剧团|艺术团|合唱团)$"
)
_PRESS = re.compile(
    r"(日报|晚报|周刊|周报|时报|晨报|邮报|杂志|先驱报|都市报|商报|学报|早报|月刊|快报|[^汇]报|期刊|《[^》]*》)$"
)
_PLAN = re.compile(
    r"(规划|计划|纲要|战略|方案|条例|办法|规定|意见|通知|决定|细则|指南|倡议|工程|措施|目录|公约|协定|协议|条约|宪法|公告|议定书|"
    r"备忘录|章程|法典|法案|[^书方兵]法|准则|规则|规范|指引|宣言|决议|通告|批复|路线图|公报|联合声明|基本法|标准|决议案|若干问题的规定)$"
)
_GENERIC = re.compile(
    r"(本?公司|集团|本行|[总分支]公司|分?行|母公司|子公司|[相有][关]部门|.{0,6}部门|博彩公司|警方|法院|警察局?|政府|军方|医院|学校|"
    r"银行|集团公司|股份公司|校方|[市县区省]?有关方面|当局|监管当局|贵公司|我公司|该公司|总部|俱乐部|各?大?银行|保险公司|协会|商业银行)"
)


def body_types(name: str, *, fallback: frozenset[str] = BODIES) -> frozenset[str]:
    """Return the types that an organisation's name allows, told by its ending."""
    if _GENERIC.fullmatch(name):
        return frozenset({"generic"})
    stem = re.sub(r"[（(][^（()）]*[)）]$", "", name)
    for pattern, kind in (
        (_ASSOCIATION, "association"),
        (_TEAM, "team"),
        (_PRESS, "publication"),
        (_INSTITUTION, "institution"),
        (_COMPANY, "company"),
        (_GOVERNMENT, "government"),
    ):
        if pattern.search(stem):
            return frozenset({kind})
    return fallback


def work_types(title: str) -> frozenset[str]:
    """Return the type of a quoted title: a plan or a publication."""
    stem = re.sub(r"[（(][^（()）]*[)）]$", "", title.strip("《》"))
    return frozenset({"plan"}) if _PLAN.search(stem) and len(stem) > 3 else frozenset({"publication"})


def _cluener(name: str, kind: str) -> frozenset[str] | None:
    if kind == "organization":
        types = body_types(name, fallback=frozenset())
        if types:
            return types - {"company"} or frozenset({"team", "company"})
        shown = re.search(r"[会部院校所局大委办]|联合国|银监|[A-Za-z]", name)
        return (
            frozenset({"team", "association", "institution", "government"}) if shown else frozenset({"team"})
        )
    if kind == "government":
        if _GENERIC.fullmatch(name):
            return frozenset({"generic"})
        if _ASSOCIATION.search(name):
            return frozenset({"association"})
        return (
            frozenset({"institution"})
            if re.search(r"(研究院|研究所|社科院|实验室|大学|学院)$", name)
            else frozenset({"government"})
        )
    if kind == "company":
        if _GENERIC.fullmatch(name):
            return frozenset({"generic"})
        return frozenset({"publication"}) if re.search(r"(杂志|《.*》)$", name) else frozenset({"company"})
    if kind == "book":
        return work_types(name)
    return {
        "name": frozenset({"person"}), "address": frozenset({"place"}), "scene": frozenset({"scene"}),
        "game": frozenset({"work"}), "movie": frozenset({"work"}),
    }.get(kind)  # fmt: skip


def _three(name: str, kind: str) -> frozenset[str] | None:
    if kind in ("PER", "NAME", "PER.NAM"):
        return frozenset({"person"})
    if kind in ("LOC", "GPE.NAM", "LOC.NAM"):
        return frozenset({"place", "scene"})
    if kind in ("ORG", "ORG.NAM"):
        return body_types(name)
    return None


_OPEN = {
    "cluener": frozenset[str](),
    "peoplesdaily": frozenset({"plan", "publication", "work", "generic"}),
    "uner": frozenset({"plan", "publication", "work", "generic"}),
    "weibo": frozenset({"plan", "publication", "work", "generic"}),
    "resume": frozenset({"plan", "publication", "work", "place", "scene"}),
}  # fmt: skip


def _trim(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """Leave quotation marks and title brackets outside a span, as the guide has it."""
    if kind in ("game", "movie", "book"):
        while start < end and text[start] in '《“"(（':
            start += 1
        while end > start and text[end - 1] in '》”")）':
            end -= 1
    elif (
        end - start > 2
        and text[start] in '“"'
        and text[end - 1] in '”"'
        and not set('“”"') & set(text[start + 1 : end - 1])
    ):
        return start + 1, end - 1
    return start, end


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one file, in its order."""
    source = path.name.split("-")[0]
    convert = _cluener if source == "cluener" else _three
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text: str = row["text"]
            spans: list[tuple[int, int, frozenset[str]]] = []
            taken = -1
            for start, end, kind in sorted(row["entities"], key=lambda e: (e[0], -e[1])):
                types = convert(text[start:end], kind)
                if types is None or start < taken:
                    continue
                if source == "cluener":
                    start, end = _trim(text, start, end, kind)
                    if start >= end:
                        continue
                spans.append((start, end, types))
                taken = end
            gold = tuple((s, e, k) for s, e, k in row["entities"])
            yield Sentence(text, tuple(spans), _OPEN[source], source, gold)


def split(
    sentences: Iterable[Sentence], *, part: int = 10, seed: int = 13
) -> tuple[list[Sentence], list[Sentence]]:
    """Shuffle by a seed and hold out one in ``part``."""
    rows = list(sentences)
    random.Random(seed).shuffle(rows)
    cut = len(rows) // part
    return rows[cut:], rows[:cut]
