"""The same documents by one process, two, a Ray cluster, one that loses a node, and a run that is killed: the same bytes?

usage: python benchmarks/engines.py FOLDER_OF_DOCUMENTS [--json]

Prints the SHA-256 of every file but run.json for each way of running.
"""

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]


def digests(out: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a run but run.json."""
    files = [
        p for p in sorted(out.rglob("*")) if p.is_file() and ".zhen" not in p.parts and p.name != "run.json"
    ]
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def command(inputs: Path, out: Path, workers: int) -> list[str]:
    """Return the command that ingests the documents."""
    return [
        sys.executable, "-m", "pipeline.cli", "ingest", str(inputs), "--out", str(out), "--workers", str(workers), "--ocr", "never",
    ]  # fmt: skip


def local(inputs: Path, out: Path, workers: int) -> None:
    """Run in local processes."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command(inputs, out, workers), check=True, stdout=subprocess.DEVNULL, env=environment)


def killed(inputs: Path, out: Path) -> None:
    """Kill a run of two workers three times on its way, then let it finish."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for results in (2, 5, 9):
        process = subprocess.Popen(command(inputs, out, 2), stdout=subprocess.DEVNULL, env=environment)
        while process.poll() is None:
            kept = out / ".zhen" / "kept"
            if kept.is_dir() and sum(1 for _ in kept.iterdir()) >= results:
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.05)
        process.wait()
    local(inputs, out, 2)


def on_ray(inputs: Path, out: Path, *, lose: bool = False) -> None:
    """Run on a cluster of a head and two nodes; one of these may be lost on the way."""
    import ray
    from ray.cluster_utils import Cluster

    from pipeline.engines.ray import RayEngine
    from pipeline.ingest import ingest
    from pipeline.settings import Settings

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
    cluster.wait_for_nodes()
    ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")

    def note(done: int, total: int, path: str) -> None:
        if lose and done == 2:
            cluster.remove_node(nodes[0], allow_graceful=False)

    try:
        ingest(
            [str(inputs)],
            out,
            settings=Settings(ocr="never"),
            workers=2,
            engine=RayEngine(),
            progress=note,
            report=True,
        )
    finally:
        ray.shutdown()
        cluster.shutdown()


def compare(inputs: Path) -> dict[str, Any]:
    """Run in all ways and compare; a way that cannot be tried here says why."""
    ways: dict[str, Callable[[Path], None]] = {
        "local, 1 worker": lambda out: local(inputs, out, 1),
        "local, 2 workers": lambda out: local(inputs, out, 2),
        "local, killed three times and resumed": lambda out: killed(inputs, out),
        "Ray, 2 nodes": lambda out: on_ray(inputs, out),
        "Ray, 2 nodes, one killed on the way": lambda out: on_ray(inputs, out, lose=True),
    }
    found: dict[str, Any] = {}
    for name, run in ways.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                run(Path(folder) / "out")
                found[name] = digests(Path(folder) / "out")
            except ImportError as problem:
                found[name] = f"not tried: {problem}"
    want = found["local, 1 worker"]
    same = all(d == want for d in found.values() if isinstance(d, dict))
    return {"same": same, "ways": found}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    result = compare(args.inputs)
    if args.json:
        print(json.dumps(result))
    else:
        for way, files in result["ways"].items():
            print(way, files if isinstance(files, str) else "")
            for file, digest in files.items() if isinstance(files, dict) else ():
                print(f"  {digest}  {file}")
        print("the same" if result["same"] else "DIFFERENT")
    sys.exit(0 if result["same"] else 1)
