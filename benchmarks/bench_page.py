"""docs/benchmarks.md from the figures that run_all.py measured."""

from collections.abc import Iterator
from typing import Any

_GOALS = {"en": 8.0, "zh": 5.0, "tables": 4.0, "plain": 8.0, "workers": 1.7, "rerun": 2.0}


def page(state: dict[str, Any]) -> str:
    """Return the page; of parts that were not measured it says so."""
    return "\n".join(_lines(state)) + "\n"


def _lines(state: dict[str, Any]) -> Iterator[str]:
    machine, parts, asked = state.get("machine", {}), state["parts"], state["asked"]
    programs = {of["program"] for of in asked.values()}
    yield "# Benchmarks"
    yield ""
    yield "<!-- made by `make bench` (benchmarks/run_all.py); do not edit -->"
    yield ""
    yield (
        f"zhen {machine.get('program')} on {machine.get('cores')} cores, {machine.get('system')}, Python {machine.get('python')}. "
        "Read the ratios: they compare what ran on one machine in one go."
    )
    if len(programs) > 1:
        builds = {
            program: ", ".join(n for n in _SECTIONS if asked.get(n, {}).get("program") == program)
            for program in programs
        }
        yield ""
        yield f"Parts were measured as the program grew: {'; '.join(sorted(builds.values()))}."
    yield ""
    for name, render in _SECTIONS.items():
        if name in parts:
            runs = asked[name]["runs"]
            often = f"Medians of {runs} interleaved runs." if runs > 1 else "One run."
            lines = render(parts[name])
            yield next(lines)
            if name in _REPEATED:
                yield ""
                yield often
            yield from lines
            yield ""
    if missing := [name for name in _SECTIONS if name not in parts]:
        yield f"Not measured yet: {', '.join(missing)}."


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


def _raw(part: dict[str, Any]) -> Iterator[str]:
    yield "## Where the time goes, and what stands between us and pdfium's raw text speed"
    yield ""
    yield (
        "Pages a second, one process. *Text*: PDFium's own text of each page, in the order of the file, without a place. "
        "*Characters*: the same engine asked of each character its code, box, size and font through its C interface from Python. "
        "*Parser*: zhen's, with reading order, blocks, tables and the place of every character. *Chain*: all stages."
    )
    yield ""
    yield "| document | PDFium: text | PDFium: characters | zhen: parser | zhen: chain | text / parser |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, f in part.items():
        s = f["pages/s"]
        yield (
            f"| {name} | {s['raw_text']:.0f} | {s['raw_boxes']:.0f} | {s['our_parse']:.1f} | {s['ours']:.1f} "
            f"| {s['raw_text'] / s['our_parse']:.0f} |"
        )
    yield ""
    yield (
        "zhen's parser reads the content streams itself, since asking PDFium for each character takes longer. Shares of the "
        "time by whose code it is, under a profiler (which makes small Python functions look dearer than they are):"
    )
    yield ""
    for name, f in part.items():
        for stage, modules in f["share"].items():
            total = modules["all"]
            shown = [f"{m} {100 * s / total:.0f}%" for m, s in modules.items() if m != "all"]
            yield f"- {name}, {stage}: {', '.join(shown)}"
    yield ""
    yield (
        "PDFium's text call does none of what makes most of the parser's time: content streams read for rules, fills and the font of "
        "each run (tables, headings, fake bold), characters put into lines, columns and paragraphs, furniture and hyphens taken "
        "out, tables joined over pages, and an offset and a box kept for every character. That is Python over each character or line; "
        "only moving it into a compiled extension would close the gap. After the parser, statistical models over sentences "
        "are the largest part, on one thread each."
    )


def _workers(part: dict[str, Any]) -> Iterator[str]:
    yield "## Two workers"
    yield ""
    yield (
        "Wall time of the whole command, start-up, loading of models and the report included. The end of a run (merge, files, "
        "report) is one process but for the drawing of the report's pages."
    )
    yield ""
    yield "| input | 1 worker, s | of it the end of the run, s | 2 workers, s | times as fast | goal |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, f in part.items():
        yield (
            f"| {name} | {f['1']:.1f} | {f.get('end', 0.0):.1f} | {f['2']:.1f} | {f['1'] / f['2']:.2f} | {_GOALS['workers']:g} |"
        )


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
        f"Two workers, {part['documents']} documents, {part['pages']} pages in {part['seconds']:.0f} s; the largest worker's peak is "
        f"{part['peak_worker_mb']:.0f} MB, that of the process that gives out documents and merges {part['peak_mb']:.0f} MB."
    )
    yield ""
    yield "| documents | the larger worker, MB | the parent, MB | documents/s since the line before |"
    yield "|---:|---:|---:|---:|"
    before = {"documents": 0, "seconds": 0.0}
    for point in part["points"]:
        rate = (point["documents"] - before["documents"]) / max(point["seconds"] - before["seconds"], 1e-9)
        yield f"| {point['documents']} | {point['mb']:.0f} | {point['own']:.0f} | {rate:.2f} |"
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
    "chains": _chains, "parse": _parse, "raw": _raw, "workers": _workers, "rerun": _rerun, "memory": _memory, "merge": _merge, "engines": _engines,
}  # fmt: skip
_REPEATED = frozenset({"chains", "parse", "raw", "workers"})
"""Sections whose figures are medians of several runs."""
