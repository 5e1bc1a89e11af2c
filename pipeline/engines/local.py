"""Documents worked on in this process, or in local worker processes of which any may die or hang.

A worker that dies, or that takes longer on a document than the time limit, costs that document only:
it is recorded as failed and a new worker takes the next one. Workers keep each finished document
themselves; only figures travel back.
"""

import contextlib
import hashlib
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess

from pipeline.inputs import Input
from pipeline.parse import failed
from pipeline.records import Parsed, Record
from pipeline.run import RunFolder
from pipeline.settings import Limits, Settings
from pipeline.work import Pipeline, Worked


class Task(Record, frozen=True, kw_only=True):
    """A document to work on, and the keys under which its result and its parsed form are kept."""

    key: str
    parsed: str
    file: Input


Done = tuple[Task, dict[str, float]]
"""A finished task and its seconds by stage."""


def work_all(
    tasks: Sequence[Task], tools: Pipeline, folder: RunFolder, workers: int, limits: Limits | None
) -> Iterator[Done]:
    """Work on documents, keep each in the run's folder, and yield it when done, in any order.

    Args:
        tasks: what to do; large files first is best.
        tools: this process's tools; their settings go to the workers.
        folder: where finished documents are kept.
        workers: processes.
        limits: time and memory a document; None works in this process, without limits.
    """
    if limits is None:
        for task in tasks:
            tools.seconds.clear()
            work_one(task, tools, folder)
            yield task, dict(tools.seconds)
        return
    yield from _Pool(tools.settings, folder, min(workers, len(tasks)), limits).run(tasks)


def work_one(task: Task, tools: Pipeline, folder: RunFolder) -> Worked:
    """Work on one file and keep the result; whatever is wrong with the file ends up in its record."""
    worked = _worked(task, tools, folder)
    folder.keep(task.key, worked)
    return worked


def _worked(task: Task, tools: Pipeline, folder: RunFolder) -> Worked:
    file = task.file
    try:
        data = file.file.read_bytes()
    except OSError as problem:
        return unworked(_unreadable(file, problem.strerror or "unknown error"))
    try:
        parsed = folder.kept(task.parsed, Parsed)
        if parsed is None:
            parsed = tools.parse(data, file.path)
            folder.keep(task.parsed, parsed)
        return tools.understand(parsed)
    except MemoryError:
        return unworked(_failed(data, file, "limit", "the file needs more memory than a worker may take"))
    except OSError:  # the run's folder cannot be written: not the document's fault
        raise
    except Exception as problem:
        if os.environ.get("ZHEN_DEBUG"):
            raise
        message = (
            f"a fault of the program ({type(problem).__name__}); please report it; ZHEN_DEBUG=1 shows where"
        )
        return unworked(_failed(data, file, "internal", message))


def unworked(parsed: Parsed) -> Worked:
    """Return the result of a document that could not be worked on."""
    return Worked(document=parsed.document, pages=[], tables=[], mentions=[], entities=[], relations=[])


def _unreadable(file: Input, why: str) -> Parsed:
    digest = hashlib.sha256(f"unreadable:{file.path}".encode()).hexdigest()
    return failed(digest, file.path, "unreadable", f"cannot be opened: {why}")


def _failed(data: bytes, file: Input, code: str, message: str) -> Parsed:
    return failed(hashlib.sha256(data).hexdigest(), file.path, code, message)


class _Worker:
    """A worker process, the pipe to it and what it is doing."""

    def __init__(self, context: SpawnContext, settings: Settings, folder: RunFolder, limits: Limits) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, settings, folder, limits), daemon=True
        )
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.since = 0.0

    def give(self, task: Task) -> None:
        self.task, self.since = task, time.monotonic()
        self.pipe.send(task)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Pool:
    def __init__(self, settings: Settings, folder: RunFolder, workers: int, limits: Limits) -> None:
        self.settings, self.folder, self.limits = settings, folder, limits
        self.count = workers
        self.context = multiprocessing.get_context("spawn")
        self.workers: list[_Worker] = []

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        waiting = list(reversed(tasks))
        try:
            while waiting or any(w.task for w in self.workers):
                self._supply(waiting)
                yield from self._collect()
        finally:
            for worker in self.workers:
                worker.stop()

    def _supply(self, waiting: list[Task]) -> None:
        while waiting and len(self.workers) < self.count:
            self.workers.append(_Worker(self.context, self.settings, self.folder, self.limits))
        for worker in self.workers:
            if waiting and worker.task is None:
                with contextlib.suppress(OSError):  # a worker that died idle is replaced by _collect
                    worker.give(waiting.pop())

    def _collect(self) -> Iterator[Done]:
        busy = [w for w in self.workers if w.task is not None]
        first = min((w.since for w in busy), default=time.monotonic())
        left = max(0.0, first + self.limits.seconds - time.monotonic())
        ready = set(wait([w.pipe for w in busy], timeout=min(left, 5.0)))
        for worker in busy:
            assert worker.task is not None
            if worker.pipe in ready:
                try:
                    seconds: dict[str, float] = worker.pipe.recv()
                except (EOFError, OSError):
                    yield self._lost(
                        worker,
                        "crashed",
                        "the parser died on this file; the other documents are not affected",
                    )
                    continue
                task, worker.task = worker.task, None
                yield task, seconds
            elif time.monotonic() - worker.since > self.limits.seconds:
                message = f"took longer than {self.limits.seconds:g} seconds; raise --timeout to give it more"
                yield self._lost(worker, "limit", message)

    def _lost(self, worker: _Worker, code: str, message: str) -> Done:
        """Record the document of a worker that is gone or must go, and remove the worker."""
        assert worker.task is not None
        task = worker.task
        worker.stop()
        self.workers.remove(worker)
        try:
            data = task.file.file.read_bytes()
            parsed = _failed(data, task.file, code, message)
        except OSError as problem:
            parsed = _unreadable(task.file, problem.strerror or "unknown error")
        self.folder.keep(task.key, unworked(parsed))
        return task, {}


def _serve(pipe: Connection, settings: Settings, folder: RunFolder, limits: Limits) -> None:
    """Work on what comes through the pipe until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if limits.memory:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory << 20, limits.memory << 20))
    tools = Pipeline(settings)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            task: Task = pipe.recv()
            tools.seconds.clear()
            work_one(task, tools, folder)
            pipe.send(dict(tools.seconds))
