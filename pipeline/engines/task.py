"""One file worked on and its result kept; whatever is wrong with it ends up in its record."""

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

from pipeline.inputs import Input, read_file
from pipeline.parse import failed, media_type
from pipeline.parse.errors import out_of_memory
from pipeline.parse.shared import Unshared
from pipeline.records import Parsed, Record
from pipeline.run import FolderError, ProgramFault, RunFolder

if TYPE_CHECKING:
    from pipeline.engines.sharing import Sharing
    from pipeline.work import Pipeline, Worked

_PROBE = "The Ministry of Science and Technology (科学技术部) met in Beijing.\n".encode()
"""A document that every sound installation can work on."""
NO_MEMORY = "the file needs more memory than a worker may take; raise --memory to give it more"


class Task(Record, frozen=True, kw_only=True):
    """A document to work on, its SHA-256, and the keys under which its result and its parsed form are kept.

    ``passing`` is the key of a failure that need not recur: under other limits of time and memory
    the document is tried again; under the same key with ``u`` is one of reading, tried in each run.
    ``upload`` is the key under which the run put the file's bytes into the store, for machines that do not see
    the file; no other run reads or removes it.
    """

    digest: str
    key: str
    parsed: str
    passing: str
    file: Input
    upload: str = ""

    @property
    def keys(self) -> tuple[str, str, str]:
        """All keys under which the result may be kept."""
        return self.key, self.passing, self.passing + "u"


def work_one(task: Task, tools: "Pipeline", folder: RunFolder, sharing: "Sharing | None" = None) -> bool:
    """Work on one file and keep the result; whatever is wrong with the file ends up in its record.

    Args:
        task: the file.
        tools: what works on it.
        folder: where results are kept.
        sharing: what other workers did of a long document; None: this one does it all.

    Returns:
        Whether it is done; False when other workers should do parts of it first, which ``sharing`` then names.

    Raises:
        FolderError: the result cannot be kept.
        ProgramFault: not the file is at fault: a plain sentence cannot be worked on either.
    """
    try:
        worked = _worked(task, tools, folder, sharing)
        if worked is not None:
            folder.keep(task.key, worked)
    except (FolderError, ProgramFault):
        raise
    except Unshared:
        return False
    except MemoryError:
        fail(task, folder, "limit", NO_MEMORY)
    except Exception as problem:
        if os.environ.get("ZHEN_DEBUG"):
            raise
        if out_of_memory(problem):
            fail(task, folder, "limit", NO_MEMORY)
            return True
        prove(tools)
        name = type(problem).__name__
        message = f"a fault of the program ({name}); please report it; ZHEN_DEBUG=1 shows where"
        fail(task, folder, "internal", message)
    return True


def load(task: Task, folder: RunFolder) -> bytes:
    """Return a file's bytes.

    Raises:
        OSError: it cannot be read.
    """
    try:
        return read_file(task.file.file)
    except OSError:
        if task.upload:
            with contextlib.suppress(OSError):
                return folder.store.read(task.upload)
        raise


def _worked(task: Task, tools: "Pipeline", folder: RunFolder, sharing: "Sharing | None") -> "Worked | None":
    """Return a file's result, or None when its failure has been kept as one that may pass."""
    try:
        data = load(task, folder)
    except OSError as problem:
        fail(task, folder, "unreadable", f"cannot be opened: {problem.strerror or 'unknown error'}")
        return None
    if hashlib.sha256(data).hexdigest() != task.digest:
        fail(task, folder, "unreadable", "changed while it was being read; start the same command again")
        return None
    parsed = folder.kept(task.parsed, Parsed)
    if parsed is None:
        if sharing is None:
            parsed = tools.parse(data, task.file.path)
        else:
            parsed = tools.parse(data, task.file.path, sharing)
        error = parsed.document.error
        if error is not None and error.code in ("limit", "internal"):  # with more memory it may be read
            fail(task, folder, error.code, error.message)
            return None
        folder.keep(task.parsed, parsed)
        if sharing is not None:
            sharing.forget()
    del data
    return tools.understand(parsed) if sharing is None else tools.understand(parsed, sharing)


def fail(task: Task, folder: RunFolder, code: str, message: str) -> None:
    """Keep a failure as a document's result.

    Args:
        task: the document.
        folder: where results are kept.
        code: one of ``pipeline.parse.errors.CODES``.
        message: what is wrong, in one line.

    Raises:
        FolderError: it cannot be kept.
    """
    key = task.passing + "u" if code == "unreadable" else task.passing
    folder.keep(key, unworked(failed(task.digest, task.file.path, code, message, media_type(task.file.path))))


def unworked(parsed: Parsed) -> "Worked":
    """Return the result of a document that could not be worked on."""
    from pipeline.work import Worked

    return Worked(document=parsed.document, pages=[], tables=[], mentions=[], entities=[], relations=[])


def prove(tools: "Pipeline") -> None:
    """Work on a plain sentence.

    Raises:
        ProgramFault: that fails: models or gazetteers are broken, and every document would fail.
    """
    try:
        tools.understand(tools.parse(_PROBE, "probe.txt"))
    except MemoryError:
        return
    except Exception as problem:
        what = " ".join(f"{type(problem).__name__}: {problem}".split())[:300]
        raise ProgramFault(
            f"the program cannot work on a plain sentence ({what}); is it installed whole?"
        ) from problem
