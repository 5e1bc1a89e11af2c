"""A name taken apart for comparison: words of a Latin name, readings and renderings of a Chinese one."""

import functools
import itertools
import re
import unicodedata

from pipeline.names.lexicon import SMALL, load_lexicon, stem
from pipeline.names.phonetic import han_sound, latin_sounds
from pipeline.names.readings import spelt
from pipeline.normal import count_han, has_han, is_han, key
from pipeline.records import Record

_ASIDE = re.compile(r"\(\s*[\"'][^()]*[\"']\s*\)|\[[^\[\]]*\]")
"""A quoted short form or a note in brackets: no part of the name."""
_WORD = re.compile(r"[A-Z]&[A-Z](?![a-z])|[A-Za-z0-9À-ɏ]+(?:['.][A-Za-zÀ-ɏ]+)*|\+{2}")
_CAMEL = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])|[0-9]+")
_MORPHS = (
    "soft", "tech", "data", "cloud", "net", "bio", "info", "robot", "robo", "vision", "sense", "deep", "micro", "sino", "mind",
    "brain", "digit", "smart", "power", "link", "chip", "med", "pharma", "telecom", "stone", "well", "sky", "core", "intelli",
)  # fmt: skip
_LONGEST = 5
"""Han characters that one Latin word spells at most."""


class Unit(Record, frozen=True, kw_only=True):
    """A word of a Latin name; each alternative is the word whole or in parts, as stems."""

    text: str
    alternatives: tuple[tuple[str, ...], ...]
    sounds: tuple[str, ...]
    acronym: bool


class LatinName(Record, frozen=True, kw_only=True):
    """A Latin name as words."""

    name: str
    units: tuple[Unit, ...]
    joined: tuple[tuple[int, str], ...]
    """Neighbouring short words written as one, with the index of the first: ``Kuang Shi`` kuangshi."""
    keys: tuple[str, ...]


class Part(Record, frozen=True, kw_only=True):
    """A stretch of a Chinese name and words that would stand for it in a Latin name."""

    start: int
    end: int
    words: tuple[str, ...]
    quality: float
    witness: str
    """``translation``, ``pinyin``, ``wade-giles``, ``cantonese``, ``japanese`` or ``same``."""


class Piece(Record, frozen=True, kw_only=True):
    """A stretch of the plain segmentation of a Chinese name into lexicon parts and unknown runs."""

    start: int
    end: int
    options: tuple[tuple[str, ...], ...]
    section: str | None


class HanName(Record, frozen=True, kw_only=True):
    """A Chinese name with all that its stretches may be in Latin letters."""

    name: str
    text: str
    parts: tuple[Part, ...]
    pieces: tuple[Piece, ...]
    keys: tuple[str, ...]


Profile = LatinName | HanName


def bare(name: str) -> str:
    """Return a name normalised, without quoted asides in brackets."""
    plain = key(name)
    return _ASIDE.sub(" ", plain).strip() or plain


@functools.lru_cache(maxsize=1 << 15)
def profile(name: str) -> Profile:
    """Take a name apart."""
    text = bare(name)
    return _han(name, text) if has_han(text) else _latin(name, text)


def _latin(name: str, text: str) -> LatinName:
    units: list[Unit] = []
    for match in _WORD.finditer(text):
        unit = _unit(match.group())
        if unit is not None:
            units.append(unit)
    joined = [
        (i, a.text.lower() + b.text.lower())
        for i, (a, b) in enumerate(itertools.pairwise(units))
        if len(a.text) <= 6 and len(b.text) <= 6
    ]
    keys = {
        w
        for u in units
        for alternative in u.alternatives
        for w in alternative
        if len(w) > 1 or len(u.text) == 1
    }
    keys |= {word for _, word in joined}
    for unit in units:
        if not unit.acronym:
            for sound in unit.sounds:
                keys |= _sound_keys(sound)
    return LatinName(name=name, units=tuple(units), joined=tuple(joined), keys=tuple(sorted(keys)))


def _sound_keys(sound: str) -> set[str]:
    """Return the keys of a sound: itself and its beginnings, so that an end heard otherwise does not matter."""
    if len(sound) < 2:
        return set()
    return {"~" + sound[:size] for size in (2, 3, len(sound) - 1, len(sound)) if 2 <= size <= len(sound)}


def _unit(word: str) -> Unit | None:
    word = word.removesuffix("'s") or word
    lower = word.lower()
    if lower in SMALL:
        return None
    plain = lower.replace(".", "").replace("'", "")
    whole = stem(lower.replace(".", "")) if "'" not in lower else plain
    alternatives: list[tuple[str, ...]] = [(whole,)]
    if plain != whole:
        alternatives.append((plain,))
    alternatives += [(w,) for w in _toneless(plain)]
    camel = tuple(stem(p.lower()) for p in _CAMEL.findall(word))
    if len(camel) > 1 and "".join(_CAMEL.findall(word)) == word:
        alternatives.append(camel)
    if "." in lower and len(lower) > 4:
        alternatives.append(tuple(stem(p) for p in lower.split(".") if p))
    for morph in _MORPHS:
        if len(lower) >= len(morph) + 2:
            if lower.startswith(morph):
                alternatives.append((morph, lower[len(morph) :]))
            if lower.endswith(morph):
                alternatives.append((lower[: -len(morph)], morph))
    alternatives += _compounds(lower)
    acronym = sum(c.isupper() for c in word) >= 2 and word.upper() == word and 2 <= len(word) <= 8
    return Unit(
        text=word,
        alternatives=tuple(dict.fromkeys(alternatives)),
        sounds=latin_sounds(plain),
        acronym=acronym,
    )


