"""docs/benchmarks.md from the figures that run_all.py measured."""

from collections.abc import Iterator
from typing import Any

_GOALS = {"en": 8.0, "zh": 5.0, "tables": 4.0, "plain": 8.0, "workers": 1.7, "rerun": 2.0}


def page(state: dict[str, Any]) -> str:
    """Return the page; parts that were not measured are left out."""
    return "\n".join(_lines(state)) + "\n"


def _lines(state: dict[str, Any]) -> Iterator[str]:
    machine, parts = state.get("machine", {}), state["parts"]
    yield "# Benchmarks"
    yield ""
    yield "<!-- made by `make bench` (benchmarks/run_all.py); do not edit -->"
    yield ""
    yield (
        f"zhen {machine.get('program')} on {machine.get('cores')} cores, {machine.get('system')}, Python {machine.get('python')}; "
        f"medians of {state['asked']['runs']} interleaved runs. Read the ratios: they compare what ran on one machine in one go."
    )
    yield ""
    for name, render in _SECTIONS.items():
        if name in parts:
            yield from render(parts[name])
            yield ""


def _chains(part: dict[str, Any]) -> Iterator[str]:
    yield "## Whole chain"
    yield ""
    yield (
        "All stages of zhen, one process (tables, alignment, relations and all files included) against the plain chain: "
        "pdfplumber's text, words and tables, then spaCy everywhere (English) or jieba (Chinese), then a PhraseMatcher with the "
        "gazetteers' names. Loading models and gazetteers is not counted."
    )
    yield ""
    yield "| document | pages | zhen, s | pages/s | plain, s | times as fast | goal |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, f in part.items():
        ours, plain = f["ours"], f["plain"]
        goal = _GOALS["zh" if "Chinese" in name else "en"]
        yield (
            f"| {name} | {ours['pages']:.0f} | {ours['work']:.2f} | {ours['pages'] / ours['work']:.1f} | {plain['work']:.2f} "
            f"| {plain['work'] / ours['work']:.1f} | {goal:g} |"
        )
    yield ""
    yield "Where the time goes, seconds by stage:"
    yield ""
    stages = ("parse", "segment", "match", "align", "relate", "resolve", "emit")
    yield f"| document | {' | '.join(stages)} | plain: parse | plain: language |"
    yield "|---" * (len(stages) + 3) + "|"
    for name, f in part.items():
        own = " | ".join(f"{f['ours']['stages'].get(s, 0):.2f}" for s in stages)
        other = f["plain"]["stages"]
        yield f"| {name} | {own} | {other['parse']:.2f} | {other['language']:.2f} |"


def _parse(part: dict[str, Any]) -> Iterator[str]:
    yield "## Parsing alone"
    yield ""
    yield "zhen's parser (reading order, blocks, tables, the place of every character) against pdfplumber's text, words and tables."
    yield ""
    yield "| pages | zhen, pages/s | pdfplumber, pages/s | times as fast | goal |"
    yield "|---|---:|---:|---:|---:|"
    for name, f in part.items():
        ours, plain = f["our_parse"], f["plain_parse"]
        goal = _GOALS["plain" if "without" in name else "tables"]
        yield (
            f"| {name} | {ours['pages'] / ours['work']:.1f} | {plain['pages'] / plain['work']:.1f} "
            f"| {plain['work'] / ours['work']:.1f} | {goal:g} |"
        )


def _workers(part: dict[str, Any]) -> Iterator[str]:
    yield "## Two workers"
    yield ""
    yield "Wall time of the whole command, start-up of the workers and the report included."
    yield ""
    yield "| input | 1 worker, s | 2 workers, s | times as fast | goal |"
    yield "|---|---:|---:|---:|---:|"
    for name, f in part.items():
        yield f"| {name} | {f['1']:.1f} | {f['2']:.1f} | {f['1'] / f['2']:.2f} | {_GOALS['workers']:g} |"


def _rerun(part: dict[str, Any]) -> Iterator[str]:
    yield "## Running again"
    yield ""
    yield f"{part['documents']} documents, {part['pages']} pages, {part['workers']} workers, wall time of the whole command."
    yield ""
    yield "| run | s | of the first | documents worked on |"
    yield "|---|---:|---:|---:|"
    yield f"| first | {part['first']:.1f} | | {part['documents']} |"
    again = 100 * part["again"] / part["first"]
    yield f"| nothing changed | {part['again']:.1f} | {again:.2f}% (goal {_GOALS['rerun']:g}%) | {part['again_worked']} |"
    yield (
        f"| one document added | {part['added']:.1f} | {100 * part['added'] / part['first']:.2f}% | {part['added_worked']} |"
    )


def _memory(part: dict[str, Any]) -> Iterator[str]:
    yield "## Memory over many pages"
    yield ""
    yield (
        f"One process, {part['documents']} documents, {part['pages']} pages in {part['seconds']:.0f} s; "
        f"peak {part['peak_mb']:.0f} MB, the final merge included."
    )
    yield ""
    yield "| documents | memory, MB | documents/s since the line before |"
    yield "|---:|---:|---:|"
    before = {"documents": 0, "seconds": 0.0}
    for point in part["points"]:
        rate = (point["documents"] - before["documents"]) / max(point["seconds"] - before["seconds"], 1e-9)
        yield f"| {point['documents']} | {point['mb']:.0f} | {rate:.2f} |"
        before = point


def _merge(part: list[dict[str, Any]]) -> Iterator[str]:
    yield "## The final merge"
    yield ""
    yield "Resolution of entities and writing of all files from kept results, in a process of its own (benchmarks/merge.py)."
    yield ""
    yield "| documents | mentions | entities | relations | s | memory at start, MB | peak, MB |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    for f in part:
        yield (
            f"| {f['documents']:,} | {f['mentions']:,} | {f['entities']:,} | {f['relations']:,} | {f['seconds']:.0f} "
            f"| {f['start_mb']} | {f['peak_mb']} |"
        )


def _engines(part: dict[str, Any]) -> Iterator[str]:
    yield "## The same bytes"
    yield ""
    verdict = "the same in all" if part["same"] else "**DIFFERENT**"
    yield f"SHA-256 of every file but run.json (first 16 digits): {verdict}."
    yield ""
    ways = {name: files for name, files in part["ways"].items() if isinstance(files, dict)}
    names = sorted({file for files in ways.values() for file in files if "/" not in file})
    yield f"| way | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    for way, files in part["ways"].items():
        if isinstance(files, dict):
            yield f"| {way} | {' | '.join(files.get(n, '')[:16] for n in names)} |"
        else:
            yield f"| {way} | {files}{' |' * len(names)}"


_SECTIONS = {
    "chains": _chains, "parse": _parse, "workers": _workers, "rerun": _rerun, "memory": _memory, "merge": _merge, "engines": _engines,
}  # fmt: skip
