"""The English report: tables of all kinds, glosses, notes, two columns, hyphens at line ends, fake-bold names."""

from book import Book
from markup import Truth

TITLE = "Robots for the Delta: Policy and Industry in Zhejiang"
DATE = "2023-03"
LANGUAGES = ["en", "zh"]

ENTITIES = {
    "china": ("place", "China", None), "zj": ("place", "Zhejiang", "浙江"), "hz": ("place", "Hangzhou", "杭州"),
    "nb": ("place", "Ningbo", "宁波"), "jx": ("place", "Jiaxing", "嘉兴"), "us": ("place", "United States", None),
    "yrd": ("place", "Yangtze River Delta", "长三角"), "sy": ("place", "Shenyang", "沈阳"),
    "xs": ("place", "Xiaoshan", "萧山"), "qt": ("place", "Qiantang River", None), "jp": ("place", "Japan", None),
    "miit": ("government", "Ministry of Industry and Information Technology", "工业和信息化部"),
    "most": ("government", "Ministry of Science and Technology", None),
    "ndrc": ("government", "National Development and Reform Commission", None),
    "moe": ("government", "Ministry of Education", None), "mof": ("government", "Ministry of Finance", None),
    "sc": ("government", "State Council", None),
    "zpg": ("government", "Zhejiang Provincial People's Government", "浙江省人民政府"),
    "hrob": ("government", "Hangzhou Robotics Industry Office", "杭州市机器人产业办公室"),
    "nbeib": ("government", "Ningbo Municipal Bureau of Economy and Information Technology", None),
    "doc": ("government", "U.S. Department of Commerce", None),
    "mic": ("plan", "Made in China 2025", "中国制造2025"),
    "nkrd": ("plan", "National Key R&D Program", "国家重点研发计划"),
    "mlp": ("plan", "Medium- and Long-Term Plan for Smart Manufacturing in Zhejiang", None),
    "rplus": ("plan", "Robot Plus Application Action Plan", "“机器人+”应用行动实施方案"),
    "ridp": ("plan", "Robot Industry Development Plan", "机器人产业发展规划"),
    "nbop": ("plan", "Ningbo Implementation Opinions on Smart Manufacturing", "宁波市智能制造实施意见"),
    "hzrules": ("plan", "Hangzhou Rules on Robot Testing Sites", "杭州市机器人测试场地管理办法"),
    "cast": ("association", "China Association for Science and Technology", None),
    "zria": ("association", "Zhejiang Robot Industry Alliance", "浙江省机器人产业联盟"),
    "caict": ("institution", "China Academy of Information and Communications Technology", "中国信息通信研究院"),
    "zlab": ("institution", "Zhejiang Lab", "之江实验室"), "zju": ("institution", "Zhejiang University", "浙江大学"),
    "buaa": ("institution", "Beihang University", "北京航空航天大学"),
    "hit": ("institution", "Harbin Institute of Technology", "哈尔滨工业大学"),
    "zjut": ("institution", "Zhejiang University of Technology", "浙江工业大学"),
    "nbri": ("institution", "Ningbo Institute of Intelligent Robots", "宁波智能机器人研究院"),
    "wrc": ("event", "World Robot Conference", "世界机器人大会"),
    "xsl": ("person", "Xu Shenglan", "徐声岚"), "smh": ("person", "Shen Minghua", "沈明华"),
    "zwb": ("person", "Zhou Wenbin", "周文彬"), "lqy": ("person", "Lin Qiuyu", "林秋雨"),
    "gzy": ("person", "Gao Zhiyuan", None),
    "ir": ("technology", "industrial robot", "工业机器人"), "ai": ("technology", "artificial intelligence", None),
    "fr": ("technology", "facial recognition", None),
    "nav": ("company", "Haoyu Robotics", "昊宇机器人"), "dlc": ("company", "Delicai Precision", "德立采精密"),
    "zhb": ("publication", "Zhejiang Robot Yearbook", "浙江机器人年鉴"),
}  # fmt: skip

