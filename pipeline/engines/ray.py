"""Documents worked on by the machines of a Ray cluster.

On each CPU an actor keeps one warm worker process, the same as locally, so a file that kills, hangs or starves
its parser costs what it costs there. What travels is small: where a file lies, under which key its result
goes, and how long each stage took. Results lie in a store that all machines see; an actor that is lost with
its machine is replaced, and its piece given to another.
"""

import copy
import os
import secrets
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import msgspec

from pipeline.engines.local import CRASHED, EXIT_MEMORY, Done, Worker, too_slow
from pipeline.engines.pieces import Piece, Plan
from pipeline.engines.task import NO_MEMORY, Task, fail
from pipeline.fingerprint import fingerprint
from pipeline.inputs import UsageError, read_file
from pipeline.run import FolderError, ProgramFault, RunFolder
from pipeline.settings import Limits, Settings
from pipeline.store import FolderStore, ObjectStore
from pipeline.tools import Tools

_MOST_LOSSES = 4
"""How often a piece may be lost with its actor before it is held to be the reason."""
_START_SECONDS = 600.0
"""How long no actor at all may be ready."""
_SMALL = 100_000
"""Bytes of a file that is given out together with others."""
_TOGETHER = 16

Answer = tuple[str, Any, Any]
"""``done`` with seconds by stage and further pieces; or ``failed``, ``folder``, ``fault`` with what is wrong."""


class Hand:
    """What an actor runs: one warm worker process on the actor's machine.

    Args:
        settings: of the run.
        folder: where results are kept.
        limits: time and memory that a piece may take.
        share: whether parts of long documents are handed back for others.
    """

    def __init__(self, settings: Settings, folder: RunFolder, limits: Limits, share: bool) -> None:
        self._settings, self._folder, self._limits, self._share = settings, folder, limits, share
        self._worker: Worker | None = None
        self._proven = False

    def ready(self, probe: str) -> tuple[str, str, str, bytes]:
        """Return the machine's name, the program's and the gazetteers' version there, and what the store has as probe."""
        gazetteer = Tools(self._settings).gazetteer
        version = gazetteer.version if gazetteer is not None else "none"
        shown = self._folder.kept(probe, bytes) or b""
        return socket.gethostname(), fingerprint(), version, shown

    def work(self, pieces: Sequence[Piece]) -> list[Answer]:
        """Work on pieces one after the other."""
        return [self._work(piece) for piece in pieces]

    def _work(self, piece: Piece) -> Answer:
        answer = self._try(piece, proving=False)
        if answer[0] == "died":  # once more: a death need not be the file's fault
            answer = self._try(piece, proving=not self._proven)
        return ("failed", "crashed", CRASHED) if answer[0] == "died" else answer

    def _try(self, piece: Piece, *, proving: bool) -> Answer:
        worker = self._worker
        if worker is None:
            worker = Worker(self._settings, self._folder, self._limits, share=self._share, proving=proving)
            self._worker = worker
        try:
            if not worker.ready:
                started = self._heard(worker)
                if started[0] != "ready":
                    return started
                worker.ready = True
            worker.give(piece)
            answer = self._heard(worker)
        except (EOFError, OSError):
            self._worker = None
            if worker.stop(5.0) == EXIT_MEMORY:
                return "failed", "limit", NO_MEMORY
            return "died", None, None
        worker.piece = None
        self._proven = self._proven or answer[0] == "done"
        return answer

    def _heard(self, worker: Worker) -> Answer:
        if not wait([worker.pipe], timeout=max(0.0, worker.left(self._limits))):
            self._worker = None
            worker.stop()
            if worker.piece is None:
                return "fault", "a worker process did not start", None
            return "failed", "limit", too_slow(self._limits)
        answer: Answer = worker.pipe.recv()
        return answer


