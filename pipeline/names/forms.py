"""What of a name is its core: legal endings, places in front, and words of trade set apart."""

import functools
import re

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
_PLACES = (
    "中国 北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 "
    "台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 "
    "忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛 长春 四平 辽源 "
    "通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 "
    "镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 "
    "宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 "
    "泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 "
    "宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 汕头 佛山 江门 "
    "湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 "
    "三亚 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 "
    "昭通 丽江 普洱 临沧 拉萨 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 海东 "
    "银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 昆山 常熟 江阴 义乌 慈溪 余姚 晋江 武夷山 前海 横琴 中关村 浦东"
).split()
_PREFIX = re.compile(
    rf"^(?:{'|'.join(sorted(_PLACES, key=lambda p: (-len(p), p)))})(?:市|省|自治区|壮族自治区|回族自治区|新区|区)?"
)
_TRADE = (
    "科技 技术 信息 网络 软件 数据 智能 电子 通信 通讯 服务 发展 开发 投资 管理 咨询 文化 传媒 贸易 商贸 实业 产业 系统 工程 研发 教育 医疗 生物 "
    "计算机 互联网 云计算 大数据 人工智能 机器人 数字 科学 设备 自动化 半导体 微电子 新能源 能源 环保 健康 食品 物流 供应链 国际 控股 集团 股份 "
    "企业 金融 宽带 中心 设计 建筑 制造 智慧 物联网 互联 平台 销售 进出口 检测 认证 消费 声学 游戏 娱乐 广告 电商 电气 机械 材料 化工 汽车 "
    "有限 公司 责任 子公司 分公司 测控 众工 声科 运营 技术服务 实验"
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
    places = tuple(
        p.removesuffix("市") for p in _PLACE.findall(text) if p not in ("有限合伙", "集团", "控股")
    )
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
