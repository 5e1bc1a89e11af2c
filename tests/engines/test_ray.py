"""A Ray cluster of several nodes on this machine gives the bytes of one process, also when a node is lost.

Ray is an extra, and not in the lock that CI installs: without it these tests are skipped.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.engines.ray import RayEngine
from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.store import store_at
from tests.engines.long_pdf import make_long

ray = pytest.importorskip("ray", reason="needs the extra ray")

pytestmark = pytest.mark.worker
_QUICK = Settings(gazetteer=False, model=False)
_FILES = ("documents", "pages", "tables", "mentions", "entities", "relations")


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A head and two nodes of one CPU each."""
    from ray.cluster_utils import Cluster

    os.environ.setdefault("RAY_DISABLE_MEMORY_MONITOR", "1")
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": 80 << 20})
    nodes = [made.add_node(num_cpus=1, object_store_memory=80 << 20) for _ in range(2)]
    made.wait_for_nodes()
    ray.init(address=made.address, log_to_driver=False, logging_level="ERROR")
    made.workers = nodes
    yield made
    ray.shutdown()
    made.shutdown()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(24):
        (folder / f"{number:02}.txt").write_text(
            f"In {2001 + number} the Delta Robot Alliance ({number}DRA) met the Zhejiang Robot Testing Office. "
            * 800
        )
    make_long(folder / "long.pdf", 120)
    return folder


def _bytes(out: Path) -> dict[str, bytes]:
    return {name: (out / f"{name}.jsonl").read_bytes() for name in _FILES}


def test_two_nodes_and_a_lost_one_give_the_same_bytes(cluster: Any, documents: Path, tmp_path: Path) -> None:
    ingest([str(documents)], tmp_path / "local", settings=_QUICK)
    want = _bytes(tmp_path / "local")
    told: list[str] = []
    ingest(
        [str(documents)], tmp_path / "two", settings=_QUICK, workers=0, engine=RayEngine(),
        progress=lambda done, total, path: told.append(path),
    )  # fmt: skip
    assert _bytes(tmp_path / "two") == want
    assert len(told) == 25
    killed: list[object] = []

    def kill(done: int, total: int, path: str) -> None:
        if done == 3:
            cluster.remove_node(cluster.workers[0], allow_graceful=False)
            killed.append(path)

    store = store_at(str(tmp_path / "store"))
    ingest(
        [str(documents)], tmp_path / "killed", settings=_QUICK, workers=2, engine=RayEngine(), progress=kill,
        store=store,
    )  # fmt: skip
    assert killed
    assert _bytes(tmp_path / "killed") == want
    assert not [key for key in sorted(store.keys()) if "." in key or key.startswith(("probe", "input"))]
    # another run takes all of it from the shared store
    run = ingest([str(documents)], tmp_path / "again", settings=_QUICK, store=store)
    assert run.summary.worked == 0
    assert _bytes(tmp_path / "again") == want
