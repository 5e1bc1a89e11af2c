"""English names that only their surroundings tell: one unfamiliar word, or plain words in a list of firms.

``BYD``, ``LandSpace`` or ``Applied Materials`` have no head noun and no legal ending. What stands beside them
says what they are: a firm's words (``the chipmaker X``, ``X's IPO``), or a list in which another name is known
for what it is (``SMIC, X and Y``).
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.match.candidates import Candidate
from pipeline.match.firms_en import regional_arms
from pipeline.match.forms_en import ai_firms
from pipeline.match.heads import HEAD
from pipeline.match.shorts_en import short_firms
from pipeline.match.words_en import NATIONS, NEVER_FIRST, PROVINCES, TITLES, TOPICS
from pipeline.ordinary import ordinary
from pipeline.pinyin import SURNAMES, is_pinyin_name
from pipeline.records import EntityType

_DASHED = r"(?!(?:the|an?|and|or|in|of|with|which|who|whose|its|so|then|now|one)\b)"
"""What follows a hyphen inside a name; a dash, which is normalised to one, has such words after it."""
_WORD = rf"(?:[A-Z][A-Za-z]*(?:[-'&]{_DASHED}[A-Z]?[a-z]+)*\d{{0,2}}|[a-z]{{1,2}}[A-Z][A-Za-z]+)"
_RUN = re.compile(rf"(?<![\w.&/@-]){_WORD}(?: (?:[A-Z]\. )?{_WORD}){{0,2}}(?![\w&/@]|-{_DASHED}\w)")
_BETWEEN = re.compile(r"(?:'s)?(?:,| and| or| &|, and|, or|;|; and| as well as) ?(?:the )?")
_MORE = re.compile(r" [A-Z][a-z]")
_CAMEL = re.compile(r"[a-z][A-Z]")
_FIRM = (
    r"(?:firm|compan(?:y|ie)|start-?up|maker|\w+maker|manufacturer|giant|vendor|supplier|subsidiar(?:y|ie)|rival|developer|"
    r"provider|operator|foundr(?:y|ie)|unicorn|spin-?off|conglomerate|retailer|brokerage|affiliate|investor|competitor)s?"
)
_FIRM_BEFORE = re.compile(
    rf"(?:\b{_FIRM},? (?:such as |like |including |include |named |called |known as |are |is |were |was |, )?|"
    r"\b(?:acquired|acquire|acquiring|bought|buying|invested in|investing in|investments? in|stakes? in|shares? (?:in|of)|joined us from|"
    r"owned by|backed by|subsidiary of|unit of|arm of|merger with|joint venture with|founder of|CEO of|chairman of|chief "
    r"executive of|engineers? (?:at|from|of)|employees? (?:at|of|from)|executives? (?:at|of|from)|co-?founded|competes? with|"
    r"competitors? of|customers? (?:of|include)|suppliers? (?:to|of)|listing of|IPO of|orders? from) )$",
    re.IGNORECASE,
)
_FIRM_AFTER = re.compile(
    r"(?:'s? (?:co-?)?(?:founders?|CEO|chairman|chairwoman|chief executive|engineers?|employees|executives?|shares?|stock|"
    r"revenues?|profits?|sales|IPO|valuation|subsidiar(?:y|ies)|parent|customers|apps?|factor(?:y|ies)|board|shareholders|investors|market "
    r"(?:cap|value|share)|listing|products?|smartphones?|chips?|cloud|vehicles|cars|suppliers)\b|"
    rf",? (?:which is |which was )?(?:an?|the|one of|another|its|once) [^.,;:()]{{0,50}}?\b{_FIRM}\b|"
    r"(?:'s) (?:new|latest|first|own|flagship) (?:chips?|accelerators?|processors?|GPUs?|smartphones?|servers?)\b|"
    r" (?:listed|went public|raised|acquired|bought|is headquartered|was acquired|was listed|has raised|reported revenue|"
    r"posted|shipped|ships|manufactures|employs|laid off|filed for|sells|makes|competes|formed a joint venture|prepared (?:an )?IPO|"
    r"agreed to (?:acquire|buy|sell|co-develop|license))\b|'s (?:[A-Z][a-z]+ )?[A-Z][A-Za-z]*-?\d|"
    r" (?:shares|stock|executives|engineers|employees|subsidiar|chief executive|chairman|CEO|founder|smartphones|chips|"
    r"vehicles|phones|routers|servers|cameras|drones)\b|,? founded (?:in|by)\b|"
    r" \((?:\d{4,6}(?:\.[A-Z]{2})|(?:NYSE|NASDAQ|Nasdaq|HKEX|SSE|SZSE)\b))"
)
_SURELY_BEFORE = re.compile(
    r"\b(?:(?:founders?|CEO|chief executive|shares|subsidiary|acquisition) of|joined us from|shares in) $",
    re.IGNORECASE,
)
_SURELY_AFTER = re.compile(
    r",? (?:a unit of|owned by|a subsidiary of)\b|(?:'s)? (?:CEO|chief executive|co-?founder|IPO|subsidiary|shareholders)\b|"
    r" went public\b|'s shares\b"
)
_LEADS: tuple[tuple[EntityType, re.Pattern[str]], ...] = (
    (
        "company",
        re.compile(
            rf"\b(?:{_FIRM},? (?:such as|like|including|include|are|is|were|:)|joint venture (?:between|of)|"
            r"raised (?:[^.,;]{1,30} )?from|investments? (?:by|from)) $",
            re.IGNORECASE,
        ),
    ),
    (
        "institution",
        re.compile(
            r"\b(?:universities|institutes|schools|laboratories|labs|academies|think tanks|colleges),? "
            r"(?:such as|like|including|include) (?:the )?$",
            re.IGNORECASE,
        ),
    ),
    (
        "place",
        re.compile(
            r"\b(?:cities|provinces|regions|countries|districts|counties|zones|hubs),? (?:such as|like|including|include) (?:the )?$",
            re.IGNORECASE,
        ),
    ),
)
_OFFICE = re.compile(r" (?:CEO|CTO|CFO|President|Chairman|Chairwoman|Director|Vice)\b")
_LED = re.compile(r" (?:co-)?(?:CEO|founder|chairman|chairwoman|chief executive)(?: and [a-z-]+)?,? [A-Z]")
_BODY_AFTER = re.compile(
    r",? (?:also )?(?:(?:has |had |have )?(?:issued|published (?:the|its) [A-Z]|promulgated|approved|drafted|announced (?:the|a|new)|released (?:the|its|a) [A-Z])|"
    r"oversees|supervises|regulates|administers)\b"
)
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_COMMON_ACRONYMS = frozenset(
    "AI API AR ASIC AGI ASEAN BRICS CCP CPC CPU CV DNA EDA EU EUV EV EVS FDI FY GDP GPU HPC IC IDC IDM IOT IP IPO ICT IT "
    "JV LED LLC LLM MBA ML MOU NGO NLP OECD OEM OS OTA PC PHD PLA PPP PRC RD RMB RPA SAR SAAS SME SMES SOE SOES STEM TV UAE "
    "UAV UK UN US USA USD VC VR WTO XR".split()
)
_VOUCHERS: dict[EntityType, int] = {
    "company": 1, "person": 1, "institution": 2, "place": 2, "government": 2, "association": 2,
}  # fmt: skip
"""How many known names of a type a list must hold for the others to be taken for it."""


class _Unit:
    """A stretch of a list: a known candidate, or a run of capitals that nobody knows for sure."""

    __slots__ = ("end", "guess", "known", "start")

    def __init__(
        self, start: int, end: int, known: Candidate | None = None, guess: EntityType | None = None
    ) -> None:
        self.start, self.end, self.known, self.guess = start, end, known, guess


def names_in_context(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield names that their surroundings tell.

    Args:
        text: normalised text.
        found: what other witnesses found. What a gazetteer or a rule says is left alone; what the
            model alone says of a short name may be answered by a rule of the same span.
    """
    yield from short_firms(text, found)
    yield from regional_arms(text, found)
    yield from ai_firms(text, found)
    units = _known(text, found)
    units = sorted([*units, *_unknown(text, units)], key=lambda u: u.start)
    for unit in units:
        if unit.known is None and _is_firm(text, unit):
            unit.known = _candidate(unit, "company", 0.7)
            yield unit.known
        elif unit.known is None and _is_body(text, unit):
            unit.known = _candidate(unit, "government", 0.5)
            yield unit.known
    for listed in _lists(text, units):
        led = _led_kind(text, listed[0].start)
        for unit in _no_people(text, listed):
            unit.known, unit.guess = None, "person"
        kind = led or _known_kind(listed)
        if kind is None:
            continue
        for unit in listed:
            if unit.known is None and _fits(text, unit, kind, len(listed), led=led is not None):
                yield _candidate(unit, kind, 0.6)


