"""Official documents (公文): title, number, issuers, date and addressees, read from any format's blocks."""

import itertools
import re
from collections.abc import Iterator, Sequence

from pipeline.normal import has_han, is_han
from pipeline.parse.dates import dates_in
from pipeline.parse.notice_law import law_header
from pipeline.parse.notice_names import split_issuers, title_issuers, whole_body
from pipeline.parse.notice_number import find_number
from pipeline.parse.numbering import numbered
from pipeline.records import ParsedPage, Record

_HEAD = 40
"""Lines at the beginning that hold what a document says of itself."""
_RED = re.compile(r"(?P<who>[^关\s][^。；：]{1,60}?)\s*(?:文\s*件|公\s*报)")
_TYPE = (
    r"(?:条例|办法|规定|通知|公告|通告|公报|规划|方案|措施|意见|细则|纲要|解释|法|决定|决议|函|批复|报告|声明|计划|指南|章程|规则|规程|标准|规范|"
    r"清单|名单|目录|要点|建议|说明|通报|令|准则|白皮书|协定|协议|倡议|宣言|讲话|答记者问|解读|政策|要求|合同|纪要)"
)
_TITLE = re.compile(rf".{{2,150}}{_TYPE}(?:\s*[（(\[【][^）)\]】]{{1,30}}[）)\]】])?")
_ABOUT = re.compile(rf"[^。；]{{0,60}}?关于[^。；]{{2,140}}{_TYPE}(?:\s*[（(][^）)]{{1,30}}[）)])?")
_SENTENCE = re.compile(r"[。；;！!？?，,、：:]$")
_ADDRESS = re.compile(r"[^。；;：:]{2,400}[：:]")
_ADDRESSED = re.compile(
    r"各|政府|部门|委员会|单位|公司|机构|院校|大学|企业|同志|[部委局厅办署院会所]$|银行$|集团$|有关|所属|直属|先生|女士|社会各界|Dear|To "
)
_LABEL = re.compile(
    r"(?P<key>标\s*题|名\s*称|发\s*文\s*机\s*关|发文单位|发布机构|发布机关|发布单位|制定机关|公布机关|成\s*文\s*日\s*期|发文日期|印发日期|公布日期|发布日期|发布时间|更新时间|更新日期|发\s*文\s*字\s*号|文\s*号)"
    r"\s*[】\]]?\s*[:：]?\s*[\t ]*(?P<value>[^\t\n]{2,160}?)(?=\t|\n|$|\s{2,}|　)"
)
_DATED = ("成文日期", "发文日期", "印发日期", "公布日期")
_MARKS = re.compile(r"^(?:#{1,6}\s+|[*_]{2})|[*_]{2}$|<!--.*?-->")


class NoticeInfo(Record, frozen=True, kw_only=True):
    """What an official document says of itself; all of it may be missing."""

    title: str | None = None
    number: str | None = None
    """With the brackets as 〔〕 and without spaces: 国发〔2017〕35号."""
    issuers: list[str] = []
    """As printed, the fullest form first found: in the signature, a label, the red head, the title."""
    date: str | None = None
    """ISO; of signing or adoption, else of publication."""
    addressees: list[str] = []
    official: bool = False
    """It has a number, a signature, addressees or the history line of a law."""


class _Line(Record, frozen=True, kw_only=True):
    kind: str
    level: int | None
    text: str


