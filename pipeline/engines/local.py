"""Documents worked on in this process, or in local worker processes of which one may die."""

import concurrent.futures
import hashlib
import multiprocessing
import os
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool

from pipeline.inputs import Input
from pipeline.parse import failed
from pipeline.settings import Settings
from pipeline.work import Pipeline, Worked

Task = tuple[str, Input]
Done = tuple[Task, Worked, dict[str, float]]

_pipeline: Pipeline | None = None


def _start(settings: Settings) -> None:
    global _pipeline
    _pipeline = Pipeline(settings)


def _work(task: Task) -> tuple[Worked, dict[str, float]]:
    assert _pipeline is not None
    _pipeline.seconds.clear()
    return work_one(task, _pipeline), dict(_pipeline.seconds)


def work_one(task: Task, tools: Pipeline) -> Worked:
    """Work on one file; a file that cannot be opened is a failed document."""
    file = task[1]
    try:
        data = file.file.read_bytes()
    except OSError as problem:
        digest = hashlib.sha256(f"unreadable:{file.path}".encode()).hexdigest()
        return tools.understand(
            failed(digest, file.path, "unreadable", f"cannot be opened: {problem.strerror}")
        )
    try:
        return tools.work(data, file.path)
    except Exception as problem:
        if os.environ.get("ZHEN_DEBUG"):
            raise
        digest = hashlib.sha256(data).hexdigest()
        message = f"a fault of the program ({type(problem).__name__}); please report it; ZHEN_DEBUG=1 shows where"
        return tools.understand(failed(digest, file.path, "internal", message))


def work_all(tasks: Sequence[Task], tools: Pipeline, workers: int) -> Iterator[Done]:
    """Yield finished documents in any order.

    Args:
        tasks: keys and files.
        tools: this process's tools; its settings go to the workers.
        workers: processes; 1 works here.
    """
    if workers <= 1 or len(tasks) <= 1:
        for task in tasks:
            before = dict(tools.seconds)
            worked = work_one(task, tools)
            spent = {s: t - before.get(s, 0.0) for s, t in tools.seconds.items()}
            tools.seconds = before
            yield task, worked, spent
        return
    left = list(tasks)
    while left:
        left = yield from _pool(left, tools.settings, min(workers, len(left)))


def _pool(tasks: Sequence[Task], settings: Settings, workers: int) -> Generator[Done, None, list[Task]]:
    """Work in a pool until all is done or a worker dies; return what is left to do."""
    context = multiprocessing.get_context("spawn")
    done: set[str] = set()
    broken = False
    with concurrent.futures.ProcessPoolExecutor(workers, context, _start, (settings,)) as pool:
        futures = {pool.submit(_work, task): task for task in tasks}
        try:
            for future in concurrent.futures.as_completed(futures):
                worked, seconds = future.result()
                done.add(futures[future][0])
                yield futures[future], worked, seconds
        except BrokenProcessPool:
            broken = True
    left = [task for task in tasks if task[0] not in done]
    if not broken or not left:
        return left
    if workers == 1:  # the first one left is the one that killed its worker
        file = left[0][1]
        digest = hashlib.sha256(file.file.read_bytes()).hexdigest()
        parsed = failed(
            digest, file.path, "crashed", "the parser died on this file; its other documents are not affected"
        )
        yield (
            left[0],
            Worked(document=parsed.document, pages=[], tables=[], mentions=[], entities=[], relations=[]),
            {},
        )
        return left[1:]
    return (yield from _pool(left, settings, 1))  # one at a time, in order, the culprit shows itself