class RayEngine:
    """Works on the documents of a run on a Ray cluster.

    Args:
        address: of the cluster, as ``ray.init`` takes it; None: the one that ``RAY_ADDRESS`` names, else one
            that is started on this machine.

    Raises:
        UsageError: Ray is not installed.
    """

    def __init__(self, address: str | None = None) -> None:
        try:
            import ray
        except ImportError:
            raise UsageError("--engine ray needs Ray: install zhen-pipeline[ray]") from None
        self._ray = ray
        self._address = address

    def __call__(
        self, tasks: Sequence[Task], tools: Tools, folder: RunFolder, workers: int, limits: Limits | None
    ) -> Iterator[Done]:
        """Work on documents as ``pipeline.engines.local.work_all`` does.

        Args:
            tasks: what to do.
            tools: their settings go to the machines.
            folder: where finished documents are kept.
            workers: actors; 0: one for each CPU of the cluster.
            limits: time and memory a document.

        Raises:
            FolderError: a result cannot be kept, or a machine does not see the store.
            ProgramFault: the cluster cannot be used.
        """
        if not tasks:
            return
        ray = self._ray
        mine = not ray.is_initialized()
        if mine:
            os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # no warning about it
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would report its use to its maker
            try:
                ray.init(address=self._address, logging_level="ERROR", log_to_driver=False)
            except Exception as problem:  # noqa: BLE001 - whatever its connection raises
                raise ProgramFault(f"no Ray cluster at {self._address or 'hand'}: {problem}") from None
        try:
            yield from _Drive(ray, tasks, tools, folder, workers, limits or Limits()).run()
        finally:
            if mine:
                ray.shutdown()


class _Drive:
    """One run over a cluster: actors, what each works on, and what waits."""

    def __init__(
        self,
        ray: Any,
        tasks: Sequence[Task],
        tools: Tools,
        folder: RunFolder,
        workers: int,
        limits: Limits,
    ) -> None:
        self.ray = ray
        self.folder = folder
        self.uploads = Uploads(folder)
        self.plan = Plan([self.uploads.named(_absolute(task)) for task in tasks])
        self.given = {task.key: task for task in tasks}
        self.count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        gazetteer = tools.gazetteer
        self.version = gazetteer.version if gazetteer is not None else "none"
        self.probe = secrets.token_bytes(16)
        self.probe_key = f"probe-{secrets.token_hex(8)}"
        """Kept by this run only, to see whether a machine sees the same store."""
        settings = msgspec.structs.replace(
            tools.settings, gazetteers=[Path(g).absolute() for g in tools.settings.gazetteers]
        )
        actor: Any = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0, scheduling_strategy="SPREAD")(
            Hand
        )
        self.make: Callable[[], Any] = lambda: actor.remote(
            settings, _seen_from_afar(folder), limits, self.count > 1
        )
        self.flying: dict[Any, tuple[Any, list[Piece] | None]] = {}
        """Calls under way: the actor and its pieces, None while it starts."""
        self.idle: list[Any] = []
        """Actors that wait for a piece."""
        self.losses: Counter[str] = Counter()
        self.spent: dict[str, dict[str, float]] = {}
        self.heard = time.monotonic()

    def run(self) -> Iterator[Done]:
        self.folder.keep(self.probe_key, self.probe)
        for _ in range(self.count):
            self._start()
        try:
            while self.plan.left:
                while self.idle and len(self.plan):
                    self._give(self.idle.pop())
                done, _ = self.ray.wait(list(self.flying), num_returns=1, timeout=5.0)
                if not done and all(pieces is None for _, pieces in self.flying.values()):
                    if time.monotonic() - self.heard > _START_SECONDS:
                        raise ProgramFault(
                            f"no machine of the cluster took an actor in {_START_SECONDS:g} seconds"
                        )
                for call in done:
                    actor, pieces = self.flying.pop(call)
                    yield from self._landed(call, actor, pieces)
        finally:
            for actor in [*self.idle, *(actor for actor, _ in self.flying.values())]:
                self.ray.kill(actor)
            self.folder.forget({self.probe_key, *self.uploads.sent})

    def _start(self) -> None:
        actor = self.make()
        self.flying[actor.ready.remote(self.probe_key)] = (actor, None)

    def _landed(self, call: Any, actor: Any, pieces: list[Piece] | None) -> Iterator[Done]:
        """Take what a call brought, and give its actor, or a new one, something to do."""
        try:
            found = self.ray.get(call)
        except self.ray.exceptions.RayTaskError as problem:
            raise ProgramFault(f"an actor of the cluster failed: {problem.cause}") from None
        except self.ray.exceptions.RayError:
            yield from self._lost(pieces)
            self._start()
            return
        self.heard = time.monotonic()
        if pieces is None:
            self._check(*found)
        else:
            for piece, answer in zip(pieces, found, strict=True):
                yield from self._answered(piece, *answer)
        self._give(actor)

    def _check(self, machine: str, program: str, gazetteers: str, shown: bytes) -> None:
        if program != fingerprint():
            raise ProgramFault(f"{machine} has another version of the program; install this one there")
        if gazetteers != self.version:
            raise ProgramFault(f"{machine} has other gazetteers; put them where all machines see them")
        if shown != self.probe:
            raise FolderError(
                f"{machine} does not see where results are kept; name a shared place with --store"
            )

    def _give(self, actor: Any) -> None:
        """Give an actor a piece, or several small ones; where none waits it waits too."""
        pieces = self._some()
        if pieces:
            self.flying[actor.work.remote(pieces)] = (actor, pieces)
        else:
            self.idle.append(actor)

    def _some(self) -> list[Piece]:
        pieces: list[Piece] = []
        while len(pieces) < _TOGETHER and (piece := self.plan.take()) is not None:
            small = piece.kind == "document" and self.uploads.send(piece.task) < _SMALL
            if pieces and not (small and len(self.plan) > 4 * self.count):
                self.plan.give_back(piece)
                break
            pieces.append(piece)
            if not small:
                break
        return pieces

    def _answered(self, piece: Piece, kind: str, what: Any, more: Any) -> Iterator[Done]:
        if kind == "folder":
            raise FolderError(what)
        if kind == "fault":
            raise ProgramFault(what)
        if kind == "failed":
            yield from self._failed(piece, what, more)
            return
        spent = self.spent.setdefault(piece.task.key, {})
        for stage, seconds in what.items():
            spent[stage] = spent.get(stage, 0.0) + seconds
        task = self.plan.done(piece, more)
        if task is not None:
            yield self.given[task.key], self.spent.pop(task.key)

    def _lost(self, pieces: list[Piece] | None) -> Iterator[Done]:
        """Give the pieces of a lost actor to others."""
        for piece in reversed(pieces or []):
            name = piece.task.key + piece.key
            self.losses[name] += 1
            if self.losses[name] < _MOST_LOSSES:
                self.plan.give_back(piece)
            else:
                yield from self._failed(piece, "crashed", CRASHED)

    def _failed(self, piece: Piece, code: str, message: str) -> Iterator[Done]:
        if self.plan.failed(piece):
            fail(piece.task, self.folder, code, message)
            yield self.given[piece.task.key], self.spent.pop(piece.task.key, {})


