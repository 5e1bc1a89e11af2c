"""Names to put into training sentences: the gazetteers', and made ones of the usual build."""

import random
import re
from collections.abc import Iterable
from pathlib import Path

import yaml

_WANTED = (
    "government",
    "company",
    "institution",
    "association",
    "person",
    "place",
    "plan",
    "publication",
    "technology",
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国华文斌志鹏飞宇浩晨雨欣怡思远博天佑海波东红梅玉兰春光永福德生振林家俊"
    "子涵雪晓云龙凤鸣启凡立新卫民学锋少康长江宏图正义成功瑞祥清泉向阳耀辉锦程维亚希之若一嘉懿铭轩泽恩安宁爱莲素珍惠庆喜"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍"
).replace("\n", "")
_BRANDS = "华中科新创信天海东方盛世博智云联通达恒瑞远鼎金龙宏润亿嘉兴安泰丰利和星光凯康奇思微芯数讯飞图灵云从禾赛极寒旷视锐捷启明"
_TRADES = (
    "科技 信息技术 智能科技 电子 半导体 生物科技 软件 网络科技 新能源 新材料 精密机械 汽车 航空科技 通信 机器人 数据 医疗器械 投资 环保 "
    "建设工程 招标代理 咨询 电力设备 光电 微电子 集成电路 仪器仪表 化工 物流 文化传播 教育科技 能源"
).split()
_FIRM_ENDS = "有限公司 股份有限公司 有限责任公司 集团有限公司 集团 （集团）股份有限公司 公司".split()
_FIELDS = (
    "人工智能 集成电路 半导体 新能源汽车 软件和信息服务业 数字经济 大数据 机器人 物联网 工业互联网 智能制造 网络安全 生物医药 航空航天 新材料 "
    "科技创新 高新技术产业 知识产权 标准化 电子商务 云计算 区块链 量子信息 低空经济 氢能产业 数据要素 信息化 中小企业 科技成果转化 人才 农业科技"
).split()
_BUREAUS = (
    "人民政府 科学技术局 发展和改革委员会 经济和信息化局 财政局 教育局 市场监督管理局 人力资源和社会保障局 商务局 政务服务和数据管理局 "
    "国有资产监督管理委员会 住房和城乡建设局 生态环境局 工业和信息化局 人民政府办公室 公安局 人民法院 统计局 卫生健康委员会 交通运输局"
).split()
_INSTITUTES = "大学 理工大学 学院 职业技术学院 科学院 研究院 研究所 实验室 人民医院 第一中学 师范大学 产业技术研究院 工程研究中心 重点实验室".split()
_SOCIETIES = "协会 学会 行业协会 产业联盟 联合会 促进会 研究会 商会 创新联盟 产业协会 基金会".split()
_PLANS = (
    "发展规划 行动计划 三年行动计划 实施方案 管理办法 实施细则 条例 促进条例 若干措施 若干政策 指导意见 实施意见 工作方案 发展纲要 专项规划 "
    "管理暂行办法 技术指南 建设指南 专项行动 重大专项 工程 创新工程 奖励办法 支持政策 管理规定 工作要点"
).split()
_REPORTS = "发展报告 白皮书 蓝皮书 研究报告 年度报告 统计年鉴 发展指数报告 产业图谱 调查报告".split()


def _han(name: str) -> bool:
    return bool(re.fullmatch(r"[\u4e00-\u9fff0-9A-Za-z·（）()“”—－\-、]+", name)) and bool(
        re.search("[\u4e00-\u9fff]", name)
    )


