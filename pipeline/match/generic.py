"""Whether what the Chinese tagger marks is a phrase for any thing of a kind, not the name of one."""

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from importlib.metadata import version
from typing import Literal

import jieba

from pipeline import cachedir
from pipeline.match.candidates import Candidate
from pipeline.match.cuts_zh import ORGANISATIONS
from pipeline.match.heads import SUFFIXES, type_of_zh
from pipeline.records import EntityType, Record
from pipeline.segment.words import Words

_PROPER_TAGS = frozenset({"ns", "nr", "nrfg"})
_OTHER_TAGS = frozenset({"nt", "nz", "nrt"})
"""Bodies and other things: among them are common words (科普, 海关, 孵化器)."""
_COMMON = re.compile(
    r"(?:广播电视|广播电台|电视台|广播站|新闻出版|海关|公安|税务|工商|(?:妇女|社会科学界)?联合会|行业协会|商会|众创空间|中央银行|商业银行|自治州|"
    r"(?:公司)?(?:月|季|年|旬|日)报|(?:证券)?研究报告|(?:.{0,4}工作)?年度报告|计划单列市|特别行政区|总领事馆|使馆|孔子学院|(?:老年|开放|社区|电视|老年科技)大学|(?:农商|城商|外资|股份|国有大)行|(?:农村|城市)商业银行|农信社|农村信用社|(?:基金(?:管理)?|证券|保险|信托|期货|担保|小额贷款|资产管理|融资租赁|理财|物业|财务)公司|(?:典当|拍卖|开户|托管|代理|发卡|往来)(?:银)?行|经?(?:评标|招标|评审|资格审查|谈判|磋商|专家|提名|薪酬与考核|学位评定)委员会|科研院所|物联|京公网|军地|沪深|央地|政企|校企|(?:产业|工业|行业|企业|市场|区域|人工智能|大数据|未来)(?:技术|创新)?研究院)$"
)
"""Whole spans that are any thing of a kind."""
_BODY_TAIL = re.compile(
    r"(?:(?<!党)组织|法庭|书记处|王室|舰队|党|派|军|师|旅|团|阵线|塔利班|联盟|大使|政治局|委|协|联|办)$"
)
"""Endings of governmental bodies beside those that tell a type."""
_LETTERS = re.compile(
    r"(?![^|]*[一二三四五六七八九十各两多几第年月日])[^|和与及的或等省市县区乡镇村部局委会所院办][^|和与及的或等省市县区乡镇村部局委会所院办行网]"
)
_CENTRAL = re.compile(r"党$|(?<!社)会$")
_SURE: tuple[tuple[EntityType, float, re.Pattern[str], bool], ...] = (
    ("company", 0.5, re.compile(r"(?:有限|股份)公司$"), False),
    ("company", 0.5, re.compile(r"..(?:集团|公司)$"), True),
    (
        "company",
        0.6,
        re.compile(r"^.{2,4}(?:创投|资本|科技|股份|控股|智能|汽车|电子|网络)$"),
        True,
    ),
    ("company", 0.8, re.compile(r"^.{2}(?:基金|证券|投资)$"), True),
    ("company", 0.8, re.compile(r"^[\u4e00-\u9fff]{2,4}$"), True),
    ("company", 0.95, re.compile(r"^[\u4e00-\u9fff]{2,6}$"), False),
    ("government", 0.9, re.compile(r"^(?:.{2,6}部|全国|国家).{4,}委员会$"), False),
    ("government", 0.5, re.compile(r"^.{2,}(?:部|总局|署)$"), False),
    ("institution", 0.9, re.compile(r"^国家(?!级).{2,}(?:研究院|图书馆|博物馆)$"), False),
    ("institution", 0.7, re.compile(r"(?:研究所|研究院|大学|医院)$"), True),
)
"""Names of common words that stand all the same: type, least score, ending, whether the first word must be rare."""
_ANY_BODY = re.compile(r"人民|国家|商业|高级|.{2}学院$|中央|军事|国防|.*(?:委员会|党|组织|机关|队)$")
"""What jieba's dictionary holds of bodies and any body of a kind is called (人民政府, 商业银行)."""
_LIKELY = 0.8
"""The chance that makes a name of one that begins with a single character: 苏|高新|创投."""
_FREQUENT = 1000
"""How often a word stands in the corpus of jieba's dictionary, to be none that a firm is called by."""
_LABORATORY = re.compile(
    r"(?P<core>.+?)(?:国家|全国|省部?级|市级|部级|企业|[\u4e00-\u9fff]{2,3}[省市]|教育部)*"
    r"(?:重点实验室|工程实验室|工程(?:技术)?研究中心|技术创新中心|制造业创新中心|临床医学研究中心|国家实验室)$"
)
_OFFICIAL = re.compile(r"^(?:国家|中央|全国|国务院|中共|中国|中华|世界|国际|联合国|人民|最高|十)")
_PHRASE = re.compile(
    r"的|有关|相关|各类|应当|鼓励|支持|坚持|促进.*和|根据|按照|按规定|完善|奉行|和省|及其|提供|"
    r"^(?:乡|镇|城市|街道|地方|农村|基层|普通|专业|边缘|青少年|两国|双方|人民(?:法院|检察院|政府|军队|代表)|中央(?:政府|财政|国库)?$|"
    r"国际[^大]*组织$|国家和|国有|民营|外资|报本级)"
)
"""What only a phrase holds, not a name of a body or plan."""
_DIVISION = frozenset("省市县区旗")
_QUOTES_IN = re.compile(r'[^"]*"[^"]+"[^"]*')
_ISSUED = re.compile(r"关于(?:印发|发布|公布|下发|转发|修订|实施)$")
_LAW = re.compile(
    r"(?!.{0,2}法$|(?:安全|保护|促进|管理|监督|许可|竞争|治理|检验|保障|救助|组织|教育|统计|计量|标准化)法$)[\u4e00-\u9fff]*(?:安全|保护|促进|管理|监督|处罚|许可|复议|诉讼|竞争|垄断|采购|投标|投资|合同|公司|企业|银行|证券|统计|审计|预算|税收|"
    r"所得税|增值税|技术进步|成果转化|专利|商标|著作权|劳动|商务|贸易|广告|管制|治理|防治|检验|计量|标准化|教育|教师|电力|能源|建筑|铁路|"
    r"公路|航空|海关|关税|反恐怖主义|保密|国家秘密|密码|情报|国防|兵役|选举|组织|立法|监察|救助|保障|保险)法"
)
"""A law without title marks: 数据安全法."""
_PLAN_TAIL = re.compile(
    r"(?:行动方案|行动计划|实施方案|实施细则|实施意见|管理办法|暂行办法|条例|规划|纲要|若干措施|计划|工程|行动|专项)$"
)
_DATED = re.compile(r"\d{4}|“|”|\"|“|十[一二三四五]五|第[一二三四五六七八九十\d]+")


