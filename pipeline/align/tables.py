"""Names that tables give: a column of names by its header, two columns that hold one thing's two names."""

import re
from collections.abc import Mapping, Sequence

from pipeline.align.gloss import Gloss
from pipeline.match.candidates import Candidate
from pipeline.match.heads import type_of
from pipeline.normal import count_han, has_han, key
from pipeline.pinyin import is_pinyin_name, spells
from pipeline.records import Cell, EntityType, Record, Table
from pipeline.segment import Reading

_KINDS: tuple[tuple[EntityType, re.Pattern[str]], ...] = (
    ("company", re.compile(r"compan|\bfirms?\b|enterprise|vendor|supplier|manufacturer|startup|企业|公司|厂商|供应商|中标人|采购人|机构投资者", re.I)),
    ("institution", re.compile(r"universit|\bschools?\b|college|institut|laborator|think tank|高校|学校|院校|大学|研究所|研究院|实验室|科研单位", re.I)),
    ("government", re.compile(r"ministr|agenc|government bod|department\b|commission|部委|部门|责任单位|牵头单位|政府机构", re.I)),
    ("association", re.compile(r"associat|alliance|societ|协会|学会|联盟", re.I)),
    ("person", re.compile(r"\bpersons?\b|\bpeople\b|leader|director name|full name|\(pinyin\)|姓名|负责人|联系人|人员|专家|作者", re.I)),
    ("plan", re.compile(r"\bplans?\b|polic|strateg|programme|program\b|规划名称|政策|文件名称|法律|法规", re.I)),
    ("place", re.compile(r"\bcit(?:y|ies)\b|province|location|region\b|城市|省份|地区|所在地", re.I)),
)  # fmt: skip
_HEADS = re.compile(r"[a-z]*(?:\s*(?:names?|\(.*\)|名称|全称|简称|名单|名|单位))*\s*$", re.I)
"""What may follow the noun that says what a column names: ``Company name``, not ``University majors``."""
_NAME = re.compile(
    r"name|名称|名|单位|全称|简称|title|organi[sz]ation|institution|\bbody\b|agency|机构|企业|公司", re.I
)
_NOT_NAME = re.compile(
    r"website|url|rank|number|count|date|year|share|amount|address|phone|position|post|title of|score|网址|网站|电话|地址|日期|年份|数量|金额|"
    r"排名|序号|职务|备注|邮箱|描述|说明|内容|介绍|业务|领域|description|element|area|topic|technolog|example|product|sector|field|note|index|explanation",
    re.I,
)
_SENTENCE = re.compile(r"[。；;！!?？:：]|\.\s|, (?:and|which|including)\b|https?://|www\.")


class TableNames(Record, frozen=True, kw_only=True):
    """Candidates and pairs that tables give, in normalised offsets."""

    candidates: list[Candidate]
    pairs: list[Gloss]


class _Column(Record, frozen=True, kw_only=True):
    """What a column holds."""

    index: int
    header: str
    cells: dict[int, str]
    spans: dict[int, tuple[int, int]]
    script: str | None
    """``zh`` or ``en`` when it is a column of short texts of one script."""
    kind: EntityType | None


def table_names(tables: Sequence[Table], reading: Reading, candidates: Sequence[Candidate]) -> TableNames:
    """Return the names that the tables of a document give.

    Args:
        tables: the document's tables.
        reading: the document.
        candidates: what other witnesses found; a cell that they know says what its column holds.
    """
    known = {
        (c.start, c.end): c for c in sorted(candidates, key=lambda c: c.method != "gazetteer", reverse=True)
    }
    found: list[Candidate] = []
    pairs: list[Gloss] = []
    for table in tables:
        columns = _columns(table, reading, known)
        paired: set[int] = set()
        for chinese, english in _pairs(columns):
            paired |= {chinese.index, english.index}
            kind = chinese.kind or english.kind or _caption_kind(table.caption)
            for row in sorted(chinese.spans.keys() & english.spans.keys()):
                one, two = chinese.spans[row], english.spans[row]
                pairs.append(Gloss(first=one, second=two, kind="translation"))
                for span in (one, two):
                    row_kind = _row_kind(chinese.cells[row], english.cells[row], kind)
                    if row_kind is not None:
                        found.append(_candidate(span, row_kind, 0.9))
        for column in columns:
            if column.index in paired or column.kind is None or not column.header:
                continue
            for row, span in sorted(column.spans.items()):
                kind = type_of(column.cells[row]) if len(column.cells[row]) > 3 else None
                if _name_like(column.cells[row], column.kind):
                    found.append(_candidate(span, kind or column.kind, 0.75))
    return TableNames(candidates=found, pairs=pairs)


