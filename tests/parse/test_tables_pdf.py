"""Tables of PDFs: with all rules, some, or none; merged, wrapped, continued; and what is no table."""

from pdf_maker import BODY, SONG, Maker, with_body

from pipeline.parse.pdf import PdfResult, parse_pdf
from pipeline.records import Table


def parse(maker: Maker) -> PdfResult:
    result = parse_pdf(maker.bytes(), document="d")
    for table in result.tables:
        check(result, table)
    return result


def check(result: PdfResult, table: Table) -> None:
    """What holds for every table: cells are slices of the text, and say what the rows say."""
    assert all(len(row) == len(table.header) for row in table.rows)
    seen = set()
    for cell in table.cells:
        page = result.pages[cell.page - 1].page
        assert 0 <= cell.start <= cell.end <= len(page.text)
        assert cell.page in table.pages
        if cell.row >= 0:
            seen.add((cell.row, cell.column))
            assert page.text[cell.start : cell.end] in table.rows[cell.row][cell.column]
    assert seen == {(r, c) for r, row in enumerate(table.rows) for c in range(len(row))}


def only(maker: Maker) -> Table:
    (table,) = parse(maker).tables
    return table


XS = [60.0, 160.0, 260.0, 360.0]


def put(maker: Maker, y: float, cells: list[str], xs: list[float] = XS, font: str = "Times-Roman") -> None:
    for x, text in zip(xs, cells, strict=False):
        maker.text(x + 4, y, text, 9, font)


def test_a_full_grid() -> None:
    maker = Maker()
    y = with_body(maker, 60, 1)
    maker.text(60, y + 10, "Table 3-2: Universities", 10, "Times-Bold")
    top = y + 20
    maker.grid(XS, [top, top + 16, top + 32, top + 60])
    put(maker, top + 12, ["Name", "Place", "Website"], font="Times-Bold")
    put(maker, top + 28, ["Beihang University", "Beijing", "www.buaa.edu.cn"])
    put(maker, top + 44, ["Harbin Institute of", "Harbin", "www.hit.edu.cn"])
    put(maker, top + 55, ["Technology"])
    with_body(maker, top + 80, 1)
    result = parse(maker)
    (table,) = result.tables
    assert (table.id, table.number, table.caption) == ("d:t1", "3-2", "Table 3-2: Universities")
    assert table.header == ["Name", "Place", "Website"]
    assert table.rows == [
        ["Beihang University", "Beijing", "www.buaa.edu.cn"],
        ["Harbin Institute of Technology", "Harbin", "www.hit.edu.cn"],
    ]
    assert "Name\tPlace\tWebsite\nBeihang University\tBeijing\twww.buaa.edu.cn\n" in result.pages[0].page.text
    assert [b.kind for b in result.pages[0].page.blocks] == ["paragraph", "caption", "table", "paragraph"]


def test_merged_cells_stand_in_each_place() -> None:
    maker = Maker()
    ys = [100.0, 116, 132, 148, 164]
    for x in XS:
        maker.rule(x, 100, x, 164)
    for y in (100, 148, 164):
        maker.rule(60, y, 360, y)
    for y in (116, 132):
        maker.rule(160, y, 360, y)
    put(maker, 112, ["", "Area", "Example"], font="Times-Bold")
    put(maker, 128, ["Robots", "Service", "Safety"])
    put(maker, 144, ["", "Industry", "Speed"])
    put(maker, 160, ["Chips", "Cloud", "Power"])
    assert len(ys) == 5
    table = only(maker)
    rows = [row[0] for row in table.rows]
    assert rows[-2:] == ["Robots", "Chips"] or rows == ["Robots", "Robots", "Chips"]
    merged = [c for c in table.cells if c.column == 0 and c.row < len(table.rows) - 1 and c.start < c.end]
    assert len({(c.start, c.end) for c in merged}) == 1


def test_several_header_rows_are_joined() -> None:
    maker = Maker()
    for x in (60, 160, 360):
        maker.rule(x, 100, x, 148)
    maker.rule(260, 116, 260, 148)
    for y in (100, 132, 148):
        maker.rule(60, y, 360, y)
    maker.rule(160, 116, 360, 116)
    maker.text(64, 120, "Country", 9, "Times-Bold")
    maker.text(240, 112, "Rank", 9, "Times-Bold")
    put(maker, 128, ["", "Talent", "Data"], font="Times-Bold")
    put(maker, 144, ["China", "3", "2"])
    table = only(maker)
    assert table.header == ["Country", "Rank Talent", "Rank Data"]
    assert table.rows == [["China", "3", "2"]]


