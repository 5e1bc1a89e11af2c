"""Entries out and in: what went out comes back, rows that are wrong are named, formulas stay text."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.curate.exchange import export_entries, form_of, import_entries
from pipeline.inputs import UsageError
from pipeline.match.entries import Entry, Former, Post, Rule, entry_files, read_entries

ENTRIES = [
    Entry(
        id="aa", type="company", en="Aa, Inc.", zh="甲甲机器人", aliases=["=Aa", "Aa: Robotics"], abbreviations=["AAX"],
        former=[Former(zh="旧名字", en="Old Name", until="2018-03")], parent="company/bb", website="aa.example",
        wikidata="Q1", country="CN", match={"AAX": Rule(case="exact", needs=["robot"])}, source="test, twice", note="n",
    ),
    Entry(id="bb", type="company", en="Bb Group", source="test"),
    Entry(
        id="li-meng", type="person", en="Li Meng", zh="李萌",
        posts=[Post(org="company/bb", title="Chair", title_zh="董事长", since="2017")], source="test",
    ),
    Entry(
        id="plan-2035", type="plan", zh="二零三五规划", traditional=["二零三五計畫"], issuer=["company/bb"], number="国发〔2017〕35号",
        period="2018/2035", source="test",
    ),
]  # fmt: skip


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.jsonl"])
def test_there_and_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert export_entries(ENTRIES, path, form_of(path)) == 4
    assert import_entries(path, tmp_path / "g", form_of(path)) == (4, 0)
    assert read_entries(entry_files([tmp_path / "g"])) == ENTRIES
    before = {p.name: p.read_bytes() for p in (tmp_path / "g").glob("*.yaml")}
    assert set(before) == {"firms.yaml", "people.yaml", "plans.yaml"}
    assert import_entries(path, tmp_path / "g", form_of(path)) == (0, 0)
    assert {p.name: p.read_bytes() for p in (tmp_path / "g").glob("*.yaml")} == before


def test_follow_the_money(tmp_path: Path) -> None:
    path = tmp_path / "x.ftm.json"
    export_entries(ENTRIES, path, "ftm")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(e["id"], e["schema"]) for e in lines[:4]] == [
        ("company.aa", "Company"), ("company.bb", "Company"), ("person.li-meng", "Person"), ("plan.plan-2035", "Project"),
    ]  # fmt: skip
    assert lines[0]["properties"]["weakAlias"] == ["AAX"]
    assert lines[0]["properties"]["website"] == ["https://aa.example"]
    assert {e["schema"] for e in lines[4:]} == {"UnknownLink", "Directorship"}
    import_entries(path, tmp_path / "g", "ftm")
    back = {e.key: e for e in read_entries(entry_files([tmp_path / "g"]))}
    assert sorted(back) == [e.key for e in ENTRIES]
    assert (back["company/aa"].parent, back["company/aa"].country, back["company/aa"].website) == (
        "company/bb",
        "CN",
        "aa.example",
    )
    assert back["person/li-meng"].posts == ENTRIES[2].posts
    assert (back["plan/plan-2035"].issuer, back["plan/plan-2035"].period) == (["company/bb"], "2018/2035")
    assert back["plan/plan-2035"].traditional == ["二零三五計畫"]


def test_entities_of_others(tmp_path: Path) -> None:
    path = tmp_path / "x.ftm.json"
    path.write_text(
        '{"id": "NK-1", "schema": "Company", "properties": {"name": ["Aa Robotics", "甲甲机器人"], "country": ["cn"]}}\n'
        '{"id": "NK-2", "schema": "Passport", "properties": {}}\n'
    )
    assert import_entries(path, tmp_path / "g", "ftm") == (1, 0)
    (entry,) = read_entries(entry_files([tmp_path / "g"]))
    assert (entry.key, entry.zh, entry.country) == ("company/aa-robotics", "甲甲机器人", "CN")


def test_a_row_changes_an_entry_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "g" / "mine.yaml"
    path.parent.mkdir()
    path.write_text("# mine\n- id: bb # the one\n  type: company\n  en: Bb Group # name\n  source: test\n")
    (tmp_path / "x.csv").write_text(
        "id,type,en,zh,source\nbb,company,Bb Group,乙乙集团,test\n", encoding="utf-8"
    )
    assert import_entries(tmp_path / "x.csv", path.parent, "csv") == (0, 1)
    assert path.read_text(encoding="utf-8") == (
        "# mine\n- id: bb # the one\n  type: company\n  en: Bb Group # name\n  zh: 乙乙集团\n  source: test\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,type,en\nbb,company,Bb\nA b,company,Aa\n", "row 3: id 'A b' is no slug"),
        ("id,type,en\nbb,firm,Bb\n", "row 2: Invalid enum value"),
        ("id,type,en\nbb,company,Bb\nbb,company,Bb\n", "row 3: company/bb stands twice"),
        ("name\nBb\n", "the first row must name columns"),
        ("id,type,en,match\nbb,company,Bb,{\n", "row 2: match is no JSON"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_written(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.csv").write_text(text)
    with pytest.raises(UsageError, match=message):
        import_entries(tmp_path / "x.csv", tmp_path / "g", "csv")
    assert not (tmp_path / "g").exists()


@pytest.mark.parametrize("name", ["x.xlsx", "x.jsonl", "x.csv", "x.ftm.json"])
def test_a_file_that_is_something_else(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(UsageError, match="cannot be read"):
        import_entries(path, tmp_path / "g", form_of(path))
    path.write_bytes(b"\xff\xfe[")
    with pytest.raises(UsageError, match="cannot be read"):
        import_entries(path, tmp_path / "g", form_of(path))


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    export_entries(ENTRIES, tmp_path / "x.csv", "csv")
    with open(tmp_path / "x.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["aliases"] == "'=Aa | Aa: Robotics"
    export_entries(ENTRIES, tmp_path / "x.xlsx", "xlsx")
    cells = [
        c for row in load_workbook(tmp_path / "x.xlsx").active.iter_rows() for c in row if c.value is not None
    ]
    assert {c.data_type for c in cells} == {"s"}
    assert "=Aa | Aa: Robotics" in [c.value for c in cells]


def test_no_format(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="which format"):
        form_of(tmp_path / "x.txt")
