"""report.html: a run as one self-contained page, for people who would rather look than read.

Everything stands in the file: data as JSON in blocks that no browser executes, low page images as data
URLs, one style and one script, which the page's own security policy names by their digests and which
nothing else may join. What does not fit one file goes into a folder beside it, a page a document.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.emit.report_data import Data, collected
from pipeline.emit.report_html import page
from pipeline.emit.report_images import page_images

BUDGET = 4_700_000
"""Bytes that the page of a run with page images keeps to, where its text leaves room."""
_LEAST = 400_000
_WHOLE = 16_000_000
"""Bytes of documents' text and mentions above which each document gets a file of its own."""

_MOST = 128_000_000
"""Bytes of text and mentions above which the page only says where to look: it would take gigabytes to make."""


def write_report(
    folder: Path,
    out_file: Path,
    scratch: Path,
    files: Mapping[str, Path] | None = None,
    *,
    passwords: Sequence[str] = (),
    skipped: Mapping[str, int] | None = None,
    workers: int = 1,
    whole: int = _WHOLE,
    most: int = _MOST,
) -> None:
    """Write a run's page; the same records and files give the same bytes.

    Args:
        folder: a folder with the JSON Lines files of a run.
        out_file: the page, written whole or not at all.
        scratch: a folder on the same file system for what is unfinished.
        files: where documents lie, by id, to draw page images from; without it there is text only.
        passwords: for encrypted PDFs.
        skipped: files skipped in walked folders, by ending.
        workers: processes that may draw pages; the page does not depend on it.
        whole: bytes of text and mentions up to which everything goes into one file.
        most: bytes of text and mentions up to which there is a page of everything at all.
    """
    if sum((folder / f"{name}.jsonl").stat().st_size for name in ("pages", "mentions")) > most:
        _clear(out_file.with_suffix(""))
        _write(out_file, scratch, _TOO_LARGE)
        return
    data = collected(folder, skipped or {})
    parts = out_file.with_suffix("")
    if data.size() > whole:
        _write_parts(data, out_file, scratch)
        return
    _clear(parts)
    room = max(BUDGET - data.size(), _LEAST)
    images = page_images(data.wanted(), files or {}, room, passwords, workers)
    _write(out_file, scratch, page(data.index(), data.pages(), images))


_TOO_LARGE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>zhen</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
</head><body><p>This run is too large for one page. <code>zhen serve</code>, with the run's folder, shows it;
<code>zhen search</code> and <code>zhen show</code> look into it.</p></body></html>
"""


def _write_parts(data: Data, out_file: Path, scratch: Path) -> None:
    """Write the index and, in a folder named as it, a page for each document, without images.

    Drawing thousands of pages would take longer than reading them; ``zhen serve`` draws those that are looked at.
    """
    parts = out_file.with_suffix("")
    _clear(parts)
    parts.mkdir(exist_ok=True)
    for document in data.documents:
        if document.id in data.pages_of:
            index = data.index(document.id, home=f"../{out_file.name}")
            _write(parts / f"{document.id}.html", scratch, page(index, data.pages(document.id), {}))
    _write(out_file, scratch, page(data.index(parts=parts.name), [], {}))


def _clear(parts: Path) -> None:
    """Remove the pages that an earlier run left beside its index."""
    if parts.is_dir() and not parts.is_symlink():
        for left in sorted(parts.glob("*.html")):
            left.unlink()
        if not any(parts.iterdir()):
            parts.rmdir()


def _write(path: Path, scratch: Path, content: bytes) -> None:
    temporary = scratch / f"{path.name}.part"
    temporary.write_bytes(content)
    os.replace(temporary, path)
