"""Rows of tables, captions and websites."""

import pytest

from pipeline.align import Aligned, LocalEntity, Named
from pipeline.align.entities import LocalName
from pipeline.match.candidates import Candidate
from pipeline.normal import normalise
from pipeline.records import Block, Cell, EntityType, Page, ParsedPage, Table
from pipeline.relate import relate
from pipeline.relate.implied import implied_bodies
from pipeline.relate.tables import table_properties
from pipeline.segment import Reading
from pipeline.segment.sentences import sentences
from pipeline.segment.words import Words
from pipeline.stream import build_stream

Names = dict[str, EntityType]


def document(
    caption: str, header: list[str], rows: list[list[str]], names: Names
) -> tuple[Reading, Aligned, Table]:
    """Lay out a page with a caption and a table; names are mentions wherever they stand."""
    text = caption + "\n"
    cells: list[Cell] = []
    begin = len(text)
    for number, row in enumerate([header, *rows], start=-1):
        for column, cell in enumerate(row):
            cells.append(
                Cell(
                    row=number,
                    column=column,
                    page=1,
                    start=len(text),
                    end=len(text) + len(cell),
                    bbox=None,
                    bold=False,
                )
            )
            text += cell + ("\t" if column < len(row) - 1 else "\n")
    blocks = [
        Block(kind="caption", start=0, end=len(caption), bbox=None),
        Block(kind="table", start=begin, end=len(text) - 1, bbox=None),
    ]
    page = Page(document="0" * 16, page=1, width=None, height=None, text=text, blocks=blocks, notes=[])
    stream = build_stream([ParsedPage(page=page, glyphs=None, runs_on=False, bold=[])])
    normal = normalise(stream.text, stream.soft)
    reading = Reading(
        stream=stream,
        normal=normal,
        words=Words(starts=[], ends=[], known=[]),
        sentences=sentences(normal.text),
        plain=False,
    )
    mentions = []
    for name, kind in names.items():
        at = normal.text.find(name)
        while at >= 0:
            candidate = Candidate(start=at, end=at + len(name), type=kind, method="gazetteer", score=1.0)
            mentions.append(Named(candidate=candidate, entity=name))
            at = normal.text.find(name, at + 1)
    entities = [
        LocalEntity(
            key=n, type=k, gazetteer=True, en=n, zh=None, names=[LocalName(text=n, kind=None, evidence="")]
        )
        for n, k in names.items()
    ]
    mentions.sort(key=lambda m: m.candidate.start)
    table = Table(
        id="0:t1",
        document="0" * 16,
        pages=[1],
        number="1",
        caption=caption,
        header=header,
        rows=rows,
        cells=cells,
    )
    return reading, Aligned(mentions=mentions, entities=entities), table


def rows_of(caption: str, header: list[str], rows: list[list[str]], names: Names) -> list[tuple[str, ...]]:
    """Return the relations of a table as (type, subject, object, title or role, evidence)."""
    reading, aligned, table = document(caption, header, rows, names)
    return [
        (r.type, r.subject, r.object, r.qualifiers.title or r.qualifiers.role or "", r.evidence)
        for r in relate(reading, aligned, [table], "0" * 16)
        if r.table == "0:t1"
    ]


def test_members_with_their_posts() -> None:
    found = rows_of(
        "Table 9: Members of the Reform Leading Group",
        ["Leading Group Position", "Name", "Government Position"],
        [["Chairman", "Liu He", "Vice Premier of the State Council"]],
        {"Reform Leading Group": "government", "Liu He": "person", "State Council": "government"},
    )
    row = "Chairman\tLiu He\tVice Premier of the State Council"
    assert found == [
        ("holds_position", "Liu He", "State Council", "Vice Premier", row),
        ("member_of", "Liu He", "Reform Leading Group", "Chairman", row),
    ]


@pytest.mark.parametrize(
    ("caption", "header", "row", "names", "wanted"),
    [
        ("Universities Subordinate to MIIT", ["University"], ["A University"], {"MIIT": "government", "A University": "institution"}, ("subordinate_to", "A University", "MIIT")),
        ("表1 部属高校(教育部直属)", ["学校名称"], ["北京大学"], {"教育部": "government", "北京大学": "institution"}, ("subordinate_to", "北京大学", "教育部")),
        ("重点任务", ["项目名称", "牵头单位"], ["数字工程", "科技部"], {"数字工程": "plan", "科技部": "government"}, ("implements", "科技部", "数字工程")),
        ("Firms", ["Company", "Location"], ["Baidu", "Beijing, China"], {"Baidu": "company", "Beijing": "place", "China": "place"}, ("located_in", "Baidu", "Beijing")),
        ("Firms", ["Company", "Parent company"], ["Ant", "Alibaba"], {"Ant": "company", "Alibaba": "company"}, ("owns", "Alibaba", "Ant")),
        ("名单", ["姓名", "职务"], ["李强", "国务院总理"], {"李强": "person", "国务院": "government"}, ("holds_position", "李强", "国务院")),
    ],
)  # fmt: skip
def test_header_semantics(
    caption: str, header: list[str], row: list[str], names: Names, wanted: tuple[str, ...]
) -> None:
    assert [r[:3] for r in rows_of(caption, header, [row], names)] == [wanted]


def test_website_is_a_property() -> None:
    reading, aligned, table = document(
        "Firms", ["Index", "Company", "Website"], [["1", "Baidu", "www.baidu.com"]], {"Baidu": "company"}
    )
    ((entity, name, value, evidence),) = table_properties(reading, aligned, [table])
    assert (entity, name, value) == ("Baidu", "website", "www.baidu.com")
    assert evidence.startswith("0" * 16 + ":1:")


def test_minister_means_the_ministry() -> None:
    reading, _, table = document(
        "Members", ["Name", "Position"], [["Yu Weiping", "Deputy Minister of Finance"]], {}
    )
    known = {"Ministry of Finance": "government/ministry-of-finance"}
    (only,) = implied_bodies(reading, [table], [], known.get)
    assert reading.normal.text[only.start : only.end] == "Finance"
    assert only.entity == "government/ministry-of-finance"


def test_bare_bureau_is_the_issuing_citys() -> None:
    reading, aligned, _ = document(
        "武汉市人民政府文件\n一、算力。建设。(责任单位:市数据局、市经信局,各区人民政府)",
        ["a"],
        [["b"]],
        {"武汉市人民政府": "government"},
    )
    candidates = [m.candidate for m in aligned.mentions]
    found = implied_bodies(reading, [], candidates, {"武汉市数据局": "government/wuhan-data"}.get)
    assert [(reading.normal.text[c.start : c.end], c.entity) for c in found] == [
        ("市数据局", "government/wuhan-data"), ("市经信局", "~government/武汉市经信局"),
    ]  # fmt: skip