def _toneless(word: str) -> list[str]:
    """Return a word without its accents and tone marks, ü in the ways in which it is written without its dots.

    >>> _toneless("lǚ"), _toneless("tāo"), _toneless("tao")
    (['lv', 'lu', 'lyu'], ['tao'], [])
    """
    if word.isascii():
        return []
    apart = unicodedata.normalize("NFD", word).replace("u\u0308", "ü")
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return [bare.replace("ü", other) for other in ("v", "u", "yu")] if "ü" in bare else [bare]


_WELL_KNOWN = 5
"""Letters from which one known word is enough to see a compound: ``Morning|han``."""


def _compounds(word: str) -> list[tuple[str, ...]]:
    """Return a brand cut into two words of the lexicon, or into a long one and a rest: ``Read|Sense``, ``Morning|han``."""
    known = load_lexicon().section
    if len(word) < 6 or not word.isalpha() or word in known or stem(word) in known:
        return []
    found: list[tuple[str, ...]] = []
    for at in range(2, len(word) - 1):
        one, two = word[:at], word[at:]
        first, second = (len(w) > 2 and known.get(w, "names") not in ("names", "places") for w in (one, two))
        if (first and second) or (first and at >= _WELL_KNOWN) or (second and len(two) >= _WELL_KNOWN):
            found.append((one, two))
    return found


def _runs(text: str) -> list[tuple[int, int]]:
    """Return the Han stretches between other characters."""
    return [m.span() for m in re.finditer(r"[^\W\d_a-zA-Z]+", text) if all(map(is_han, m.group()))] or [
        m.span() for m in re.finditer(r"[\u3400-\u9fff]+", text)
    ]


def _han(name: str, text: str) -> HanName:
    lexicon = load_lexicon()
    parts: list[Part] = []
    found: list[tuple[int, int, tuple[tuple[str, ...], ...], str]] = []
    sounds: set[str] = set()
    japanese = "株式会社" in text or "株式會社" in name
    short = count_han(text) <= 5
    for start, end, rendering in lexicon.found(text):
        found.append((start, end, rendering.options, rendering.section))
        parts += [
            Part(start=start, end=end, words=option, quality=1.0, witness="translation")
            for option in rendering.options
        ]
    for begin, stop in _runs(text):
        for start in range(begin, stop):
            for end in range(start + 1, min(stop, start + _LONGEST) + 1):
                run = text[start:end]
                systems = ["pinyin"]
                if end - start <= 3:
                    systems.append("wade-giles")
                    if short:
                        systems.append("cantonese")
                    if japanese or (short and stop - begin >= 4):
                        systems.append("japanese")
                first = True
                for word, system in dict(reversed(list(spelt(run, tuple(systems))))).items():
                    quality = 0.97 if end - start > 1 else 0.9
                    if system != "pinyin":
                        quality -= 0.1
                    parts.append(Part(start=start, end=end, words=(word,), quality=quality, witness=system))
                    first = False
                if end - start >= 2 and not first:
                    sound = han_sound(run)
                    sounds |= _sound_keys(sound)
    for match in _WORD.finditer(text):
        unit = _unit(match.group())
        if unit is not None:
            for alternative in unit.alternatives:
                parts.append(
                    Part(start=match.start(), end=match.end(), words=alternative, quality=1.0, witness="same")
                )
    keys = {w for p in parts for w in p.words} | sounds
    return HanName(
        name=name,
        text=text,
        parts=tuple(dict.fromkeys(parts)),
        pieces=_pieces(text, found),
        keys=tuple(sorted(keys)),
    )


def _pieces(text: str, found: list[tuple[int, int, tuple[tuple[str, ...], ...], str]]) -> tuple[Piece, ...]:
    """Segment a name: the cover by longest lexicon parts that leaves fewest characters and pieces over."""
    by_start: dict[int, list[tuple[int, tuple[tuple[str, ...], ...], str]]] = {}
    for start, end, options, section in found:
        if end - start > 1 or section == "legal":
            by_start.setdefault(start, []).append((end, options, section))
    size = len(text)
    best: list[tuple[float, tuple[Piece, ...]]] = [(0.0, ())] * (size + 1)
    for at in range(size - 1, -1, -1):
        cost, tail = best[at + 1]
        step = 0.0 if not text[at].isalnum() else 1.0
        choice = (cost + step, tail)
        if step:
            glued = (
                tail
                and tail[0].start == at + 1
                and tail[0].section is None
                and is_han(text[at]) == is_han(text[at + 1])
            )
            piece = Piece(start=at, end=tail[0].end if glued else at + 1, options=(), section=None)
            choice = (cost + step, (piece, *(tail[1:] if glued else tail)))
        for end, options, section in by_start.get(at, ()):
            cost, tail = best[end]
            if cost + 0.3 < choice[0]:
                choice = (cost + 0.3, (Piece(start=at, end=end, options=options, section=section), *tail))
        best[at] = choice
    return best[0][1]