FIRMS = [
    ("Siasun", "新松机器人", "siasun.com"), ("Estun", "埃斯顿", "estun.com"), ("Hikrobot", "海康机器人", "hikrobotics.com"),
    ("Hikvision", "海康威视", "hikvision.com"), ("Alibaba", "阿里巴巴", "alibaba.com"), ("Geek+", "极智嘉", "geekplus.com"),
    ("Hai Robotics", "海柔创新", "hairobotics.com"), ("Quicktron", "快仓", "quicktron.com"), ("Unitree", "宇树科技", "unitree.com"),
    ("DEEP Robotics", "云深处", "deeprobotics.cn"), ("UBTech", "优必选", "ubtrobot.com"), ("DJI", "大疆创新", "dji.com"),
    ("Rokae", "珞石机器人", "rokae.com"), ("JAKA Robotics", "节卡机器人", "jaka.com"), ("Aubo Robotics", "遨博智能", "aubo-robotics.cn"),
    ("Dobot", "越疆", "dobot.cn"), ("Flexiv", "非夕科技", "flexiv.com"), ("Keenon Robotics", "擎朗智能", "keenon.com"),
    ("Pudu Robotics", "普渡科技", "pudurobotics.com"), ("Orbbec", "奥比中光", "orbbec.com"), ("Megvii", "旷视", "megvii.com"),
    ("SenseTime", "商汤", "sensetime.com"), ("Yitu", "依图", "yitutech.com"), ("CloudWalk", "云从", "cloudwalk.com"),
    ("iFlytek", "科大讯飞", "iflytek.com"), ("Roborock", "石头科技", "roborock.com"), ("Ecovacs", "科沃斯", "ecovacs.com"),
    ("Pony.ai", "小马智行", "pony.ai"), ("4Paradigm", "第四范式", "4paradigm.com"), ("Video++", "极链科技", "videojj.com"),
    ("Mech-Mind", "梅卡曼德", "mech-mind.com"), ("Fourier Intelligence", "傅利叶智能", "fftai.com"),
    ("Dataa Robotics", "达闼", "dataarobotics.com"), ("Horizon Robotics", "地平线", "horizon.cc"),
    ("Inspur", "浪潮", "inspur.com"), ("Haoyu Robotics", "昊宇机器人", "haoyu-robot.example"),
    ("Delicai Precision", "德立采精密", "delicai.example"), ("Qiuming Sensing", "秋鸣传感", "qiuming.example"),
    ("Tonglu Servo", "桐庐伺服", "tonglu-servo.example"), ("Wanxing Grippers", "万兴夹爪", "wanxing.example"),
]  # fmt: skip
BOLD = {"Alibaba", "Hikrobot", "Unitree", "SenseTime", "Haoyu Robotics"}


def _code(name: str) -> str:
    return {"Haoyu Robotics": "nav", "Delicai Precision": "dlc"}.get(name) or "f-" + "".join(
        c for c in name.lower() if c.isalnum()
    )


ENTITIES |= {_code(en): ("company", en, zh) for en, zh, _ in FIRMS}

PAIRS = ["miit", "mic", "nkrd", "zria", "hrob", "zlab", "nbri", "zju", "buaa", "hit", "zjut", "rplus", "nbop", "hzrules", "caict",
         "xsl", "smh", "zwb", "lqy", *(_code(en) for en, _, _ in FIRMS)]  # fmt: skip

RELATIONS: list[tuple[str, str, str, dict[str, str]]] = [
    ("subordinate_to", "buaa", "miit", {}), ("subordinate_to", "hit", "miit", {}), ("subordinate_to", "zju", "moe", {}),
    ("subordinate_to", "zjut", "zpg", {}),
    ("issued", "miit", "rplus", {"date": "2023"}), ("issued", "nbeib", "nbop", {"date": "2022"}),
    ("holds_position", "xsl", "hrob", {"title": "Director"}), ("holds_position", "smh", "hrob", {"title": "Deputy Director"}),
    ("holds_position", "zwb", "zria", {"title": "Secretary-General"}), ("holds_position", "lqy", "nbri", {"title": "Dean"}),
    ("member_of", "f-unitree", "zria", {}), ("member_of", "nav", "zria", {}),
    ("subordinate_to", "hrob", "zpg", {}), ("founded", "zju", "nbri", {}),
]  # fmt: skip

CONTAINS = {
    1: [
        "open-source",
        "human-machine",
        "Medium- and Long-Term",
        "manufacturing",
        "The cast of institutions",
        "Most of the money",
    ],
    4: ["collaboration"],
}
ABSENT = [
    "阿里巴巴阿里巴巴",
    "阿阿里里",
    "Policy Brief No. 12",
    "Page 2",
    "sector.1",
    "manu- facturing",
    "manu-facturing",
]
BLOCKS = [
    [1, "heading", "Robots for the Delta: Policy and Industry in Zhejiang"], [1, "heading", "1. Introduction"],
    [2, "heading", "2. Plans and officials"], [3, "heading", "3. Two case studies"],
]  # fmt: skip


