"""The Chinese notice: issuer's head, document number, attached plan, table, 责任单位 lines, signature, contacts."""

from book import Book
from markup import Truth

TITLE = "嘉兴市科学技术局关于印发《嘉兴市机器人产业创新行动计划（2023—2025年）》的通知"
DATE = "2023-05-18"
LANGUAGES = ["zh"]

ENTITIES = {
    "jxkj": ("government", None, "嘉兴市科学技术局"), "jxgov": ("government", None, "嘉兴市人民政府"),
    "jxjx": ("government", None, "嘉兴市经济和信息化局"), "jxcz": ("government", None, "嘉兴市财政局"),
    "jxrs": ("government", None, "嘉兴市人力资源和社会保障局"), "sc": ("government", None, "国务院"),
    "miit": ("government", None, "工业和信息化部"), "most": ("government", None, "科学技术部"),
    "zjkj": ("government", None, "浙江省科学技术厅"),
    "jxplan": ("plan", None, "嘉兴市机器人产业创新行动计划"),
    "rplus": ("plan", None, "“机器人+”应用行动实施方案"), "zj14": ("plan", None, "浙江省科技创新发展“十四五”规划"),
    "jx": ("place", None, "嘉兴"), "nh": ("place", None, "南湖区"), "hn": ("place", None, "海宁"), "tx": ("place", None, "桐乡"),
    "yrd": ("place", None, "长三角"), "bjel": ("place", None, "北京东路"),
    "zju": ("institution", None, "浙江大学"), "zlab": ("institution", None, "之江实验室"),
    "jxu": ("institution", None, "嘉兴大学"), "jxri": ("institution", None, "长三角（嘉兴）机器人研究院"),
    "jxria": ("association", None, "嘉兴市机器人行业协会"),
    "lsen": ("company", None, "浙江砺森机器人有限公司"), "yunc": ("company", None, "云澈科技"),
    "boe": ("company", None, "京东方"), "jd": ("company", None, "京东"), "hor": ("company", None, "地平线"),
    "insp": ("company", None, "浪潮"),
    "sgl": ("person", None, "沈国梁"), "lm": ("person", None, "李萌"), "zyf": ("person", None, "张一帆"),
    "ai": ("technology", None, "人工智能"), "ir": ("technology", None, "工业机器人"), "mv": ("technology", None, "机器视觉"),
    "expo": ("event", None, "长三角机器人应用大会"),
}  # fmt: skip

PAIRS: list[str] = []

RELATIONS: list[tuple[str, str, str, dict[str, str]]] = [
    ("issued", "jxkj", "jxplan", {"date": "2023-05-18"}),
    ("implements", "jxkj", "jxplan", {}), ("implements", "jxjx", "jxplan", {}),
    ("holds_position", "lm", "jxri", {"title": "院长"}), ("holds_position", "zyf", "jxria", {"title": "会长"}),
    ("founded", "zju", "jxri", {}), ("located_in", "lsen", "nh", {}),
]  # fmt: skip

CONTAINS = {
    1: [
        "嘉科〔2023〕17号",
        "嘉兴市科学技术局关于印发《嘉兴市机器人产业创新行动计划（2023—2025年）》的通知",
        "各县（市、区）科技局",
    ],
    2: ["责任单位：市科技局、市经信局、市财政局"],
}
IGNORE = ["市科技局", "市经信局", "市财政局", "科技局"]  # bureaus without their city
ABSENT = ["— 1 —", "嘉兴市 科学技术局", "机器人 产业"]
BLOCKS = [
    [1, "heading", "一、总体要求"], [1, "heading", "二、重点任务"], [2, "heading", "三、保障措施"],
]  # fmt: skip