def read_notice(pages: Sequence[ParsedPage]) -> NoticeInfo:
    """Read what a document says of itself at its head and in its signature.

    Args:
        pages: the parsed pages of the document, of any format.
    """
    following = _lines(pages)
    head = list(itertools.islice(following, _HEAD))
    if not any(has_han(line.text) for line in head):
        return NoticeInfo(date=_head_date(head))
    lines = [*head, *following]
    labels = _labels(head)
    number, at_number = find_number([line.text for line in head])
    number = find_number([labels[k] for k in ("发文字号", "文号") if k in labels])[0] or number
    title, after = _title(head, at_number)
    title = _labelled_title(labels) or title
    law_date, law_issuers = law_header([line.text for line in head[after:]])
    addressees = _addressees(head[after:])
    signed, signature_date = _signature(lines, after)
    named = next(
        (
            labels[k]
            for k in ("发文机关", "发文单位", "制定机关", "公布机关", "发布机关", "发布机构", "发布单位")
            if k in labels
        ),
        "",
    )
    red = next((m for line in head[:8] if (m := _RED.fullmatch(line.text.replace(" ", "")))), None)
    issuers = (
        signed or split_issuers(named) or law_issuers
        or (split_issuers(red["who"]) if red else []) or title_issuers(title or "")
    )  # fmt: skip
    stated = next((d for k in _DATED if (d := _first_date(labels.get(k, "")))), None)
    shown = next(
        (
            d
            for k in ("发布日期", "发布时间", "更新时间", "更新日期")
            if (d := _first_date(labels.get(k, "")))
        ),
        None,
    )
    return NoticeInfo(
        title=title,
        number=number,
        issuers=issuers,
        date=signature_date or stated or law_date or shown or _head_date(lines[: 2 * _HEAD]),
        addressees=addressees,
        official=bool(number or signed or addressees or law_date or stated),
    )


def _lines(pages: Sequence[ParsedPage]) -> Iterator[_Line]:
    """Yield the blocks of a document as lines without letter-spacing or marks of Markdown."""
    for page in pages:
        for block in page.page.blocks:
            if not (isinstance(block.start, int) and isinstance(block.end, int)):
                continue
            text = page.page.text[block.start : block.end]
            pieces = text.split("\n") if block.kind == "table" else [text.replace("\n", " ")]
            for piece in pieces:
                plain = squeezed(_MARKS.sub("", piece.strip()))
                if plain:
                    yield _Line(kind=block.kind, level=block.level, text=plain)


_GAP = re.compile("[ 　\xa0]+")


def squeezed(text: str) -> str:
    """Return a line without spaces between Han characters and around numbers in dates: 武 汉 市, 2026 年."""

    def joined(gap: re.Match[str]) -> str:
        before, following = text[max(0, gap.start() - 1) : gap.start()], text[gap.end() : gap.end() + 1]
        close = _close_set(before) and _close_set(following)
        spaced = is_han(before) and is_han(following) and not _word_gap(text, *gap.span()) if close else False
        return "" if spaced or (close and {before, following} & set("年月日号第〔〕[]［］")) else gap[0]

    return _GAP.sub(joined, text).strip()


def _close_set(char: str) -> bool:
    return bool(char) and (is_han(char) or char.isdigit() or char in "〔〕［］[]（）()【】")


def _word_gap(text: str, start: int, end: int) -> bool:
    """Say whether a gap parts words of several characters rather than spaced letters."""
    sides = text[max(0, start - 3) : start], text[end : end + 3]
    return all(len(side) == 3 and _GAP.search(side) is None for side in sides)