def _known(text: str, found: Sequence[Candidate]) -> list[_Unit]:
    """Return what is found, the longest names first; the model's short places and single words are guesses only."""
    units: list[_Unit] = []
    last = -1
    for candidate in sorted(found, key=lambda c: (c.start, c.start - c.end, c.method)):
        if candidate.start < last or candidate.type == "technology":
            continue
        if candidate.method == "model" and text[candidate.start : candidate.end] in PROVINCES:
            if not _MORE.match(text, candidate.end):  # "Jiangsu Qorvi" may be a firm
                units.append(_Unit(candidate.start, candidate.end, candidate))
                last = candidate.end
            continue
        last = candidate.end
        doubtful = candidate.method == "model" and candidate.end - candidate.start < 12
        if doubtful and (candidate.type == "place" or " " not in text[candidate.start : candidate.end]):
            if candidate.type == "company":
                units.append(_Unit(candidate.start, candidate.end, candidate))
            else:
                units.append(_Unit(candidate.start, candidate.end, guess=candidate.type))
        else:
            units.append(_Unit(candidate.start, candidate.end, candidate))
    return units


def _unknown(text: str, known: Sequence[_Unit]) -> Iterator[_Unit]:
    """Yield runs of capitals outside what is known, without the words that no name begins or ends with."""
    taken = bytearray(len(text) + 1)
    for unit in known:
        taken[unit.start : unit.end] = b"\1" * (unit.end - unit.start)
    for match in _RUN.finditer(text):
        start, end = match.span()
        while start < end and (word := re.match(r"\S+", text[start:end])) and _leads(word.group()):
            start = min(end, start + word.end() + 1)
        if title := _OFFICE.search(text, start, end):
            end = title.start()
        if text[start:end].endswith("'s"):
            end -= 2
        name = text[start:end]
        if len(name) < 3 or any(taken[start:end]) or "'s" in name:
            continue
        if not any(w in HEAD or w in TITLES for w in name.split()):
            yield _Unit(start, end)


