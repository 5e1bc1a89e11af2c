"""A run for correction in Label Studio: a task a page, what was found as predictions, and the way back.

Label Studio counts offsets in UTF-16 units, our records count code points: both ways convert.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from xml.sax.saxutils import quoteattr

import msgspec

from pipeline.emit.annotations import Annotation, AnnotationError, Units
from pipeline.emit.loaded import Loaded, replaced
from pipeline.records import EntityType, Mention, Page, Relation, RelationType

_COLOURS = (
    "#1d4f9e",
    "#954400",
    "#1a6b3c",
    "#65399c",
    "#0a6170",
    "#9c1757",
    "#565e00",
    "#6a4a32",
    "#3d5266",
    "#ad231c",
    "#77388c",
)


def export_labelstudio(run: Path, target: Path) -> dict[str, int]:
    """Write ``labelstudio.json`` (tasks) and ``labelstudio.xml`` (the project's labelling interface).

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the files; made when missing.
    """
    loaded = Loaded(run)
    relations: dict[tuple[str, int], list[Relation]] = {}
    for r in loaded.relations:
        relations.setdefault((r.document, r.page), []).append(r)
    program = f"zhen {loaded.summary['program']}"
    tasks = [
        _task(number, loaded, program, page, mentions, relations.get((page.document, page.page), []))
        for number, (page, mentions) in enumerate(loaded.pages_with_mentions(), 1)
    ]
    encoded = msgspec.json.encode(tasks)
    replaced(target / "labelstudio.json", lambda part: part.write_bytes(encoded))
    replaced(target / "labelstudio.xml", lambda part: part.write_text(interface(), encoding="utf-8"))
    return {"labelstudio.json": len(tasks), "labelstudio.xml": 1}


def interface() -> str:
    """Return the labelling interface: our entity types as labels, our relation types as relations."""
    labels = "".join(
        f"<Label value={quoteattr(kind)} background={quoteattr(colour)}/>"
        for kind, colour in zip(get_args(EntityType), _COLOURS, strict=True)
    )
    relations = "".join(f"<Relation value={quoteattr(kind)}/>" for kind in get_args(RelationType))
    return (
        '<View><Header value="$title"/><Relations>'
        + relations
        + '</Relations><Labels name="label" toName="text">'
        f'{labels}</Labels><Text name="text" value="$text" granularity="symbol"/></View>\n'
    )


def _task(
    number: int, loaded: Loaded, program: str, page: Page, mentions: list[Mention], relations: list[Relation]
) -> dict[str, Any]:
    units = Units(page.text)
    result: list[dict[str, Any]] = [
        {
            "id": m.id, "from_name": "label", "to_name": "text", "type": "labels", "score": m.score,
            "value": {"start": units.unit(m.start), "end": units.unit(m.end), "text": m.text, "labels": [m.type]},
            "meta": {"text": [m.entity]},
        }
        for m in mentions
    ]  # fmt: skip
    for r in relations:
        inside = [m for m in mentions if r.start <= m.start < r.end]
        ends = [next((m.id for m in inside if m.entity == e), None) for e in (r.subject, r.object)]
        if None not in ends:
            result.append(
                {
                    "type": "relation",
                    "from_id": ends[0],
                    "to_id": ends[1],
                    "direction": "right",
                    "labels": [r.type],
                }
            )
    document = loaded.documents[page.document]
    return {
        "id": number,
        "data": {
            "text": page.text, "title": f"{document.title or document.path}, {page.page}",
            "document": page.document, "page": page.page,
        },
        "predictions": [{"model_version": program, "result": result}],
    }  # fmt: skip


def read_labelstudio(path: Path, loaded: Loaded) -> Iterator[Annotation]:
    """Yield the names of an export of Label Studio (JSON); of several annotations of a page, the last counts.

    Raises:
        AnnotationError: the file is no such export, or does not fit the run.
    """
    try:
        tasks = msgspec.json.decode(path.read_bytes(), type=list[dict[str, Any]])
    except msgspec.MsgspecError:
        raise AnnotationError(f"{path}: no JSON list of Label Studio tasks") from None
    texts = {(p.document, p.page): p.text for p in loaded.pages()}
    for task in tasks:
        data = task.get("data") or {}
        place = (str(data.get("document")), data.get("page"))
        if place not in texts or data.get("text") != texts[place]:
            raise AnnotationError(f"{path}: task {task.get('id')} is not a page of this run")
        done = [a for a in task.get("annotations") or [] if not a.get("was_cancelled")]
        if not done:
            continue
        units = Units(texts[place])
        for item in done[-1].get("result") or []:
            if item.get("type") != "labels":
                continue
            value = item["value"]
            meta = (item.get("meta") or {}).get("text") or [None]
            yield Annotation(
                document=place[0], page=int(place[1]), start=units.point(int(value["start"])),
                end=units.point(int(value["end"])), type=value["labels"][0], entity=meta[0],
            )  # fmt: skip
        yield Annotation(document=place[0], page=int(place[1]), start=0, end=0, type=None, entity=None)
