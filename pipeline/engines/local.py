"""Documents worked on in this process, or in local worker processes of which any may die or hang.

A worker that dies twice on a document, or takes longer on it than the time limit, costs that document
only: it is recorded as failed and a new worker takes the next one. Workers that cannot even start, or
die on a plain sentence, are a fault of the program and end the run. Workers keep each finished document
themselves; only figures travel back.
"""

import contextlib
import ctypes
import gc
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from pipeline.engines.pieces import Piece, Plan
from pipeline.engines.task import NO_MEMORY, Task, fail
from pipeline.run import FolderError, ProgramFault, RunFolder
from pipeline.settings import Limits, Settings
from pipeline.tools import Tools

_START_SECONDS = 600.0
"""How long a worker may take to start; more is a hang."""
_MOST_STARTS = 3
"""Workers in a row that may die while they start."""
_PR_SET_PDEATHSIG = 1
_COLLECT = 50_000
"""Objects made since the last time after which garbage is collected; records are many, and hold no cycles."""
EXIT_MEMORY = 77
"""How a worker ends that has not even the memory to say so."""
CRASHED = "the parser died on this file; the other documents are not affected"


Done = tuple[Task, dict[str, float]]
"""A finished task and its seconds by stage."""


def work_all(
    tasks: Sequence[Task], tools: Tools, folder: RunFolder, workers: int, limits: Limits | None
) -> Iterator[Done]:
    """Work on documents, keep each in the run's folder, and yield it when done, in any order.

    Worker processes start at once, before the first document is asked for: the caller may load meanwhile what
    it needs itself. They end when the last document was taken or the iterator is closed.

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
        return _work_here(tasks, tools, folder)
    return _Pool(tasks, tools.settings, folder, workers, limits)


def _work_here(tasks: Sequence[Task], tools: Tools, folder: RunFolder) -> Iterator[Done]:
    """Work on documents in this process."""
    from pipeline.engines.task import work_one
    from pipeline.work import Pipeline

    pipeline = Pipeline.of(tools)
    for task in tasks:
        pipeline.seconds.clear()
        work_one(task, pipeline, folder)
        yield task, dict(pipeline.seconds)


class Worker:
    """A worker process, the pipe to it and what it is doing.

    Args:
        settings: of the run.
        folder: where results are kept.
        limits: time and memory that a piece may take.
        share: whether it may hand back parts of long documents for others.
        proving: whether it first works on a plain sentence.
    """

    def __init__(
        self, settings: Settings, folder: RunFolder, limits: Limits, *, share: bool, proving: bool = False
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, settings, folder, limits, share, proving), daemon=True
        )
        # Ctrl-C and kill reach a terminal's or service's whole group; only the parent answers, and ends its workers.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self.ready = False
        self.piece: Piece | None = None
        self.since = time.monotonic()

    def give(self, piece: Piece) -> None:
        """Have it work on a piece."""
        self.pipe.send(piece)
        self.piece, self.since = piece, time.monotonic()

    def left(self, limits: Limits) -> float:
        """Return the seconds that it still has."""
        if self.ready and self.piece is None:
            return 60.0
        allowed = limits.seconds if self.ready else _START_SECONDS
        return self.since + allowed - time.monotonic()

    def stop(self, patience: float = 0.0) -> int | None:
        """End the process, after so many seconds at most, and return its exit code."""
        self.process.join(patience)
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode


class _Pool(Iterator[Done]):
    """Worker processes, which start when this is made, and what they have done."""

    def __init__(
        self, tasks: Sequence[Task], settings: Settings, folder: RunFolder, workers: int, limits: Limits
    ) -> None:
        self.settings, self.folder, self.limits = settings, folder, limits
        self.count = workers
        self.workers: list[Worker] = []
        self.plan = Plan(tasks)
        self.spent: dict[str, dict[str, float]] = {}
        """Seconds by stage of documents that are not done."""
        self.retried: set[str] = set()
        self.stillborn = 0
        self.doubtful = False
        """A worker died before any document was finished: new ones prove themselves first."""
        self.proven = False
        self._done = self._run()
        try:
            self._supply()
        except BaseException:
            self.close()
            raise

    def __next__(self) -> Done:
        return next(self._done)

    def close(self) -> None:
        """End the workers, whatever they do."""
        while self.workers:
            self.workers.pop().stop()

    def _run(self) -> Iterator[Done]:
        try:
            while self.plan.left:
                self._supply()
                yield from self._collect()
        finally:
            self.close()

    def _supply(self) -> None:
        wanted = min(self.count, len(self.plan) + sum(w.piece is not None for w in self.workers))
        while len(self.workers) < wanted:
            proving = self.doubtful and not self.proven
            share = self.count > 1
            self.workers.append(Worker(self.settings, self.folder, self.limits, share=share, proving=proving))
        for worker in self.workers:
            if worker.ready and worker.piece is None and (piece := self.plan.take()) is not None:
                try:
                    worker.give(piece)
                except OSError:  # one that died idle: _collect sees it
                    self.plan.give_back(piece)

    def _collect(self) -> Iterator[Done]:
        left = min(worker.left(self.limits) for worker in self.workers)
        ready = set(wait([w.pipe for w in self.workers], timeout=max(0.0, min(left, 5.0))))
        for worker in list(self.workers):
            if worker.pipe in ready:
                try:
                    kind, what, more = worker.pipe.recv()
                except (EOFError, OSError):
                    yield from self._died(worker)
                    continue
                if kind == "folder":
                    raise FolderError(what)
                if kind == "fault":
                    raise ProgramFault(what)
                piece, worker.piece, worker.ready = worker.piece, None, True
                self.stillborn = 0
                if piece is not None:
                    self.proven = True
                    self._add(piece, what)
                    task = self.plan.done(piece, more)
                    if task is not None:
                        yield task, self.spent.pop(task.key)
            elif worker.left(self.limits) < 0:
                piece = worker.piece
                self._remove(worker)
                if piece is None:
                    raise ProgramFault(f"a worker process did not start in {_START_SECONDS:g} seconds")
                yield from self._failed(piece, "limit", too_slow(self.limits))

    def _died(self, worker: Worker) -> Iterator[Done]:
        """Give the piece of a dead worker to another one, once; then it is the document's fault."""
        piece = worker.piece
        code = self._remove(worker, patience=5.0)
        if not worker.ready:
            self.stillborn += 1
            if self.stillborn >= _MOST_STARTS:
                raise ProgramFault(
                    f"{self.stillborn} worker processes died while they started (exit code {code}); "
                    "give them more memory with --memory, or --memory 0 for no limit"
                )
        if piece is None:
            return
        if code == EXIT_MEMORY:
            yield from self._failed(piece, "limit", NO_MEMORY)
            return
        self.doubtful = True
        name = piece.task.key + piece.key
        if name not in self.retried:
            self.retried.add(name)
            self.plan.give_back(piece)
            return
        yield from self._failed(piece, "crashed", CRASHED)

    def _failed(self, piece: Piece, code: str, message: str) -> Iterator[Done]:
        """Record a document's failure, unless one of its parts has failed it already."""
        if self.plan.failed(piece):
            fail(piece.task, self.folder, code, message)
            yield piece.task, self.spent.pop(piece.task.key, {})

    def _add(self, piece: Piece, seconds: dict[str, float]) -> None:
        spent = self.spent.setdefault(piece.task.key, {})
        for stage, more in seconds.items():
            spent[stage] = spent.get(stage, 0.0) + more

    def _remove(self, worker: Worker, patience: float = 0.0) -> int | None:
        self.workers.remove(worker)
        return worker.stop(patience)