def _leads(word: str) -> bool:
    return word in NEVER_FIRST or word in TITLES or word in NATIONS


def _candidate(unit: _Unit, kind: EntityType, score: float) -> Candidate:
    return Candidate(start=unit.start, end=unit.end, type=kind, method="rule", score=score)


def _is_firm(text: str, unit: _Unit) -> bool:
    """Say whether the words beside a run are said of firms, and the run can be a firm's name."""
    if unit.guess == "place":
        return _surely_firm(text, unit)
    if _LED.match(text, unit.end) and " " not in text[unit.start : unit.end]:
        return True
    return (
        _FIRM_BEFORE.search(text, max(0, unit.start - 60), unit.start) is not None
        or _FIRM_AFTER.match(text, unit.end) is not None
    ) and _unfamiliar(text[unit.start : unit.end])


def _surely_firm(text: str, unit: _Unit) -> bool:
    """Say whether what a model takes for a place is spoken of as only a firm is: ``a subsidiary of X``, ``X's CEO``."""
    name = text[unit.start : unit.end]
    return (
        " " not in name
        and _unfamiliar(name)
        and (
            _SURELY_BEFORE.search(text, max(0, unit.start - 40), unit.start) is not None
            or _SURELY_AFTER.match(text, unit.end) is not None
        )
    )


