"""The web page: navigation and scripts around an article, entities, a list, a table with merged cells."""

from pathlib import Path

from markup import Truth, plain

TITLE = "Suzhou opens testing field for mobile robots"
DATE = "2023-06-12"
LANGUAGES = ["en", "zh"]

ENTITIES = {
    "sz": ("place", "Suzhou", None), "js": ("place", "Jiangsu", None),
    "most": ("government", "Ministry of Science and Technology", None),
    "szgov": ("government", "Suzhou Municipal Government", None),
    "szfield": ("institution", "Suzhou Mobile Robot Testing Centre", "苏州移动机器人测试中心"),
    "seu": ("institution", "Southeast University", None),
    "keenon": ("company", "Keenon Robotics", "擎朗智能"), "pudu": ("company", "Pudu Robotics", "普渡科技"),
    "lingdong": ("company", "Lingtai Mobility", "灵台移动"),
    "rules": ("plan", "Suzhou Rules on Delivery Robots", None),
    "qyf": ("person", "Qian Yufei", "钱雨霏"),
}  # fmt: skip
PAIRS = ["szfield", "keenon", "pudu", "lingdong", "qyf"]
RELATIONS: list[tuple[str, str, str, dict[str, str]]] = [
    ("issued", "szgov", "rules", {}), ("holds_position", "qyf", "szfield", {"title": "director"}),
]  # fmt: skip
CONTAINS = {1: ["R&D “on the street”"]}
ABSENT = ["Home", "Subscribe", "trackVisitor", "color: red", "&amp;"]
BLOCKS = [[1, "heading", TITLE]]

_BODY = [
    ("h1", "{sz|Suzhou} opens testing field for mobile robots"),
    ("p", "The {szgov|Suzhou Municipal Government} opened the {szfield|Suzhou Mobile Robot Testing Centre} "
          "({szfield|苏州移动机器人测试中心}) on Monday. Its director, {qyf|Qian Yufei} ({qyf|钱雨霏}), came from "
          "{seu|Southeast University}; the {most|Ministry of Science and Technology} pays for a third of its R&D “on the street”."),
    ("p", "Two weeks earlier the {szgov|Suzhou Municipal Government} issued the {rules|Suzhou Rules on Delivery Robots}."),
    ("li", "{keenon|Keenon Robotics} tests trays"),
    ("li", "{pudu|Pudu Robotics} tests lifts"),
]  # fmt: skip
_HEADER = ["Firm", "Chinese name", "Robots"]
_ROWS = [
    ["{keenon|Keenon Robotics}", "{keenon|擎朗智能}", "40"], ["{pudu|Pudu Robotics}", "{pudu|普渡科技}", "25"],
    ["{lingdong|Lingtai Mobility}", "{lingdong|灵台移动}", "25"],
]  # fmt: skip


def write(path: str) -> Truth:
    """Write the HTML file and return what should be found in it."""
    truth = Truth()

    def shown(markup: str) -> str:
        chars = truth.read(markup)
        truth.place(chars, 1)
        return (
            "".join(c.text for c in chars)
            .replace("&", "&amp;")
            .replace("“", "&ldquo;")
            .replace("”", "&#8221;")
        )

    parts = []
    for tag, markup in _BODY:
        parts.append(f"<{tag}>{shown(markup)}</{tag}>")
    article = "\n".join(parts).replace("<li>", "<ul><li>", 1)[::-1].replace(">il/<", ">lu/<>il/<", 1)[::-1]
    truth.tables.append({
        "number": "1", "caption": "Table 1. Robots on the field", "header": _HEADER,
        "rows": [[plain(c) for c in row] for row in _ROWS], "pages": [1], "bold": [],
    })  # fmt: skip
    rows = ["<tr>" + "".join(f"<th>{h}</th>" for h in _HEADER) + "</tr>"]
    for index, row in enumerate(_ROWS):
        cells = [f"<td>{shown(cell)}</td>" for cell in row[:2]]
        if index == 1:
            cells.append('<td rowspan="2">25</td>')
        elif index == 0:
            cells.append("<td>40</td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    table = "<table><caption>Table 1. Robots on the field</caption>\n" + "\n".join(rows) + "\n</table>"
    Path(path).write_text(
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f"<title>{TITLE}</title>\n"
        '<meta property="article:published_time" content="2023-06-12T09:00:00+08:00">\n'
        "<style>h1 { color: red }</style><script>function trackVisitor() { return 1 < 2; }</script></head>\n"
        '<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>\n'
        f"<main><article>\n{article}\n{table}\n</article></main>\n"
        "<footer><p>Subscribe to our newsletter</p></footer></body></html>\n",
        encoding="utf-8", newline="\n",
    )  # fmt: skip
    return truth
