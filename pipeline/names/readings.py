"""How Chinese characters are read in Latin letters: pinyin, Wade-Giles, Cantonese as in Hong Kong, Japanese.

Wade-Giles is derived from pinyin by its rules, without apostrophes and diaereses, as passports of Taiwan
print it. Cantonese is the spelling customary in Hong Kong names, not a transcription: one character has the
one or two forms in use. Japanese readings cover characters frequent in names of firms and persons.
"""

import functools
import itertools
import re
from collections.abc import Iterator

_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")
_SURNAMES = {
    "单": "shan", "解": "xie", "曾": "zeng", "仇": "qiu", "查": "zha", "区": "ou", "任": "ren", "朴": "piao", "盖": "ge",
    "翟": "zhai", "覃": "qin", "乐": "yue", "洗": "xian", "繁": "po", "晁": "chao", "召": "shao", "宓": "mi", "秘": "bi",
    "种": "chong", "缪": "miao", "应": "ying", "么": "yao", "员": "yun", "黑": "he", "隗": "wei", "尉": "yu",
}  # fmt: skip
"""Readings that a character has as a surname only, beside its own."""

_CANTONESE = """
陈chan 李lee,li 黄wong 林lam 郑cheng 梁leung 吴ng 刘lau 张cheung 叶yip,ip 蔡choi 周chow,chau 何ho 郭kwok 罗law,lo 邓tang 曾tsang
谢tse 许hui 杨yeung 冯fung 徐tsui,chui 朱chu 苏so 卢lo 钟chung 潘poon 彭pang 余yu,yue 董tung 王wong 赵chiu 钱chin 孙suen,sun
胡wu,woo 高ko 莫mok 马ma 伍ng 关kwan 唐tong 江kong 方fong 欧au 麦mak 温wan 甘kam 黎lai 霍fok 简kan 廖liu 施sze,shih 石shek
汤tong 范fan 韩hon 沈shum 姚yiu 萧siu 肖siu 傅fu 戴tai 邱yau 杜to 丁ting 金kam 龙lung 容yung 邵shiu 任yam 袁yuen 倪ngai 游yau
月yuet 娥ngor,ngo 家ka 超chiu,chiu 振chun 英ying 建kin,chee 华wah,wa 文man 武mo 国kwok 荫yam 权kuen 明ming 德tak 志chi 伟wai
强keung 健kin 俊chun 杰kit 美mei 玲ling 丽lai 嘉ka 诚shing 基kei,kee 兆siu,shiu 成shing 永wing 光kwong 荣wing 福fuk 安on
生sang 泽chak 东tung 小siu 龙lung 子tsz,chi 豪ho 浩ho 宏wang 慧wai 敏man 淑suk 芬fan 芳fong 珍chun 凤fung 仪yee,yi 玉yuk
秀sau 兰lan 雪suet 红hung 霞ha 翠tsui 娟kuen 琴kam 莲lin 洁kit 怡yee,yi 欣yan 颖wing 思sze 诗sze 雅nga 静ching 婷ting 君kwan
卓cheuk 立lap 天tin 宇yu 轩hin 智chi 仁yan 义yee 礼lai 信shun 忠chung 孝hau 廉lim 大tai 卫wai 力lik 波bor,po 涛to 海hoi
峰fung 山shan 川chuen 河ho 水shui 火fo 木muk 土to 亮leung 辉fai 耀yiu 庆hing 祥cheung 瑞sui 康hong,kong 宁ning 平ping 和wo
兴hing 旺wong 发fat 财choi 贵kwai 富fu 世sai 昌cheung 盛shing 胜shing 利lee,lei 达tat 通tung 广kwong 洪hung 锦kam 铭ming 鸿hung
炳ping 焕woon 培pui 维wai 绍siu 树shu 汉hon 满moon 少siu 元yuen 正ching 心sum 一yat 二yee 三sam 四sze 五ng 六luk 七tsat 八pat
九kau 十sap 伯pak 仲chung 叔suk 季kwai 春chun 夏ha 秋chau 冬tung 朗long 彦yin 毅ngai 凯hoi 乐lok 晓hiu 燕yin 梅mui 珊shan
"""
_JAPANESE = """
三mitsu,mi,san 菱bishi,hishi 川kawa,gawa,sen 崎saki,zaki 田ta,da,den 山yama,san,zan 本moto,hon 中naka,chu 村mura,son 小ko,o 松matsu,sho
林hayashi,bayashi,rin 森mori,shin 井i 上ue,kami,jo 下shita,shimo,ka 木ki,gi,boku 石ishi,seki 藤fuji,to,do 原hara,wara,gen 野no,ya
高taka,ko 橋hashi,bashi 桥hashi,bashi,kyo 渡wata 边be,nabe 辺be 清kiyo,shimizu,sei 水mizu,sui 佐sa 伊i 加ka 东to,higashi,azuma 西nishi,sai
南minami,nan 北kita,hoku 大o,dai,tai,oo 岛shima,jima,to 日ni,hi,nichi,nik 立tachi,ritsu,ryu 电den 工ko 机ki,hata 古furu,ko 屋ya,oku 圭kei 司ji,shi
细hoso,sai 谷ya,tani,dani 半naka,han 试shi 剂zai 岐gi,ki 阜fu 相sa,ai,so 模gami,mo 富fu,to,tomi 士ji,shi 通tsu 仓kura,so 航ko 装so 新shin,shi,ni,ara
金kin,kane,kana 重ju,shige,e 丰toyo,ho 和wa,kazu 安yasu,an 福fuku 吉yoshi,kichi 秀hide,shu 雄o,yu 夫o,fu 男o 郎ro 太ta,tai 一kazu,ichi 二ji,ni
次tsugi,ji 正masa,sho 明aki,mei,akira 信nobu,shin 义yoshi,gi 文fumi,bun 武take,bu 博hiro,haku 和kazu 良yoshi,ryo 健ken 真ma,shin 美mi 子ko 惠megumi,e
智tomo,chi 宏hiro,ko 幸yuki,ko 春haru 夏natsu 秋aki 冬fuyu 千chi,sen 百momo 万man 一ichi 住sumi 友tomo,yu 丸maru 红beni 伊i 忠chu,tada 商sho 事ji
产san,u 钢ko,hagane 铁tetsu 神kami,kobe,shin 户to,be 制sei 作saku 所sho 京kyo 都to,tsu 阪saka,han 名na 桑kuwa 浜hama 滨hama 口guchi,kuchi 手te 场ba
今ima 泉izumi,sen 平hira,taira,hei 沢sawa,zawa 泽sawa,zawa 冈oka 黑kuro 白shiro,haku 青ao 赤aka 竹take 内uchi 长naga,cho 尾o 岩iwa 濑se 须su 永naga 久hisa,ku
广hiro 斋sai 近kon,chika 远en 后go 前mae 堀hori 星hoshi 宫miya 岸kishi 川gawa 田ta 生i,ikuta 朝asa 光mitsu,ko 天ama,ten 海umi,kai
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for item in text.split():
        found[item[0]] = tuple(dict.fromkeys((*found.get(item[0], ()), *item[1:].split(","))))
    return found


_HK = _table(_CANTONESE)
_JP = _table(_JAPANESE)


@functools.cache
def readings(char: str) -> tuple[str, ...]:
    """Return a character's pinyin readings without tones, ü as v, the usual one first (at most four)."""
    from pypinyin import pinyin_dict  # a seventh of a second, for texts that ask for it

    given = pinyin_dict.pinyin_dict.get(ord(char), "")
    found = [r.translate(_TONES) for r in given.split(",") if r]
    found = [r for r in dict.fromkeys(found) if re.fullmatch(r"[a-z]+", r)]
    if char in _SURNAMES and _SURNAMES[char] not in found[:4]:
        found.insert(1, _SURNAMES[char])
    return tuple(found[:4])