def write(path: str) -> Truth:
    """Write the PDF and return what should be found in it."""
    truth = Truth()
    book = Book(path, truth, title="Microsoft Word - 通知", footer="— {page} —", wide_quotes=True, margin=84)
    book.text("{jxkj|嘉兴市科学技术局}文件", size=26, align="center", after=14)
    book.text("嘉科〔2023〕17号", size=13, align="center", after=22)
    book.text("{jxkj|嘉兴市科学技术局}关于印发《{jxplan|嘉兴市机器人产业创新行动计划}（2023—2025年）》的通知", size=18,
              align="center", after=18)  # fmt: skip

    def text(markup: str) -> None:
        book.text(markup, size=14, leading=1.75, indent=28, after=0)

    book.text("各县（市、区）科技局，各有关单位：", size=14, leading=1.75, after=0)
    text("为贯彻落实《{rplus|“机器人+”应用行动实施方案}》和《{zj14|浙江省科技创新发展“十四五”规划}》，经{jxgov|嘉兴市人民政府}同意，"
         "现将《{jxplan|嘉兴市机器人产业创新行动计划}（2023—2025年）》（以下简称《{jxplan|行动计划}》）印发给你们，请认真组织实施。")  # fmt: skip
    book.text("{jxkj|嘉兴市科学技术局}", size=14, leading=1.75, align="right", after=0)
    book.text("2023年5月18日", size=14, leading=1.75, align="right", after=20)
    book.text("{jxplan|嘉兴市机器人产业创新行动计划}", size=17, align="center", after=2)
    book.text("（2023—2025年）", size=13, align="center", after=14)
    book.text("一、总体要求", size=14, leading=1.75, indent=28, bold=True, after=0)
    text("坚持需求牵引，抢抓{ai|人工智能}浪潮带来的机遇，推动{ir|工业机器人}、{mv|机器视觉}等领域创新，把{jx|嘉兴}建设成为{yrd|长三角}重要的"
         "机器人产业基地，为{sc|国务院}部署的各项任务提供支撑。远方的地平线上，产业集群已初具规模。")  # fmt: skip
    book.text("二、重点任务", size=14, leading=1.75, indent=28, bold=True, after=0)
    text("（一）建设创新平台。支持{zju|浙江大学}创办的{jxri|长三角（嘉兴）机器人研究院}建设省级重点实验室，院长{lm|李　萌}牵头组建攻关团队；"
         "推动{zlab|之江实验室}与{jxu|嘉兴大学}开展合作，联合申报{zjkj|浙江省科学技术厅}项目。（责任单位：市科技局、{jxu|嘉兴大学}）")  # fmt: skip
    text("（二）培育龙头企业。支持位于{nh|南湖区}的{lsen|浙江砺森机器人有限公司}（以下简称“{lsen|砺森公司}”）扩大产能，鼓励{yunc|云澈科技}等"
         "企业与{boe|京东方}、{insp|浪潮集团}、{hor|地平线}等公司开展合作。{lsen|砺森公司}应在{bjel|北京东路}厂区建成示范线，{jd|京东}和其他企业优先采购本地"
         "产品。（责任单位：市科技局、市经信局、市财政局）")  # fmt: skip
    text("（三）举办{expo|长三角机器人应用大会}。由{jxria|嘉兴市机器人行业协会}承办，会长{zyf|张一帆}担任组委会主任，邀请{miit|工信部}、"
         "{most|科技部}有关专家参会。（责任单位：{jxria|嘉兴市机器人行业协会}）")  # fmt: skip
    text("各项任务的年度目标见表1。")
    book.table(
        ["序号", "任务", "责任单位", "完成时间"],
        [
            ["1", "建成省级重点实验室1家", "{jxkj|嘉兴市科学技术局}", "2023年12月"],
            ["2", "培育规模以上企业20家", "{jxjx|嘉兴市经济和信息化局}", "2024年12月"],
            ["3", "设立产业基金10亿元", "{jxcz|嘉兴市财政局}", "2024年6月"],
            ["4", "引进高层次人才50名", "{jxrs|嘉兴市人力资源和社会保障局}", "2025年12月"],
            ["5", "在{hn|海宁}、{tx|桐乡}各建示范工厂5家", "", "2025年12月"],
        ],
        [40, 165, 140, 80], caption="表1  重点任务分工", number="1", size=11, merged=[(4, 2)],
    )  # fmt: skip
    book.text("三、保障措施", size=14, leading=1.75, indent=28, bold=True, after=0)
    text("{jxkj|嘉兴市科学技术局}负责统筹实施本计划，{jxcz|嘉兴市财政局}安排专项资金。对工作不力的单位予以通报。本计划自印发之日起施行，"
         "有效期至2025年12月31日。")  # fmt: skip
    text("（联系人：{sgl|沈国梁}，联系电话：0573-80000000）")
    book.finish()
    return truth
