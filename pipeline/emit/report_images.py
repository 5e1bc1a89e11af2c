"""Low page images of PDFs for report.html, within a budget of bytes.

PDFium draws in a process of its own with limits on time and memory: a file that makes it fail costs
the report that document's pictures, nothing else.
"""

import base64
import io
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

WIDTH, TALLEST = 720, 2400
"""Pixels: the width of a drawn page, and the height that none exceeds."""
_GREYS = (8, 4)
_LOSSY = 30
_FLOOR = 9_000
_MOST = 160
_SECONDS = 120
_MEMORY = 3 << 30

Wanted = Mapping[str, Sequence[tuple[int, int]]]
"""Pages by document: number and how many mentions stand on it."""


def page_images(
    wanted: Wanted, files: Mapping[str, Path], room: int, passwords: Sequence[str] = ()
) -> dict[str, str]:
    """Return data URLs of drawn pages, by ``document:page``.

    Args:
        wanted: the pages of documents that have a layout.
        files: where the documents lie; others are left out.
        room: bytes that all data URLs together may take; of more than 160 pages those with most mentions
            are drawn.
        passwords: for encrypted PDFs.
    """
    ranked = sorted(
        (-count, key, number) for key, pages in wanted.items() if key in files for number, count in pages
    )
    chosen = sorted((key, number) for _, key, number in ranked[: min(max(room // _FLOOR, 1), _MOST)])
    numbers: dict[str, list[int]] = {}
    for key, number in chosen:
        numbers.setdefault(key, []).append(number)
    left, waiting = room * 3 // 4, len(chosen)
    found: dict[str, str] = {}
    for key, pages in numbers.items():
        share = left * len(pages) // waiting
        for number, image in _drawn(files[key], pages, share, passwords).items():
            found[f"{key}:{number}"] = "data:image/webp;base64," + base64.b64encode(image).decode("ascii")
            left -= len(image)
        waiting -= len(pages)
    return found


def _drawn(path: Path, pages: Sequence[int], room: int, passwords: Sequence[str]) -> dict[int, bytes]:
    # as a file with -P: nothing is imported from the folder in which zhen was started
    task = msgspec.msgpack.encode((str(path.absolute()), list(pages), room, list(passwords)))
    try:
        done = subprocess.run(  # nosec B603 - this file, by this Python; the task goes in by a pipe
            [sys.executable, "-P", __file__],
            input=task, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=True,
        )  # fmt: skip
        return msgspec.msgpack.decode(done.stdout, type=dict[int, bytes])
    except (OSError, subprocess.SubprocessError, msgspec.MsgspecError):
        return {}


def draw(path: str, pages: Sequence[int], room: int, passwords: Sequence[str]) -> dict[int, bytes]:
    """Return pages of a PDF as grey WebP images that together keep to ``room`` bytes.

    Each page gets what the pages before it left of their share: many greys, few greys, or none at all.

    Raises:
        pypdfium2.PdfiumError: the file is no PDF or no password opens it.
    """
    import pypdfium2

    document = _opened(path, passwords)
    found: dict[int, bytes] = {}
    for done, number in enumerate(pages):
        allowance = room // (len(pages) - done)
        if not 1 <= number <= len(document):
            continue
        try:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(WIDTH / width, TALLEST / height)
            picture = page.render(scale=scale, grayscale=True).to_pil()
        except (pypdfium2.PdfiumError, ZeroDivisionError):
            continue
        for image in _encodings(picture):
            if len(image) <= allowance * 2 and len(image) <= room:
                found[number] = image
                room -= len(image)
                break
    return found


def _opened(path: str, passwords: Sequence[str]) -> "pypdfium2.PdfDocument":  # type: ignore[name-defined]  # noqa: F821
    import pypdfium2

    for password in passwords:
        try:
            return pypdfium2.PdfDocument(path, password=password)
        except pypdfium2.PdfiumError:
            continue
    return pypdfium2.PdfDocument(path)


def _encodings(picture: "PIL.Image.Image") -> Iterator[bytes]:  # type: ignore[name-defined]  # noqa: F821
    """Yield a page in ever fewer bytes: text keeps best in few greys without loss, photographs with it."""

    def webp(image: "PIL.Image.Image", **options: object) -> bytes:  # type: ignore[name-defined]  # noqa: F821
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", **options)
        return buffer.getvalue()

    for greys in _GREYS:
        table = [round(round(i * (greys - 1) / 255) * 255 / (greys - 1)) for i in range(256)]
        yield webp(picture.point(table).convert("RGB"), lossless=True, quality=20, method=1)
    yield webp(picture, quality=_LOSSY, method=2)
    small = picture.resize((max(picture.width // 2, 1), max(picture.height // 2, 1)))
    yield webp(small, quality=_LOSSY, method=2)


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    path, pages, room, passwords = msgspec.msgpack.decode(
        sys.stdin.buffer.read(), type=tuple[str, list[int], int, list[str]]
    )
    sys.stdout.buffer.write(msgspec.msgpack.encode(draw(path, pages, room, passwords)))


if __name__ == "__main__":
    _main()