def test_horizontal_rules_only_with_wrapped_cells() -> None:
    maker = Maker()
    maker.text(60, 90, "Table 1: Plans", 10, "Times-Bold")
    for y in (96, 112, 140, 156, 184):
        maker.rule(60, y, 360, y)
    xs = [60.0, 110.0, 220.0]
    put(maker, 108, ["Year", "Plan", "Key elements"], xs, "Times-Bold")
    put(maker, 124, ["2015", "Made in China", "Names robots and the in-"], xs)
    put(maker, 135, ["", "2025", "dustries of the future."], xs)
    put(maker, 152, ["2016", "Science Plan", "Sets targets."], xs)
    put(maker, 168, ["2017", "New Generation AI", "Calls for parity with world"], xs)
    put(maker, 179, ["", "Development Plan", "leaders by 2020."], xs)
    with_body(maker, 220, 1)
    table = only(maker)
    assert table.header == ["Year", "Plan", "Key elements"]
    assert table.rows == [
        ["2015", "Made in China 2025", "Names robots and the industries of the future."],
        ["2016", "Science Plan", "Sets targets."],
        ["2017", "New Generation AI Development Plan", "Calls for parity with world leaders by 2020."],
    ]


def test_three_rules_and_many_rows() -> None:
    maker = Maker()
    with_body(maker, 60, 1)
    for y in (146, 162, 212):
        maker.rule(60, y, 360, y)
    put(maker, 158, ["Rank", "School", "Faculty"])
    for i, row in enumerate([["1", "Tsinghua", "83"], ["2", "Peking", "92"], ["3", "Nanjing", "46"]]):
        put(maker, 174 + 15 * i, row)
    with_body(maker, 240, 1)
    table = only(maker)
    assert table.header == ["Rank", "School", "Faculty"]
    assert table.rows == [["1", "Tsinghua", "83"], ["2", "Peking", "92"], ["3", "Nanjing", "46"]]


def test_no_rules_below_a_caption() -> None:
    maker = Maker()
    y = with_body(maker, 60, 1)
    maker.text(60, y + 10, "Table 6: Majors", 9, "Times-Bold")
    y += 24
    xs = [60.0, 180.0, 260.0]
    put(maker, y, ["University majors", "Plan A", "Plan B"], xs, "Times-Bold")
    put(maker, y + 18, ["Computers", "577", "14"], xs)
    put(maker, y + 36, ["Management science and", "268", "6"], xs)
    put(maker, y + 46, ["engineering"], xs)
    put(maker, y + 64, ["Statistics", "85", "7"], xs)
    maker.text(60, y + 84, "Source: a list of the ministry that was printed in the year before.", 7)
    with_body(maker, y + 110, 1)
    table = only(maker)
    assert (table.number, table.header) == ("6", ["University majors", "Plan A", "Plan B"])
    assert table.rows == [
        ["Computers", "577", "14"],
        ["Management science and engineering", "268", "6"],
        ["Statistics", "85", "7"],
    ]


def test_stripes_of_colour_part_rows_and_bold_cells_are_flagged() -> None:
    maker = Maker()
    maker.text(60, 80, "表2 企业名单", 9, SONG)
    rows = [
        ("1", "阿里巴巴", "Alibaba"),
        ("2", "华大基因", "BGI"),
        ("3", "百度", "Baidu"),
        ("4", "搜狗", "Sogou"),
    ]
    maker.fill(60, 86, 360, 102, 0.6)
    put(maker, 98, ["Index", "Chinese name", "English name"], font="Times-Bold")
    for i, (index, chinese, english) in enumerate(rows):
        y = 102 + 16 * i
        if i % 2 == 0:
            maker.fill(60, y, 360, y + 16, 0.9)
        bold = index in "13"
        maker.text(64, y + 12, index, 9)
        for shift in (0, 0.3) if bold else (0,):
            maker.text(164 + shift, y + 12, chinese, 9, SONG)
        maker.text(264, y + 12, english, 9, "Times-Bold" if bold else "Times-Roman")
    table = only(maker)
    assert (table.number, table.caption) == ("2", "表2 企业名单")
    assert table.rows == [list(row) for row in rows]
    assert {(c.row, c.column) for c in table.cells if c.bold and c.row >= 0} == {
        (0, 1),
        (0, 2),
        (2, 1),
        (2, 2),
    }