class Dictionary(Record, frozen=True, kw_only=True):
    """What jieba's dictionary says of words."""

    proper: frozenset[str]
    """Names of places, people and single bodies."""
    other: frozenset[str]
    """Names of other things, and many words that are common."""
    frequent: frozenset[str]
    places: frozenset[str]


@functools.cache
def dictionary() -> Dictionary:
    """Return the words of jieba's dictionary that tell names from phrases."""
    return cachedir.made("classes", [version("jieba"), cachedir.code(__file__)], Dictionary, _classes)


def _classes() -> Dictionary:
    proper: set[str] = set()
    other: set[str] = set()
    frequent: set[str] = set()
    places: set[str] = set()
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, tag = line.decode("utf-8").split()
            if tag in _PROPER_TAGS or (tag == "nt" and len(word) > 3 and not _ANY_BODY.match(word)):
                proper.add(word)
            elif tag in _OTHER_TAGS:
                other.add(word)
            if int(count) >= _FREQUENT:
                frequent.add(word)
            if tag == "ns":
                places.add(word)
    return Dictionary(
        proper=frozenset(proper),
        other=frozenset(other),
        frequent=frozenset(frequent),
        places=frozenset(places),
    )


def generic(name: str, piece: Candidate, inside: Sequence[Candidate], text: str, words: Words) -> bool:
    """Say whether a span is a phrase for any thing of its kind, not a name of one."""
    if _COMMON.fullmatch(name):
        return True
    if piece.type == "person":
        return text.startswith("主义", piece.end)
    if piece.type == "event":
        return False
    if piece.type == "publication":
        return text[piece.start - 1] not in '《"' and _kind(text, piece, words) == "common"
    if piece.type == "plan":
        return not _titled(text, piece, words)
    if piece.type in ORGANISATIONS and _PHRASE.search(name):
        return True
    if (
        piece.type == "government"
        and len(name) > 5
        and _OFFICIAL.match(name)
        and not _BODY_TAIL.search(name)
        and type_of_zh(name) not in ORGANISATIONS
    ):
        return True
    if (
        piece.type in ORGANISATIONS
        and type_of_zh(name) in ("event", "plan", "publication")
        and piece.score < 0.9
    ):
        return True
    if name.startswith("国务院") and len(name) > 3 and type_of_zh(name) not in ("government", "institution"):
        return True  # 国务院电信、公安等有关部门
    if piece.type == "institution" and (laboratory := _LABORATORY.fullmatch(name)):
        core = laboratory["core"]
        return core[-1] in "省市和与及" or (len(core) < 4 and _kind(text, piece, words) != "proper")
    if any(c.isascii() and c.isalpha() for c in name):
        return False
    if any(c.type != "technology" and c.end - c.start < len(name) for c in inside):
        return False
    if piece.type in ("government", "association") and _OFFICIAL.match(name) and len(name) > 4:
        return type_of_zh(name) != piece.type and not _CENTRAL.search(name)
    kind = _kind(text, piece, words)
    if kind == "proper" or (kind == "other" and piece.score >= 0.7):
        return False
    if piece.type == "association":
        return piece.score < 0.8 or len(name) < 7 or not name.endswith(("协会", "学会", "联合会", "商会"))
    if any(
        piece.type == t
        and piece.score >= least
        and ending.search(name)
        and (not rare or _coined(text, piece, words))
        for t, least, ending, rare in _SURE
    ):
        return False
    return piece.score < 0.9 or type_of_zh(name) is None or len(name) > 6 or _OFFICIAL.match(name) is not None


