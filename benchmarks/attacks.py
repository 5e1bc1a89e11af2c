"""Files made to exhaust or to deceive a reader: bombs, loops, depth, size, wrong maps, path tricks."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator

from mutations import package

LARGE = b"9" * 30


def hostile(scale: float = 1.0) -> Iterator[tuple[str, bytes]]:
    """Yield files that are attacks, by name.

    Args:
        scale: 1 makes the sizes that the issue names (100 MB of text, 50 MB of HTML); tests take less.
    """
    mega = int(1_000_000 * scale)
    for made in (_texts, _web_pages, _pdfs, _pdf_objects, _packages, _images):
        yield from made(mega)


def _texts(mega: int) -> Iterator[tuple[str, bytes]]:
    yield "one-line.txt", b"The Delta Robot Office met. " * (100 * mega // 28)
    yield "one-word.txt", b"a" * (20 * mega)
    yield "han.txt", "浙江省科技厅".encode() * (5 * mega // 18)
    yield "brackets.txt", "（《(".encode() * (mega // 10)
    yield "nul.txt", b"\0" * mega
    yield "empty-lines.txt", b"\n" * mega
    yield "accents.txt", b"The Delta Office" + "\u0301".encode() * mega
    yield "surrogates.txt", b"\xff\xfe" + b"\x00\xd8A\x00\x00\xdc \x00" * (mega // 8)
    yield "directions.txt", "The \u202eDelta Robot\u2066 Office\u202d met. ".encode() * (mega // 40)
    yield "names.txt", b"".join(b"Delta%d Robot Technology Co., Ltd. met.\n" % i for i in range(mega // 40))
    yield "table.md", b"|a|b|\n|-|-|\n" + b"|x|y|\n" * (mega // 4)
    yield "quotes.md", b">" * mega + b" x\n" + b"[" * mega + b"\n" + b"- " * (mega // 10)


def _web_pages(mega: int) -> Iterator[tuple[str, bytes]]:
    yield "large.html", b"<p>The Delta Robot Office met. <b>x</b></p>\n" * (50 * mega // 44)
    yield "deep.html", b"<div>" * mega + b"x"
    yield "formatting.html", b"<b><i><p>" * (mega // 100) + b"x"
    yield "attributes.html", b"<p " + b"".join(b"a%d=1 " % i for i in range(mega // 10)) + b">x</p>"
    yield "entities.html", b"<p>" + b"&#xD800;&#0;&notanentity;&" * (mega // 30) + b"</p>"
    yield "spans.html", b"<table>" + b"<tr><td colspan=1000 rowspan=65534>x" * (mega // 100) + b"</table>"
    yield "tables.html", b"<table><tr><td>" * (mega // 50) + b"x"


def _pdfs(mega: int) -> Iterator[tuple[str, bytes]]:
    yield "bomb.pdf", pdf(b"", zlib.compress(b" " * (300 * mega), 9), b"/Filter /FlateDecode")
    once = zlib.compress(zlib.compress(b"0 0 m " * (20 * mega), 9), 9)
    yield "twice-packed.pdf", pdf(b"", once, b"/Filter [/FlateDecode /FlateDecode]")
    yield "deep.pdf", pdf(b"/X " + b"[" * (mega // 5) + b"]" * (mega // 5), b"")
    yield "deep-content.pdf", pdf(b"", b"[" * (mega // 5) + b" q" * (mega // 5))
    yield "annotations.pdf", pdf(b"/Annots [" + b"<< /Subtype /Link /Rect [0 0 1 1] >> " * mega + b"]", b"")
    yield "huge-page.pdf", pdf(b"", b"BT /F1 12 Tf (text) Tj ET", box=b"0 0 %s %s" % (LARGE, LARGE))
    yield "no-page.pdf", pdf(b"", b"BT /F1 12 Tf (text) Tj ET", box=b"0 0 0 0")
    yield (
        "many-glyphs.pdf",
        pdf(b"", b"BT /F1 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * (mega // 40) + b"ET"),
    )
    yield "many-lines.pdf", pdf(b"", b"0 0 m 10 10 l S " * (mega // 4))
    side = int((10_000 * mega) ** 0.5)
    image = zlib.compress(b"\0" * ((side + 7) // 8 * side), 9)
    head = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray"
        % (side, side)
    )
    yield (
        "huge-image.pdf",
        objects(
            PAGE % b"/Resources << /XObject << /X 5 0 R >> >>", stream(b"300 0 0 300 0 0 cm /X Do"),
            stream(image, head + b" /Filter /FlateDecode"),
        ),
    )  # fmt: skip


def _pdf_objects(mega: int) -> Iterator[tuple[str, bytes]]:
    """Yield PDFs whose objects lead to themselves, or whose fonts say what is not so."""
    loop = b"/Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>"
    yield "loop.pdf", pdf(loop, b"/X Do " * 50, form=b"/X Do /X Do")
    yield "kids-loop.pdf", pdf(b"", b"").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R 3 0 R]")
    text = stream(b"BT /F1 12 Tf 20 20 Td (text) Tj <000100020003> Tj ET")
    yield (
        "self.pdf",
        objects(PAGE % b"/Resources 6 0 R", b"<< /Length 4 0 R >>\nstream\nq\nendstream", b"", b"6 0 R"),
    )
    yield (
        "content-loop.pdf",
        objects(PAGE.replace(b"4 0 R", b"[4 0 R 5 0 R]") % b"", b"[4 0 R 5 0 R]", b"[4 0 R]"),
    )
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding %s /DescendantFonts [%s] /ToUnicode %s >>"
    resources = b"/Resources << /Font << /F1 5 0 R >> >>"
    yield "font-loop.pdf", objects(PAGE % resources, text, font % (b"5 0 R", b"5 0 R", b"5 0 R"))
    yield "prev-loop.pdf", pdf(b"", b"").replace(b"trailer\n<<", b"xref\n0 0\ntrailer\n<< /Prev 9 /XRefStm 9")
    levels = mega // 20
    tree = [
        b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (i - 1, i + 1)
        for i in range(4, 4 + levels)
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>"
    yield "deep-tree.pdf", objects(b"<< /Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1 >>", *tree, page)
    wide = [
        b"<< /Type /Pages /Parent 2 0 R /Kids [%s] /Count 9 >>" % (b"%d 0 R " % i * 10)
        for i in (4, 5, 6, 7, 8)
    ]
    yield "kids-bomb.pdf", objects(*wide, page)  # a hundred thousand pages that are one
    levels = b"".join(
        b"%d 0 obj\n[%s]\nendobj\n" % (i, b"%d 0 R " % (i + 1) * 10)
        for i in range(10, 10 + (7 if mega > 99_999 else 3))
    )
    yield (
        "info-bomb.pdf",
        objects(page).replace(b"trailer\n<<", levels + b"trailer\n<< /Info << /Title 10 0 R >>"),
    )
    narrow = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Ordering (Identity) >> /DW -%s /W [0 99999999 %s 5 [%s]] >>"
    told = b"<0000> <FFFF> <D800>\n<0001> <0001> <0000>\n<0002> <0002> <202E>\n<0003> <FFFFFFFF> <DBFFDFFFDBFF>\n"
    to_unicode = stream(
        b"/X usecmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n9 beginbfrange\n"
        + told * (mega // 1000)
        + b"endbfrange"
    )
    yield (
        "wrong-maps.pdf",
        objects(
            PAGE % resources,
            text,
            font % (b"/Identity-H", b"6 0 R", b"7 0 R"),
            narrow % (LARGE, LARGE, (LARGE + b" ") * 1000),
            to_unicode,
        ),
    )
    plain = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar -5 /LastChar 2147483647 /Widths [%s -%s] /Encoding << /Differences [2147483647 /a -9 /uniD800 65 /u110000 66 /g99999999999] >> >>"
        % (LARGE, LARGE)
    )
    yield "wrong-font.pdf", objects(PAGE % resources, text, plain)
    yield (
        "map-path.pdf",
        objects(
            PAGE % resources,
            text,
            font % (b"/..#2F..#2F..#2F..#2Fetc#2Fpasswd", b"6 0 R", b"/#2Fetc#2Fpasswd"),
            narrow % (LARGE, LARGE, b""),
        ),
    )


def _packages(mega: int) -> Iterator[tuple[str, bytes]]:
    laughs = b"<!DOCTYPE a [<!ENTITY a 'ha'>" + b"".join(
        b"<!ENTITY %c '%b'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12)
    )
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
    yield "laughs.docx", package([("word/document.xml", laughs + b"]><a>&m;</a>")])
    outside = b"<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><a>&a;</a>"
    yield "outside.docx", package([("word/document.xml", outside)])
    yield "bomb.docx", package([("word/document.xml", word % (b"<w:p/>" * (60 * mega)))])
    yield "deep.docx", package([("word/document.xml", word % (b"<w:sdt><w:sdtContent>" * (mega // 10)))])
    many = b"".join(b'<w:p a%d="1"/>' % i for i in range(mega // 10))
    yield "attributes.docx", package([("word/document.xml", word % many)])
    parts = [("word/document.xml", word % b"<w:p><w:r><w:t>x</w:t></w:r></w:p>")]
    wrong = [
        ("../../../../tmp/zhen-escaped", b"x"),
        ("/etc/zhen-escaped", b"x"),
        ("..\\..\\zhen-escaped", b"x"),
    ]
    yield "paths.docx", package([*parts, *wrong])
    away = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    away %= b"".join(
        b'<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>' % (i, kind, target)
        for i, (kind, target) in enumerate(
            (k, t) for k in (b"officeDocument", b"styles", b"footnotes", b"numbering")
            for t in (b"../../../../etc/passwd", b"file:///etc/passwd", b"/etc/passwd")
        )
    )  # fmt: skip
    yield "targets.docx", package([*parts, ("_rels/.rels", away), ("word/_rels/document.xml.rels", away)])
    book = b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="../../../../etc/passwd"/></rootfiles></container>'
    yield "book.docx", package([("mimetype", b"application/epub+zip"), ("META-INF/container.xml", book)])
    yield "parts.docx", package([*parts, *((f"x/{i}.xml", b"") for i in range(mega // 20))])
    yield "overlap.docx", _overlapping(word % (b"<w:p/>" * mega), max(2, mega // 1000))
    yield "lying.docx", _lying(package([("word/document.xml", word % (b"<w:p/>" * mega))]))
    yield from _workbooks(mega, laughs)


def _workbooks(mega: int, laughs: bytes) -> Iterator[tuple[str, bytes]]:
    cells = b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield "merged.xlsx", workbook(cells)
    yield (
        "laughs.xlsx",
        workbook(
            b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&m;</t></is></c></row></sheetData>',
            laughs + b"]>",
        ),
    )
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (i, i, i) for i in range(1, mega))
    yield "rows.xlsx", workbook(b"<sheetData>" + rows + b"</sheetData>")
    yield "deep.xlsx", workbook(b"<sheetData>" * (mega // 10))
    same = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (i, i) for i in range(1, max(3, mega // 1000))
    )
    texts = _SHEET.replace(b"worksheet", b"sst") % (b"<si><t>" + b"x" * (20 * mega) + b"</t></si>")
    yield "shared.xlsx", workbook(b"<sheetData>" + same + b"</sheetData>", texts=texts)


_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
)


def workbook(sheet: bytes, head: bytes = b"", texts: bytes = b"") -> bytes:
    """Return an XLSX file with one sheet; ``head`` stands before the sheet's XML, ``texts`` are its shared strings."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml"
    kinds = [
        (b"workbook", kind % b"sheet.main"),
        (b"worksheets/sheet1", kind % b"worksheet"),
        (b"sharedStrings", kind % b"sharedStrings"),
    ]
    told = b"".join(
        b'<Override PartName="/xl/%s.xml" ContentType="%s"/>' % one for one in kinds[: 3 if texts else 2]
    )
    book = b'<sheets><sheet name="a" sheetId="1" xmlns:r="%s" r:id="r1"/></sheets>' % _OFFICE
    parts = [
        (
            "[Content_Types].xml",
            b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>%s</Types>'
            % told,
        ),
        (
            "_rels/.rels",
            _RELATIONS
            % (b'<Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/>' % _OFFICE),
        ),
        ("xl/workbook.xml", _SHEET.replace(b"worksheet", b"workbook") % book),
        (
            "xl/_rels/workbook.xml.rels",
            _RELATIONS
            % (b'<Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>' % _OFFICE),
        ),
        ("xl/worksheets/sheet1.xml", head + _SHEET % sheet),
    ]
    return package([*parts, ("xl/sharedStrings.xml", texts)] if texts else parts)


