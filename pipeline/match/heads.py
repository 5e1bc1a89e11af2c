"""What kind of thing a name names, told by its head: the last noun of a Chinese name, the head noun of an English one."""

import re

from pipeline.normal import has_han
from pipeline.records import EntityType

_ZH: dict[EntityType, str] = {
    "government": (
        "委员会 办公室 办公厅 人民政府 政府 领导小组 工作组 专班 常委会 常务委员会 人民法院 法院 检察院 总局 管理局 监督局 "
        "税务局 公安局 统计局 能源局 科技局 教育局 财政局 局 厅 署 司令部 大使馆 领事馆 使馆 军区 战区 部队 管委会 党委 省委 市委 "
        "区委 县委 总署 海关 国务院 参议院 众议院 议会 国会 内阁 解放军 中央 工信部 教育部 科技部 国防部 财政部 商务部 外交部 "
        "农业部 卫生部 司法部 交通部 水利部 部 人大 政协 纪委 网信办 发改委 经信委 经贸委 住建委 法工委 科委 国资委 司 安委会 人民银行 改革委 教委 计委 卫健委 证监会 组织部 宣传部 联合国 集团军"
    ),
    "company": (
        "有限责任公司 股份有限公司 有限公司 分公司 子公司 总公司 公司 集团 股份 控股 银行 证券 保险 基金 期货 信托 创投 资本 投资 "
        "科技 电子 汽车 航空 航天 通讯社 新闻社 新华社 出版社 药业 制药 实业 电器 软件 网络 智能 半导体 微电子 光电 重工 钢铁 石油 "
        "石化 电力 电气 能源 通信 电信 移动 联通 传媒 影业 地产 置业 物流 快递 航运 矿业 生物 医疗 技术 信息 数据 云 动力 机器人 "
        "事务所 工厂 厂 电视台 电台 合作社 有限合伙 投资中心 电商 支付 视频 商城 株式会社"
    ),
    "institution": (
        "大学 学院 研究院 研发院 研究所 研究中心 研发中心 实验室 医院 学校 中学 小学 博物馆 图书馆 科学院 工程院 党校 智库 设计院 "
        "天文台 创新中心 工程中心 技术中心 测试中心 数据中心 超算中心 中心 自动化所 计算所 分院 附中 书院 研究室 科学馆 科技馆 档案馆 "
        "美术馆 疾控中心 工作站 保护区 电科院 设计所 研修院 舰艇学院"
    ),
    "association": (
        "协会 学会 联盟 联合会 商会 促进会 研究会 基金会 工商联 总会 推进组 联谊会 科协 工会 总工会 妇联 共青团 团委 理事会 同业公会 公会 "
        "俱乐部 协进会 青联 残联 作协 文联 红十字会 联合体 共同体"
    ),
    "plan": (
        "规划 计划 纲要 战略 方案 条例 办法 规定 意见 通知 决定 细则 指南 倡议 工程 行动 措施 目录 公约 协定 协议 条约 政策 原则 守则 "
        "宪法 公告 令 议定书 备忘录 章程 法典 法案 法 准则 规则 规范 指引 指导意见 若干措施 宣言 共识 决议 通告 清单 批复 路线图 远景目标 专项 意向书 通知书 问询函 声明 条款 换文 协议书 责任书 承诺书"
    ),
    "publication": "日报 晚报 周刊 周报 杂志 学报 白皮书 报告 年鉴 蓝皮书 绿皮书 期刊 时报 晨报 商报 报 季刊 月刊 文集 丛书 指数",
    "event": (
        "大会 会议 峰会 论坛 博览会 大赛 运动会 奥运会 世博会 展览会 全会 研讨会 世界杯 锦标赛 座谈会 展会 疫情 锦标 联赛 艺术节 文化节 "
        "电影节 音乐会 两会 交易会 进博会 挑战赛 仪式 创新周 推进会"
    ),
    "place": (
        "省 市 县 区 镇 乡 自治区 自治州 自治县 新区 开发区 园区 高新区 示范区 试验区 先行区 岛 群岛 半岛 湾区 江 河 湖 海 山 国 州 村 街道 "
        "特区 特别行政区 盟 旗 自贸区 保税区 科技园 产业园 软件园 科学城 工业园 大道 路 港 新城 经济带 经济圈 地区 盆地 高原 平原 三角洲 "
        "海峡 公园 机场 共和国 王国 联邦"
    ),
    "product": "系统 平台 卫星 操作系统 浏览器 小程序 处理器 大模型 客户端 火箭 飞船 空间站 探测器 导弹 战机 航母",
}
SUFFIXES = {word: kind for kind, words in _ZH.items() for word in words.split()}
_LONGEST = max(map(len, SUFFIXES))