@functools.lru_cache(maxsize=4096)
def wade_giles(syllable: str) -> str:
    """Return a pinyin syllable in Wade-Giles, apostrophes and diaereses left out: ``zheng`` cheng, ``xie`` hsieh."""
    match = re.fullmatch(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([a-z]+)", syllable)
    if match is None:
        return syllable
    initial, final = match.groups()
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        return {"zh": "chih", "ch": "chih", "sh": "shih", "r": "jih"}[initial]
    if final == "i" and initial in ("z", "c", "s"):
        return {"z": "tzu", "c": "tzu", "s": "szu"}[initial]
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    final = _FINALS.get(final, final)
    if final == "e" and initial in ("g", "k", "h"):
        final = "o"
    if final == "ui" and initial in ("g", "k"):
        final = "uei"
    if final == "uo" and initial not in ("g", "k", "h", "sh"):
        final = "o"
    if final == "e" and initial in ("d", "t", "z", "c", "s", "zh", "ch", "sh", "r", "l"):
        final = "e"
    return _INITIALS.get(initial, initial) + final


_INITIALS = {
    "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch", "q": "ch", "x": "hs",
    "zh": "ch", "ch": "ch", "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
_FINALS = {"ian": "ien", "ie": "ieh", "ong": "ung", "ue": "ueh", "ve": "ueh", "v": "u", "iong": "iung"}
_WHOLE = {
    "ye": "yeh", "yan": "yen", "you": "yu", "yong": "yung", "yi": "i", "er": "erh", "yue": "yueh", "jue": "chueh",
    "xue": "hsueh", "que": "chueh", "xi": "hsi",
}  # fmt: skip


def _variants(char: str, system: str) -> tuple[str, ...]:
    """Return a character's readings in one system."""
    if system == "pinyin":
        return readings(char)
    if system == "wade-giles":
        return tuple(dict.fromkeys(form for r in readings(char) for form in _taiwan(r)))
    return (_HK if system == "cantonese" else _JP).get(char, ())


@functools.lru_cache(maxsize=4096)
def _taiwan(syllable: str) -> tuple[str, ...]:
    """Return the spellings that Taiwan passports use for a pinyin syllable: Wade-Giles and loose forms of it."""
    strict = wade_giles(syllable)
    loose = {strict, _LOOSE.get(syllable, strict)}
    if strict.startswith("hs"):
        loose.add("s" + strict[2:])
        loose.add("sh" + strict[2:])
    if strict.startswith("tzu"):
        loose.add("tze")
    if strict.endswith("e") and len(strict) > 1 and strict[-2] not in "aeiou":
        loose.add(strict + "h")
        loose.add(strict + "r")
    if strict.endswith("ieh"):
        loose.add(strict[:-1])
    loose.add(second_form(syllable))
    return tuple(sorted(loose))


@functools.lru_cache(maxsize=4096)
def second_form(syllable: str) -> str:
    """Return a pinyin syllable in Mandarin Phonetic Symbols II, the other spelling of Taiwan: ``zhao`` jau, ``xie`` shie.

    >>> second_form("zhong"), second_form("xiao"), second_form("zi"), second_form("yu")
    ('jung', 'shiau', 'tz', 'yu')
    """
    match = re.fullmatch(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcs]?)([a-z]+)", syllable)
    if match is None:
        return syllable
    initial, final = match.groups()
    if not initial:
        return {"yong": "yung", "yao": "yau", "you": "you", "ao": "au", "wong": "weng"}.get(final, final)
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        return {"zh": "jr", "ch": "chr", "sh": "shr", "r": "r"}[initial]
    if final == "i" and initial in ("z", "c", "s"):
        return {"z": "tz", "c": "tsz", "s": "sz"}[initial]
    if final.startswith("u") and initial in ("j", "q", "x"):
        final = "v" + final[1:]
    return _SECOND.get(initial, initial) + _SECOND_FINALS.get(final, final)


_SECOND = {"zh": "j", "z": "tz", "c": "ts", "q": "ch", "x": "sh"}
_SECOND_FINALS = {
    "ao": "au", "iao": "iau", "ong": "ung", "iong": "iung", "ui": "uei", "un": "uen", "iu": "iou", "v": "iu", "ve": "iue",
    "van": "iuan", "vn": "iun",
}  # fmt: skip


_LOOSE = {
    "zhong": "jong", "xin": "shyn", "jiao": "jiau", "you": "yu", "xiao": "shiao", "zhao": "jaw", "ke": "ker", "jie": "jye",
    "yan": "yan", "jun": "jiun", "hui": "huei", "xu": "shyu", "si": "ssu", "cai": "tsai", "yi": "yi", "zi": "tze", "shi": "shi", "ying": "ing",
}  # fmt: skip

_MOST = 24


def spelt(text: str, systems: tuple[str, ...] = ("pinyin",)) -> Iterator[tuple[str, str]]:
    """Yield the ways in which a run of Han characters is spelt as one Latin word, with the system.

    One system a word; at most some two dozen spellings a system. ``lü`` gives ``lv`` and ``lu``.
    """
    for system in systems:
        choices = [_variants(char, system) for char in text]
        if not all(choices):
            continue
        for parts in itertools.islice(itertools.product(*choices), _MOST):
            word = "".join(parts)
            yield word, system
            if system == "pinyin" and "v" in word:
                yield word.replace("v", "u"), system
                yield word.replace("v", "yu"), system