def _images(mega: int) -> Iterator[tuple[str, bytes]]:
    yield "wrong.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\x86\xa0\0\1\x86\xa0\x08\x02\0\0\0" + b"\0" * 100
    side = int((900 * mega) ** 0.5)
    yield "bomb.png", _png(side, side, zlib.compress(b"\0" * ((side + 1) * side), 9))
    entry = struct.pack("<HHIHHI", 256, 3, 1, 1, 0, 0)
    yield "loop.tif", b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def _png(width: int, height: int, pixels: bytes) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _overlapping(data: bytes, count: int) -> bytes:
    """Return a ZIP whose list has the same packed bytes under many names."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        warnings.simplefilter("ignore")
        new.writestr("word/document.xml", data)
        (first,) = new.filelist
        for number in range(count):
            again = zipfile.ZipInfo(f"word/header{number}.xml")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(again, name, getattr(first, name))
            new.filelist.append(again)
    return out.getvalue()


def _lying(data: bytes) -> bytes:
    """Return a ZIP that says its only part is 10 bytes long."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        (info,) = old.filelist
    return data.replace(struct.pack("<I", info.file_size), struct.pack("<I", 10))


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R %s >>"


def stream(content: bytes, head: bytes = b"") -> bytes:
    """Return a PDF's stream."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def objects(*bodies: bytes) -> bytes:
    """Return a PDF of objects that are numbered from 3 on; 1 and 2 are its catalog and its page tree."""
    numbered = enumerate(
        (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", *bodies), 1
    )
    inside = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in numbered)
    return b"%PDF-1.5\n" + inside + b"trailer\n<< /Root 1 0 R /Size 9 >>\n%%EOF\n"


def pdf(
    extra: bytes, content: bytes, packing: bytes = b"", box: bytes = b"0 0 300 300", form: bytes = b""
) -> bytes:
    """Return a PDF of one page, without a cross-reference table (readers make one)."""
    return b"".join((
        b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [", box, b"] ", extra,
        b"" if b"/Contents" in extra else b" /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        b" >>\nendobj\n4 0 obj\n<< /Length %d %s >>\nstream\n" % (len(content), packing), content, b"\nendstream\nendobj\n",
        b"5 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length %d >>\nstream\n" % len(form),
        form, b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 6 >>\n%%EOF\n",
    ))  # fmt: skip
