"""The records that flow through the pipeline and, unchanged, into its output files.

Offsets are Unicode code points in ``Page.text``. Rectangles are ``(x0, top, x1, bottom)`` in PDF
points from the top left of the displayed page. Field order is the key order of the output files.
"""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

CONTRACT = "1.0"

Box = tuple[float, float, float, float]

BlockKind = Literal[
    "heading", "paragraph", "list_item", "table", "caption", "footnote", "header", "footer", "figure"
]
EntityType = Literal[
    "government", "company", "plan", "association", "institution", "person", "place",
    "publication", "technology", "event", "product",
]  # fmt: skip
RelationType = Literal[
    "issued", "implements", "subordinate_to", "owns", "member_of", "holds_position", "partner_of",
    "founded", "located_in", "replaces", "part_of", "focuses_on", "develops",
]  # fmt: skip
Language = Literal["en", "zh"]
Method = Literal["gazetteer", "gloss", "table", "rule", "model", "fuzzy"]
NameKind = Literal["canonical", "alias", "abbreviation", "former", "traditional", "pinyin"]
Status = Literal["ok", "partial", "failed"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, keyword-only, compared by value."""


class Problem(Record, frozen=True, kw_only=True):
    """Why a document failed: a documented code and one clear line."""

    code: str
    message: str


class Warning(Record, frozen=True, kw_only=True):
    """Something a reader should know about a document; ``page`` is null when it concerns all."""

    code: str
    page: int | None
    message: str


class Document(Record, frozen=True, kw_only=True):
    """One input file."""

    id: str
    path: str
    sha256: str
    media_type: str
    status: Status
    error: Problem | None
    title: str | None
    date: str | None
    languages: list[Language]
    pages: int
    characters: int
    warnings: list[Warning]
    copies: list[str]
    number: str | None = None
    """The number of an official document, brackets as 〔〕: 国发〔2017〕35号."""
    issuers: list[str] = []
    """Who issued it, as printed."""
    addressees: list[str] = []
    """Whom it addresses, as printed."""


class Block(Record, frozen=True, kw_only=True):
    """A stretch of a page with one function; headers and footers carry ``text``, not offsets."""

    kind: BlockKind
    start: int | UnsetType = UNSET
    end: int | UnsetType = UNSET
    bbox: Box | None
    level: int | None = None
    text: str | UnsetType = UNSET


class Note(Record, frozen=True, kw_only=True):
    """A raised note mark, kept out of the text; ``at`` is the offset that it follows."""

    at: int
    label: str
    bbox: Box | None


class Page(Record, frozen=True, kw_only=True):
    """A page of text; everything else counts its offsets in ``text``."""

    document: str
    page: int
    width: float | None
    height: float | None
    text: str
    blocks: list[Block]
    notes: list[Note]


class Cell(Record, frozen=True, kw_only=True):
    """Where a table cell stands; the first body row is row 0, the header is row -1."""

    row: int
    column: int
    page: int
    start: int
    end: int
    bbox: Box | None
    bold: bool


class Table(Record, frozen=True, kw_only=True):
    """A table, whole even where it runs over several pages."""

    id: str
    document: str
    pages: list[int]
    number: str | None
    caption: str
    header: list[str]
    rows: list[list[str]]
    cells: list[Cell]


class Mention(Record, frozen=True, kw_only=True):
    """A name in the text and the entity that it refers to."""

    id: str
    document: str
    page: int
    start: int
    end: int
    text: str
    bboxes: list[Box]
    language: Language
    type: EntityType
    entity: str
    method: Method
    score: float
    continues: str | None


class Name(Record, frozen=True, kw_only=True):
    """A name of an entity; ``evidence`` is the mention that first shows or proves it."""

    text: str
    language: Language
    kind: NameKind
    evidence: str | None


class Value(Record, frozen=True, kw_only=True):
    """A property's value; ``evidence`` is a mention or relation, null when from the gazetteer."""

    value: str
    evidence: str | None


class Entity(Record, frozen=True, kw_only=True):
    """What the names refer to, over all inputs of a run."""

    id: str
    type: EntityType
    en: str | None
    zh: str | None
    names: list[Name]
    gazetteer: bool
    properties: dict[str, list[Value]]
    mentions: int
    documents: list[str]
    former_ids: list[str]


class Amount(Record, frozen=True, kw_only=True):
    """A quantity as a number with an ISO 4217 code or a unit, and as printed."""

    value: float
    unit: str
    text: str


class Qualifiers(Record, frozen=True, omit_defaults=True, kw_only=True):
    """What narrows a statement; absent keys are not known."""

    date: str | None = None
    date_text: str | None = None
    title: str | None = None
    role: str | None = None
    amount: Amount | None = None
    item: str | None = None
    modality: Literal["planned", "possible", "reported"] | None = None


class Relation(Record, frozen=True, kw_only=True):
    """A statement between two entities, with the sentence or table row that makes it."""

    id: str
    type: RelationType
    subject: str
    object: str
    document: str
    page: int
    start: int
    end: int
    evidence: str
    table: str | None
    method: Literal["pattern", "dependency", "table", "model"]
    score: float
    qualifiers: Qualifiers
    statement: str = ""
    """12 hex digits of type, subject and object (of partners in either order): the same in every place that
    says so, whatever the qualifiers, so that sources are counted, and contradictions seen, by grouping."""


class Glyphs(Record, frozen=True, kw_only=True):
    """Where each code point of a page's text was printed.

    ``boxes`` is an ``array('f')`` of four numbers a code point (NaN where nothing was printed, as
    for a joining space); ``lines`` an ``array('i')`` with the printed line of each, -1 for none.
    """

    boxes: bytes
    lines: bytes


class ParsedPage(Record, frozen=True, kw_only=True):
    """A page as the parser hands it on: its record and the place of every glyph."""

    page: Page
    glyphs: Glyphs | None
    runs_on: bool
    """The last body paragraph goes on in the first body block of the next page."""
    bold: list[tuple[int, int]]
    """Offsets of stretches set in a bold font or drawn twice."""


class Parsed(Record, frozen=True, kw_only=True):
    """A document after parsing: the first of the six stages' results."""

    document: Document
    pages: list[ParsedPage]
    tables: list[Table]