def test_a_table_goes_on_over_pages_with_its_header_repeated() -> None:
    maker = Maker()
    header = ["Direction", "Area", "Example"]
    number = 0
    for page in range(3):
        maker.text(60, 30, "THE YEARLY REPORT", 8)
        if page == 0:
            with_body(maker, 60, 1)
            maker.text(60, 395, "Table 14: Key tasks", 10, "Times-Bold")
        top = 400.0 if page == 0 else 60.0
        rows = 7 if page < 2 else 3
        maker.grid(XS, [top + 16 * i for i in range(rows + 2)])
        put(maker, top + 12, header, font="Times-Bold")
        for i in range(rows):
            number += 1
            put(maker, top + 28 + 16 * i, [f"Task {number}", f"Area {number}", f"Case {number}"])
        maker.text(200, 580, str(page + 1), 9)
        maker.page()
    table = only(maker)
    assert table.pages == [1, 2, 3]
    assert (table.number, table.caption, table.header) == ("14", "Table 14: Key tasks", header)
    assert [row[0] for row in table.rows] == [f"Task {n}" for n in range(1, 18)]
    assert len([c for c in table.cells if c.row == -1]) == 3


def test_a_row_that_a_page_end_cuts_is_one_row() -> None:
    maker = Maker()
    xs = [60.0, 160.0, 360.0]
    maker.grid(xs, [500, 516, 532, 560])
    put(maker, 512, ["Term", "Definition"], xs, "Times-Bold")
    put(maker, 528, ["Product", "The battery."], xs)
    put(maker, 544, ["Customer", "The party that buys the"], xs)
    maker.page()
    maker.grid(xs, [60, 76, 92])
    put(maker, 72, ["", "product under a contract."], xs)
    put(maker, 88, ["Seller", "The other party."], xs)
    table = only(maker)
    assert table.pages == [1, 2]
    assert [row[0] for row in table.rows] == ["Product", "Customer", "Seller"]
    assert table.rows[1][1] == "The party that buys the product under a contract."


def test_two_tables_on_two_pages_stay_two() -> None:
    maker = Maker()
    for page in range(2):
        maker.text(60, 90, f"Table {page + 1}: Things", 10, "Times-Bold")
        maker.grid(XS, [100, 116, 132, 148])
        put(maker, 112, ["Name", "Place", "Year"], font="Times-Bold")
        put(maker, 128, [f"A{page}", "Beijing", "2017"])
        put(maker, 144, [f"B{page}", "Wuhan", "2018"])
        maker.page()
    assert [(t.number, t.pages, len(t.rows)) for t in parse(maker).tables] == [("1", [1], 2), ("2", [2], 2)]


def test_what_is_no_table() -> None:
    two_columns = Maker()
    left = ["The left column tells of the", "ministries and of the plans", "that they have made for the"] * 4
    two_columns.justified(60, 100, left, 140)
    two_columns.justified(216, 100, left, 140)
    contents = Maker()
    contents.text(60, 80, "Contents", 16, "Times-Bold")
    for i, name in enumerate(["Plans", "Ministries", "Firms", "People", "Zones"]):
        contents.text(60, 110 + 16 * i, f"{i + 1}.  {name} " + "." * 60)
        contents.text(340, 110 + 16 * i, str(3 * i + 1))
    boxed = Maker()
    y = with_body(boxed, 100, 1)
    boxed.grid([50, 370], [y, y + 60])
    boxed.justified(60, y + 14, BODY[:3])
    ruled = Maker()
    ruled.rule(60, 50, 360, 50)
    y = with_body(ruled, 80, 1)
    ruled.rule(60, y, 360, y)
    y = with_body(ruled, y + 20, 1)
    ruled.rule(60, y, 360, y)
    for maker in (two_columns, contents, boxed, ruled):
        assert parse(maker).tables == []
