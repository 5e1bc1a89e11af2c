"""The whole program: files in, records out.

Each document is worked on alone (parse, segment, match, align, relate) and kept under a key made of
its bytes, the gazetteers, the settings and the program; then the entities of all documents are
resolved and everything is written in sorted order. Where nothing has changed, nothing is done.
"""

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import pipeline
from pipeline.emit.jsonl import write_json
from pipeline.engines.local import Done, work_all
from pipeline.engines.task import Task
from pipeline.fingerprint import fingerprint
from pipeline.inputs import Input, collect, digest_of
from pipeline.match.entries import GazetteerError
from pipeline.records import CONTRACT
from pipeline.relate.source import patterns_path
from pipeline.rerun import remember, unchanged, written_files
from pipeline.results import Run, in_temporary_folder
from pipeline.run import FolderError, RunFolder, RunSummary
from pipeline.settings import Limits, Settings
from pipeline.store import Store
from pipeline.tools import Tools

_MOST_ROUNDS = 3
"""How often a result that cannot be read back is made again."""

if TYPE_CHECKING:
    from pipeline.gather import Written

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all and the path of the one just done."""

Engine = Callable[[Sequence[Task], Tools, RunFolder, int, Limits | None], Iterable[Done]]
"""Works on documents, keeps each result in the run's folder and yields each document when it is done; an iterator with
``close`` is closed when the run ends early."""


def ingest(
    paths: Sequence[str],
    out: str | Path | None = None,
    *,
    settings: Settings | None = None,
    workers: int = 1,
    limits: Limits | None = None,
    report: bool | None = None,
    progress: Progress | None = None,
    engine: Engine = work_all,
    store: Store | None = None,
) -> Run:
    """Ingest files and folders, and return what they name.

    Args:
        paths: files, or folders to be walked.
        out: the output folder; made when missing. None: a temporary one, which goes with the returned run.
        settings: what to find and how; the defaults suit most.
        workers: processes to work in; the output does not depend on it.
        limits: time and memory a document, worked on in a process that may die; None works in this
            process, without limits (the default for one worker).
        report: whether to write report.html; None: where ``out`` is given.
        progress: told about each finished document.
        engine: where documents are worked on: local processes, or ``pipeline.engines.ray.RayEngine()``.
        store: where finished results of documents are kept, when not in ``out``: see ``pipeline.store``.

    Raises:
        UsageError: a path does not exist, there is no input, ``out`` is no zhen run, or a model cannot be loaded.
        GazetteerError: a gazetteer cannot be read.
        FolderError: ``out`` is locked or cannot be written.
        ProgramFault: the program cannot work here at all, whatever the documents.
    """
    if out is None:
        return in_temporary_folder(
            lambda folder: ingest(
                paths, folder, settings=settings, workers=workers, limits=limits, report=bool(report), progress=progress,
                engine=engine, store=store,
            )
        )  # fmt: skip
    begin = time.perf_counter()
    settings = settings or Settings()
    folder = RunFolder(Path(out), store)
    inputs = collect(paths, folder.path)
    tools = Tools(settings)
    models = tools.models()
    version = tools.gazetteer.version if tools.gazetteer is not None else "none"
    spent: dict[str, float] = {}
    with folder.locked():
        if workers > 1 and limits is None:
            limits = Limits()
        files, copies = _unique(inputs.files)
        patterns = hashlib.sha256(patterns_path().read_bytes()).hexdigest()
        known = version + tools.decisions.fingerprint + patterns + "".join(models)
        tasks = {d: _task(d, file, known, settings, limits) for d, file in files.items()}
        there = folder.keys()
        again = {task.passing + "u" for task in tasks.values()} & there
        folder.forget(again)  # what could not be read is tried again
        there -= again
        missing = [task for task in tasks.values() if there.isdisjoint(task.keys)]
        ordered = sorted(tasks.values(), key=lambda task: task.file.path)

        def made_of(there: Set[str]) -> str:
            """Return a digest of all that decides the output: the keys stand for gazetteers, settings and program."""
            kept = (next((key for key in task.keys if key in there), "") for task in ordered)
            of = [(t.file.path, key, copies.get(t.digest)) for t, key in zip(ordered, kept, strict=True)]
            return _digest(
                fingerprint(), CONTRACT, str(report), repr(inputs.skipped), repr(of), *settings.passwords
            )

        summary = RunSummary(
            contract=CONTRACT,
            program=pipeline.__version__,
            gazetteers=None if version == "none" else version,
            settings=_shown(settings, workers, models),
            counts={},
            entities={},
            skipped=inputs.skipped,
            seconds={},
        )
        if not missing and (last := unchanged(folder, made_of(there))) is not None:
            spent["total"] = time.perf_counter() - begin
            summary = msgspec.structs.replace(
                summary, counts=last.counts, entities=last.entities, seconds=_rounded(spent)
            )
            with folder.writing():
                write_json(folder.path / "run.json", summary, folder.scratch)
            return Run(folder.path)
        worked: set[str] = set()
        for _ in range(_MOST_ROUNDS):
            missing.sort(key=lambda task: (-_size(task.file), task.file.path))
            with contextlib.ExitStack() as stack:
                found = iter(engine(missing, tools, folder, workers, limits))
                if (close := getattr(found, "close", None)) is not None:
                    stack.callback(close)
                check_patterns()  # before anything is written, and while workers start
                write_files = _writer()
                for done, (task, seconds) in enumerate(found, 1):
                    worked.add(task.digest)
                    _add(spent, seconds)
                    if progress is not None:
                        progress(done, len(missing), task.file.path)
            with folder.writing():
                written = write_files(folder, ordered, copies, tools)
            _add(spent, written.seconds)
            missing = written.lost
            if not missing:
                break
        else:
            raise FolderError(f"{folder.path}: what is written there cannot be read back")
        started = time.perf_counter()
        with folder.writing():
            if report is not False:
                from pipeline.emit.report import write_report

                write_report(
                    folder.new,
                    folder.new / "report.html",
                    folder.scratch,
                    {task.digest[:16]: task.file.file for task in ordered},
                    passwords=settings.passwords,
                    skipped=inputs.skipped,
                    workers=workers,
                )
            outputs = written_files(folder)
        _forget(folder, ordered)
        _add(spent, {"emit": time.perf_counter() - started})
        spent["total"] = time.perf_counter() - begin
        summary = msgspec.structs.replace(
            summary,
            counts=written.counts,
            entities=written.entities,
            seconds=_rounded(spent),
            worked=len(worked),
        )
        with folder.writing():
            write_json(folder.new / "run.json", summary, folder.scratch)
        folder.publish()
        with folder.writing():
            remember(folder, made_of(folder.keys()), outputs, summary)
    return Run(folder.path)


def _forget(folder: RunFolder, tasks: Sequence[Task]) -> None:
    """Remove what this run does not need: of a store that others use too, only parts of its own documents."""
    there = folder.keys()
    if folder.store.shared:
        parsed = {task.parsed for task in tasks}
        folder.forget(key for key in there if "." in key and key.partition(".")[0] in parsed)
    else:
        folder.forget(there - {key for task in tasks for key in (*task.keys, task.parsed)})


def check_patterns() -> None:
    """Read the relation patterns now: a fault in them must show before anything is written.

    Raises:
        GazetteerError: relations.yaml cannot be read.
    """
    from pipeline.relate.patterns import PatternError, load_patterns

    try:
        load_patterns()
    except PatternError as problem:
        raise GazetteerError(str(problem)) from None


def _writer() -> Callable[[RunFolder, Sequence[Task], Mapping[str, Sequence[str]], Tools], "Written"]:
    """Return what writes the files, with what it needs: loaded while workers start, and not where nothing is to do."""
    from pipeline.gather import write_files
    from pipeline.names.short import alignment
    from pipeline.ordinary import ordinary

    ordinary(""), alignment("部", "部")  # have the dictionaries of both languages read
    return write_files


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
    return _digest(fingerprint(), CONTRACT, digest, path, settings.ocr, settings.parser, *settings.passwords)


def _digest(*parts: str) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _add(spent: dict[str, float], more: Mapping[str, float]) -> None:
    for stage, seconds in more.items():
        spent[stage] = spent.get(stage, 0.0) + seconds


def _rounded(spent: Mapping[str, float]) -> dict[str, float]:
    return {stage: round(seconds, 3) for stage, seconds in spent.items()}


def _shown(settings: Settings, workers: int, models: list[str]) -> dict[str, bool | int | str | list[str]]:
    return {
        "gazetteer": settings.gazetteer,
        "gazetteers": [str(g) for g in settings.gazetteers],
        "model": settings.model,
        "models": models,
        "parser": settings.parser,
        "passwords": len(settings.passwords),
        "workers": workers,
    }