def without_headers(
    tables: Sequence[Table], reading: Reading, candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Leave out what rules and models take for names in the header words of tables, on each page that repeats them."""
    headers = {" ".join(key(text).split()) for table in tables for text in table.header if text}
    return [
        c
        for c in candidates
        if c.method not in ("rule", "model")
        or reading.stream.kind_at(reading.normal.starts[c.start]) != "table"
        or not any(reading.normal.text[c.start : c.end] in header for header in headers)
    ]


def _candidate(span: tuple[int, int], kind: EntityType, score: float) -> Candidate:
    return Candidate(start=span[0], end=span[1], type=kind, method="table", score=score)


def _row_kind(chinese: str, english: str, column: EntityType | None) -> EntityType | None:
    if len(chinese) <= 4 and spells(english, chinese) and column in (None, "person"):
        return "person"
    return column or type_of(chinese) or type_of(english)


def _columns(table: Table, reading: Reading, known: Mapping[tuple[int, int], Candidate]) -> list[_Column]:
    by_column: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row >= 0:
            by_column.setdefault(cell.column, []).append(cell)
    columns = []
    for index, cells in sorted(by_column.items()):
        texts: dict[int, str] = {}
        spans: dict[int, tuple[int, int]] = {}
        seen: set[tuple[int, int, int]] = set()
        for cell in cells:
            place = (cell.page, cell.start, cell.end)
            span = reading.place(cell.page - 1, cell.start, cell.end)
            if span is None or place in seen:  # a merged cell names its thing once
                continue
            seen.add(place)
            texts[cell.row] = reading.normal.text[slice(*span)]
            spans[cell.row] = span
        header = table.header[index] if index < len(table.header) else ""
        script = _script(list(texts.values()))
        columns.append(
            _Column(
                index=index,
                header=header,
                cells=texts,
                spans=spans,
                script=script,
                kind=_column_kind(header, spans, known) if script else None,
            )
        )
    return columns


def _script(cells: Sequence[str]) -> str | None:
    """Return the script of a column of short names, or None when it is something else."""
    filled = [c for c in cells if c.strip()]
    if not filled or sum(bool(_SENTENCE.search(c)) for c in filled) * 5 > len(filled):
        return None
    han = sum(count_han(c) * 2 >= len(c.replace(" ", "")) for c in filled)
    latin = sum(not has_han(c) and any(ch.isalpha() for ch in c) and len(c.split()) <= 10 for c in filled)
    if han * 10 >= len(filled) * 7 and sum(map(len, filled)) / len(filled) <= 24:
        return "zh"
    if latin * 10 >= len(filled) * 7 and sum(map(len, filled)) / len(filled) <= 60:
        return "en"
    return None


def _column_kind(
    header: str, spans: Mapping[int, tuple[int, int]], known: Mapping[tuple[int, int], Candidate]
) -> EntityType | None:
    """Type a column: by its header, else by what most of its cells are already known to be."""
    if header and not (_NOT_NAME.search(header) and not _NAME.search(header)):
        for kind, pattern in _KINDS:
            if (found := pattern.search(header)) and _HEADS.match(header, found.end()):
                return kind
    counts: dict[EntityType, int] = {}
    for span in spans.values():
        if span in known:
            counts[known[span].type] = counts.get(known[span].type, 0) + 1
    best = min(counts, key=lambda k: (-counts[k], k), default=None)
    return best if best is not None and counts[best] * 3 >= len(spans) else None


def _caption_kind(caption: str) -> EntityType | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(caption)), None)


def _pairs(columns: Sequence[_Column]) -> list[tuple[_Column, _Column]]:
    """Return the pairs of columns that hold the Chinese and the English name of one thing."""
    chinese = [c for c in columns if c.script == "zh" and _may_name(c)]
    english = [c for c in columns if c.script == "en" and _may_name(c)]
    if len(chinese) == 1 and len(english) == 1 and abs(chinese[0].index - english[0].index) == 1:
        return [(chinese[0], english[0])]
    named = [c for c in chinese if _NAME.search(c.header)]
    by_index = {e.index: e for e in english if _NAME.search(e.header)}
    for step in (1, -1):  # 姓名, Name, 单位, Organization: all pairs run the same way
        if len(named) > 1 and all(c.index + step in by_index for c in named):
            return [(c, by_index[c.index + step]) for c in named]
    pairs: list[tuple[_Column, _Column]] = []
    for one in chinese:
        near = [
            e
            for e in english
            if abs(e.index - one.index) == 1 and _NAME.search(e.header) and _NAME.search(one.header)
        ]
        if len(near) == 1:
            pairs.append((one, near[0]))
    return pairs


def _may_name(column: _Column) -> bool:
    if column.header and _NOT_NAME.search(column.header) and not _NAME.search(column.header):
        return False
    distinct = len(set(column.cells.values()))
    return distinct * 10 >= len(column.cells) * 8 and bool(column.header or column.kind)


def _name_like(cell: str, kind: EntityType) -> bool:
    text = cell.strip()
    if not 2 <= len(text) <= 60 or _SENTENCE.search(text) or any(c in text for c in "\n,、，/|"):
        return False
    if kind == "person":
        return is_pinyin_name(text) or (has_han(text) and 2 <= len(text.replace(" ", "")) <= 4)
    if has_han(text):
        return count_han(text) * 2 >= len(text) and "(" not in text[:1]
    return text[0].isupper() and all(
        w[:1].isupper() or (w.islower() and len(w) < 4) or w[:1].isdigit() for w in text.split()
    )