def _is_body(text: str, unit: _Unit) -> bool:
    """Say whether an acronym does what only an authority does."""
    name = text[unit.start : unit.end]
    return (
        _ACRONYM.fullmatch(name) is not None
        and _unfamiliar(name)
        and _BODY_AFTER.match(text, unit.end) is not None
    )


def _unfamiliar(name: str) -> bool:
    """Say whether a run holds a word that is no English word, and is no usual acronym or person's name."""
    if _ACRONYM.fullmatch(name):
        return len(name) > 2 and name not in _COMMON_ACRONYMS
    words = name.split()
    if is_pinyin_name(name) or all(w in TOPICS for w in words):
        return False
    return any(
        _CAMEL.search(w) or not all(ordinary(part) or part in TOPICS for part in re.split("[-&]", w))
        for w in words
    )


def _lists(text: str, units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Yield units that stand in one enumeration: three or more, or two that a conjunction joins."""
    listed: list[_Unit] = []
    joined = False
    for unit in [*units, None]:
        between = (
            _BETWEEN.fullmatch(text, listed[-1].end, unit.start) if listed and unit is not None else None
        )
        if between is None:
            if len(listed) > 2 or joined:
                yield listed
            listed, joined = [], False
        else:
            joined = joined or between.group().strip(" ,;") != ""
        if unit is not None:
            listed.append(unit)


def _led_kind(text: str, begin: int) -> EntityType | None:
    """Return the type that the noun before a list gives (``universities such as``), or None."""
    for kind, lead in _LEADS:
        if lead.search(text, max(0, begin - 60), begin):
            return kind
    return None


def _known_kind(listed: Sequence[_Unit]) -> EntityType | None:
    """Return the one type of the known names in a list, if they are enough to vouch for the rest, or None."""
    kinds = [unit.known.type for unit in listed if unit.known is not None]
    if len(set(kinds)) == 1 and len(kinds) >= _VOUCHERS.get(kinds[0], len(listed) + 1):
        return kinds[0]
    return None


def _no_people(text: str, listed: Sequence[_Unit]) -> list[_Unit]:
    """Return what a model takes for people among two or more firms, whose names no person bears: ``Desay Lumira``."""
    firms = sum(unit.known is not None and unit.known.type == "company" for unit in listed)
    return [
        unit
        for unit in listed
        if firms > 1
        and unit.known is not None
        and (unit.known.type, unit.known.method) == ("person", "model")
        and not is_pinyin_name(name := text[unit.start : unit.end])
        and not ordinary(name.split()[0])
        and name.split()[-1].lower() not in SURNAMES
    ]


def _fits(text: str, unit: _Unit, kind: EntityType, length: int, *, led: bool) -> bool:
    """Say whether a run of capitals can be a name of a kind: of two words for a person, of none that is common alone."""
    name = text[unit.start : unit.end]
    words = name.split()
    if kind == "person":
        return (
            len(words) > 1
            and unit.guess is None
            and not any(w in TOPICS or (w.isupper() and len(w) > 2) or _CAMEL.search(w) for w in words)
        )
    if unit.guess == "place" and kind != "place" and not (led or (length > 2 and kind == "company")):
        return False
    if _ACRONYM.fullmatch(name):
        return len(name) > 2 and name not in _COMMON_ACRONYMS and kind != "place"
    if kind in ("government", "association"):
        return False
    if kind == "institution" and len(words) == 1 and not led and not _CAMEL.search(name):
        return False  # "Hunan University, Changsha"
    return (len(words) > 1 and kind != "place") or _unfamiliar(name)
