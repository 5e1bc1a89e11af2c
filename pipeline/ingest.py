"""The whole program: files in, records out.

Each document is worked on alone (parse, segment, match, align, relate) and kept under a key made of
its bytes, the gazetteers, the settings and the program; then the entities of all documents are
resolved and everything is written in sorted order.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

import pipeline
from pipeline.align.properties import with_properties
from pipeline.align.resolve import Resolved, resolve
from pipeline.emit.jsonl import write_json, write_lines
from pipeline.emit.report import write_report
from pipeline.engines.local import work_all
from pipeline.engines.task import Task
from pipeline.fingerprint import fingerprint
from pipeline.inputs import Input, collect, digest_of
from pipeline.match.entries import GazetteerError
from pipeline.records import CONTRACT, Mention, Relation
from pipeline.relate.patterns import PatternError, load_patterns, patterns_path
from pipeline.run import FolderError, RunFolder, RunSummary
from pipeline.settings import Limits, Settings
from pipeline.work import Pipeline, Worked

_MOST_ROUNDS = 3
"""How often a result that cannot be read back is made again."""

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all and the path of the one just done."""


def ingest(
    paths: Sequence[str],
    out: str | Path,
    *,
    settings: Settings | None = None,
    workers: int = 1,
    limits: Limits | None = None,
    report: bool = True,
    progress: Progress | None = None,
) -> RunSummary:
    """Ingest files and folders into an output folder.

    Args:
        paths: files, or folders to be walked.
        out: the output folder; made when missing.
        settings: what to find and how; the defaults suit most.
        workers: processes to work in; the output does not depend on it.
        limits: time and memory a document, worked on in a process that may die; None works in this
            process, without limits (the default for one worker).
        report: whether to write report.html.
        progress: told about each finished document.

    Raises:
        UsageError: a path does not exist, there is no input, or ``out`` is no zhen run.
        GazetteerError: a gazetteer cannot be read.
        FolderError: ``out`` is locked or cannot be written.
        ProgramFault: the program cannot work here at all, whatever the documents.
    """
    begin = time.perf_counter()
    settings = settings or Settings()
    folder = RunFolder(Path(out))
    inputs = collect(paths, folder.path)
    tools = Pipeline(settings)
    check_patterns()
    version = tools.gazetteer.version if tools.gazetteer is not None else "none"
    spent: dict[str, float] = {}
    with folder.locked():
        if workers > 1 and limits is None:
            limits = Limits()
        folder.forget(lambda key: key.endswith("u"))  # what could not be read is tried again
        files, copies = _unique(inputs.files)
        patterns = hashlib.sha256(patterns_path().read_bytes()).hexdigest()
        known = version + tools.decisions.fingerprint + patterns
        tasks = {d: _task(d, file, known, settings, limits) for d, file in files.items()}
        missing = [task for task in tasks.values() if not any(map(folder.has, task.keys))]
        finished: list[Worked] = []
        for _ in range(_MOST_ROUNDS):
            missing.sort(key=lambda task: (-_size(task.file), task.file.path))
            for done, (task, seconds) in enumerate(work_all(missing, tools, folder, workers, limits), 1):
                for stage, more in seconds.items():
                    spent[stage] = spent.get(stage, 0.0) + more
                if progress is not None:
                    progress(done, len(missing), task.file.path)
            finished, missing = _collected(folder, tasks, copies)
            if not missing:
                break
        else:
            raise FolderError(f"{folder.path}: what is written there cannot be read back")
        started = time.perf_counter()
        resolved = resolve(
            [(w.document.id, w.entities, w.mentions) for w in finished], tools.gazetteer, tools.decisions
        )
        entities = with_properties(
            resolved.entities, [(k, w.properties) for k, w in zip(resolved.keys, finished, strict=True)]
        )
        resolved = msgspec.structs.replace(resolved, entities=entities)
        spent["resolve"] = time.perf_counter() - started
        started = time.perf_counter()
        with folder.writing():
            counts = _write(folder, finished, resolved)
            if report:
                write_report(
                    folder.new,
                    folder.new / "report.html",
                    folder.scratch,
                    {
                        w.document.id: tasks[w.document.sha256].file.file
                        for w in finished
                        if w.document.sha256 in tasks
                    },
                    passwords=settings.passwords,
                    skipped=inputs.skipped,
                )
        wanted = {key for task in tasks.values() for key in (*task.keys, task.parsed)}
        folder.forget(lambda key: key not in wanted)
        spent["emit"] = time.perf_counter() - started
        spent["total"] = time.perf_counter() - begin
        summary = RunSummary(
            contract=CONTRACT,
            program=pipeline.__version__,
            gazetteers=None if version == "none" else version,
            settings=_shown(settings, workers),
            counts=counts,
            entities=dict(sorted(Counter(e.type for e in resolved.entities).items())),
            skipped=inputs.skipped,
            seconds={stage: round(seconds, 3) for stage, seconds in spent.items()},
        )
        with folder.writing():
            write_json(folder.new / "run.json", summary, folder.scratch)
        folder.publish()
    return summary


