"""Files that a Ray run puts into an object store; needs no Ray."""

from pathlib import Path

from pipeline.engines.ray import Uploads
from pipeline.engines.task import Task, load
from pipeline.inputs import Input, digest_of
from pipeline.run import RunFolder
from pipeline.store import ObjectStore


class _Memory(ObjectStore):
    """An object store in memory."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def keys(self) -> set[str]:
        return set(self.held)

    def read(self, key: str) -> bytes:
        if key not in self.held:
            raise FileNotFoundError(key)
        return self.held[key]

    def write(self, key: str, data: bytes) -> None:
        self.held[key] = data

    def remove(self, key: str) -> None:
        self.held.pop(key, None)


def _task(file: Path) -> Task:
    digest = digest_of(file)
    return Task(digest=digest, key="k", parsed="p", passing="x", file=Input(file=file, path=file.name))


def test_two_runs_over_one_store_leave_each_other_what_they_put_there(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a", "utf-8")
    store = _Memory()
    folders = [RunFolder(tmp_path / name, store) for name in ("one", "two")]
    one, two = map(Uploads, folders)
    first, second = one.named(_task(file)), two.named(_task(file))
    assert one.send(first) == two.send(second) == 1
    one.send(first)
    folders[0].forget(one.sent)
    file.unlink()
    assert load(second, folders[1]) == b"a"
    folders[1].forget(two.sent)
    assert store.held == {}


def test_a_shared_folder_needs_no_uploads(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a", "utf-8")
    uploads = Uploads(RunFolder(tmp_path / "out"))
    task = uploads.named(_task(file))
    assert (uploads.send(task), uploads.sent, task.upload) == (1, set(), "")
