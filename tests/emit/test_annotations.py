"""Corrections from annotation tools come back, whatever unit the tool counts in."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.emit.annotations import AnnotationError, Corrected, Units, import_annotations
from pipeline.emit.exports import exporter
from pipeline.emit.jsonl import read_lines
from tests.emit.made_run import small_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The small run, whose text has characters outside the BMP."""
    return small_run(tmp_path / "run")


@given(st.text())
def test_units_there_and_back(text: str) -> None:
    units = Units(text)
    for point in range(len(text) + 1):
        assert units.unit(point) == len(text[:point].encode("utf-16-le", "surrogatepass")) // 2
        assert units.point(units.unit(point)) == point


def corrected(run: Path, *files: Path) -> dict[str, str]:
    """Import files and return the status of each name."""
    import_annotations(run, files, run / "out.jsonl")
    return {f"{c.text}:{c.type}": c.status for c in read_lines(run / "out.jsonl", Corrected)}


def test_label_studio_there_and_back(run: Path, tmp_path: Path) -> None:
    exporter("labelstudio")(run, tmp_path)
    tasks = json.loads((tmp_path / "labelstudio.json").read_text("utf-8"))
    result = [r for r in tasks[0]["predictions"][0]["result"] if r["type"] == "labels"]
    by_text = {r["value"]["text"]: r for r in result}
    by_text["Baidu"]["value"]["labels"] = ["association"]
    result.remove(by_text["Beijing"])
    start = len(tasks[0]["data"]["text"].split("works")[0].encode("utf-16-le")) // 2
    result.append({"type": "labels", "value": {"start": start, "end": start + 5, "labels": ["event"]}})
    for task in tasks:
        task["annotations"] = [{"result": []}, {"result": result}, {"was_cancelled": True, "result": []}]
    (tmp_path / "done.json").write_text(json.dumps(tasks), "utf-8")
    found = corrected(run, tmp_path / "done.json")
    assert found["Megvii:company"] == "kept" and found["旷视科技:company"] == "kept"
    assert found["Baidu:association"] == "changed"
    assert found["Beijing:place"] == "removed"
    assert found["works:event"] == "added"


def test_inception_there_and_back(run: Path, tmp_path: Path) -> None:
    name = next(iter(exporter("inception")(run, tmp_path)))
    assert set(corrected(run, tmp_path / name).values()) == {"kept"}
    with zipfile.ZipFile(tmp_path / name) as archive:
        xmi = archive.read(next(n for n in archive.namelist() if n.endswith(".xmi"))).decode()
    (tmp_path / "x.xmi").write_text(xmi.replace('value="place"', 'value="event"'), "utf-8")
    assert corrected(run, tmp_path / "x.xmi")["Beijing:event"] == "changed"


def test_corrections_written_by_the_cas_library_come_back(run: Path, tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis")
    name = next(iter(exporter("inception")(run, tmp_path)))
    with zipfile.ZipFile(tmp_path / name) as archive:
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        xmi = next(n for n in archive.namelist() if n.endswith(".xmi"))
        cas = cassis.load_cas_from_xmi(io.BytesIO(archive.read(xmi)), typesystem=types)
    kind = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
    named = {n.get_covered_text(): n for n in cas.select(kind)}
    named["Baidu"].value = "association"
    cas.remove(named["Beijing"])
    start = cas.sofa_string.index("works")
    cas.add(types.get_type(kind)(begin=start, end=start + 5, value="event"))
    cas.to_xmi(tmp_path / "x.xmi")
    found = corrected(run, tmp_path / "x.xmi")
    assert found["Megvii:company"] == found["旷视科技:company"] == "kept"
    assert found["Baidu:association"] == "changed"
    assert found["Beijing:place"] == "removed"
    assert found["works:event"] == "added"


def test_an_unfinished_task_changes_nothing(run: Path, tmp_path: Path) -> None:
    exporter("labelstudio")(run, tmp_path)
    assert corrected(run, tmp_path / "labelstudio.json") == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.json", "{}"), ("x.json", '[{"data": {"text": "other", "document": "d", "page": 1}}]'), ("x.xmi", "<a/>"),
        ("x.xmi", "no xml"), ("x.xmi", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), ("x.zip", "PK"),
    ],
)  # fmt: skip
def test_files_that_do_not_fit_are_refused(run: Path, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(AnnotationError):
        import_annotations(run, [tmp_path / name], tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()
