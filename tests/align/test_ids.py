"""Ids of homonyms: who had an id in an earlier run keeps it, whatever comes later or sorts before."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.align.entities import LocalEntity, LocalName
from pipeline.align.identity import new_id
from pipeline.align.resolve import Resolved, resolve
from pipeline.ingest import ingest
from pipeline.records import Mention
from pipeline.settings import Settings

Part = tuple[str, list[LocalEntity], list[Mention]]
PLAIN = new_id("person", "张涛")


def _named(document: str) -> Part:
    person = LocalEntity(
        key=PLAIN, type="person", gazetteer=False, en=None, zh="张涛",
        names=[LocalName(text="张涛", kind=None, evidence=f"{document}:1:0-2")],
    )  # fmt: skip
    mention = Mention(
        id=f"{document}:1:0-2", document=document, page=1, start=0, end=2, text="张涛", bboxes=[],
        language="zh", type="person", entity=PLAIN, method="rule", score=1.0, continues=None,
    )  # fmt: skip
    return document, [person], [mention]


def _ids(resolved: Resolved) -> list[str]:
    return [keys[PLAIN] for keys in resolved.keys]


def _remembering(before: Resolved) -> object:
    def ask(evidence: Iterable[str]) -> Mapping[str, int]:
        wanted = set(evidence)
        found = {e.id: sum(n.evidence in wanted for n in e.names) for e in before.entities}
        return {id_: count for id_, count in found.items() if count}

    return ask


def _later(before: Resolved, *parts: Part) -> Resolved:
    return resolve(parts, None, earlier=_remembering(before))  # type: ignore[arg-type]


def test_a_homonym_that_sorts_before_takes_no_id_over() -> None:
    first = resolve([_named("b")], None)
    assert _ids(first) == [PLAIN]
    assert _ids(resolve([_named("a"), _named("b")], None))[0] == PLAIN  # without memory the first has it
    later = _later(first, _named("a"), _named("b"))
    assert _ids(later) == [new_id("person", "张涛", "a"), PLAIN]
    again = _later(later, _named("a"), _named("b"))
    assert _ids(again) == _ids(later)
    third = _later(again, _named("A"), _named("a"), _named("b"))
    assert _ids(third)[1:] == _ids(later) and len(set(_ids(third))) == 3


def test_an_id_is_not_kept_for_what_is_gone() -> None:
    first = resolve([_named("b")], None)
    assert _ids(_later(first, _named("a"), _named("c"))) == _ids(resolve([_named("a"), _named("c")], None))


def test_a_new_document_takes_no_id_over_in_a_folder(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()

    def people() -> dict[str, str]:
        """Ingest, and return whose id is whose, by path."""
        ingest([str(source)], out, settings=Settings(gazetteer=False, model=False))
        read = {n: (out / f"{n}.jsonl").read_text("utf-8").splitlines() for n in ("documents", "entities")}
        paths = {d["id"]: d["path"] for d in map(json.loads, read["documents"])}
        entities = [e for e in map(json.loads, read["entities"]) if e["type"] == "person"]
        return {paths[document]: e["id"] for e in entities for document in e["documents"]}

    (source / "b.txt").write_text("市科技局局长张涛（Zhang Tao）说，项目已经开始。", "utf-8")
    before = people()
    (source / "a.txt").write_text("砺森公司董事长张涛（Zhang Tao）说，工厂已经建成。", "utf-8")
    after = people()
    assert after["b.txt"] == before["b.txt"] == PLAIN != after["a.txt"]
    (out / "run.json").unlink()  # as after a kill while files were put in place
    assert people() == after
