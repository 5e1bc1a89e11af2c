"""What holds for every run, whatever its input: the contract's invariants."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_FILES = ("documents", "pages", "tables", "mentions", "entities", "relations")
_KEYS = {
    "documents": "id path sha256 media_type status error title date languages pages characters warnings copies",
    "pages": "document page width height text blocks notes",
    "tables": "id document pages number caption header rows cells",
    "mentions": "id document page start end text bboxes language type entity method score continues",
    "entities": "id type en zh names gazetteer properties mentions documents former_ids",
    "relations": "id type subject object document page start end evidence table method score qualifiers",
}
_ORDER: dict[str, Callable[[dict[str, Any]], Any]] = {
    "documents": lambda r: r["path"],
    "pages": lambda r: (r["document"], r["page"]),
    "tables": lambda r: (r["document"], r["pages"][0], int(r["id"].split(":t")[1])),
    "mentions": lambda r: (r["document"], r["page"], r["start"], r["end"]),
    "entities": lambda r: r["id"],
    "relations": lambda r: (r["document"], r["page"], r["start"], r["id"]),
}
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇々]")
_ID = re.compile(r"[a-z]+/(?:[a-z0-9]+(?:-[a-z0-9]+)*|~[0-9a-f]{12})")

Records = dict[str, list[dict[str, Any]]]


def check_run(out: Path) -> Records:
    """Check a run's files against the contract, and return their records.

    Raises:
        AssertionError: an invariant does not hold; the message says where.
    """
    assert not list(out.glob("*.part"))
    run: Records = {}
    for name in _FILES:
        raw = (out / f"{name}.jsonl").read_bytes()
        assert not raw or raw.endswith(b"\n")
        run[name] = [json.loads(line) for line in raw.decode("utf-8").split("\n")[:-1]]
        for record in run[name]:
            have = list(record)
            assert have[: len(_KEYS[name].split())] == _KEYS[name].split(), (name, have)
        keys = [_ORDER[name](r) for r in run[name]]
        assert keys == sorted(keys), f"{name} is not sorted"
        assert "id" not in _KEYS[name].split() or len({r["id"] for r in run[name]}) == len(run[name]), (
            f"{name}: ids"
        )
    summary = json.loads((out / "run.json").read_text("utf-8"))
    assert summary["contract"] == "1.0"
    for name in _FILES:
        assert summary["counts"][name] == len(run[name])
    _documents(run)
    _pages(run)
    _tables(run)
    _mentions(run)
    _entities(run)
    _relations(run)
    return run


def _documents(run: Records) -> None:
    pages = Counter(p["document"] for p in run["pages"])
    length = Counter[str]()
    for page in run["pages"]:
        length[page["document"]] += len(page["text"])
    for d in run["documents"]:
        assert d["id"] == d["sha256"][:16]
        assert (d["status"] == "failed") == (d["error"] is not None), d["path"]
        assert d["pages"] == pages[d["id"]]
        assert d["characters"] == length[d["id"]]
        assert d["copies"] == sorted(d["copies"])
        assert "\n" not in json.dumps(d["error"])
        assert d["date"] is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", d["date"])
        if d["status"] == "partial":
            assert any(w["page"] for w in d["warnings"])


def _pages(run: Records) -> None:
    by_document: dict[str, list[int]] = {}
    for p in run["pages"]:
        by_document.setdefault(p["document"], []).append(p["page"])
        where = f"{p['document']} page {p['page']}"
        last = 0
        for block in p["blocks"]:
            if block["kind"] in ("header", "footer"):
                assert "start" not in block, where
                assert block["text"], where
            else:
                assert 0 <= block["start"] <= block["end"] <= len(p["text"]), where
                assert block["start"] >= last, f"{where}: blocks overlap or are out of order"
                last = block["end"]
            assert (block["level"] is not None) == (block["kind"] == "heading"), where
            _on_page(block["bbox"], p, where)
        for note in p["notes"]:
            assert 0 <= note["at"] <= len(p["text"]), where
            _on_page(note["bbox"], p, where)
    for document, numbers in by_document.items():
        assert numbers == list(range(1, len(numbers) + 1)), document


def _on_page(box: list[float] | None, page: dict[str, Any], where: str, slack: float = 1.0) -> None:
    """Check that a rectangle lies on its page; ``slack`` in points allows for glyph boxes at the very edge."""
    if box is None:
        return
    x0, top, x1, bottom = box
    assert page["width"] is not None, where
    assert -slack <= x0 <= x1 <= page["width"] + slack, (where, box)
    assert -slack <= top <= bottom <= page["height"] + slack, (where, box)
    assert all(round(v, 1) == v for v in box), (where, box)


def _tables(run: Records) -> None:
    pages = {(p["document"], p["page"]): p for p in run["pages"]}
    for t in run["tables"]:
        assert t["id"].startswith(t["document"] + ":t")
        assert t["pages"] == sorted(set(t["pages"]))
        assert all(len(row) == len(t["header"]) for row in t["rows"]), t["id"]
        parts: dict[
            tuple[int, int], str
        ] = {}  # a row that a page end cuts has a part of each cell on either page
        for c in t["cells"]:
            page = pages[t["document"], c["page"]]
            assert c["page"] in t["pages"], t["id"]
            assert -1 <= c["row"] < len(t["rows"]), t["id"]
            assert 0 <= c["column"] < len(t["header"]), t["id"]
            text = page["text"][c["start"] : c["end"]]
            assert "\t" not in text
            assert "\n" not in text
            if c["row"] >= 0:
                parts[c["row"], c["column"]] = parts.get((c["row"], c["column"]), "") + text
            _on_page(c["bbox"], page, t["id"])
        for (row, column), text in parts.items():
            want = "".join(t["rows"][row][column].split())
            assert "".join(text.split()).replace("-", "") == want.replace("-", ""), (
                t["id"],
                row,
                column,
                text,
            )


def _mentions(run: Records) -> None:
    pages = {(p["document"], p["page"]): p for p in run["pages"]}
    entities = {e["id"]: e for e in run["entities"]}
    ids = {m["id"]: m for m in run["mentions"]}
    last: tuple[str, int, int] = ("", 0, 0)
    for m in run["mentions"]:
        page = pages[m["document"], m["page"]]
        assert m["id"] == f"{m['document']}:{m['page']}:{m['start']}-{m['end']}"
        assert m["start"] < m["end"], m
        assert m["text"] == page["text"][m["start"] : m["end"]], m
        assert m["text"] == m["text"].strip(), m
        assert not (last[:2] == (m["document"], m["page"]) and m["start"] < last[2]), f"{m['id']} overlaps"
        last = (m["document"], m["page"], m["end"])
        assert m["language"] == ("zh" if _HAN.search(m["text"]) else "en"), m
        assert entities[m["entity"]]["type"] == m["type"], m
        assert 0 <= m["score"] <= 1, m
        assert round(m["score"], 3) == m["score"], m
        assert bool(m["bboxes"]) == (page["width"] is not None), m
        for box in m["bboxes"]:
            _on_page(box, page, m["id"])
        if m["continues"] is not None:
            before = ids[m["continues"]]
            assert before["page"] == m["page"] - 1, m
            assert before["entity"] == m["entity"], m


def _entities(run: Records) -> None:
    mentions = {m["id"]: m for m in run["mentions"]}
    relations = {r["id"] for r in run["relations"]}
    count = Counter(m["entity"] for m in run["mentions"] if m["continues"] is None)
    documents: dict[str, set[str]] = {}
    for m in run["mentions"]:
        documents.setdefault(m["entity"], set()).add(m["document"])
    everywhere = {e["id"] for e in run["entities"]}
    for e in run["entities"]:
        assert _ID.fullmatch(e["id"]), e["id"]
        assert e["id"].split("/")[0] == e["type"], e["id"]
        assert e["gazetteer"] == ("~" not in e["id"]), e["id"]
        assert e["en"] or e["zh"], e["id"]
        assert e["mentions"] == count[e["id"]] > 0, e["id"]
        assert e["documents"] == sorted(documents[e["id"]]), e["id"]
        assert e["former_ids"] == sorted(set(e["former_ids"]) - {e["id"]}), e["id"]
        assert not set(e["former_ids"]) & everywhere, e["id"]
        texts = [n["text"] for n in e["names"]]
        for name in (e["en"], e["zh"]):
            assert name is None or name in texts, e["id"]
        assert e["en"] is None or not _HAN.search(e["en"]) or e["gazetteer"], e["id"]
        assert e["zh"] is None or _HAN.search(e["zh"]), e["id"]
        for n in e["names"]:
            assert n["text"] == " ".join(n["text"].split()), (e["id"], n)
            assert n["evidence"] is None or mentions[n["evidence"]]["entity"] == e["id"], (e["id"], n)
        for values in e["properties"].values():
            for value in values:
                assert (
                    value["evidence"] is None
                    or value["evidence"] in relations
                    or value["evidence"] in mentions
                )


def _relations(run: Records) -> None:
    pages = {(p["document"], p["page"]): p for p in run["pages"]}
    tables = {t["id"] for t in run["tables"]}
    entities = {e["id"] for e in run["entities"]}
    for r in run["relations"]:
        assert re.fullmatch("[0-9a-f]{12}", r["id"])
        assert r["subject"] in entities, r
        assert r["object"] in entities, r
        assert r["subject"] != r["object"], r
        assert r["evidence"] == pages[r["document"], r["page"]]["text"][r["start"] : r["end"]], r
        assert r["evidence"].strip(), r
        assert r["table"] is None or r["table"] in tables, r
        assert 0 <= r["score"] <= 1, r
        date = r["qualifiers"].get("date")
        assert date is None or re.fullmatch(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?", date), r


def test_the_samples(sample_run: Path) -> None:
    run = check_run(sample_run)
    assert len(run["documents"]) >= 4
    assert all(d["status"] == "ok" for d in run["documents"])
    assert any(m["continues"] for m in run["mentions"]), "a page end cuts a name in corpora/notice.pdf"


@pytest.mark.parametrize(
    "name",
    [
        "hostile",
        "pdf",
        "html",
        "laws",
    ],
)
def test_real_and_hostile_documents(shared: Path, tmp_path: Path, name: str) -> None:
    from pipeline.ingest import ingest
    from pipeline.inputs import UsageError
    from pipeline.settings import Settings

    try:
        ingest(
            [str(shared / "corpora" / name)],
            tmp_path / "run",
            settings=Settings(gazetteer=False, model=False),
        )
    except UsageError:
        pytest.skip("no parser yet for what is in there")
    check_run(tmp_path / "run")


def test_the_monograph(shared: Path, tmp_path: Path) -> None:
    from pipeline.ingest import ingest

    ingest([str(shared / "corpora" / "monograph.pdf")], tmp_path / "run")
    run = check_run(tmp_path / "run")
    assert len(run["pages"]) == 55


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("mentions", lambda r: r.update(text=r["text"] + "x")),
        ("mentions", lambda r: r.update(entity="company/nobody")),
        ("mentions", lambda r: r.update(score=1.5)),
        ("mentions", lambda r: r.update(language="de")),
        ("entities", lambda r: r.update(mentions=10**6)),
        ("entities", lambda r: r["names"][0].update(evidence="nothing")),
        ("pages", lambda r: r["blocks"][0].update(end=10**6)),
        ("tables", lambda r: r["rows"][0].append("one more")),
        ("documents", lambda r: r.update(pages=99)),
    ],
)
def test_the_check_can_fail(sample_run: Path, tmp_path: Path, file: str, change: Any) -> None:
    for path in sample_run.glob("*.json*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    target = tmp_path / f"{file}.jsonl"
    lines = target.read_text("utf-8").splitlines()
    record = json.loads(lines[0])
    change(record)
    target.write_text("\n".join([json.dumps(record, ensure_ascii=False), *lines[1:]]) + "\n", "utf-8")
    with pytest.raises((AssertionError, KeyError)):
        check_run(tmp_path)
