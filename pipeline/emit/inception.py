"""A run for correction in INCEpTION: documents as UIMA CAS (XMI 1.0 with its type system), and the way back.

The types are those of DKPro Core that INCEpTION has built in (its layer "Named entity": ``value`` is our
type, ``identifier`` our entity). Pages are joined by a blank line. UIMA counts offsets in UTF-16 units.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as defused

from pipeline.emit.annotations import Annotation, AnnotationError, Units
from pipeline.emit.loaded import Loaded, replaced, xml_text
from pipeline.records import Mention, Page

_BETWEEN = "\n\n"
_NAMED = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_NER = "http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
_CAS = "http:///uima/cas.ecore"
_LARGEST = 200 << 20
_TYPES = f"""<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>{_NAMED}</name><description/><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>value</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>identifier</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
</features></typeDescription>
</types></typeSystemDescription>
"""


def export_inception(run: Path, target: Path) -> dict[str, int]:
    """Write ``inception/DOCUMENT.zip`` (format "UIMA CAS XMI (XML 1.0)") a document and return counts of names.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the files; made when missing.
    """
    counts: dict[str, int] = {}
    for document, pages in _by_document(Loaded(run)):
        name = f"inception/{document}.zip"
        content = _xmi(pages)
        counts[name] = sum(len(mentions) for _, mentions in pages)
        replaced(target / name, lambda part, d=document, c=content: part.write_bytes(_zipped(d, c)))  # type: ignore[misc]
    return counts


def _by_document(loaded: Loaded) -> Iterator[tuple[str, list[tuple[Page, list[Mention]]]]]:
    pages: list[tuple[Page, list[Mention]]] = []
    for page, mentions in loaded.pages_with_mentions():
        if pages and pages[0][0].document != page.document:
            yield pages[0][0].document, pages
            pages = []
        pages.append((page, mentions))
    if pages:
        yield pages[0][0].document, pages


def _zipped(document: str, xmi: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((f"{document}.xmi", xmi), ("TypeSystem.xml", _TYPES)):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _xmi(pages: list[tuple[Page, list[Mention]]]) -> str:
    text = joined([page for page, _ in pages])
    units = Units(text)
    language = "x-unspecified"
    lines: list[str] = []
    members: list[int] = []
    at = 0
    for page, mentions in pages:
        for m in mentions:
            number = len(members) + 3
            members.append(number)
            lines.append(
                f'<ner:NamedEntity xmi:id="{number}" sofa="1" begin="{units.unit(at + m.start)}" '
                f'end="{units.unit(at + m.end)}" value={quoteattr(m.type)} identifier={quoteattr(m.entity)}/>'
            )
        at += len(page.text) + len(_BETWEEN)
    ends = units.unit(len(text))
    document = len(members) + 3
    escaped = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
    body = "\n".join(lines)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
        f'xmlns:cas="{_CAS}" xmlns:tcas="http:///uima/tcas.ecore" xmlns:ner="{_NER}" xmi:version="2.0">\n'
        f'<cas:NULL xmi:id="0"/>\n{body}\n'
        f'<tcas:DocumentAnnotation xmi:id="{document}" sofa="1" begin="0" end="{ends}" language="{language}"/>\n'
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" '
        f"sofaString={quoteattr(text, escaped)}/>\n"
        f'<cas:View sofa="1" members="{" ".join(map(str, [*members, document]))}"/>\n</xmi:XMI>\n'
    )


def joined(pages: list[Page]) -> str:
    """Return a document's text as INCEpTION sees it: pages joined, nothing that XML cannot hold."""
    return xml_text(_BETWEEN.join(page.text for page in pages))


def read_inception(path: Path, loaded: Loaded) -> Iterator[Annotation]:
    """Yield the names of a document exported from INCEpTION as UIMA CAS XMI (the file, or its ZIP).

    Raises:
        AnnotationError: the file is no such export, or its text is of no document of the run.
    """
    root = _root(path)
    sofa = root.find(f"{{{_CAS}}}Sofa")
    text = sofa.get("sofaString") if sofa is not None else None
    pages = next(
        ([p for p, _ in found] for _, found in _by_document(loaded) if joined([p for p, _ in found]) == text),
        None,
    )
    if text is None or pages is None:
        raise AnnotationError(f"{path}: its text is of no document of this run")
    units = Units(text)
    found = [
        (
            units.point(int(x.get("begin", 0))),
            units.point(int(x.get("end", 0))),
            x.get("value"),
            x.get("identifier"),
        )
        for x in root.iter(f"{{{_NER}}}NamedEntity")
    ]
    at = 0
    for page in pages:
        place = {"document": page.document, "page": page.page}
        yield Annotation(**place, start=0, end=0, type=None, entity=None)  # type: ignore[arg-type]
        for begin, end, kind, entity in sorted(found, key=lambda f: f[:2]):
            if at <= begin and end <= at + len(page.text):
                yield Annotation(**place, start=begin - at, end=end - at, type=kind, entity=entity)  # type: ignore[arg-type]
        at += len(page.text) + len(_BETWEEN)


def _root(path: Path) -> ElementTree.Element:
    """Parse an XMI file; document types, which could define entities, are refused."""
    try:
        content = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                inside = next(i for i in archive.infolist() if i.filename.endswith(".xmi"))
                if inside.file_size > _LARGEST:
                    raise AnnotationError(f"{path}: larger than {_LARGEST >> 20} MB")
                content = archive.read(inside)
        root: ElementTree.Element = defused.fromstring(content, forbid_dtd=True)
        return root
    except (OSError, zipfile.BadZipFile, StopIteration, ElementTree.ParseError, DefusedXmlException):
        raise AnnotationError(f"{path}: no UIMA CAS XMI") from None
