"""All measurements of speed, memory and sameness in one run; writes docs/benchmarks.md.

usage: python benchmarks/run_all.py [--parts chains,parse,...] [--corpora FOLDER] [--runs N] [--small] [--fresh] [--ray PYTHON]

Each part's figures are kept in outputs/bench and not measured again, so that a run that was stopped goes on;
--fresh, other program code, other documents or another --runs measure the parts that are asked for anew. The page
shows all parts that were ever measured and how. --corpora is a folder with monograph.pdf and
pdf/quarterly-report-zh.pdf, which are not part of the repository; without it the sample documents of corpora/ are
measured. --ray names a Python that has Ray beside zhen, for the part engines. --small measures little of everything,
to see that the script works. Use a machine that does nothing else; no part takes more than a quarter of an hour.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import made  # noqa: E402
from bench_page import page  # noqa: E402


class Bench:
    """What is measured, and how much of it.

    Args:
        corpora: a folder with the monograph and the quarterly report, or None.
        place: where made documents and figures are kept.
        runs: how often each thing is measured; medians are shown.
        small: measure little.
        ray: a Python that has Ray.
    """

    def __init__(
        self, corpora: Path | None, place: Path, runs: int, small: bool, ray: str = sys.executable
    ) -> None:
        self.place, self.runs, self.small, self.ray = place, runs, small, ray
        own = ROOT / "corpora"
        self.documents = (
            {"monograph (English)": (corpora / "monograph.pdf", "en"),
             "quarterly report (Chinese)": (corpora / "pdf" / "quarterly-report-zh.pdf", "zh")}
            if corpora else {"sample report (English)": (own / "report.pdf", "en"), "sample notice (Chinese)": (own / "notice.pdf", "zh")}
        )  # fmt: skip
        self.sources = [path for path, _ in self.documents.values()]
        place.mkdir(parents=True, exist_ok=True)

    def child(self, measure: str, path: Path, language: str = "en") -> dict[str, Any]:
        """Measure once in a fresh process."""
        found: dict[str, Any] = json.loads(
            self.command("benchmarks/chains.py", measure, str(path), "--language", language).splitlines()[-1]
        )
        return found

    def command(self, *arguments: str) -> str:
        """Run a script of the repository and return what it prints."""
        done = subprocess.run(
            [sys.executable, *arguments], check=True, capture_output=True, text=True, cwd=ROOT,
            env=environment(),
        )  # fmt: skip
        return done.stdout

    def zhen(self, inputs: Path, out: Path, workers: int) -> dict[str, Any]:
        """Run the command, start-up included; return wall seconds and run.json."""
        begin = time.perf_counter()
        self.command(
            "-m", "pipeline.cli", "ingest", str(inputs), "--out", str(out), "--workers", str(workers), "--ocr", "never"
        )  # fmt: skip
        run = json.loads((out / "run.json").read_text("utf-8"))
        return {"wall": time.perf_counter() - begin, "run": run}

    # -- the parts -------------------------------------------------------------------------------------------

    def chains(self) -> dict[str, Any]:
        """The whole chain against the plain one, one process each, interleaved."""
        found: dict[str, Any] = {}
        for name, (path, language) in self.documents.items():
            rounds = [{c: self.child(c, path, language) for c in ("ours", "plain")} for _ in range(self.runs)]
            found[name] = {c: middle([r[c] for r in rounds]) for c in ("ours", "plain")}
        return found

    def parse(self) -> dict[str, Any]:
        """Parsing alone against pdfplumber's, on pages with and without tables."""
        found: dict[str, Any] = {}
        for name, (path, _) in self.documents.items():
            for kind, pages in self.child("table_pages", path).items():
                if not pages:
                    continue
                part = self.place / f"{path.stem}-{kind}.pdf"
                made.save(made.pdfium.PdfDocument(path), pages, part)
                rounds = [
                    {c: self.child(c, part) for c in ("our_parse", "plain_parse")} for _ in range(self.runs)
                ]
                found[f"{name}, {len(pages)} pages {kind} tables"] = {
                    c: middle([r[c] for r in rounds]) for c in ("our_parse", "plain_parse")
                }
        return found

    def raw(self) -> dict[str, Any]:
        """PDFium's bare text and characters against our parser and the whole chain, and what takes the time in these."""
        found: dict[str, Any] = {}
        for name, (path, language) in self.documents.items():
            kinds = ("raw_text", "raw_boxes", "our_parse", "ours")
            rounds = [{k: self.child(k, path, language) for k in kinds} for _ in range(self.runs)]
            speed = {k: statistics.median(r[k]["pages"] / r[k]["work"] for r in rounds) for k in kinds}
            found[name] = {"pages/s": speed, "share": self.child("profile", path, language)}
        return found

    def workers(self) -> dict[str, Any]:
        """One worker against two, over a folder and over one long PDF."""
        count, pages = (6, 60) if self.small else (40, 500)
        inputs = {
            f"a folder of {count} documents": made.documents(
                self.place / f"folder-{count}", self.sources, count
            ),
            f"one PDF of {pages} pages": made.long_pdf(
                self.place / f"long-{pages}.pdf", self.sources[:1], pages
            ),
        }
        found: dict[str, Any] = {}
        for name, path in inputs.items():
            walls: dict[int, list[float]] = {1: [], 2: []}
            for _ in range(self.runs):
                for workers, times in walls.items():
                    with tempfile.TemporaryDirectory() as out:
                        done = self.zhen(path, Path(out) / "out", workers)
                        times.append(done["wall"])
                        if workers == 1:
                            stages = done["run"]["seconds"]
            end = sum(stages.get(stage, 0.0) for stage in ("resolve", "emit"))
            found[name] = {**{str(w): statistics.median(times) for w, times in walls.items()}, "end": end}
        return found

    def rerun(self) -> dict[str, Any]:
        """A first run over many documents, the same again, and again with one document more."""
        count = 12 if self.small else 1000
        folder = made.documents(self.place / f"folder-{count}", self.sources, count)
        added = folder / "added.txt"
        added.unlink(missing_ok=True)
        workers = os.cpu_count() or 1
        with tempfile.TemporaryDirectory() as out:
            first = self.zhen(folder, Path(out) / "out", workers)
            again = [self.zhen(folder, Path(out) / "out", workers) for _ in range(self.runs)]
            added.write_text("The Ministry of Science and Technology met.\n", "utf-8")
            more = self.zhen(folder, Path(out) / "out", workers)
            added.unlink()
        return {
            "documents": count, "pages": first["run"]["counts"]["pages"], "workers": workers, "first": first["wall"],
            "again": statistics.median(a["wall"] for a in again), "again_worked": again[0]["run"]["worked"],
            "added": more["wall"], "added_worked": more["run"]["worked"],
        }  # fmt: skip

    def memory(self) -> dict[str, Any]:
        """Memory and speed of one process over many pages."""
        count = 12 if self.small else 2000
        return self.child("growth", made.documents(self.place / f"folder-{count}", self.sources, count))

    def merge(self) -> list[dict[str, Any]]:
        """The final merge over many mentions."""
        sizes = ["10000"] if self.small else ["100000", "1000000"]
        lines = self.command("benchmarks/merge.py", "--json", "--mentions", *sizes).splitlines()
        return [json.loads(line) for line in lines]

    def engines(self) -> dict[str, Any]:
        """The bytes of all ways of running."""
        count = 3 if self.small else 8
        folder = made.documents(self.place / f"engines-{count}", self.sources, count)
        made.long_pdf(folder / "long.pdf", self.sources[:1], 60)
        done = subprocess.run(
            [self.ray, str(ROOT / "benchmarks" / "engines.py"), str(folder), "--json"],
            capture_output=True, text=True, check=False, cwd=ROOT, env=environment(),
        )  # fmt: skip
        if not done.stdout.strip():
            raise SystemExit(done.stderr)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


