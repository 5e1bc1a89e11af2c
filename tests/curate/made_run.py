"""A small run made by hand: two documents that name an unknown firm, an entry, and a new short form of it."""

import json
from pathlib import Path

from pipeline.emit.jsonl import write_lines
from pipeline.records import Document, Entity, Mention, Name, Page

TEXTS = {
    "a" * 16: [
        "晨光智能（Chenguang AI）成立于武汉。科技部支持晨光智能。",
        "Shuoshi Robotics works with Chenguang AI. <b>x</b>",
    ],
    "b" * 16: ["晨光智能发布了产品。科技局也支持。"],
}
GAZETTEER = """\
# Bodies for tests.
- id: ministry-of-science-and-technology  # the one ministry
  type: government
  en: Ministry of Science and Technology
  zh: 科学技术部
  aliases: [科技部]   # short form
  match:
    科技部: {never_before: [门]}
  source: test
"""


def made_run(folder: Path) -> Path:
    """Write the run and return its folder."""
    folder.mkdir(parents=True)
    documents = [
        Document(
            id=d, path=f"{d[0]}.md", sha256=d * 4, media_type="text/markdown", status="ok", error=None, title=None, date=None,
            languages=["zh"], pages=len(texts), characters=sum(map(len, texts)), warnings=[], copies=[],
        )
        for d, texts in TEXTS.items()
    ]  # fmt: skip
    pages = [
        Page(document=d, page=i, width=None, height=None, text=t, blocks=[], notes=[])
        for d, texts in TEXTS.items()
        for i, t in enumerate(texts, 1)
    ]
    firm, other, body = (
        "company/~000000000001",
        "company/~000000000002",
        "government/ministry-of-science-and-technology",
    )
    wanted = [
        ("晨光智能", firm, "company", "gloss", 0.8), ("Chenguang AI", firm, "company", "gloss", 0.8),
        ("Shuoshi Robotics", other, "company", "model", 0.5), ("科技部", body, "government", "gazetteer", 1.0),
        ("科技局", body, "government", "rule", 0.7),
    ]  # fmt: skip
    mentions: list[Mention] = []
    for page in pages:
        for text, entity, kind, method, score in wanted:
            at = page.text.find(text)
            while at >= 0:
                mentions.append(
                    Mention(
                        id=f"{page.document}:{page.page}:{at}-{at + len(text)}", document=page.document, page=page.page,
                        start=at, end=at + len(text), text=text, bboxes=[], language="en" if text.isascii() else "zh",
                        type=kind, entity=entity, method=method, score=score, continues=None,  # type: ignore[arg-type]
                    )
                )  # fmt: skip
                at = page.text.find(text, at + 1)
    mentions.sort(key=lambda m: (m.document, m.page, m.start))

    def entity(key: str, kind: str, names: list[tuple[str, str]], known: bool) -> Entity:
        proof = {n: next((m.id for m in mentions if m.text == n), None) for n, _ in names}
        return Entity(
            id=key, type=kind, en=next((n for n, _ in names if n.isascii()), None),  # type: ignore[arg-type]
            zh=next((n for n, _ in names if not n.isascii()), None),
            names=[Name(text=n, language="en" if n.isascii() else "zh", kind=k, evidence=proof[n]) for n, k in names],  # type: ignore[arg-type]
            gazetteer=known, properties={}, mentions=sum(m.entity == key for m in mentions),
            documents=sorted({m.document for m in mentions if m.entity == key}), former_ids=[],
        )  # fmt: skip

    entities = [
        entity(firm, "company", [("Chenguang AI", "canonical"), ("晨光智能", "canonical")], False),
        entity(other, "company", [("Shuoshi Robotics", "canonical")], False),
        entity(
            body, "government", [("科学技术部", "canonical"), ("科技部", "alias"), ("科技局", "alias")], True
        ),
    ]
    for name, records in (
        ("documents", documents),
        ("pages", pages),
        ("mentions", mentions),
        ("entities", entities),
    ):
        write_lines(folder / f"{name}.jsonl", records, folder)
    (folder / "run.json").write_text(json.dumps({"contract": "1.0"}))
    return folder
