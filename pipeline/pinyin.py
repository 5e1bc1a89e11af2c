"""Chinese personal names in Latin letters: what is a pinyin name, and whether one spells a Chinese name."""

import functools
import itertools
import re

SURNAMES = frozenset(
    "ai an ao ba bai ban bao bei bi bian bo bu cai cang cao cen chai chang che chen cheng chi chong chu chuan cong cui "
    "dai dan dang deng di diao ding dong dou du duan e er fan fang fei feng fu fan gai gan gao ge geng gong gou gu guan "
    "guang gui guo hai han hang hao he hei hong hou hu hua huai huan huang hui huo ji jia jian jiang jiao jin jing ju "
    "kan kang ke kong kou kuai kuang lai lan lang lao le lei leng li lian liang liao lin ling liu long lou lu luan luo "
    "lv lyu ma man mao mei men meng mi miao min ming mo mou mu na nan ni nian nie ning niu nong ou ouyang pan pang pei "
    "peng pi pu qi qian qiang qiao qin qing qiu qu quan que ran rao ren rong ruan rui sang sha shan shang shangguan shao "
    "she shen sheng shi shou shu shui si sima situ song su sui sun suo tai tan tang tao teng tian tong tu tuo wan wang "
    "wei wen weng wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun yan yang yao ye yi yin ying yong you "
    "yu yuan yue yun zai zang zeng zha zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuge zhuo zong zou zu zuo".split()
)
_SYLLABLE = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|ei|ao|ou|an|en|in|"
    r"un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v|ü)"
)
_GIVEN = re.compile(rf"{_SYLLABLE}(?:['-]?{_SYLLABLE})?", re.IGNORECASE)
_READINGS = {
    "单": "shan", "解": "xie", "曾": "zeng", "仇": "qiu", "查": "zha", "区": "ou", "任": "ren", "朴": "piao", "盖": "ge",
    "尉迟": "yuchi", "万俟": "moqi", "翟": "zhai", "覃": "qin", "乐": "yue", "洗": "xian", "繁": "po", "晁": "chao",
    "召": "shao", "宓": "mi", "秘": "bi", "种": "chong", "缪": "miao", "长孙": "zhangsun", "褚": "chu", "应": "ying",
    "吕": "lü", "么": "yao", "折": "she", "员": "yun", "黑": "he", "逄": "pang", "隗": "wei", "臧": "zang",
}  # fmt: skip
"""Surname readings that differ from a character's usual one."""


def is_pinyin_name(text: str) -> bool:
    """Say whether a text reads as a Chinese name in pinyin, surname first: ``Liu He``, ``Ouyang Zhongshan``."""
    words = text.split()
    if not 2 <= len(words) <= 3 or not all(w[:1].isupper() for w in words):
        return False
    given = "".join(words[1:])
    return (
        words[0].lower() in SURNAMES
        and all(w.isupper() or w[1:].islower() or "-" in w or "'" in w for w in words)
        and _GIVEN.fullmatch(given) is not None
    )


@functools.lru_cache(maxsize=8192)
def spellings(name: str) -> frozenset[str]:
    """Return the Latin spellings (lower case, no spaces) of a Chinese personal name, either order of its parts."""
    if not 2 <= len(name) <= 4:
        return frozenset()
    split = (
        2
        if name[:2] in _READINGS or name[:2] in ("欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫")
        else 1
    )
    surname, given = name[:split], name[split:]
    from pypinyin import Style, lazy_pinyin, pinyin  # a seventh of a second, for texts that ask for it

    firsts = {_READINGS.get(surname, "".join(lazy_pinyin(surname)))}
    firsts |= set(pinyin(surname, style=Style.NORMAL, heteronym=True)[0]) if split == 1 else set()
    givens = {
        "".join(parts)
        for parts in itertools.islice(
            itertools.product(*pinyin(given, style=Style.NORMAL, heteronym=True)), 16
        )
    }
    found = set()
    for first in firsts:
        for last in givens:
            for one, two in ((first, last), (last, first)):
                found.add(_plain(one + two))
                found.add(_plain((one + two).replace("ü", "v").replace("lv", "lu").replace("nv", "nu")))
    return frozenset(found)


def _plain(text: str) -> str:
    return re.sub(r"[^a-zü]", "", text.lower().replace("v", "ü")).replace("ü", "v")


def spells(latin: str, han: str) -> bool:
    """Say whether a Latin name spells a Chinese personal name in pinyin, in either order of its parts."""
    plain = _plain(latin)
    return bool(plain) and plain in spellings(han)


_TRANSLITERATING = frozenset(
    "阿埃艾爱安昂奥澳巴白拜班邦贝本比彼宾波伯勃博布策查达戴丹当德登邓迪狄蒂杜顿多恩尔法范菲费芬丰弗夫福富盖甘冈高戈格根古"
    "哈海汉豪赫亨洪胡怀惠霍基吉加贾简杰金卡凯坎康考科克肯孔库夸拉莱赖兰朗劳勒雷黎里丽利莉连列林琳卢鲁路伦罗洛马玛迈麦曼芒毛"
    "梅门蒙米密明缪摩莫默姆木穆纳奈南内尼宁纽努诺欧帕派潘庞佩彭皮珀普奇乔切琼丘让热日荣茹瑞若萨塞赛桑瑟森沙尚绍舍申圣施史士"
    "舒斯丝苏索塔泰坦汤唐特藤提田铁廷通图托瓦万王威韦维魏温文翁沃乌武西希锡席夏香肖歇谢辛休许雅亚扬耶叶伊因英尤于约赞泽曾扎詹"
    "张珍芝治兹子佐娃娜妮蕾黛薇妲姬嘉琪萝翰逊"
)


def is_transliteration(han: str) -> bool:
    """Say whether a Chinese name sounds out a foreign personal name: a middle dot, or only characters used for that."""
    if "·" in han:
        return all(c in _TRANSLITERATING or c == "·" for c in han) or len(han) > 4
    return 2 <= len(han) <= 8 and all(c in _TRANSLITERATING for c in han)
