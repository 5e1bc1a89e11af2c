"""Low page images of PDFs for report.html, within a budget of bytes.

PDFium draws in a process of its own with limits on time and memory: a file that makes it fail costs
the report that document's pictures, nothing else. The process lives on for the next document, since
starting it takes longer than drawing most.
"""

import base64
import contextlib
import io
import resource
import selectors
import struct
import subprocess
import sys
import time
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
_LENGTH = struct.Struct(">Q")
"""Before each task and each answer stands how many bytes it has."""

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
    with contextlib.closing(_Drawer()) as drawer:
        for key, pages in numbers.items():
            share = left * len(pages) // waiting
            for number, image in drawer.drawn(files[key], pages, share, passwords).items():
                found[f"{key}:{number}"] = "data:image/webp;base64," + base64.b64encode(image).decode("ascii")
                left -= len(image)
            waiting -= len(pages)
    return found


class _Drawer:
    """The process that draws; one that fails on a document is replaced for the next."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def drawn(
        self, path: Path, pages: Sequence[int], room: int, passwords: Sequence[str]
    ) -> dict[int, bytes]:
        """Return a document's pages that could be drawn, as ``draw`` does."""
        task = msgspec.msgpack.encode((str(path.absolute()), list(pages), room, list(passwords)))
        try:
            answer = self._answer(task)
            return msgspec.msgpack.decode(answer, type=dict[int, bytes])
        except (OSError, EOFError, TimeoutError, msgspec.MsgspecError):
            self.close()
            return {}

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _answer(self, task: bytes) -> bytes:
        if self._process is None:
            # as a file with -P: nothing is imported from the folder in which zhen was started
            self._process = subprocess.Popen(  # nosec B603 - this file, by this Python; the task goes in by a pipe
                [sys.executable, "-P", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )  # fmt: skip
        tasks, answers = self._process.stdin, self._process.stdout
        if tasks is None or answers is None:
            raise EOFError
        tasks.write(_LENGTH.pack(len(task)) + task)
        tasks.flush()
        deadline = time.monotonic() + _SECONDS
        with selectors.DefaultSelector() as ready:
            ready.register(answers, selectors.EVENT_READ)
            data, wanted = b"", _LENGTH.size
            while len(data) < wanted:
                if not ready.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                more = answers.read1(1 << 20)  # type: ignore[attr-defined]
                if not more:
                    raise EOFError
                data += more
                if wanted == _LENGTH.size and len(data) >= wanted:
                    wanted += _LENGTH.unpack(data[:wanted])[0]
        return data[_LENGTH.size :]


def draw(path: str, pages: Sequence[int], room: int, passwords: Sequence[str]) -> dict[int, bytes]:
    """Return pages of a PDF as grey WebP images that together keep to ``room`` bytes.

    Each page gets what the pages before it left of their share: many greys, few greys, or none at all.

    Raises:
        pypdfium2.PdfiumError: the file is no PDF or no password opens it.
    """

    document = _opened(path, passwords)
    found: dict[int, bytes] = {}
    try:
        _draw(document, pages, room, found)
    finally:
        document.close()
    return found


def _draw(
    document: "pypdfium2.PdfDocument",  # type: ignore[name-defined]  # noqa: F821
    pages: Sequence[int],
    room: int,
    found: dict[int, bytes],
) -> None:
    import pypdfium2

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
    import pypdfium2

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := tasks.read(_LENGTH.size):
        task = tasks.read(_LENGTH.unpack(head)[0])
        path, pages, room, passwords = msgspec.msgpack.decode(
            task, type=tuple[str, list[int], int, list[str]]
        )
        try:
            answer = msgspec.msgpack.encode(draw(path, pages, room, passwords))
        except (OSError, pypdfium2.PdfiumError):
            answer = msgspec.msgpack.encode({})
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


if __name__ == "__main__":
    _main()