_EN: dict[EntityType, str] = {
    "government": (
        "Ministry Ministries Department Bureau Office Administration Commission Committee Council Agency Congress "
        "Parliament Senate Army Navy Court Government Authority Secretariat Directorate Inspectorate Cabinet Politburo "
        "Tribunal Procuratorate Embassy Consulate Force Command Corps Treasury Presidium Legislature Militia Police "
        "Subcommittee Taskforce Registry Customs Division Section Branch"
    ),
    "company": (
        "Company Co Corp Corporation Inc Ltd Limited LLC PLC GmbH AG SA NV Group Holdings Holding Technologies Bank "
        "Capital Ventures Motors Motor Semiconductor Semiconductors Electronics Airlines Fund Media Press Securities "
        "Insurance Software Systems Networks Robotics Pharmaceuticals Pharma Industries Telecom Communications Airways "
        "Partners Consulting Solutions Enterprises Microelectronics Automotive Publishing Publishers Studios Mobile "
        "Technology Cloud Auto Steel Energy Entertainment Games Interactive Biotech Logistics Express Analytics Tech Biologics "
        "Therapeutics Cars Firm Automobile Advisory"
    ),
    "institution": (
        "University College Institute Institutes Academy Academies School Laboratory Laboratories Lab Labs "
        "Hospital Museum Center Centre Library Polytechnic Faculty Observatory Observatories Conservatory Institution Campus Clinic "
        "Base Team"
    ),
    "association": (
        "Association Alliance Federation Society Union Consortium Chamber League Foundation Associations Coalition "
        "Guild Club Partnership Network"
    ),
    "plan": (
        "Plan Plans Program Programs Programme Programmes Strategy Initiative Law Act Regulation Regulations Measures "
        "Guideline Guidelines Notice Opinions Opinion Outline Project Projects Policy Agreement Treaty Pact Principles "
        "Roadmap Pledge Decree Charter Catalogue Catalog Guidance Provisions Rule Rules Megaproject Megaprojects Protocol "
        "Order Constitution Code Directive Declaration Circular Decision Memorandum Campaign Framework Accord Standards "
        "Specification Specifications Norms List Bill Mission Action Interpretation"
    ),
    "publication": (
        "Report Paper Journal Review Daily Times Newsletter Magazine Index Post Gazette Weekly Herald Tribune "
        "Yearbook Bulletin Quarterly Monthly Blog Encyclopedia Proceedings Dictionary"
    ),
    "event": (
        "Conference Summit Forum Olympics Expo Exhibition Cup Contest Competition Games Symposium Workshop Dialogue "
        "Convention Meeting Fair Championship Festival Session Plenum Lectures Hackathon Challenge Week Ceremony Seminar"
    ),
    "place": (
        "Province City County District Prefecture Region Area Zone Zones Island Islands Peninsula River Sea Strait Park "
        "Delta Basin Bay Mountain Mountains Lake Ocean Valley Township Village State Republic Kingdom Road Street Avenue "
        "Port Plateau Desert Corridor Territory Municipality Airport Square Plaza Canal Market"
    ),
    "product": "Satellite Rocket Processor Chip Model App Platform Spacecraft Telescope Supercomputer",
}
HEAD = {word: kind for kind, words in _EN.items() for word in words.split()}
"""English head nouns (capitalised) and the type that they give."""

TAKES_OF = frozenset({"Bank", "Company", "Corporation", "Fund"})
"""Heads of firms after which ``of`` belongs to the name; after others the firm's seat follows."""

FOREIGN_STATE = re.compile(
    r"(?:美国|日本|韩国|德国|法国|英国|荷兰|俄罗斯|加拿大|以色列|瑞士|瑞典|芬兰|意大利|西班牙|澳大利亚|印度|新加坡|丹麦|挪威|比利时)"
    r"(?!国家|国际|联合|东方|中央)"
)
"""A foreign state before a firm's name, where it is a place of its own (``美国|高通``)."""