def _kind(text: str, piece: Candidate, words: Words) -> Literal["proper", "other", "common"]:
    """Say whether a span holds a word that is a name or unknown, a word of other things, or common words only."""
    proper, other = dictionary().proper, dictionary().other
    kind: Literal["other", "common"] = "common"
    if _LETTERS.search(
        "".join(
            text[s] if e - s == 1 else "|"
            for s, e in (
                (words.starts[i], words.ends[i])
                for i in range(bisect_left(words.starts, piece.start), bisect_left(words.starts, piece.end))
            )
        )
    ):
        return "proper"  # a word that no dictionary knows falls apart: 菲|达|环保
    first = bisect_left(words.starts, piece.start)
    if first and words.ends[first - 1] > piece.start and not words.known[first - 1]:
        return "proper"  # the beginning of the name stands in a word that the segmenter guessed: 经菲|达
    for index in range(first, bisect_left(words.starts, piece.end)):
        word = text[words.starts[index] : words.ends[index]]
        if word in proper or not words.known[index] or (word[-1] in _DIVISION and word[:-1] in proper):
            return "proper"
        if word in other:
            if word == text[piece.start : piece.end]:
                return "proper"
            kind = "other"
    return kind


def _coined(text: str, piece: Candidate, words: Words) -> bool:
    """Say whether a name begins with a word that is rare and tells no trade: 经纬创投, not 科技公司."""
    first = bisect_left(words.starts, piece.start)
    if first == len(words.starts) or words.starts[first] != piece.start:
        return False
    word = text[piece.start : words.ends[first]]
    return (
        word not in SUFFIXES
        and (len(word) > 1 or piece.score >= _LIKELY)
        and word not in dictionary().frequent
    )


def _of_place(text: str, piece: Candidate, words: Words) -> bool:
    """Say whether a span begins with the name of a place: 安徽省|未来产业培育行动方案."""
    first = bisect_left(words.starts, piece.start)
    if first == len(words.starts) or words.starts[first] != piece.start:
        return False
    end = words.ends[first]
    word = text[piece.start : end]
    places = dictionary().places
    if text[end : end + 1] in _DIVISION:
        return word in places or not words.known[first]
    return word in places or (
        word[-1] in _DIVISION and (word[:-1] in dictionary().proper or not words.known[first])
    )


def _is_line(text: str, piece: Candidate) -> bool:
    """Say whether a span is a whole line, as a heading is."""
    before = text[max(0, piece.start - 4) : piece.start].rstrip("# ")[-1:]
    return before in ("", "\n") and text[piece.end : piece.end + 1] in ("", "\n")


def _titled(text: str, piece: Candidate, words: Words) -> bool:
    """Say whether a plan's name stands in title or quotation marks, or reads as a title without them."""
    before = text[piece.start - 1 : piece.start]
    name = text[piece.start : piece.end]
    if before in ("《", '"'):
        return True
    if type_of_zh(name) != "plan":
        return False
    if len(name) > 5 and _ISSUED.search(text, max(0, piece.start - 6), piece.start):
        return text.startswith(("的通知", "的公告", "(", "》"), piece.end)
    if _PHRASE.search(name):
        return False
    if piece.score >= 0.7 and len(name) > 7 and _is_line(text, piece):
        return True
    if piece.score >= 0.75 and len(name) > 5 and name.endswith("重点专项"):
        return True
    if _QUOTES_IN.fullmatch(name) or _LAW.fullmatch(name):
        return True
    if _PLAN_TAIL.search(name) and len(name) > 5 and _of_place(text, piece, words):
        return True
    return _DATED.match(name) is not None or (name.startswith("中华人民共和国") and name.endswith("法"))