def write(path: str) -> Truth:
    """Write the PDF and return what should be found in it."""
    truth = Truth()
    book = Book(
        path,
        truth,
        title=TITLE,
        header="Policy Brief No. 12        Robots for the Delta",
        footer="Page {page}",
    )
    book.text(TITLE.replace("Zhejiang", "{zj|Zhejiang}"), size=18, bold=True, align="left", after=10)
    book.text("March 2023", size=10.5, align="left", after=14)
    book.text("1. Introduction", size=13, bold=True, align="left")
    book.text(
        "{china|China} is the largest market for {ir|industrial robots}, and {zj|Zhejiang Province} has built more of its "
        "industrial policy on them than any other coastal province. The strategy {mic|Made in China 2025} "
        "({mic|中国制造2025}) named them among ten sectors of advanced manu¬factur¬ing, and the {miit|Ministry of Industry and "
        "Information Technology} ({miit|MIIT}, {miit|工业和信息化部}) has since published two plans for the sector.^1^ The "
        "{most|Ministry of Science and Technology} ({most|MOST}) supports basic research through the "
        "{nkrd|National Key R&D Program} ({nkrd|国家重点研发计划}). Most of the money, however, comes from provinces and cities; "
        "{most|MOST} itself pays for less than a tenth.",
        indent=14,
    )
    book.text(
        "The province's own {mlp|Medium- and Long-Term Plan for Smart Manufacturing in Zhejiang} asks every city to open testing "
        "sites, to support open-source control software and to study human-machine colla¬boration in factories. The cast of "
        "institutions is long: the {zria|Zhejiang Robot Industry Alliance} [{zria|浙江省机器人产业联盟}], to which "
        "{f-unitree|Unitree} ({f-unitree|宇树科技}) and {nav|Haoyu Robotics} ({nav|昊宇机器人}) belong, counts 140 members, and the "
        "{cast|China Association for Science and Technology} ({cast|CAST}) keeps a branch in {hz|Hangzhou}.^2^ "
        "“{zlab|Zhejiang Lab}” ({zlab|之江实验室}) and {zju|Zhejiang University}’s robotics groups do most of the research. The "
        "{hrob|Hangzhou Robotics Industry Office} ({hrob|杭州市机器人产业办公室}) was set up in 2019 (see Table 3) and answers to "
        "the {zpg|Zhejiang Provincial People's Government}.",
        indent=14,
    )
    book.note(
        "1",
        "The first covered 2016 to 2020, the second runs to 2025; both were drafted with the {ndrc|NDRC}.",
    )
    book.note("2", "{caict|China Academy of Information and Communications Technology} ({caict|中国信息通信研究院}), "
                   "{zhb|Zhejiang Robot Yearbook}, 2022, p. 14.")  # fmt: skip
    book.text(
        "The universities that train the engineers belong to different bodies, as Table 1 shows.", indent=14
    )
    book.table(
        ["University", "Chinese name", "Supervising body"],
        [
            ["{buaa|Beihang University}", "{buaa|北京航空航天大学}", "{miit|MIIT}"],
            ["{hit|Harbin Institute of Technology}", "{hit|哈尔滨工业大学}", "{miit|MIIT}"],
            ["{zju|Zhejiang University}", "{zju|浙江大学}", "{moe|Ministry of Education}"],
            ["{zjut|Zhejiang University of Technology}", "{zjut|浙江工业大学}", "{zpg|Zhejiang Provincial People's Government}"],
        ],
        [160, 110, 175], caption="Table 1. Universities with robotics schools", number="1",
    )  # fmt: skip
    book.new_page()
    book.text("2. Plans and officials", size=13, bold=True, align="left")
    book.text(
        "Table 2 lists the plans that firms in {zj|Zhejiang} quote most often. {nb|Ningbo} went furthest: its opinions pay a fifth "
        "of the price of each robot bought in the city until 2025, provided that the robot was made in the "
        "{yrd|Yangtze River Delta}. The {doc|U.S. Department of Commerce} has listed two of the suppliers, and exports to the "
        "{us|U.S.} fell by half.^3^ AI-related rules are left to the {sc|State Council}.".replace(
            "AI-related", "{ai|AI}-related"
        ),
        indent=14,
    )
    book.note("3", "The figure counts robots of all classes and comes from customs records.")
    book.table(
        ["Plan", "Chinese name", "Issued by", "Year"],
        [
            ["{ridp|Robot Industry Development Plan} (2016-2020)", "{ridp|机器人产业发展规划}（2016-2020年）",
             "{miit|MIIT}, {ndrc|NDRC}, {mof|Ministry of Finance}", "2016"],
            ["{rplus|Robot Plus Application Action Plan}", "{rplus|“机器人+”应用行动实施方案}", "{miit|MIIT}", "2023"],
            ["{nbop|Ningbo Implementation Opinions on Smart Manufacturing}", "{nbop|宁波市智能制造实施意见}",
             "{nbeib|Ningbo Municipal Bureau of Economy and Information Technology}", "2022"],
            ["{hzrules|Hangzhou Rules on Robot Testing Sites}", "{hzrules|杭州市机器人测试场地管理办法}",
             "{hrob|Hangzhou Robotics Industry Office}", "2021"],
        ],
        [140, 130, 135, 40], caption="Table 2. Plans for the robot industry", number="2", style="half",
    )  # fmt: skip
    book.text("The people behind them have seldom been named in print. Table 3 gives those who signed the last round of "
              "documents.", indent=14)  # fmt: skip
    book.table(
        ["Name", "Chinese", "Post", "Body"],
        [
            ["{xsl|Xu Shenglan}", "{xsl|徐声岚}", "Director", "{hrob|Hangzhou Robotics Industry Office}"],
            ["{smh|Shen Minghua}", "{smh|沈明华}", "Deputy Director", "{hrob|Hangzhou Robotics Industry Office}"],
            ["{zwb|Zhou Wenbin}", "{zwb|周文彬}", "Secretary-General", "{zria|Zhejiang Robot Industry Alliance}"],
            ["{lqy|Lin Qiuyu}", "{lqy|林秋雨}", "Dean", "{nbri|Ningbo Institute of Intelligent Robots}"],
        ],
        [100, 70, 100, 180], caption="Table 3. Officials who signed robot plans, 2019-2023", number="3", style="none",
    )  # fmt: skip
    book.text(
        "{lqy|Lin} had worked at {f-siasun|Siasun} in {sy|Shenyang} before {zju|Zhejiang University} founded the "
        "{nbri|Ningbo Institute of Intelligent Robots} ({nbri|宁波智能机器人研究院}) in 2018. At the {wrc|World Robot Conference} she "
        "said that a geek plus a lathe makes a factory; the pony in the hall was a walking machine, and the inspiration came from "
        "a paradigm of the 1990s.",
        indent=14,
    )
    book.new_page()
    book.text("3. Two case studies", size=13, bold=True, align="left")
    book.two_columns(310)
    book.text(
        "{nav|Haoyu Robotics} makes welding arms in {xs|Xiaoshan}, across the {qt|Qiantang River} from the old town of "
        "{hz|Hangzhou}. It was founded by {gzy|Gao Zhiyuan}, an engineer who had left {f-hikrobot|Hikrobot} in 2014, and sells "
        "two thirds of its arms to car makers in {jx|Jiaxing} and {nb|Ningbo}. The {hrob|Hangzhou Robotics Industry Office} "
        "paid for its testing hall. In 2021 the firm took over {dlc|Delicai Precision}, a maker of gears that had supplied it "
        "since the beginning; the gear works kept their name. The founder told visitors that the city had been a patient investor, and "
        "that nobody had asked for quick returns. A second hall, for mobile robots, is planned.",
    )
    book.text(
        "The second case is a failure. A testing site for {fr|facial recognition} on delivery robots was opened in 2020 with "
        "money from {f-alibaba|Alibaba} and from {f-sensetime|SenseTime}, and closed again within two years. Neighbours had "
        "complained, the {hrob|Office} had no rules for such a case, and the firms could not agree who owned the recordings. "
        "{f-alibaba|Alibaba}'s part of the equipment went to {zlab|Zhejiang Lab}, where it is used for lectures.",
    )
    book.text(
        "What the two cases share is the part played by people who knew both the office and the workshop. {gzy|Gao} had "
        "sat on the committee that wrote the {hzrules|Hangzhou Rules on Robot Testing Sites}; the managers of the testing site had "
        "not. In {jp|Japan}, where the first such sites were opened, local associations do this work. In {zj|Zhejiang} the "
        "{zria|Zhejiang Robot Industry Alliance} could do it, and since 2022 it has a small secretariat for the purpose, led by "
        "{zwb|Zhou Wenbin}. Whether the members will pay for more than a secretariat is an open question, which the next plan "
        "will have to answer. Until then each city goes on by itself, with what its own budget allows and with the firms that "
        "happen to have settled there.",
    )
    book.one_column()
    book.new_page()
    book.text("4. Members", size=13, bold=True, align="left")
    book.text("Table 4 holds forty members with their names in both languages; founding members are set in bold. The list says "
              "nothing of the weight of their collaboration.", indent=14)  # fmt: skip
    rows = []
    for number, (en, zh, site) in enumerate(FIRMS, 1):
        mark = "!" if en in BOLD else ""
        rows.append([str(number), f"{mark}{{{_code(en)}|{en}}}", f"{mark}{{{_code(en)}|{zh}}}", site])
    book.table(["No.", "Company", "Chinese name", "Website"], rows, [34, 150, 120, 140], number="4", size=10.5,
               caption="Table 4. Members of the alliance")  # fmt: skip
    book.text("The list is as of January 2023 and was checked against the members' own pages.", indent=14)
    book.finish()
    return truth