_LEADING = frozenset(
    "Ministry Ministries Department Bureau Office Administration Commission Committee Council Agency Congress "
    "Parliament Secretariat Directorate Authority Government Army University Institute Institutes Academy Academies "
    "College School Center Centre Laboratory Library Museum Bank Association Alliance Federation Society Union "
    "Foundation Law Act Regulations Measures Guidelines Guiding Notice Opinions Outline Plan Agreement Treaty Bureau "
    "Order Rules Provisions Decision Guidance Principles Pledge Interpretation Convention Memorandum Catalogue "
    "Conference Court Embassy State Republic Kingdom Province City Sea Strait Journal Center Framework Action "
    "Strategy Circular Declaration".split()
)
_OF = re.compile(r"\b(?:of|for|on|to|in|against|concerning|regarding|between)\b")


def type_of(name: str) -> EntityType | None:
    """Return the type that a name's head gives, or None."""
    return type_of_zh(name) if has_han(name) else type_of_en(name)


def type_of_zh(name: str) -> EntityType | None:
    """Return the type that a Chinese name's longest known ending gives, or None.

    A bracketed stage or place after the ending is passed over: ``…办法（试行）``.
    """
    stem = re.sub(r"\([^()]*\)$", "", name.strip()).rstrip("》\"' ")
    for length in range(min(_LONGEST, len(stem) - 1), 0, -1):
        found = SUFFIXES.get(stem[-length:])
        if found is not None:
            return found
    return None


def type_of_en(name: str) -> EntityType | None:
    """Return the type that an English name's head noun gives, or None.

    In ``Ministry of X`` the head leads; in ``X Y University`` it is last; in ``X Institute for Y`` it
    stands before the preposition.
    """
    words = re.findall(r"[A-Za-z][\w&'-]*|\([^)]*\)", re.sub(r"\([^()]*\)\s*$", "", name.strip()))
    if not words:
        return None
    stem = _OF.split(name)[0].strip().lower()
    lowered = name.lower()
    for ending, kind in _PHRASES:
        if lowered.endswith(ending) or stem == ending or stem.endswith(f" {ending}"):
            return kind
    if words[0] in _LEADING and len(words) > 1 and words[1] in ("of", "for", "on", "to", "and", "in"):
        return HEAD.get(words[0])
    match = _OF.search(name)
    if match and (before := re.findall(r"[A-Za-z][\w&'-]*", name[: match.start()])):
        head = HEAD.get(before[-1]) or HEAD.get(before[-1].rstrip("s"))
        if head is not None and before[-1][0].isupper():
            return head
    last = words[-1].removesuffix("'s")
    return HEAD.get(last)


_PHRASES: tuple[tuple[str, EntityType], ...] = (
    ("white paper", "publication"), ("blue book", "publication"), ("news agency", "company"),
    ("daily news", "publication"), ("leading group", "government"), ("leading small group", "government"),
    ("state council", "government"), ("central committee", "government"), ("air force", "government"),
    ("party", "government"), ("task force", "government"), ("national congress", "event"),
    ("united nations", "government"), ("people's congress", "government"), ("party congress", "event"),
    ("new area", "place"), ("free trade zone", "place"), ("university press", "company"),
    ("science park", "place"), ("industrial park", "place"), ("think tank", "institution"),
    ("key laboratory", "institution"), ("research center", "institution"), ("action plan", "plan"),
    ("working group", "government"), ("chamber of commerce", "association"), ("national team", "plan"),
    ("world cup", "event"), ("stock exchange", "company"), ("operating system", "product"),
    ("entity list", "plan"), ("development fund", "company"), ("special team", "association"),
    ("european union", "place"), ("african union", "place"), ("soviet union", "place"), ("eurasian economic union", "government"),
    ("science fund", "government"), ("science foundation", "government"), ("liberation army", "government"),
    ("special committee", "association"), (" silk road", "plan"), ("economic circle", "place"),
    ("economic belt", "place"), ("launch site", "place"), ("customs district", "government"), ("policy group", "institution"), ("data center cluster", "place"),
    ("organization", "government"), ("industry circle", "association"),
)  # fmt: skip
