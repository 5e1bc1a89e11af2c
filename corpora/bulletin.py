"""The plain-text page: wrapped lines, names broken over them, note digits glued to words, ASCII and typographic quotes."""

from pathlib import Path

from markup import Truth

TITLE = "Robot notes from Wuhan"
DATE = None
LANGUAGES = ["en", "zh"]

ENTITIES = {
    "wh": ("place", "Wuhan", "武汉"), "hub": ("place", "Hubei", None), "ch": ("place", "China", None),
    "ovp": ("place", None, "光谷"), "bjel": ("place", None, "北京东路"),
    "us": ("place", "United States", None), "el": ("place", "East Lake", None),
    "most": ("government", "Ministry of Science and Technology", None), "whgov": ("government", "Wuhan Municipal Government", None),
    "ccp": ("government", "Chinese Communist Party", None),
    "hust": ("institution", "Huazhong University of Science and Technology", "华中科技大学"),
    "whu": ("institution", "Wuhan University", None),
    "oval": ("association", "Optics Valley Robot Alliance", "光谷机器人联盟"),
    "ubt": ("company", "UBTech", None), "pony": ("company", "Pony.ai", None), "vid": ("company", "Video++", None),
    "fp": ("company", "4Paradigm", None), "insp": ("company", None, "浪潮"), "jd": ("company", None, "京东"),
    "boe": ("company", None, "京东方"), "lmt": ("company", "Liangma Transmission Co., Ltd.", "良马传动"),
    "cjx": ("person", "Chen Jiaxin", "陈嘉欣"), "ww": ("person", "Wu Weiran", None),
    "ov": ("plan", "Optics Valley Robot Plan", "光谷机器人计划"), "mic": ("plan", "Made in China 2025", None),
    "ai": ("technology", "artificial intelligence", None), "5g": ("technology", "5G", None),
    "apollo": ("product", "Apollo", None), "baidu": ("company", "Baidu", None),
}  # fmt: skip

PAIRS = ["hust", "oval", "lmt", "cjx", "ov", "wh", "mic"]

RELATIONS: list[tuple[str, str, str, dict[str, str]]] = [
    ("issued", "whgov", "ov", {"date": "2021"}), ("holds_position", "cjx", "oval", {"title": "secretary-general"}),
    ("member_of", "lmt", "oval", {}), ("owns", "ubt", "lmt", {}),
]  # fmt: skip

CONTAINS = {1: ["Wuhan106", "Alliance7", "中国制造２０２５", "MOST of the money"]}
ABSENT: list[str] = []

TEXT = """Robot notes from {wh|Wuhan}

The robot makers of {wh|Wuhan}106 have a plan of their own. It is the {ov|Optics
Valley Robot Plan} ({ov|光谷机器人计划}), which the {whgov|Wuhan Municipal
Government} issued in 2021, and it leans on {mic|Made in China 2025}. The {most|Ministry
of Science and Technology} (“{most|MOST}”) pays for a part, but most of the cast
were surprised that {ch|China}'s capital gave so little. One speaker put it in
capitals: MOST of the money comes from {hub|Hubei}.

{hust|Huazhong University of Science and Technology} ({hust|华中科技大学}) and {whu|Wuhan
University} teach the engineers. The {oval|Optics Valley Robot Alliance}7 ({oval|光谷机
器人联盟}) brings 60 members together; its secretary-general, {cjx|Chen Jiaxin}
({cjx|陈嘉欣}), used to work for {ubt|UBTech}. {ubt|UBTech} bought {lmt|Liangma Transmission Co.,
Ltd.} ({lmt|良马传动}), a member of the alliance, in 2020.

{pony|Pony.ai}, {vid|Video++} and {fp|4Paradigm} sent guests. A geek and a pony are not
names, nor is a paradigm; an apollo is a butterfly, but {baidu|Baidu}'s {apollo|Apollo}
drives cars. {ai|AI}-driven arms and {5g|5G} were shown, and a {us|U.S.} visitor asked
about exports to the {us|U.S.}; the {ccp|CCP} branch of the {el|East Lake} region had
sent an observer, {ww|Wu Weiran}.

{wh|武汉}的机器人产业正迎来新的浪潮，{insp|浪潮集团}在{ovp|光谷}设立了研发中心。会议在{bjel|北京东
路}举行，{jd|京东}与{boe|京东方}都派人参加。{cjx|陈嘉欣}秘书长说，{oval|光谷机器人联盟}将继续扩
大。{mic|中国制造２０２５}提出的目标已经实现了一半。
"""


def write(path: str) -> Truth:
    """Write the text file and return what should be found in it."""
    truth = Truth()
    chars = truth.read(TEXT)
    truth.place(chars, 1)
    Path(path).write_text("".join(c.text for c in chars), encoding="utf-8", newline="\n")
    return truth