class Uploads:
    """The files that a run put into an object store, for machines that do not see them.

    Each run has keys of its own: several may have one store and the same files, and each takes away what it put
    there. (What a killed run left begins with ``input-``.)

    Args:
        folder: the run's folder.
    """

    def __init__(self, folder: RunFolder) -> None:
        self.sent: set[str] = set()
        """Keys that were written."""
        self._folder = folder
        self._run = secrets.token_hex(8)

    def named(self, task: Task) -> Task:
        """Return a task with the key under which its file will lie."""
        if not isinstance(self._folder.store, ObjectStore):
            return task
        return msgspec.structs.replace(task, upload=f"input-{self._run}-{task.digest}")

    def send(self, task: Task) -> int:
        """Put a task's file into the store, once; return its size."""
        try:
            size = task.file.file.stat().st_size
            if task.upload and task.upload not in self.sent:
                self.sent.add(task.upload)
                with self._folder.writing():
                    self._folder.store.write(task.upload, read_file(task.file.file))
        except OSError:  # the worker says what is wrong with it
            return 0
        return size


def _absolute(task: Task) -> Task:
    """Return a task whose file is named independently of the working folder."""
    file = msgspec.structs.replace(task.file, file=Path(os.path.abspath(task.file.file)))
    return msgspec.structs.replace(task, file=file)


def _seen_from_afar(folder: RunFolder) -> RunFolder:
    """Return a run's folder whose store is named independently of the working folder."""
    store = folder.store
    if isinstance(store, FolderStore):
        store = FolderStore(store.folder.absolute(), store.scratch.absolute(), shared=store.shared)
    seen = copy.copy(folder)
    seen.store = store
    return seen
