"""Low page images of PDFs for report.html, within a budget of bytes.

PDFium draws in processes of its own with limits on time and memory: a file that makes one fail costs the
report those pictures, nothing else. A process lives on for the next pages, since starting it takes longer
than drawing most. Pages are given out a few at a time, each few with its own share of the budget, so the
images do not depend on how many processes draw.
"""

import base64
import contextlib
import io
import resource
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

WIDTH, TALLEST = 720, 2400
"""Pixels: the width of a drawn page, and the height that none exceeds."""
_GREYS = ((8, 4), (4, 2))
"""Shades of a page without loss, and the bits of each point."""
_TOGETHER = 4
"""Pages of a document that are drawn at once."""
_LOSSY = 30
_TEXT = 16
"""Points a byte that a page of text has at least, without loss."""
_FLOOR = 9_000
_MOST = 160
_SECONDS = 120
_MEMORY = 3 << 30
_LENGTH = struct.Struct(">Q")
"""Before each task and each answer stands how many bytes it has."""

Wanted = Mapping[str, Sequence[tuple[int, int]]]
"""Pages by document: number and how many mentions stand on it."""


def page_images(
    wanted: Wanted, files: Mapping[str, Path], room: int, passwords: Sequence[str] = (), workers: int = 1
) -> dict[str, str]:
    """Return data URLs of drawn pages, by ``document:page``.

    Args:
        wanted: the pages of documents that have a layout.
        files: where the documents lie; others are left out.
        room: bytes that all data URLs together may take; of more than 160 pages those with most mentions
            are drawn.
        passwords: for encrypted PDFs.
        workers: processes that draw; the images do not depend on it.
    """
    ranked = sorted(
        (-count, key, number) for key, pages in wanted.items() if key in files for number, count in pages
    )
    chosen = sorted((key, number) for _, key, number in ranked[: min(max(room // _FLOOR, 1), _MOST)])
    numbers: dict[str, list[int]] = {}
    for key, number in chosen:
        numbers.setdefault(key, []).append(number)
    few = [
        (key, pages[i : i + _TOGETHER])
        for key, pages in numbers.items()
        for i in range(0, len(pages), _TOGETHER)
    ]
    if not few:
        return {}
    share = room * 3 // 4 // len(chosen)
    with ThreadPoolExecutor(max(1, min(workers, len(few)))) as threads, contextlib.ExitStack() as stack:
        own = threading.local()

        def drawn(key: str, pages: list[int]) -> dict[int, bytes]:
            if not hasattr(own, "drawer"):
                own.drawer = _Drawer()
                stack.callback(own.drawer.close)
            found: dict[int, bytes] = own.drawer.drawn(files[key], pages, share * len(pages), passwords)
            return found

        try:
            all_drawn = list(threads.map(drawn, *zip(*few, strict=True)))
        except BaseException:  # a run that is stopped does not draw on
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return {
        f"{key}:{number}": data_url(image)
        for (key, _), images in zip(few, all_drawn, strict=True)
        for number, image in images.items()
    }


def data_url(image: bytes) -> str:
    """Return an image as a data URL."""
    return f"data:{kind_of(image)};base64," + base64.b64encode(image).decode("ascii")


def kind_of(image: bytes) -> str:
    """Return the media type of a drawn page."""
    return "image/png" if image.startswith(b"\x89PNG") else "image/webp"


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
    """Return pages of a PDF as grey images that together keep to ``room`` bytes.

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
        most = min(allowance * 2, room)
        for image in _encodings(picture, most):
            if len(image) <= most:
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


def _encodings(picture: "PIL.Image.Image", most: int) -> Iterator[bytes]:  # type: ignore[name-defined]  # noqa: F821
    """Yield a page in ever fewer bytes, ``most`` of which are wanted: text keeps best in few greys without loss, photographs with it.

    PNG of few greys takes a fifth of the time that WebP without loss takes, for a fifth more bytes; WebP with
    loss takes most of both where a page is text.
    """

    def encoded(image: "PIL.Image.Image", form: str, **options: object) -> bytes:  # type: ignore[name-defined]  # noqa: F821
        buffer = io.BytesIO()
        image.save(buffer, form, **options)
        return buffer.getvalue()

    for greys, bits in _GREYS:
        few = picture.point([round(i * (greys - 1) / 255) for i in range(256)])
        few.putpalette([round(i * 255 / (greys - 1)) for i in range(greys) for _ in "rgb"])
        flat = encoded(few, "PNG", bits=bits, compress_level=4)
        yield flat
    if len(flat) * _TEXT < picture.width * picture.height:
        if len(flat) * 3 < most * 4:  # else it takes more too
            yield encoded(few.convert("RGB"), "WEBP", lossless=True, quality=20, method=1)
    else:
        yield encoded(picture, "WEBP", quality=_LOSSY, method=2)
    small = picture.resize((max(picture.width // 2, 1), max(picture.height // 2, 1)))
    yield encoded(small, "WEBP", quality=_LOSSY, method=2)


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
