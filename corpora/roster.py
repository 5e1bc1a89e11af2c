"""The bilingual roster: two names for each person and body, merged cells, letter-spaced names, traditional script."""

from book import Book
from markup import Truth

TITLE = "长三角机器人标准化工作组成员名单"
DATE = "2022-09-30"
LANGUAGES = ["en", "zh"]

_PEOPLE = [
    ("shq", "沈鹤清", "Shen Heqing", "主任委员", "Chair", "hrc"), ("lx", "柳　欣", "Liu Xin", "副主任委员", "Vice Chair", "hrc"),
    ("oyz", "欧阳志诚", "Ouyang Zhicheng", "副主任委员", "Vice Chair", "zju"), ("dm", "单　明", "Shan Ming", "委员", "Member", "zju"),
    ("xyq", "解雨晴", "Xie Yuqing", "委员", "Member", "sjtu"), ("lyh", "吕一航", "Lü Yihang", "委员", "Member", "sjtu"),
    ("gl", "高　蕾", "Gao Lei", "委员", "Member", "estun"), ("rf", "任　飞", "Ren Fei", "委员", "Member", "jaka"),
    ("zwj", "曾文静", "Zeng Wenjing", "秘书长", "Secretary-General", "csi"),
]  # fmt: skip
_BODIES = {
    "hrc": ("institution", "Hangzhou Robot Inspection Centre", "杭州机器人检测中心"),
    "zju": ("institution", "Zhejiang University", "浙江大学"),
    "sjtu": ("institution", "Shanghai Jiao Tong University", "上海交通大学"),
    "estun": ("company", "Estun", "埃斯顿"), "jaka": ("company", "JAKA Robotics", "节卡机器人"),
    "csi": ("institution", "Suzhou Institute of Robot Standards", "苏州市机器人标准研究所"),
}  # fmt: skip

ENTITIES = {
    **{code: ("person", en, zh.replace("　", "")) for code, zh, en, _, _, _ in _PEOPLE}, **_BODIES,
    "wg": ("government", "Yangtze River Delta Working Group on Robot Standards", "长三角机器人标准化工作组"),
    "samr": ("government", "State Administration for Market Regulation", "国家市场监督管理总局"),
    "sac": ("government", "Standardization Administration of China", "国家标准化管理委员会"),
    "hkpc": ("government", "Hong Kong Productivity Council", "香港生产力促进局"),
    "hkust": ("institution", "Hong Kong University of Science and Technology", "香港科技大学"),
    "itri": ("institution", "Industrial Technology Research Institute", "工业技术研究院"),
    "astri": ("institution", "Hong Kong Applied Science and Technology Research Institute", "香港应用科技研究院"),
    "hk": ("place", "Hong Kong", None), "tw": ("place", "Taiwan", None), "sh": ("place", "Shanghai", None),
}  # fmt: skip

PAIRS = [code for code, *_ in _PEOPLE] + [*_BODIES, "wg", "samr", "sac", "hkpc", "hkust", "itri", "astri"]

RELATIONS: list[tuple[str, str, str, dict[str, str]]] = [
    ("member_of", code, "wg", {}) for code, *_ in _PEOPLE
] + [
    ("holds_position", code, "wg", {"title": post}) for code, _, _, _, post, _ in _PEOPLE if post != "Member"
] + [("subordinate_to", "wg", "sac", {})]  # fmt: skip

CONTAINS = {1: ["柳　欣"]}
ABSENT: list[str] = []
BLOCKS = [[1, "heading", "长三角机器人标准化工作组成员名单"]]


def write(path: str) -> Truth:
    """Write the PDF and return what should be found in it."""
    truth = Truth()
    book = Book(path, truth, title="untitled", latin="Helvetica", latin_bold="Helvetica-Bold", footer="{page}",
                margin=60)  # fmt: skip
    book.text("{wg|长三角机器人标准化工作组}成员名单", size=16, align="center", bold=True, after=4)
    book.text(
        "Members of the {wg|Yangtze River Delta Working Group on Robot Standards}",
        size=12,
        align="center",
        after=4,
    )
    book.text("30 September 2022", size=10, align="center", after=12)
    book.text(
        "The working group ({wg|长三角机器人标准化工作组}) was approved by the {samr|State Administration for Market Regulation} "
        "({samr|国家市场监督管理总局}) and is administered by the {sac|Standardization Administration of China} "
        "({sac|国家标准化管理委员会}). It meets twice a year in {sh|Shanghai} (in spring) and in the members' own cities (in autumn).",
        size=10,
    )
    rows = []
    merged = []
    for index, (code, zh, en, post_zh, post, body) in enumerate(_PEOPLE):
        same = index > 0 and _PEOPLE[index - 1][5] == body
        if same:
            merged += [(index, 4), (index, 5)]
        _, body_en, body_zh = _BODIES[body]
        rows.append([
            str(index + 1), f"{{{code}|{zh}}}", f"{{{code}|{en}}}", f"{post_zh} {post}",
            "" if same else f"{{{body}|{body_zh}}}", "" if same else f"{{{body}|{body_en}}}",
        ])  # fmt: skip
    book.table(["序号", "姓名", "Name", "职务 Post", "单位", "Organization"], rows, [34, 62, 90, 92, 92, 105],
               caption="表1 成员 Table 1 Members", number="1", merged=merged)  # fmt: skip
    book.new_page()
    book.text("Observers", size=13, bold=True, align="left")
    book.text("Bodies in {hk|Hong Kong} and {tw|Taiwan} send observers; their names are given in the characters that they use "
              "themselves. {hkpc|香港生產力促進局} ({hkpc|HKPC}) sends two.", size=10)  # fmt: skip
    book.table(
        ["機構", "Organization", "Seats"],
        [
            ["{hkpc|香港生產力促進局}", "{hkpc|Hong Kong Productivity Council}", "2"],
            ["{hkust|香港科技大學}", "{hkust|Hong Kong University of Science and Technology}", "1"],
            ["{astri|香港應用科技研究院}", "{astri|Hong Kong Applied Science and Technology Research Institute}", "1"],
            ["{itri|工業技術研究院}", "{itri|Industrial Technology Research Institute}", "1"],
        ],
        [150, 260, 60], caption="Table 2. Observers", number="2", style="half",
    )  # fmt: skip
    book.finish()
    return truth