def _labels(head: Sequence[_Line]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in head:
        if len(line.text) > 400 or (line.kind != "table" and not re.search(r"[:：]|\t", line.text)):
            continue
        for match in _LABEL.finditer(line.text):
            found.setdefault(re.sub(r"\s", "", match["key"]), match["value"].strip(" :："))
    return found


def _labelled_title(labels: dict[str, str]) -> str | None:
    value = labels.get("标题") or labels.get("名称")
    return value if value and _TITLE.fullmatch(value) else None


def _title(head: Sequence[_Line], at_number: int) -> tuple[str | None, int]:
    """Return the title and the index of the line after it."""
    best: tuple[str | None, int] = (None, 0)
    for index, line in enumerate(head[:20]):
        text = line.text
        if index == at_number or line.kind not in ("heading", "paragraph", "caption") or _unfit(line):
            continue
        if line.kind == "paragraph" and best[0] is not None:
            break
        joined, last = text, index
        while not _TITLE.fullmatch(joined) and last + 1 < len(head) and last - index < 3:
            following = head[last + 1]
            if (
                last + 1 == at_number
                or following.kind not in (line.kind, "paragraph")
                or _unfit(following)
                or len(joined) > 120
            ):
                break
            joined, last = joined + ("" if is_han(following.text[0]) else " ") + following.text, last + 1
        if _ABOUT.fullmatch(joined) or (_TITLE.fullmatch(joined) and (line.kind == "heading" or index < 6)):
            return joined, last + 1
        if (
            best[0] is None
            and (line.kind == "heading" or index == 0)
            and not _SENTENCE.search(text)
            and len(text) <= 120
        ):
            best = (text, index + 1)
    return best


def _unfit(line: _Line) -> bool:
    """Say whether a line is no part of a title: a red head, a section, a date, a sentence, a label."""
    text = line.text
    if _RED.fullmatch(text.replace(" ", "")) or re.search(r"[。；！？：:\t]", text) or len(text) > 120:
        return True
    if numbered(text) is not None and not re.match(r"附\s*件", text):
        return True
    found = dates_in(text)
    return (bool(found) and found[0][1] - found[0][0] >= 0.5 * len(text)) or re.fullmatch(
        r"[\W\d_]*|附\s*件\s*\d*[:：]?", text
    ) is not None


def _addressees(lines: Sequence[_Line]) -> list[str]:
    for line in lines[:6]:
        if line.kind == "paragraph" and _ADDRESS.fullmatch(line.text) and _ADDRESSED.search(line.text[:-1]):
            if numbered(line.text) is not None or _LABEL.match(line.text):
                continue
            return [part.strip() for part in re.split(r"[，,；;]", line.text[:-1]) if part.strip()]
        if len(line.text) > 80 and line.text.endswith("。"):
            break
    return []


def _signature(lines: Sequence[_Line], after: int) -> tuple[list[str], str | None]:
    """Return who signed and when: bodies on the lines right before a line that is a date."""
    for index in range(max(after, 1), len(lines)):
        line = lines[index]
        if line.kind == "table" or "年" not in line.text or len(line.text) > 80:
            continue
        found = dates_in(line.text)
        if not found or len(found) > 1:
            continue
        start, end, date = found[0]
        rest = re.sub(r"^\s*[)）]?\s*[（(]?(?:此件[^）)]*|印章|盖章|章)?[)）]?\s*$", "", line.text[end:])
        if rest.strip(" )）") or len(date) < 7:
            continue
        signed = split_issuers(line.text[:start].strip(" （(")) if start else []
        if start and not signed:
            continue
        before = index - 1
        while before >= max(after, 0) and lines[before].kind in ("paragraph", "heading", "caption"):
            bodies = split_issuers(lines[before].text) if whole_body(lines[before].text) else []
            if not bodies:
                break
            signed = bodies + signed
            before -= 1
        if signed:
            return signed, date
    return [], None


def _first_date(text: str) -> str | None:
    found = dates_in(text)
    return found[0][2] if found else None


def _head_date(head: Sequence[_Line]) -> str | None:
    """Return the date that alone stands on a line of its own in the head; several are a list of something."""
    dates: list[str] = []
    later: list[str] = []
    for index, line in enumerate(head):
        found = dates_in(line.text)
        if len(found) != 1 or len(line.text) > 40:
            continue
        size = found[0][1] - found[0][0]
        if index < 12 and size >= 0.5 * len(line.text) and len(found[0][2]) >= 7:
            dates.append(found[0][2])
        elif size == len(line.text) and len(found[0][2]) == 10:
            later.append(found[0][2])  # behind a sidebar: the day, on a line of its own
    return next((found[0] for found in (dates, later) if len(set(found)) == 1), None)