def keep_loaded() -> None:
    """Have garbage collected more rarely, and not looked for in what is loaded by now: it takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT)


def too_slow(limits: Limits) -> str:
    """Return what is said of a document that took too long."""
    return f"took longer than {limits.seconds:g} seconds; raise --timeout to give it more"


def _serve(
    pipe: Connection, settings: Settings, folder: RunFolder, limits: Limits, share: bool, proving: bool
) -> None:
    """Work on what comes through the pipe until it closes."""
    if sys.platform == "linux":  # the workers of a run that was killed end too, and do not write on
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if limits.memory:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory << 20, limits.memory << 20))
    try:
        from pipeline.engines.parts import work_on
        from pipeline.engines.task import prove
        from pipeline.work import Pipeline
    except (ImportError, MemoryError) as problem:
        # a library that the limit leaves no room for says so in pages
        what = (str(problem).strip() or "no memory").splitlines()[-1].removeprefix("Original error was: ")
        message = f"a worker cannot load the program ({what}); give it more memory with --memory, or install zhen anew"
        with contextlib.suppress(OSError):
            pipe.send(("fault", message, []))
        return
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            tools = Pipeline(settings)
            if proving:
                prove(tools)
            pipe.send(("ready", {}, []))
            loaded = False
            while True:
                piece: Piece = pipe.recv()
                tools.seconds.clear()
                more = work_on(piece, tools, folder, share=share)
                pipe.send(("done", dict(tools.seconds), more))
                if not loaded:
                    keep_loaded()
                    loaded = True
        except FolderError as problem:
            pipe.send(("folder", str(problem), []))
        except ProgramFault as problem:
            pipe.send(("fault", str(problem), []))
        except MemoryError:
            os._exit(EXIT_MEMORY)
