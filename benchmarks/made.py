"""Documents to measure with, made of given PDFs: many short ones, each different, or one long one."""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium


def documents(place: Path, sources: Sequence[Path], count: int, pages: int = 5) -> Path:
    """Write so many PDFs of so many pages and return their folder; what is there already is kept.

    Args:
        place: the folder.
        sources: PDFs whose pages are taken in turn.
        count: how many.
        pages: pages of each.
    """
    place.mkdir(parents=True, exist_ok=True)
    opened = [pdfium.PdfDocument(source) for source in sources]
    for number in range(count):
        path = place / f"{number:05}.pdf"
        if path.is_file():
            continue
        source = opened[number % len(opened)]
        start = number // len(opened) * pages
        save(source, [(start + i) % len(source) for i in range(pages)], path)
        with open(path, "ab") as file:  # the same pages in other bytes: another document
            file.write(f"\n% document {number}\n".encode())
    return place


def long_pdf(path: Path, sources: Sequence[Path], pages: int) -> Path:
    """Write one PDF of so many pages, the sources' repeated in order, and return its path."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = pdfium.PdfDocument.new()
        left = pages
        while left > 0:
            for source in map(pdfium.PdfDocument, sources):
                taken = list(range(min(left, len(source))))
                if taken:
                    new.import_pages(source, taken)
                left -= len(taken)
        part = path.with_suffix(".part")
        new.save(part)
        part.replace(path)
    return path


def save(source: pdfium.PdfDocument, pages: Sequence[int], path: Path) -> None:
    """Write some pages of a PDF (counted from 0) as a PDF of their own."""
    new = pdfium.PdfDocument.new()
    new.import_pages(source, list(pages))
    new.save(path)
