"""Where results are kept: whole or not at all, here or where others see them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.store import FolderStore, ObjectStore, Store, store_at

_QUICK = Settings(gazetteer=False, model=False)


def _folder(place: Path) -> Store:
    return store_at(str(place / "store"))


def _objects(place: Path) -> Store:
    pytest.importorskip("fsspec", reason="needs the extra ray")
    return ObjectStore(f"memory://{place.name}/store")


@pytest.mark.parametrize("make", [_folder, _objects])
def test_kept_listed_and_forgotten(tmp_path: Path, make: Callable[[Path], Store]) -> None:
    store = make(tmp_path)
    assert store.shared
    assert store.keys() == set()
    store.write("one", b"1")
    store.write("one", b"11")
    store.write("two", b"2")
    assert (store.read("one"), store.keys()) == (b"11", {"one", "two"})
    store.remove("one")
    store.remove("one")
    assert not store.has("one") and store.has("two")
    with pytest.raises(OSError):  # noqa: PT011 - whatever kind of it
        store.read("one")


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FolderStore(tmp_path / "kept", tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.store.os.replace", full)
    with pytest.raises(OSError, match="No space"):
        store.write("one", b"1")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("make", [_folder, _objects])
def test_runs_that_share_a_store_reuse_each_others_results(
    tmp_path: Path, make: Callable[[Path], Store]
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in "ab":
        (source / f"{name}.txt").write_text(f"The {name} Delta Robot Alliance met.")
    store = make(tmp_path)
    assert ingest([str(source)], tmp_path / "one", settings=_QUICK, store=store).summary.worked == 2
    (source / "b.txt").unlink()
    assert ingest([str(source)], tmp_path / "two", settings=_QUICK, store=store).summary.worked == 0
    assert len(store.keys()) == 4  # of the other run too: nothing of it was removed
    ingest([str(source)], tmp_path / "plain", settings=_QUICK)
    assert (tmp_path / "two" / "mentions.jsonl").read_bytes() == (
        tmp_path / "plain" / "mentions.jsonl"
    ).read_bytes()
