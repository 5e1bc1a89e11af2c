"""How answers look on a terminal."""

import csv
import io

import msgspec

from pipeline.emit.csv import safe
from pipeline.emit.loaded import Loaded
from pipeline.records import Entity, Relation
from pipeline.show.ask import About, Hit
from pipeline.show.compare import Change, Comparison
from pipeline.show.terminal import console, marked, plain, table

_RELATION = (
    "id", "type", "subject", "subject_name", "object", "object_name", "document", "page", "date", "title", "role",
    "item", "amount", "modality", "method", "score", "evidence",
)  # fmt: skip


def show_entities(entities: list[Entity], title: str) -> None:
    """Print a list of entities."""
    console().print(
        table(title, ("id", "en", "zh", "mentions"), ((e.id, e.en, e.zh, e.mentions) for e in entities))
    )


def show_entity(loaded: Loaded, said: About, limit: int) -> None:
    """Print what a run says of an entity."""
    out, e = console(), said.entity
    out.print(plain(" · ".join(x for x in (e.en, e.zh) if x)), style="bold")
    out.print(plain(f"{e.id}   {e.mentions} mentions in {len(e.documents)} documents"))
    out.print()
    out.print(
        table(
            "names", ("name", "kind", "proof"), ((n.text, n.kind, n.evidence or "gazetteer") for n in e.names)
        )
    )
    if e.properties:
        rows = ((k, v.value, v.evidence or "gazetteer") for k, values in e.properties.items() for v in values)
        out.print(table("\nproperties", ("property", "value", "proof"), rows))
    if said.relations:
        out.print(
            table(
                "\nrelations", ("subject", "relation", "object", "date", "evidence"),
                ((loaded.label(r.subject), r.type, loaded.label(r.object), r.qualifiers.date, _source(loaded, r))
                 for r in said.relations),
            )
        )  # fmt: skip
    if said.together:
        rows = ((f"{loaded.label(key)} ({key})", str(count), "") for key, count in said.together[:limit])
        out.print(table("\nnamed together with", ("name", "paragraphs", ""), rows))
    out.print(table("\nmentions", ("document", "page", "text"), map(_row, said.mentions[:limit])))
    if len(said.mentions) > limit:
        out.print(plain(f"… {len(said.mentions) - limit} more (--limit, --json)"))


def show_hits(entities: list[Entity], hits: list[Hit], limit: int, text: str) -> None:
    """Print where a text was found."""
    out = console()
    if not entities and not hits:
        out.print(plain(f"not found: {text}"))
        return
    if entities:
        show_entities(entities, "names")
        out.print()
    out.print(table(f"{len(hits)} places in the text", ("document", "page", "text"), map(_row, hits[:limit])))
    if len(hits) > limit:
        out.print(plain(f"… {len(hits) - limit} more (--limit, --json)"))


def _row(hit: Hit) -> tuple[object, ...]:
    return hit.path.rsplit("/", 1)[-1], hit.page, marked(hit.before, hit.text, hit.after)


def _source(loaded: Loaded, r: Relation) -> str:
    return f"{loaded.documents[r.document].path.rsplit('/', 1)[-1]}, p. {r.page}: {r.evidence}"


def show_relations(loaded: Loaded, found: list[Relation]) -> None:
    """Print relations with their evidence."""
    rows = (
        (loaded.label(r.subject), r.type, loaded.label(r.object), _qualifiers(r), _source(loaded, r))
        for r in found
    )
    console().print(
        table(f"{len(found)} relations", ("subject", "relation", "object", "qualifiers", "evidence"), rows)
    )


def _qualifiers(r: Relation) -> str:
    q = r.qualifiers
    amount = q.amount.text if q.amount else None
    return ", ".join(x for x in (q.modality, q.date, q.title, q.role, q.item, amount) if x)


def relations_csv(loaded: Loaded, found: list[Relation]) -> str:
    """Return relations as CSV with safe cells."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_RELATION)
    for r in found:
        q = r.qualifiers
        row = (
            r.id, r.type, r.subject, loaded.label(r.subject), r.object, loaded.label(r.object),
            loaded.documents[r.document].path, r.page, q.date, q.title, q.role, q.item,
            q.amount.text if q.amount else None, q.modality, r.method, r.score, r.evidence,
        )  # fmt: skip
        writer.writerow([safe(cell) for cell in row])
    return buffer.getvalue()


def show_comparison(found: Comparison, limit: int) -> None:
    """Print what differs between two runs."""
    out = console()
    lists = ("documents_gained", "documents_lost", "text_changed", "entities_gained", "entities_lost")
    rows = [(name.replace("_", " "), len(msgspec.structs.asdict(found)[name])) for name in lists]
    rows += list(found.counts.items())
    if not any(count for _, count in rows):
        out.print("no difference")
        return
    out.print(table("differences", ("what", "count"), ((name, count) for name, count in rows if count)))
    for name in lists:
        values = msgspec.structs.asdict(found)[name]
        if values:
            out.print(table("\n" + name.replace("_", " "), ("",), ((value,) for value in values[:limit])))
    for title, changes in (("mentions", found.mentions), ("relations", found.relations)):
        shown: list[Change] = []
        for kind in sorted({c.kind for c in changes}):
            shown += [c for c in changes if c.kind == kind][:limit]
        if shown:
            out.print(
                table("\n" + title, ("change", "place", "before", "after"),
                      ((c.kind, f"{c.document}:{c.page}:{c.start}-{c.end}", c.before, c.after) for c in shown))
            )  # fmt: skip
