"""What of a name is its core: legal endings, places in front, and words of trade set apart."""

import functools
import re

from pipeline.names.lexicon import load_lexicon
from pipeline.names.profile import bare
from pipeline.normal import has_han
from pipeline.records import Record

_LEGAL_ZH = re.compile(
    r"(?:有限责任公司|股份有限公司|集团有限公司|控股有限公司|有限公司|合伙企业|\(有限合伙\)|有限合伙|总公司|分公司|子公司|公司|集团|株式会社|"
    r"股份|控股|\(集团\)|\(控股\))+$"
)
_LEGAL_EN = re.compile(
    r"(?:[\s,]+(?:co\.?,? ?ltd\.?|company,? limited|company|co\.?|ltd\.?|limited|incorporated|inc\.?|corporation|corp\.?|llc|l\.l\.c\.|plc|gmbh|"
    r"ag|s\.?a\.?|s\.?p\.?a\.?|b\.?v\.?|n\.?v\.?|\(limited partnership\)|limited partnership|lp|group|holdings?))+\.?$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\(([^()]{2,6})\)")
_PREFIX = re.compile(
    r"^(?:中国|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    r"台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|深圳|广州|杭州|南京|苏州|武汉|成都|西安|厦门|宁波|青岛|大连|合肥|长沙|郑州|济南|福州|无锡|珠海|东莞|"
    r"佛山|沈阳|长春|哈尔滨|石家庄|太原|昆明|贵阳|南宁|海口|兰州|西宁|银川|乌鲁木齐|拉萨|呼和浩特|南昌|常州|温州|嘉兴|绍兴|台州|金华|昆山|前海|横琴|"
    r"中关村|浦东)(?:市|省|自治区|新区|区)?"
)
_TRADE = (
    "科技 技术 信息 网络 软件 数据 智能 电子 通信 通讯 服务 发展 开发 投资 管理 咨询 文化 传媒 贸易 商贸 实业 产业 系统 工程 研发 教育 医疗 生物 "
    "计算机 互联网 云计算 大数据 人工智能 机器人 数字 科学 设备 自动化 半导体 微电子 新能源 能源 环保 健康 食品 物流 供应链 国际 控股 集团 股份 "
    "企业 金融 宽带 中心 设计 建筑 制造 智慧 物联网 互联 平台 销售 进出口 检测 认证 消费 声学 游戏 娱乐 广告 电商 电气 机械 材料 化工 汽车 "
    "有限 公司 责任 子公司 分公司"
).split()
_LONGEST_TRADE = max(map(len, _TRADE))
_TRADES = frozenset(_TRADE)


class Core(Record, frozen=True, kw_only=True):
    """A name and, one inside the other, its stem (no legal ending, no bracketed place), core (no place before), and trade words."""

    whole: str
    stem: str
    core: str
    places: tuple[str, ...]
    trade: tuple[tuple[int, int], ...]
    """Stretches of ``core`` that only say what it does."""


@functools.lru_cache(maxsize=1 << 16)
def core(name: str) -> Core:
    """Take a name's legal form, places and words of trade apart."""
    text = bare(name)
    if not has_han(text):
        stem = _LEGAL_EN.sub("", text) or text
        return Core(whole=text.lower(), stem=stem.lower(), core=stem.lower(), places=(), trade=())
    text = re.sub(r"\s+", "", text)
    places = tuple(p.removesuffix("市") for p in _PLACE.findall(text) if p not in ("有限合伙", "集团", "控股"))
    stem = text
    for _ in range(3):
        trimmed = _LEGAL_ZH.sub("", stem)
        if _PLACE.search(trimmed):
            trimmed = _PLACE.sub("", trimmed)
        if trimmed == stem or len(trimmed) < 2:
            break
        stem = trimmed
    rest = stem
    prefix = _PREFIX.match(rest)
    while prefix and len(rest) - prefix.end() >= 2:
        places += (re.sub(r"(?:市|省|自治区|新区|区)$", "", prefix.group()),)
        rest = rest[prefix.end() :]
        prefix = _PREFIX.match(rest)
    return Core(whole=text, stem=stem, core=rest, places=places, trade=tuple(_trade(rest)))


def _trade(text: str) -> list[tuple[int, int]]:
    """Return the trailing stretches that only say what a body does."""
    spans: list[tuple[int, int]] = []
    end = len(text)
    while end > 2:
        for size in range(min(_LONGEST_TRADE, end - 2), 1, -1):
            if text[end - size : end] in _TRADES:
                spans.append((end - size, end))
                end -= size
                break
        else:
            break
    return spans[::-1]


def heart(name: str) -> str:
    """Return what tells a name from others of its kind: the core without words of trade, Latin without legal ending."""
    found = core(name)
    return found.core[: found.trade[0][0]] if found.trade and found.trade[0][0] >= 2 else found.core


def is_legal_form(word: str) -> bool:
    """Say whether a Chinese word is a legal form."""
    rendering = load_lexicon().parts.get(word)
    return rendering is not None and rendering.section == "legal"