def check_patterns() -> None:
    """Read the relation patterns now: a fault in them must show before anything is written.

    Raises:
        GazetteerError: relations.yaml cannot be read.
    """
    try:
        load_patterns()
    except PatternError as problem:
        raise GazetteerError(str(problem)) from None


def _size(file: Input) -> int:
    try:
        return file.file.stat().st_size
    except OSError:
        return 0


def _unique(files: Sequence[Input]) -> tuple[dict[str, Input], dict[str, list[str]]]:
    """Return the first file of each content, by digest, and the paths of its copies."""
    unique: dict[str, Input] = {}
    copies: dict[str, list[str]] = {}
    for file in files:
        try:
            digest = digest_of(file.file)
        except OSError:
            digest = hashlib.sha256(f"unreadable:{file.path}".encode()).hexdigest()
        if digest in unique:
            copies.setdefault(digest, []).append(file.path)
        else:
            unique[digest] = file
    return unique, copies


def _task(digest: str, file: Input, known: str, settings: Settings, limits: Limits | None) -> Task:
    """Return what is to be done with a file, and under which keys it is kept.

    ``known`` stands for the gazetteers, decisions and relation patterns of the run.
    """
    parsed = _parsed_key(digest, file.path, settings)
    key = _digest(parsed, known, str(settings.model))
    return Task(digest=digest, key=key, parsed=parsed, passing=_digest(key, repr(limits)), file=file)


def _parsed_key(digest: str, path: str, settings: Settings) -> str:
    """Return the key under which a parsed document is kept: what matters before names are looked for."""
    return _digest(fingerprint(), CONTRACT, digest, path, settings.ocr, *settings.passwords)


def _digest(*parts: str) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _collected(
    folder: RunFolder, tasks: dict[str, Task], copies: dict[str, list[str]]
) -> tuple[list[Worked], list[Task]]:
    """Return the finished documents in the order of their paths, and the tasks whose result cannot be read back."""
    found: list[Worked] = []
    lost: list[Task] = []
    for digest in sorted(tasks, key=lambda d: tasks[d].file.path):
        kept = (folder.kept(key, Worked) for key in tasks[digest].keys)
        worked = next((w for w in kept if w is not None), None)
        if worked is None:
            lost.append(tasks[digest])
            continue
        if digest in copies:
            document = msgspec.structs.replace(worked.document, copies=sorted(copies[digest]))
            worked = msgspec.structs.replace(worked, document=document)
        found.append(worked)
    return found, lost


def _write(folder: RunFolder, finished: list[Worked], resolved: Resolved) -> dict[str, int]:
    """Write the line files and return how many lines each has."""
    by_id = sorted(range(len(finished)), key=lambda i: finished[i].document.id)

    def mentions() -> Iterator[Mention]:
        for i in by_id:
            keys = resolved.keys[i]
            for m in sorted(finished[i].mentions, key=lambda m: (m.page, m.start, m.end)):
                yield msgspec.structs.replace(m, entity=keys[m.entity])

    def relations() -> Iterator[Relation]:
        for i in by_id:
            yield from _relations(finished[i], resolved.keys[i])

    def write(name: str, records: Iterator[msgspec.Struct]) -> int:
        return write_lines(folder.new / f"{name}.jsonl", records, folder.scratch)  # type: ignore[arg-type]

    return {
        "documents": write("documents", (w.document for w in finished)),
        "failed": sum(w.document.status == "failed" for w in finished),
        "partial": sum(w.document.status == "partial" for w in finished),
        "pages": write("pages", (p for i in by_id for p in finished[i].pages)),
        "tables": write("tables", (t for i in by_id for t in finished[i].tables)),
        "mentions": write("mentions", mentions()),
        "entities": write("entities", iter(resolved.entities)),
        "relations": write("relations", relations()),
    }


def _relations(worked: Worked, keys: dict[str, str]) -> list[Relation]:
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
            found[name] = msgspec.structs.replace(relation, id=name, subject=subject, object=target)
    return sorted(found.values(), key=lambda r: (r.page, r.start, r.id))


def _shown(settings: Settings, workers: int) -> dict[str, bool | int | list[str]]:
    return {
        "gazetteer": settings.gazetteer,
        "gazetteers": [str(g) for g in settings.gazetteers],
        "model": settings.model,
        "passwords": len(settings.passwords),
        "workers": workers,
    }