class Names:
    """Names by type, from gazetteer files and by rule.

    Args:
        folder: the gazetteers; may be empty.
        people: personal names of the training sets, whose characters serve for new ones.
        rng: where chance comes from.
    """

    def __init__(self, folder: Path, people: Iterable[str], rng: random.Random) -> None:
        self.rng = rng
        self.listed: dict[str, list[str]] = {kind: [] for kind in _WANTED}
        for path in sorted(folder.glob("*.yaml")):
            for entry in (
                yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
                or []
            ):
                if not isinstance(entry, dict) or entry.get("type") not in self.listed:
                    continue
                kind = entry["type"]
                surfaces = [entry.get("zh"), *entry.get("aliases", [])]
                self.listed[kind] += sorted(
                    {s for s in surfaces if isinstance(s, str) and 2 <= len(s) <= 40 and _han(s)}
                )
                if (
                    kind == "company"
                    and (short := entry.get("en"))
                    and re.fullmatch(r"[A-Za-z]{4,12}", short)
                ):
                    self.listed[kind].append(short)
        self.towns = [p for p in self.listed["place"] if re.search(r"[省市区县]$", p) and 2 < len(p) < 8]
        self.foreign = sorted({p for p in people if "·" in p or re.fullmatch(r"[A-Z][a-z]+", p)})
        self.given = (
            "".join(p[1:] for p in sorted(set(people)) if re.fullmatch(r"[\u4e00-\u9fff]{2,3}", p)) or _GIVEN
        )

    def _one(self, options: "list[str] | str") -> str:
        return self.rng.choice(options)

    def _place(self) -> str:
        return (
            self._one(self.listed["place"])
            if self.listed["place"]
            else self._one(["北京市", "湖北省", "深圳市"])
        )

    def _town(self) -> str:
        return self._one(self.towns) if self.towns else self._place()

    def person(self) -> str:
        """Return a personal name: mostly Chinese and new."""
        chance = self.rng.random()
        if chance < 0.1 and self.foreign:
            return self._one(self.foreign)
        if chance < 0.2 and self.listed["person"]:
            return self._one(self.listed["person"])
        pool = self.given if self.rng.random() < 0.6 else _GIVEN
        return self._one(_SURNAMES) + "".join(self._one(pool) for _ in range(self.rng.choice((1, 2, 2, 2))))

    def make(self, kind: str) -> str:
        """Return a name of a type, listed or made."""
        if kind == "person":
            return self.person()
        if kind == "place":
            return self._town() + self._town() if self.rng.random() < 0.1 else self._place()
        if self.rng.random() < 0.6 and self.listed.get(kind):
            return self._one(self.listed[kind])
        brand = "".join(self._one(_BRANDS) for _ in range(self.rng.choice((2, 2, 2, 3))))
        town, field = self._town(), self._one(_FIELDS)
        short = re.sub(r"[省市区县]$", "", town)
        rng = self.rng
        if kind == "company":
            lead = rng.choice((town, short, short, "", "中国", f"（{short}）"))
            if lead.startswith("（"):
                return brand + lead + self._one(_TRADES) + self._one(_FIRM_ENDS)
            return brand if rng.random() < 0.2 else lead + brand + self._one(_TRADES) + self._one(_FIRM_ENDS)
        if kind == "government":
            return town + self._one(_BUREAUS)
        if kind == "institution":
            return (
                rng.choice((short, short, "中国", town, "国家"))
                + rng.choice(("", "", field))
                + self._one(_INSTITUTES)
            )
        if kind == "association":
            return rng.choice(("中国", short, town, "全国", "国际")) + field + self._one(_SOCIETIES)
        if kind == "plan":
            lead = rng.choice(
                (
                    town,
                    "国家",
                    "",
                    "“十四五”",
                    "“十五五”",
                    short + "“十四五”",
                    "关于加快",
                    "关于促进",
                    "中华人民共和国",
                )
            )
            middle = rng.choice(("产业", "创新", "", "高质量", "人才", "基础设施")) + rng.choice(
                ("发展", "", "建设")
            )
            end = (
                "的" + rng.choice(("通知", "意见", "实施意见", "若干措施", "决定"))
                if lead.startswith("关于")
                else self._one(_PLANS)
            )
            return lead + field + middle + end
        if kind == "publication":
            return rng.choice(("中国", "全球", "2024年", short)) + field + self._one(_REPORTS)
        return field
