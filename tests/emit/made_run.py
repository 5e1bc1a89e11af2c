"""Runs written from records by hand: small, hostile, or large, without any pipeline."""

import hashlib
from pathlib import Path

from pipeline.emit.jsonl import write_json, write_lines
from pipeline.records import (
    Block,
    Document,
    Entity,
    Mention,
    Name,
    Page,
    Problem,
    Qualifiers,
    Relation,
    Table,
    Value,
)  # fmt: skip
from pipeline.run import RunSummary

HOSTILE = '<script>window.hacked=1</script><img src=x onerror="window.hacked=2">"\'&amp;\u2028\u2029]]></script><!--'


def entity(
    kind: str, slug: str, en: str | None, zh: str | None, mentions: list[Mention], **known: str
) -> Entity:
    """Return an entity whose names are proved by its first mention."""
    own = [m for m in mentions if m.entity == f"{kind}/{slug}"]
    proof = own[0].id if own else None
    names = [
        Name(text=x, language=lang, kind="canonical", evidence=proof)
        for x, lang in ((en, "en"), (zh, "zh"))
        if x
    ]
    return Entity(
        id=f"{kind}/{slug}", type=kind, en=en, zh=zh, names=names, gazetteer=True, former_ids=[],
        properties={k: [Value(value=v, evidence=None)] for k, v in known.items()}, mentions=len(own),
        documents=sorted({m.document for m in own}),
    )  # fmt: skip


def mention(
    document: str, text: str, name: str, kind: str, slug: str, *, page: int = 1, score: float = 1.0
) -> Mention:
    """Return the first place of a name in a text."""
    start = text.index(name)
    return Mention(
        id=f"{document}:{page}:{start}-{start + len(name)}", document=document, page=page, start=start,
        end=start + len(name), text=name, bboxes=[(10.0, 20.0, 110.0, 32.0)], type=kind, entity=f"{kind}/{slug}",
        language="en" if name.isascii() else "zh", method="gazetteer", score=score, continues=None,
    )  # fmt: skip


def document(text: str, path: str, **other: object) -> tuple[Document, Page]:
    """Return a document of one page."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    fields = {
        "id": digest[:16], "path": path, "sha256": digest, "media_type": "text/plain", "status": "ok", "error": None,
        "title": None, "date": None, "languages": ["en", "zh"], "pages": 1, "characters": len(text), "warnings": [],
        "copies": [], **other,
    }  # fmt: skip
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(kind="paragraph", start=at, end=at + len(line), bbox=None))
        at += len(line) + 1
    page = Page(document=digest[:16], page=1, width=300.0, height=400.0, text=text, blocks=blocks, notes=[])
    return Document(**fields), page  # type: ignore[arg-type]


def write_run(
    folder: Path, documents: list[Document], pages: list[Page], mentions: list[Mention], entities: list[Entity],
    relations: list[Relation], tables: list[Table],
) -> Path:  # fmt: skip
    """Write a run's files."""
    scratch = folder / ".zhen"
    scratch.mkdir(parents=True)
    everything = {
        "documents": sorted(documents, key=lambda d: d.path), "pages": sorted(pages, key=lambda p: (p.document, p.page)),
        "tables": tables, "mentions": sorted(mentions, key=lambda m: (m.document, m.page, m.start)),
        "entities": sorted(entities, key=lambda e: e.id), "relations": relations,
    }  # fmt: skip
    for name, records in everything.items():
        write_lines(folder / f"{name}.jsonl", records, scratch)  # type: ignore[arg-type]
    summary = RunSummary(
        contract="1.0", program="0", gazetteers=None, settings={}, entities={}, skipped={}, seconds={"total": 0.0},
        counts={name: len(records) for name, records in everything.items()},
    )  # fmt: skip
    write_json(folder / "run.json", summary, scratch)
    return folder


def small_run(folder: Path) -> Path:
    """Write a run with a hostile document, characters outside the BMP, a failure, a table and a relation."""
    text = (
        f"𠮷 Megvii (旷视科技) works with Baidu 🙂 in Beijing.\n{HOSTILE} 国务院 issued =cmd|' /C calc'!A0 Plan.\n"
        "Name\tValue\nMegvii\t1"
    )
    d, page = document(
        text, 'in/<b onclick="window.hacked=3">.txt', title=f"Title {HOSTILE}", date="2020-01-02"
    )
    plan = "=cmd|' /C calc'!A0 Plan"
    mentions = [
        mention(d.id, text, "Megvii", "company", "megvii"), mention(d.id, text, "旷视科技", "company", "megvii"),
        mention(d.id, text, "Baidu", "company", "baidu", score=0.4), mention(d.id, text, "Beijing", "place", "beijing"),
        mention(d.id, text, "国务院", "government", "state-council"), mention(d.id, text, plan, "plan", "cmd"),
    ]  # fmt: skip
    entities = [
        entity("company", "megvii", "Megvii", "旷视科技", mentions, country="CN", website="megvii.com"),
        entity("company", "baidu", "Baidu", "百度", mentions),
        entity("place", "beijing", "Beijing", "北京", mentions, country="CN"),
        entity("government", "state-council", "State Council", "国务院", mentions, country="CN"),
        entity(
            "plan",
            "cmd",
            plan,
            None,
            mentions,
            date="2017-07-20",
            period="2017/2020",
            number="国发〔2017〕35号",
        ),
        entity("technology", "evil", HOSTILE, "<b>坏</b>", mentions),
    ]
    start = text.index("国务院")
    evidence = text[start : text.index("\nName")]

    def relation(key: str, kind: str, subject: str, target: str, **q: str) -> Relation:
        return Relation(
            id=key * 12, type=kind, subject=subject, object=target, document=d.id, page=1, start=start,  # type: ignore[arg-type]
            end=start + len(evidence), evidence=evidence, table=None, method="pattern", score=0.8, qualifiers=Qualifiers(**q),  # type: ignore[arg-type]
        )  # fmt: skip

    relations = [
        relation("a", "issued", "government/state-council", "plan/cmd", date="2017-07-20"),
        relation("b", "partner_of", "company/megvii", "company/baidu", date="2021/2025", modality="planned"),
        relation("c", "owns", "company/baidu", "company/megvii"),
        relation("d", "located_in", "company/megvii", "place/beijing"),
        relation("e", "member_of", "company/baidu", "government/state-council", title="=1+1"),
    ]
    at = text.index("Name\t")
    table = Table(
        id=f"{d.id}:t1", document=d.id, pages=[1], number="1", caption=f"Table 1 {HOSTILE}", header=["Name", "Value"],
        rows=[["Megvii", "1"], [HOSTILE, "=1"]], cells=[],
    )  # fmt: skip
    page = Page(
        document=d.id, page=1, width=300.0, height=400.0, text=text, notes=[],
        blocks=[*(b for b in page.blocks if b.start is not None and b.start < at), Block(kind="table", start=at, end=len(text), bbox=None)],
    )  # fmt: skip
    bad, _ = document(
        "", "in/empty.pdf", status="failed", pages=0, media_type="application/pdf",
        error=Problem(code="empty_file", message=f"the file is empty {HOSTILE}"),
    )  # fmt: skip
    return write_run(folder, [d, bad], [page], mentions, entities, relations, [table])
