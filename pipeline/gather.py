"""The kept results of a run's documents become the run's files; one document at a time is in memory."""

import contextlib
import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from pipeline.emit.jsonl import LineWriter, write_lines
from pipeline.engines.task import Task
from pipeline.merge import Merge
from pipeline.records import Document, Record, Relation
from pipeline.relate.relation import statement_key
from pipeline.run import RunFolder
from pipeline.tools import Tools
from pipeline.work import Worked


class Written(Record, frozen=True, kw_only=True):
    """What was written, or which results could not be read back."""

    lost: list[Task]
    """Nothing else holds when there are any."""
    counts: dict[str, int]
    """Lines of each file, and documents that failed or are partial."""
    entities: dict[str, int]
    """Entities by type."""
    seconds: dict[str, float]


def write_files(
    folder: RunFolder, tasks: Sequence[Task], copies: Mapping[str, Sequence[str]], tools: Tools
) -> Written:
    """Resolve the entities of all documents and write the line files.

    Args:
        folder: where finished documents are kept and the files go.
        tasks: the documents, sorted by path.
        copies: further paths of documents, by digest.
        tools: the gazetteers and decisions of the run.
    """
    begin = time.perf_counter()
    lost: list[Task] = []
    status: Counter[str] = Counter()
    with Merge(folder.scratch, tools.decisions, folder.path / "entities.jsonl") as merge:

        def documents() -> Iterator[Document]:
            for task in tasks:
                worked = _kept(folder, task)
                if worked is None:
                    lost.append(task)
                    continue
                merge.add(worked.document.id, worked.entities, worked.mentions, worked.properties)
                status[worked.document.status] += 1
                document = worked.document
                if task.digest in copies:
                    document = msgspec.structs.replace(document, copies=sorted(copies[task.digest]))
                yield document

        count = write_lines(folder.new / "documents.jsonl", documents(), folder.scratch)
        if not lost:
            merge.settle(tools.gazetteer)
        settled = time.perf_counter()
        lines = _write_lines(folder, tasks, merge, lost) if not lost else {}
        return Written(
            lost=lost,
            counts={"documents": count, "failed": status["failed"], "partial": status["partial"], **lines},
            entities=dict(sorted(merge.types.items())),
            seconds={"resolve": settled - begin, "emit": time.perf_counter() - settled},
        )


def _kept(folder: RunFolder, task: Task) -> Worked | None:
    for key in task.keys:
        worked = folder.kept(key, Worked)
        if worked is not None:
            return worked
    return None


def _write_lines(folder: RunFolder, tasks: Sequence[Task], merge: Merge, lost: list[Task]) -> dict[str, int]:
    """Write all line files but the documents', sorted by document; return how many lines each has."""
    with contextlib.ExitStack() as stack:
        files = {
            name: LineWriter(folder.new / f"{name}.jsonl", folder.scratch)
            for name in ("pages", "tables", "mentions", "entities", "relations")
        }
        for file in files.values():
            stack.callback(file.abandon)
        for place in sorted(range(len(tasks)), key=lambda i: tasks[i].digest):
            worked = _kept(folder, tasks[place])
            if worked is None:
                lost.append(tasks[place])
                continue
            keys = merge.keys(place)
            for page in worked.pages:
                files["pages"].write(page)
            for table in worked.tables:
                files["tables"].write(table)
            for mention in sorted(worked.mentions, key=lambda m: (m.page, m.start, m.end)):
                files["mentions"].write(msgspec.structs.replace(mention, entity=keys[mention.entity]))
            for relation in _relations(worked, keys):
                files["relations"].write(relation)
        for entity in merge.entities():
            files["entities"].write(entity)
        for file in files.values():
            file.close()
    return {name: file.count for name, file in files.items()}


def _relations(worked: Worked, keys: Mapping[str, str]) -> list[Relation]:
    """Return a document's relations with final entities and ids, each once, sorted."""
    found: dict[str, Relation] = {}
    for relation in worked.relations:
        subject, target = keys[relation.subject], keys[relation.object]
        parts = (relation.document, relation.type, subject, target, relation.start, relation.end)
        digest = hashlib.sha256(
            "\0".join(map(str, (*parts, relation.page, relation.qualifiers.title or ""))).encode()
        )
        name = digest.hexdigest()[:12]
        if subject != target and name not in found:
            found[name] = msgspec.structs.replace(
                relation,
                id=name,
                subject=subject,
                object=target,
                statement=statement_key(relation.type, subject, target),
            )
    return sorted(found.values(), key=lambda r: (r.page, r.start, r.id))
