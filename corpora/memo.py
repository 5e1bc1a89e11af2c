"""The Word memo: headings by style, a numbered list, a footnote, a table with a merged cell, a running header."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from markup import Truth, plain

TITLE = "Memo on the Hefei robot fund"
DATE = "2022-11-03"
LANGUAGES = ["en", "zh"]

ENTITIES = {
    "hf": ("place", "Hefei", None), "ah": ("place", "Anhui", None),
    "hffund": ("company", "Hefei Robot Industry Fund", "合肥机器人产业基金"),
    "hfgov": ("government", "Hefei Municipal People's Government", "合肥市人民政府"),
    "ustc": ("institution", "University of Science and Technology of China", "中国科学技术大学"),
    "efort": ("company", "Efort", "埃夫特"), "iflytek": ("company", "iFlytek", "科大讯飞"),
    "plan": ("plan", "Hefei Action Plan for Service Robots", "合肥市服务机器人行动方案"),
    "tjw": ("person", "Tang Jiawei", "唐嘉伟"), "wzn": ("person", "Wei Zhining", "魏知宁"),
}  # fmt: skip
PAIRS = ["hffund", "hfgov", "ustc", "efort", "iflytek", "plan", "tjw", "wzn"]
RELATIONS: list[tuple[str, str, str, dict[str, str]]] = [
    ("issued", "hfgov", "plan", {"date": "2022"}), ("founded", "hfgov", "hffund", {}),
    ("holds_position", "tjw", "hffund", {"title": "Managing Director"}),
    ("holds_position", "wzn", "hffund", {"title": "Deputy Director"}),
]  # fmt: skip
CONTAINS: dict[int, list[str]] = {1: ["1. The fund", "Managing Director"]}
ABSENT = ["Confidential draft"]
BLOCKS = [[1, "heading", TITLE]]

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
)


def write(path: str) -> Truth:
    """Write the DOCX file and return what should be found in it."""
    truth = Truth()

    def run(text: str, *, bold: bool = False) -> str:
        style = "<w:rPr><w:b/></w:rPr>" if bold else ""
        return f'<w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

    def text(markup: str, style: str = "", *, bold: bool = False) -> str:
        pieces, line = [], ""
        chars = truth.read(markup)
        truth.place(chars, 1)
        for char in chars:
            if char.mark is not None:
                pieces += [
                    run(line, bold=bold),
                    f'<w:r><w:footnoteReference w:id="{char.mark.label}"/></w:r>',
                ]
                line = ""
            else:
                line += char.text
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{properties}{''.join(pieces)}{run(line, bold=bold)}</w:p>"

    def cell(content: str, extra: str = "") -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{extra}</w:tcPr>{content}</w:tc>'

    header = ["Name", "Chinese", "Post", "Body"]
    rows = [
        ["{tjw|Tang Jiawei}", "{tjw|唐嘉伟}", "Managing Director", "{hffund|Hefei Robot Industry Fund}"],
        ["{wzn|Wei Zhining}", "{wzn|魏知宁}", "Deputy Director", ""],
    ]
    body = [
        text("Memo on the {hf|Hefei} robot fund", "Heading1"),
        text("3 November 2022"),
        text("1. The fund", "Heading2"),
        text("The {hfgov|Hefei Municipal People's Government} ({hfgov|合肥市人民政府}) founded the {hffund|Hefei Robot Industry "
             "Fund} ({hffund|合肥机器人产业基金}) in 2020.^1^ In 2022 the {hfgov|Hefei Municipal People's Government} issued the "
             "{plan|Hefei Action Plan for Service Robots} ({plan|合肥市服务机器人行动方案})."),
        text("The fund bought shares of {efort|Efort} ({efort|埃夫特}) and {iflytek|iFlytek} ({iflytek|科大讯飞}); the "
             "{ustc|University of Science and Technology of China} ({ustc|中国科学技术大学}) advises it."),
        text("Table 1. People of the fund", "Caption"),
    ]  # fmt: skip
    shown = [[plain(c) for c in row] for row in rows]
    shown[1][3] = shown[0][3]
    truth.tables.append({
        "number": "1", "caption": "Table 1. People of the fund", "header": header, "rows": shown, "pages": [1],
        "bold": [[0, 0], [0, 1]],
    })  # fmt: skip
    lines = ["<w:trPr><w:tblHeader/></w:trPr>" + "".join(cell(text(h, bold=True)) for h in header)]
    for index, row in enumerate(rows):
        cells = [cell(text(c, bold=index == 0 and i < 2)) for i, c in enumerate(row[:3])]
        cells.append(
            cell(
                text(row[3]) if row[3] else "<w:p/>",
                '<w:vMerge w:val="restart"/>' if index == 0 else "<w:vMerge/>",
            )
        )
        lines.append("".join(cells))
    body.append("<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>")
    body.append('<w:sectPr><w:headerReference w:type="default" r:id="rId3"/></w:sectPr>')
    note = text("It began with money from {ah|Anhui}.")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{n}"/></w:style>'
        for i, n in (("Heading1", "heading 1"), ("Heading2", "heading 2"), ("Caption", "caption"))
    )
    styles = f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>{styles}'
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = ("document.main", "styles", "footnotes", "header")
    names = ("document", "styles", "footnotes", "header1")
    overrides = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="{office}.{p}+xml"/>'
        for n, p in zip(names, parts, strict=True)
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{_R}/{kind}" Target="{target}.xml"/>'
        for i, (kind, target) in enumerate(
            (("styles", "styles"), ("footnotes", "footnotes"), ("header", "header1")), 1
        )
    )
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    _zip(Path(path), {
        "[Content_Types].xml": f"{_TYPES}{overrides}</Types>",
        "_rels/.rels": f'<Relationships {package}><Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
                       "</Relationships>",
        "word/document.xml": f'<w:document {_W} xmlns:r="{_R}"><w:body>{"".join(body)}</w:body></w:document>',
        "word/_rels/document.xml.rels": f"<Relationships {package}>{relations}</Relationships>",
        "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
        "word/footnotes.xml": f'<w:footnotes {_W}><w:footnote w:id="1">{note}</w:footnote></w:footnotes>',
        "word/header1.xml": f"<w:hdr {_W}><w:p>{run('Confidential draft')}</w:p></w:hdr>",
    })  # fmt: skip
    return truth


def _zip(path: Path, files: dict[str, str]) -> None:
    """Write a ZIP file whose bytes depend on its content alone."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # the same on every platform; stored, since zlib versions differ
            archive.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)
