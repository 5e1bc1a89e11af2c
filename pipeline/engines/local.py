"""Documents worked on in this process, or in local worker processes of which any may die or hang.

A worker that dies twice on a document, or takes longer on it than the time limit, costs that document
only: it is recorded as failed and a new worker takes the next one. Workers that cannot even start, or
die on a plain sentence, are a fault of the program and end the run. Workers keep each finished document
themselves; only figures travel back.
"""

import contextlib
import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess

from pipeline.engines.task import NO_MEMORY, Task, fail, prove, work_one
from pipeline.run import FolderError, ProgramFault, RunFolder
from pipeline.settings import Limits, Settings
from pipeline.work import Pipeline

_START_SECONDS = 600.0
"""How long a worker may take to start; more is a hang."""
_MOST_STARTS = 3
"""Workers in a row that may die while they start."""
_PR_SET_PDEATHSIG = 1
_EXIT_MEMORY = 77
"""How a worker ends that has not even the memory to say so."""


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

    Raises:
        FolderError: a result cannot be kept.
        ProgramFault: workers do not start, or even a plain sentence cannot be worked on.
    """
    if limits is None:
        for task in tasks:
            tools.seconds.clear()
            work_one(task, tools, folder)
            yield task, dict(tools.seconds)
        return
    yield from _Pool(tools.settings, folder, min(workers, len(tasks)), limits).run(tasks)


class _Worker:
    """A worker process, the pipe to it and what it is doing."""

    def __init__(
        self, context: SpawnContext, settings: Settings, folder: RunFolder, limits: Limits, proving: bool
    ) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, settings, folder, limits, proving), daemon=True
        )
        # Ctrl-C and kill reach a terminal's or service's whole group; only the parent answers, and ends its workers.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self.ready = False
        self.task: Task | None = None
        self.since = time.monotonic()

    def give(self, task: Task) -> None:
        self.pipe.send(task)
        self.task, self.since = task, time.monotonic()

    def stop(self, patience: float = 0.0) -> int | None:
        """End the process, after so many seconds at most, and return its exit code."""
        self.process.join(patience)
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode


class _Pool:
    def __init__(self, settings: Settings, folder: RunFolder, workers: int, limits: Limits) -> None:
        self.settings, self.folder, self.limits = settings, folder, limits
        self.count = workers
        self.context = multiprocessing.get_context("spawn")
        self.workers: list[_Worker] = []
        self.waiting: list[Task] = []
        self.retried: set[str] = set()
        self.stillborn = 0
        self.doubtful = False
        """A worker died before any document was finished: new ones prove themselves first."""
        self.proven = False

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        self.waiting = list(reversed(tasks))
        try:
            while self.waiting or any(w.task for w in self.workers):
                self._supply()
                yield from self._collect()
        finally:
            for worker in self.workers:
                worker.stop()

    def _supply(self) -> None:
        wanted = min(self.count, len(self.waiting) + sum(w.task is not None for w in self.workers))
        while len(self.workers) < wanted:
            proving = self.doubtful and not self.proven
            self.workers.append(_Worker(self.context, self.settings, self.folder, self.limits, proving))
        for worker in self.workers:
            if self.waiting and worker.ready and worker.task is None:
                with contextlib.suppress(OSError):  # one that died idle: _collect sees it
                    worker.give(self.waiting[-1])
                    self.waiting.pop()

    def _left(self, worker: _Worker) -> float:
        """Return the seconds that a worker still has."""
        if worker.ready and worker.task is None:
            return 60.0
        allowed = self.limits.seconds if worker.ready else _START_SECONDS
        return worker.since + allowed - time.monotonic()

    def _collect(self) -> Iterator[Done]:
        left = min(map(self._left, self.workers))
        ready = set(wait([w.pipe for w in self.workers], timeout=max(0.0, min(left, 5.0))))
        for worker in list(self.workers):
            if worker.pipe in ready:
                try:
                    kind, what = worker.pipe.recv()
                except (EOFError, OSError):
                    yield from self._died(worker)
                    continue
                if kind == "folder":
                    raise FolderError(what)
                if kind == "fault":
                    raise ProgramFault(what)
                task, worker.task, worker.ready = worker.task, None, True
                self.stillborn = 0
                if task is not None:
                    self.proven = True
                    yield task, what
            elif self._left(worker) < 0:
                task = worker.task
                self._remove(worker)
                if task is None:
                    raise ProgramFault(f"a worker process did not start in {_START_SECONDS:g} seconds")
                message = f"took longer than {self.limits.seconds:g} seconds; raise --timeout to give it more"
                fail(task, self.folder, "limit", message)
                yield task, {}

    def _died(self, worker: _Worker) -> Iterator[Done]:
        """Give the document of a dead worker to another one, once; then it is the document's fault."""
        task = worker.task
        code = self._remove(worker, patience=5.0)
        if not worker.ready:
            self.stillborn += 1
            if self.stillborn >= _MOST_STARTS:
                raise ProgramFault(
                    f"{self.stillborn} worker processes died while they started (exit code {code}); "
                    "give them more memory with --memory, or --memory 0 for no limit"
                )
        if task is None:
            return
        if code == _EXIT_MEMORY:
            fail(task, self.folder, "limit", NO_MEMORY)
            yield task, {}
            return
        self.doubtful = True
        if task.key not in self.retried:
            self.retried.add(task.key)
            self.waiting.append(task)
            return
        fail(
            task, self.folder, "crashed", "the parser died on this file; the other documents are not affected"
        )
        yield task, {}

    def _remove(self, worker: _Worker, patience: float = 0.0) -> int | None:
        self.workers.remove(worker)
        return worker.stop(patience)


def _serve(pipe: Connection, settings: Settings, folder: RunFolder, limits: Limits, proving: bool) -> None:
    """Work on what comes through the pipe until it closes."""
    if sys.platform == "linux":  # the workers of a run that was killed end too, and do not write on
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if limits.memory:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory << 20, limits.memory << 20))
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            tools = Pipeline(settings)
            if proving:
                prove(tools)
            pipe.send(("ready", {}))
            while True:
                task: Task = pipe.recv()
                tools.seconds.clear()
                work_one(task, tools, folder)
                pipe.send(("done", dict(tools.seconds)))
        except FolderError as problem:
            pipe.send(("folder", str(problem)))
        except ProgramFault as problem:
            pipe.send(("fault", str(problem)))
        except MemoryError:
            os._exit(_EXIT_MEMORY)
