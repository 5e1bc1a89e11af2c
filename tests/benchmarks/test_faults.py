"""A run that is killed leaves nothing half, and the same command again gives the same bytes: a small part of `make faults`."""

import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import faults

pytestmark = pytest.mark.worker


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> faults.Bench:
    return faults.Bench(tmp_path_factory.mktemp("faults"))


def test_killed_at_random_moments(bench: faults.Bench) -> None:
    """Twenty kills, fewer where the machine is so slow that they would take more than a minute."""
    import time

    deadline = time.monotonic() + 60
    for number in range(20):
        faults.kill(bench, number, seed=1)
        if number >= 3 and time.monotonic() > deadline:
            break


def test_damaged_leftovers_are_made_again(bench: faults.Bench) -> None:
    faults.damaged_leftovers(bench)


def test_the_check_of_files_under_final_names_can_fail(bench: faults.Bench, tmp_path: Path) -> None:
    (tmp_path / "mentions.jsonl").write_bytes(bench.want["mentions"][:-40])
    with pytest.raises(faults.Failed, match=r"mentions\.jsonl"):
        bench.nothing_half(tmp_path)
    (tmp_path / "mentions.jsonl").write_bytes(bench.want["mentions"])
    bench.nothing_half(tmp_path)
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(faults.Failed, match=r"run\.json"):
        bench.nothing_half(tmp_path)
