"""Every export opened by its consumer's own library; a library that is not installed skips its test."""

import csv
import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from pipeline.emit.exports import FORMATS, MissingExtra, exporter
from pipeline.emit.loaded import Loaded
from tests.emit.ftm_valid import check, read
from tests.emit.made_run import HOSTILE, small_run


@pytest.fixture(scope="module", params=["small", "sample"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hostile run made by hand, and a real one."""
    if request.param == "small":
        return small_run(tmp_path_factory.mktemp("made") / "run")
    found: Path = request.getfixturevalue("sample_run")
    return found


def test_every_format_has_a_test() -> None:
    tested = Path(__file__).read_text("utf-8")
    assert [name for name in FORMATS if f'"{name}"' not in tested and f"_{name}" not in tested] == []


def test_a_missing_library_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "pipeline.emit.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match="needs the library pyarrow"):
        exporter("parquet")


def test_csv(run: Path, tmp_path: Path) -> None:
    assert exporter("csv")(run, tmp_path)["entities"] == len(Loaded(run).entities)


def test_sqlite(run: Path, tmp_path: Path) -> None:
    counts = exporter("sqlite")(run, tmp_path)
    database = sqlite3.connect(tmp_path / "run.sqlite")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("SELECT count(*) FROM mentions").fetchone()[0] == counts["run.sqlite (mentions)"]
    page = database.execute("SELECT text FROM pages WHERE length(text) > 20 LIMIT 1").fetchone()[0]
    wanted = page[:8].replace('"', '""')
    assert database.execute(
        "SELECT count(*) FROM pages_fts WHERE pages_fts MATCH ?", [f'"{wanted}"']
    ).fetchone()[0]
    wrong = """SELECT count(*) FROM mentions m JOIN pages p USING (document, page)
        WHERE substr(p.text, m.start + 1, m."end" - m.start) <> m.text"""
    assert database.execute(wrong).fetchone()[0] == 0
    database.close()


def test_sqlite_opens_in_datasette(run: Path, tmp_path: Path) -> None:
    app = pytest.importorskip("datasette.app")
    import asyncio

    exporter("sqlite")(run, tmp_path)
    datasette = app.Datasette([tmp_path / "run.sqlite"])

    async def codes() -> list[int]:
        await datasette.invoke_startup()
        pages = (
            "/",
            "/run",
            "/run/mentions",
            "/run/relations.json?_facet=type",
            "/run/pages?_search=Council",
            "/run/entities",
        )
        return [(await datasette.client.get(page)).status_code for page in pages]

    assert set(asyncio.run(codes())) == {200}


def test_xlsx(run: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    exporter("xlsx")(run, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "run.xlsx")
    assert book.sheetnames == ["mentions", "entities", "relations"]
    assert book["entities"].max_row == len(Loaded(run).entities) + 1
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "inlineStr", "n")
                assert not str(cell.value or "").startswith(("=", "@"))


def test_xlsx_opens_in_libreoffice(run: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    exporter("xlsx")(run, tmp_path)
    every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"  # a file a sheet
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        every,
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "run.xlsx")], check=True, capture_output=True
    )
    loaded = Loaded(run)
    want = {"entities": loaded.entities, "relations": loaded.relations, "mentions": list(loaded.mentions())}
    for name, records in want.items():
        with open(tmp_path / f"run-{name}.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(records)
        if name == "mentions":
            assert [r["entity"] for r in rows] == [m.entity for m in loaded.mentions()]


def test_parquet(run: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    exporter("parquet")(run, tmp_path)
    for name in ("documents", "pages", "tables", "mentions", "entities", "relations"):
        rows = pq.read_table(tmp_path / f"{name}.parquet").to_pylist()
        lines = [json.loads(x) for x in (run / f"{name}.jsonl").read_text("utf-8").rstrip("\n").split("\n")]
        assert [r.get("id") or (r["document"], r["page"]) for r in rows] == [
            x.get("id") or (x["document"], x["page"]) for x in lines
        ]
        if name == "mentions":
            assert rows == lines


def test_parquet_opens_in_pandas(run: Path, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    exporter("parquet")(run, tmp_path)
    frame = pandas.read_parquet(tmp_path / "mentions.parquet")
    assert (frame["end"] - frame["start"] == frame["text"].str.len()).all()


def test_ftm(run: Path, tmp_path: Path) -> None:
    pytest.importorskip("followthemoney", reason="followthemoney is not installed; .ci/run checks with it")
    exporter("ftm")(run, tmp_path)
    kinds = check(read(tmp_path / "entities.ftm.json"))
    assert kinds["Company"] and kinds["PublicBody"] and kinds["Mention"] and kinds["Document"]


def test_ftm_has_no_control_characters(tmp_path: Path) -> None:
    run = small_run(tmp_path / "run")
    relations = run / "relations.jsonl"
    relations.write_text(
        relations.read_text("utf-8").replace(" issued ", " \\u001bissued\\u009b\\u0000\\n "), "utf-8"
    )
    exporter("ftm")(run, tmp_path)
    for line in (tmp_path / "entities.ftm.json").read_text("utf-8").splitlines():
        for values in json.loads(line)["properties"].values():
            assert all(value.isprintable() for value in values)


def test_graphml(run: Path, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    exporter("graphml")(run, tmp_path)
    graph = networkx.read_graphml(tmp_path / "run.graphml", force_multigraph=True)
    loaded = Loaded(run)
    assert set(graph) == set(loaded.entities)
    assert graph.number_of_edges() == len(loaded.relations)
    assert graph.is_directed()
    for key, data in graph.nodes(data=True):
        assert data["type"] == loaded.entities[key].type


@pytest.mark.parametrize("form", ["gephi", "neo4j"])
def test_graph_tables(run: Path, tmp_path: Path, form: str) -> None:
    exporter(form)(run, tmp_path)
    edges = "edges" if form == "gephi" else "relationships"
    ends = ("Source", "Target", "Id") if form == "gephi" else (":START_ID", ":END_ID", "id:ID")
    with open(tmp_path / f"{form}_nodes.csv", encoding="utf-8", newline="") as file:
        nodes = {row[ends[2]] for row in csv.DictReader(file)}
    with open(tmp_path / f"{form}_{edges}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(Loaded(run).relations)
    assert all(row[ends[0]] in nodes and row[ends[1]] in nodes for row in rows)


def test_jsonld(run: Path, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    exporter("jsonld")(run, tmp_path)
    graph = rdflib.Graph().parse(tmp_path / "run.jsonld", format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    loaded = Loaded(run)
    for e in loaded.entities.values():
        node = rdflib.URIRef(f"urn:zhen:entity:{e.id}")
        assert str(graph.value(node, schema.identifier)) == e.id
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef("urn:zhen:vocabulary:Statement")))) == len(
        loaded.relations
    )


def test_conll(run: Path, tmp_path: Path) -> None:
    converters = pytest.importorskip("spacy.training.converters")
    counts = exporter("conll")(run, tmp_path)
    loaded = Loaded(run)
    for name, count in counts.items():
        docs = list(converters.conll_ner_to_docs((tmp_path / name).read_text("utf-8"), no_print=True))
        found = ["".join(e.text.split()) for d in docs for e in d.ents]
        key = name.removeprefix("conll/").removesuffix(".conll")
        assert found == ["".join(m.text.split()) for m in loaded.mentions() if m.document == key]
        assert len(found) == count


def test_spacy(run: Path, tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    exporter("spacy")(run, tmp_path)
    docs = list(spacy.tokens.DocBin().from_disk(tmp_path / "run.spacy").get_docs(spacy.blank("xx").vocab))
    for doc, (page, mentions) in zip(docs, Loaded(run).pages_with_mentions(), strict=True):
        assert doc.text == page.text
        assert (doc.user_data["document"], doc.user_data["page"]) == (page.document, page.page)
        assert [(e.start_char, e.end_char, e.label_, e.kb_id_) for e in doc.ents] == [
            (m.start, m.end, m.type, m.entity) for m in mentions
        ]


def test_labelstudio(run: Path, tmp_path: Path) -> None:
    exporter("labelstudio")(run, tmp_path)
    tasks = json.loads((tmp_path / "labelstudio.json").read_text("utf-8"))
    for task in tasks:
        units = task["data"]["text"].encode("utf-16-le")
        for item in task["predictions"][0]["result"]:
            if item["type"] == "labels":
                value = item["value"]
                assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    interface = (tmp_path / "labelstudio.xml").read_text("utf-8")
    sdk = pytest.importorskip("label_studio_sdk.label_interface")
    view = sdk.LabelInterface(interface)
    view.validate()
    for task in tasks:
        assert view.validate_prediction(task["predictions"][0], return_errors=True) == []


def test_inception(run: Path, tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis")
    import io
    import zipfile

    counts = exporter("inception")(run, tmp_path)
    loaded = Loaded(run)
    for name, count in counts.items():
        with zipfile.ZipFile(tmp_path / name) as archive:
            xmi = next(n for n in archive.namelist() if n.endswith(".xmi"))
            types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
            cas = cassis.load_cas_from_xmi(io.BytesIO(archive.read(xmi)), typesystem=types)
        named = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
        key = name.removeprefix("inception/").removesuffix(".zip")
        want = [(m.text, m.type, m.entity) for m in loaded.mentions() if m.document == key]
        assert [(n.get_covered_text(), n.value, n.identifier) for n in named] == want
        assert len(named) == count


def test_a_hostile_text_stays_text(tmp_path: Path) -> None:
    run = small_run(tmp_path / "run")
    for name in ("graphml", "inception", "jsonld"):
        exporter(name)(run, tmp_path)
    assert HOSTILE in json.dumps(
        json.loads((tmp_path / "run.jsonld").read_text("utf-8")), ensure_ascii=False
    ).replace('\\"', '"').replace("\\'", "'")
