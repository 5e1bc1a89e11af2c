"""How fast PDFs are parsed: against plain pdfplumber, interleaved in one run, on pages with and without tables.

``python -m benchmarks.parse FILE.pdf ... [--rounds 5]``

Plain pdfplumber is ``extract_text``, ``extract_words`` and ``extract_tables`` of each page, each page
closed. The parser does more: reading order, paragraphs, tables over pages, notes, the place of every
glyph. Each file is cut (by pdfium) into its pages with tables and those without, as the parser sees
them. Seconds are those of the processor, medians of the rounds: other work on the machine matters less.
"""

import argparse
import io
import json
import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

from pipeline.parse.pdf import parse_pdf
from pipeline.parse.pdf_read import open_pdf, read_pages

_LEAST = 3
"""Fewer pages of one kind say nothing."""


def plain(data: bytes) -> None:
    """What a program does that knows pdfplumber only."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_words()
            page.extract_tables()
            page.close()


def read_only(data: bytes) -> None:
    """The parser's reading of pages alone: words and drawings, nothing decided."""
    pdf = open_pdf(data, ())
    for _ in read_pages(pdf):
        pass
    pdf.close()


WAYS: dict[str, Callable[[bytes], object]] = {
    "plain": plain,
    "pdfplumber": lambda data: parse_pdf(data, document="d", parser="pdfplumber"),
    "auto": lambda data: parse_pdf(data, document="d"),
    "reading": read_only,
}


def parts(data: bytes) -> dict[str, tuple[bytes, int]]:
    """The file, its pages with tables and those without, each with the number of pages."""
    found = parse_pdf(data, document="d")
    with_tables = {page for table in found.tables for page in table.pages}
    every = list(range(1, len(found.pages) + 1))
    kinds = {
        "all": every,
        "tables": [n for n in every if n in with_tables],
        "no tables": [n for n in every if n not in with_tables],
    }
    out = {}
    for kind, numbers in kinds.items():
        if len(numbers) >= (1 if kind == "all" else _LEAST):
            out[kind] = (data if kind == "all" else _cut(data, numbers), len(numbers))
    return out


def _cut(data: bytes, numbers: list[int]) -> bytes:
    source, target = pdfium.PdfDocument(data), pdfium.PdfDocument.new()
    target.import_pages(source, [n - 1 for n in numbers])
    buffer = io.BytesIO()
    target.save(buffer)
    target.close()
    source.close()
    return buffer.getvalue()


def measure(data: bytes, rounds: int) -> dict[str, float]:
    """Seconds each way takes: medians of rounds in which each way has its turn."""
    spent: dict[str, list[float]] = {way: [] for way in WAYS}
    for way in WAYS.values():  # imports, caches of fonts that ship with the libraries
        way(data)
    for _ in range(rounds):
        for name, way in WAYS.items():
            begin = time.process_time()
            way(data)
            spent[name].append(time.process_time() - begin)
    return {name: statistics.median(times) for name, times in spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if not args.json:
        print(
            "| file | pages | plain s | parser, pdfplumber s | parser, auto s | of it reading s | auto: pages/s | plain / auto |"
        )
        print("|---|---|---|---|---|---|---|---|")
    for path in args.files:
        for kind, (data, pages) in parts(path.read_bytes()).items():
            s = measure(data, args.rounds)
            ratio = s["plain"] / s["auto"]
            if args.json:
                print(
                    json.dumps({"file": path.name, "kind": kind, "pages": pages, **s, "ratio": ratio}),
                    flush=True,
                )
                continue
            print(
                f"| {path.name} | {pages} ({kind}) | {s['plain']:.2f} | {s['pdfplumber']:.2f} | {s['auto']:.2f} | "
                f"{s['reading']:.2f} | {pages / s['auto']:.0f} | {ratio:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
