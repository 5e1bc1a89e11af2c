"""Office files are ZIP packages of XML parts: opened with limits, and never expanding entities."""

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import ParseError as XmlError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipeline.parse.errors import ParseError

MOST_BYTES = 300_000_000
"""Bytes of all parts that are read from a package, uncompressed."""
MOST_PARTS = 10_000
_MOST_RATIO = 500
"""A part that shrank to less than its size over this is no document (with a floor of 10 MB)."""


class Package:
    """An opened package.

    Args:
        data: the file.
        what: what it should be, for messages (``Word document``).

    Raises:
        ParseError: ``damaged``, ``encrypted`` or ``limit``.
    """

    def __init__(self, data: bytes, what: str) -> None:
        self._what = what
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as problem:
            raise ParseError("damaged", f"not readable as a {what}: {_line(problem)}") from None
        if len(infos) > MOST_PARTS or sum(i.file_size for i in infos) > 4 * MOST_BYTES:
            raise ParseError("limit", f"the {what} unpacks to more than is allowed (a zip bomb?)")
        if any(i.flag_bits & 1 for i in infos):
            raise ParseError("encrypted", f"the {what} is encrypted; save it without a password")
        self._infos = {i.filename.lstrip("/"): i for i in infos}

    @property
    def names(self) -> list[str]:
        """Return the names of the parts, sorted."""
        return sorted(self._infos)

    def read(self, name: str) -> bytes | None:
        """Return a part's bytes, or None when the package has no such part.

        Raises:
            ParseError: it is damaged or beyond the limits.
        """
        info = self._infos.get(name)
        if info is None:
            return None
        ratio = info.file_size / max(1, info.compress_size)
        self._read += info.file_size
        if self._read > MOST_BYTES or (info.file_size > 10_000_000 and ratio > _MOST_RATIO):
            raise ParseError("limit", f"the {self._what} unpacks to more than is allowed (a zip bomb?)")
        try:
            with self._zip.open(info) as part:
                found = part.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
            ValueError,
        ) as problem:
            raise ParseError("damaged", f"not readable as a {self._what}: {_line(problem)}") from None
        if len(found) > info.file_size:
            raise ParseError("limit", f"the {self._what} unpacks to more than it says (a zip bomb?)")
        return found

    def xml(self, name: str) -> Element | None:
        """Return a part's root element, or None when the package has no such part.

        Raises:
            ParseError: it is no XML, or declares entities.
        """
        data = self.read(name)
        if data is None:
            return None
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException:
            raise ParseError(
                "damaged", f"not readable as a {self._what}: its XML declares entities"
            ) from None
        except (XmlError, ValueError, LookupError) as problem:
            raise ParseError("damaged", f"not readable as a {self._what}: {name}: {_line(problem)}") from None
        return root


def _line(problem: BaseException) -> str:
    return " ".join(str(problem).split())[:120] or type(problem).__name__


def core_properties(package: Package) -> dict[str, str]:
    """Return a package's core properties (``title``, ``creator``, ``created``, ``modified``)."""
    try:
        root = package.xml("docProps/core.xml")
    except ParseError:
        return {}
    if root is None:
        return {}
    return {
        e.tag.rpartition("}")[2]: " ".join((e.text or "").split()) for e in root if (e.text or "").strip()
    }