PARTS: dict[str, Callable[[Bench], Any]] = {
    f.__name__: f
    for f in (
        Bench.chains,
        Bench.parse,
        Bench.raw,
        Bench.workers,
        Bench.rerun,
        Bench.memory,
        Bench.merge,
        Bench.engines,
    )
}


def environment() -> dict[str, str]:
    """Return the environment of what is measured: as installed, where compiled modules are kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def middle(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the medians of figures measured several times."""
    found: dict[str, Any] = {}
    for key, value in rounds[0].items():
        if isinstance(value, dict):
            found[key] = middle([r[key] for r in rounds])
        else:
            found[key] = statistics.median(r[key] for r in rounds)
    return found


def machine() -> dict[str, Any]:
    """Return what the figures depend on besides the program."""
    import pipeline

    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}",
        "program": pipeline.__version__,
    }  # fmt: skip


def main() -> None:
    """Measure what is asked for and not yet measured, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--parts", default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--ray", default=sys.executable, help="a Python that has Ray, for the part engines")
    parser.add_argument("--state", type=Path, default=ROOT / "outputs" / "bench")
    parser.add_argument(
        "--page",
        type=Path,
        help="the page to write (default: docs/benchmarks.md; with --small, in the state)",
    )
    args = parser.parse_args()
    from pipeline.fingerprint import fingerprint

    asked = {"program": fingerprint(), "runs": args.runs, "small": args.small, "corpora": bool(args.corpora)}
    corpora = args.corpora.resolve() if args.corpora else None
    bench = Bench(corpora, args.state.resolve(), args.runs, args.small, args.ray)
    file = args.state / ("small.json" if args.small else "figures.json")
    state: dict[str, Any] = {"parts": {}, "asked": {}}
    if file.is_file():
        before = json.loads(file.read_text("utf-8"))
        if before["parts"].keys() == before["asked"].keys():  # else an earlier form
            state = before
    names = args.parts.split(",")
    for name in names:
        if name not in PARTS:
            parser.error(f"no part {name!r}")
        if not args.fresh and state["asked"].get(name) == asked:
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        begin = time.perf_counter()
        state["parts"][name] = PARTS[name](bench)
        state["asked"][name] = asked
        state["machine"] = machine()
        part = file.with_suffix(".part")
        part.write_text(json.dumps(state, indent=1), "utf-8")
        part.replace(file)
        print(f"{name}: {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    target = args.page or (args.state / "benchmarks.md" if args.small else ROOT / "docs" / "benchmarks.md")
    target.write_text(page(state), "utf-8")
    print(target)


if __name__ == "__main__":
    main()
