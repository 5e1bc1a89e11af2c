"""The network of relations for graph tools: GraphML, Gephi's and Neo4j's CSV."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pipeline.emit.csv import write_csv
from pipeline.emit.loaded import Loaded, replaced, xml_text
from pipeline.records import Entity, Relation

_NODE = {
    "label": "string",
    "type": "string",
    "en": "string",
    "zh": "string",
    "mentions": "int",
    "gazetteer": "boolean",
}
_EDGE = {
    "type": "string", "document": "string", "page": "int", "evidence": "string", "method": "string", "weight": "double",
    "date": "string", "title": "string", "modality": "string",
}  # fmt: skip


def export_graphml(run: Path, target: Path) -> dict[str, int]:
    """Write ``run.graphml``, a directed graph with parallel edges, and return its counts.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the file; made when missing.
    """
    loaded = Loaded(run)
    edges = _edges(loaded)

    def write(part: Path) -> None:
        with open(part, "w", encoding="utf-8", newline="\n") as file:
            for line in _graphml(loaded, edges):
                file.write(line + "\n")

    replaced(target / "run.graphml", write)
    return {"run.graphml (nodes)": len(loaded.entities), "run.graphml (edges)": len(edges)}


def export_gephi(run: Path, target: Path) -> dict[str, int]:
    """Write ``gephi_nodes.csv`` and ``gephi_edges.csv`` with the columns that Gephi looks for, and return their counts."""
    loaded = Loaded(run)
    target.mkdir(parents=True, exist_ok=True)
    nodes = ((e.id, loaded.label(e.id), e.type, e.en, e.zh, e.mentions) for e in loaded.entities.values())
    edges = (
        (r.subject, r.object, "Directed", r.id, r.type, r.score, r.qualifiers.date, loaded.documents[r.document].path,
         r.page, r.evidence)
        for r in _edges(loaded)
    )  # fmt: skip
    heads = ("Source", "Target", "Type", "Id", "Label", "Weight", "date", "document", "page", "evidence")
    return {
        "gephi_nodes.csv": write_csv(
            target / "gephi_nodes.csv",
            ("Id", "Label", "kind", "en", "zh", "mentions"),
            nodes,
            encoding="utf-8",
        ),
        "gephi_edges.csv": write_csv(target / "gephi_edges.csv", heads, edges, encoding="utf-8"),
    }


def export_neo4j(run: Path, target: Path) -> dict[str, int]:
    """Write ``neo4j_nodes.csv`` and ``neo4j_relationships.csv`` for ``neo4j-admin database import``, and return their counts."""
    loaded = Loaded(run)
    target.mkdir(parents=True, exist_ok=True)
    nodes = (
        (e.id, loaded.label(e.id), e.en, e.zh, e.mentions, f"Entity;{e.type.capitalize()}")
        for e in loaded.entities.values()
    )
    edges = (
        (r.subject, r.object, r.type.upper(), r.id, r.score, r.qualifiers.date, r.qualifiers.title,
         r.qualifiers.modality, loaded.documents[r.document].path, r.page, r.evidence)
        for r in _edges(loaded)
    )  # fmt: skip
    return {
        "neo4j_nodes.csv": write_csv(
            target / "neo4j_nodes.csv", ("id:ID", "label", "en", "zh", "mentions:int", ":LABEL"), nodes, encoding="utf-8"
        ),
        "neo4j_relationships.csv": write_csv(
            target / "neo4j_relationships.csv",
            (":START_ID", ":END_ID", ":TYPE", "id", "score:double", "date", "title", "modality", "document", "page:int",
             "evidence"),
            edges, encoding="utf-8",
        ),
    }  # fmt: skip


def _edges(loaded: Loaded) -> list[Relation]:
    return [r for r in loaded.relations if r.subject in loaded.entities and r.object in loaded.entities]


def _graphml(loaded: Loaded, edges: list[Relation]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for prefix, owner, keys in (("n", "node", _NODE), ("e", "edge", _EDGE)):
        for name, kind in keys.items():
            yield f'<key id="{prefix}_{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>'
    yield '<graph id="run" edgedefault="directed">'
    for e in loaded.entities.values():
        yield f"<node id={quoteattr(e.id)}>{_data('n', _node(loaded, e))}</node>"
    for r in edges:
        ends = f"source={quoteattr(r.subject)} target={quoteattr(r.object)}"
        yield f"<edge id={quoteattr(r.id)} {ends}>{_data('e', _edge(loaded, r))}</edge>"
    yield "</graph>"
    yield "</graphml>"


def _node(loaded: Loaded, e: Entity) -> dict[str, object]:
    values = (loaded.label(e.id), e.type, e.en, e.zh, e.mentions, str(e.gazetteer).lower())
    return dict(zip(_NODE, values, strict=True))


def _edge(loaded: Loaded, r: Relation) -> dict[str, object]:
    q = r.qualifiers
    values = (
        r.type,
        loaded.documents[r.document].path,
        r.page,
        r.evidence,
        r.method,
        r.score,
        q.date,
        q.title,
        q.modality,
    )
    return dict(zip(_EDGE, values, strict=True))


def _data(prefix: str, values: dict[str, object]) -> str:
    return "".join(
        f'<data key="{prefix}_{name}">{escape(xml_text(str(value)))}</data>'
        for name, value in values.items()
        if value is not None
    )
