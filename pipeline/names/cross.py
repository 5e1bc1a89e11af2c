"""Is this Latin name the Chinese one's? A chart of what each stretch of the Chinese name may be in Latin.

Every stretch of the Chinese name offers words (renderings of the lexicon, readings, Latin letters that it
has itself); words of the Latin name that are among them, that sound like a stretch, or whose letters are
initials of stretches, explain both sides. The best non-overlapping set is found by dynamic programming;
the score is how much of both names, by weight, it explains.
"""

from collections.abc import Callable, Sequence

from pipeline.names.chart import Match, chart, disorder
from pipeline.names.forms import core
from pipeline.names.lexicon import load_lexicon
from pipeline.names.phonetic import alike
from pipeline.names.profile import HanName, LatinName, Piece, Unit
from pipeline.names.readings import readings
from pipeline.normal import count_han, is_han
from pipeline.records import Record

Weigh = Callable[[str], float]
_SOUND_FLOOR = 0.58
_LEFT_OUT = 0.6
"""Which share of a word of trade's weight does not count where the Latin name leaves it out."""
_SAID, _NO_BRAND = 0.9, 0.8
"""A Latin name that is explained to the first share while the Chinese brand is not counts the second part of its score."""
_UNKNOWN = 0.5  # weight of a Han character that no lexicon part covers


class Evidence(Record, frozen=True, kw_only=True):
    """Why two stretches are held to be the same."""

    witness: str
    left: str
    right: str
    score: float


def compare(
    han: HanName, latin: LatinName, weigh: Weigh, *, person: bool = False
) -> tuple[float, list[Evidence]]:
    """Score a Chinese and a Latin name, 0 to 1, and say why.

    Args:
        han: the Chinese name.
        latin: the Latin name.
        weigh: a word's weight, as ``Weights`` gives it.
        person: both name persons, who are often named by less than their full name.
    """
    if not latin.units or not han.pieces:
        return 0.0, []
    chars = char_weights(han, weigh)
    units = [unit_weight(u, weigh) for u in latin.units]
    matches = _spelt(han, latin, units)
    matches += _sounding(han, latin, matches)
    chosen = chart(len(han.text), chars, matches)
    heard = _heard_twice(chosen)
    if heard:
        matches = [m for m in matches if m not in heard]
        chosen = chart(len(han.text), chars, matches)
    initials = _initials(han, latin, chosen)
    if initials is not None:
        chosen = chart(len(han.text), chars, [*matches, *initials])
    covered: dict[int, float] = {}
    left = 0.0
    for match in chosen:
        left += sum(chars[match.start : match.end]) * match.quality
        for index, share in match.units:
            covered[index] = covered.get(index, 0.0) + share * match.quality
    right = sum(units[i] * min(1.0, q) for i, q in covered.items())
    whole = sum(chars) - _LEFT_OUT * _unsaid(han, chars, chosen)
    one, two = left / (whole or 1.0), right / (sum(units) or 1.0)
    score = (one * two) ** 0.5 * 0.55 + (one + two) * 0.225
    if person or _personal(han, latin):
        score = 0.7 * one + 0.3 * two
    if two > _SAID and _brand_missing(han, chosen):
        score *= _NO_BRAND
    score *= 1.0 - 0.02 * disorder(chosen)
    shown = [
        Evidence(
            witness=m.witness, left=han.text[m.start : m.end], right=" ".join(latin.units[i].text for i, _ in m.units),
            score=round(m.quality, 3),
        )
        for m in chosen
    ]  # fmt: skip
    return min(1.0, score), shown


def _brand_missing(han: HanName, chosen: Sequence[Match]) -> bool:
    """Say whether a Chinese name begins with a brand of which nothing is said: 创泽智能机器人 against ``AI Robotics``."""
    runs = _unknown(han)
    if (
        not runs
        or runs[0][1] - runs[0][0] < 2
        or any(p.section is None for p in han.pieces if p.end <= runs[0][0])
    ):
        return False
    start, end = runs[0]
    return not any(m.start < end and start < m.end for m in chosen)


def _unsaid(han: HanName, chars: Sequence[float], chosen: Sequence[Match]) -> float:
    """Return the weight of the trailing words of trade that nothing explains: brands leave them out in English."""
    said = {at for m in chosen for at in range(m.start, m.end)}
    found = core(han.name)
    shift = han.text.find(found.core)
    if shift < 0:
        return 0.0
    return sum(
        chars[at + shift]
        for a, b in found.trade
        for at in range(a, b)
        if at + shift not in said and at + shift < len(chars)
    )


def _personal(han: HanName, latin: LatinName) -> bool:
    """Say whether two names look like a person's: no part of either says what kind of body it is."""
    return (
        len(latin.units) <= 4
        and count_han(han.text) <= 14
        and all(p.section in (None, "names", "places") for p in han.pieces)
        and ("·" in han.text or len(han.text) <= 4)
        and not any(u.acronym and len(u.text) > 2 for u in latin.units)
    )


def unit_weight(unit: Unit, weigh: Weigh) -> float:
    """Return a word's weight: that of the more telling of the ways to read it."""
    return max(sum(weigh(w) for w in a) / len(a) for a in unit.alternatives[:2]) if unit.alternatives else 0.0


def char_weights(han: HanName, weigh: Weigh) -> list[float]:
    """Spread the weight of each piece of a Chinese name over its characters."""
    weights = [0.0] * len(han.text)
    for piece in han.pieces:
        size = piece.end - piece.start
        total = _piece_weight(piece, weigh, han.text)
        for at in range(piece.start, piece.end):
            weights[at] = total / size
    return weights


def _piece_weight(piece: Piece, weigh: Weigh, text: str) -> float:
    if piece.section == "legal":
        return 0.06
    if piece.options:
        return min(sum(weigh(w) for w in option) / len(option) for option in piece.options)
    size = piece.end - piece.start
    if not is_han(text[piece.start]):
        return 0.8
    pinyin = "".join(readings(c)[0] for c in text[piece.start : piece.end] if readings(c))
    return weigh(pinyin) if size == 2 else _UNKNOWN * min(size, 5)


def _spelt(han: HanName, latin: LatinName, weights: Sequence[float]) -> list[Match]:
    """Return the stretches whose rendering or reading stands in the Latin name."""
    where: dict[str, list[tuple[int, float]]] = {}
    for index, unit in enumerate(latin.units):
        for alternative in unit.alternatives:
            letters = sum(map(len, alternative))
            for word in alternative:
                where.setdefault(word, []).append((index, len(word) / letters))
    for index, word in latin.joined:
        where.setdefault(word, []).append((-index - 1, 1.0))
    inside = {at for p in han.pieces if p.options and p.end - p.start > 1 for at in range(p.start, p.end)}
    found: list[Match] = []
    for part in han.parts:
        hits: list[tuple[int, float]] = []
        words = 0
        for word in part.words:
            places = where.get(word)
            if places is None:
                continue
            index, share = max(places, key=lambda p: p[1])
            hits += [(index, share)] if index >= 0 else [(-index - 1, 1.0), (-index, 1.0)]
            words += 1
        if words * 2 >= len(part.words) and hits:
            # a single character that is part of a longer word is little evidence
            quality = part.quality * (words / len(part.words))
            if part.end - part.start == 1:
                quality *= 0.4 + 0.6 * hits[0][1]
                if part.start in inside and part.witness != "same":
                    quality *= 0.5
            found.append(
                Match(
                    start=part.start, end=part.end, units=tuple(hits), quality=quality, witness=part.witness
                )
            )
    return found


def _sounding(han: HanName, latin: LatinName, matches: Sequence[Match]) -> list[Match]:
    """Return the stretches of unexplained Han that sound like an unexplained word."""
    taken = {
        i
        for m in matches
        if m.quality > 0.85 and (m.end - m.start > 1 or m.witness == "translation")
        for i, share in m.units
        if share > 0.5
    }
    found: list[Match] = []
    runs = [r for r in _unknown(han) if r[1] - r[0] > 1]
    if not runs:
        return found
    foreign = "·" in han.text
    for index, unit in enumerate(latin.units):
        if index in taken or not unit.sounds or (unit.acronym and len(unit.text) < 4):
            continue
        word = unit.text.lower()
        for begin, stop in runs:
            for start in range(begin, stop - 1):
                for end in range(start + 2, min(stop, start + 7) + 1):
                    quality = alike(han.text[start:end], word, foreign)
                    if quality > _SOUND_FLOOR:
                        found.append(
                            Match(
                                start=start, end=end, units=((index, 1.0),), quality=(quality - 0.3) / 0.7,
                                witness="transliteration",
                            )
                        )  # fmt: skip
    return found


def _heard_twice(chosen: Sequence[Match]) -> set[Match]:
    """Return the weaker of two stretches that are both held to sound like the whole of one word."""
    best: dict[int, Match] = {}
    weaker: set[Match] = set()
    for match in sorted(
        (m for m in chosen if m.witness == "transliteration"), key=lambda m: (-m.quality, m.start)
    ):
        index = match.units[0][0]
        if best.setdefault(index, match) is not match:
            weaker.add(match)
    return weaker


def _unknown(han: HanName) -> list[tuple[int, int]]:
    """Return the Han stretches that are no part with a meaning."""
    runs: list[tuple[int, int]] = []
    for piece in han.pieces:
        if piece.section not in (None, "names") or not is_han(han.text[piece.start]):
            continue
        if runs and runs[-1][1] == piece.start:
            runs[-1] = (runs[-1][0], piece.end)
        else:
            runs.append((piece.start, piece.end))
    return runs


def _initials(han: HanName, latin: LatinName, chosen: Sequence[Match]) -> list[Match] | None:
    """Return stretches whose initials an unexplained acronym spells: CASIC, SIAT, YYD."""
    taken = {i for m in chosen if m.quality > 0.7 for i, _ in m.units}
    for index, unit in enumerate(latin.units):
        if index in taken or not unit.acronym or not unit.text.isalpha():
            continue
        letters = unit.text.lower()
        pinyin = _pinyin_initials(han.text, letters)
        if pinyin is not None:
            return [
                Match(
                    start=pinyin[0],
                    end=pinyin[1],
                    units=((index, 1.0),),
                    quality=0.75,
                    witness="pinyin initials",
                )
            ]
        used = _spread(han, letters)
        if used is not None:
            return [
                Match(start=p.start, end=p.end, units=((index, 1.0),), quality=0.6, witness="initials")
                for p in used
            ]
    return None


def _pinyin_initials(text: str, letters: str) -> tuple[int, int] | None:
    for start in range(len(text) - len(letters) + 1):
        run = text[start : start + len(letters)]
        if (
            all(any(r[0] == c for r in readings(h)) for h, c in zip(run, letters, strict=True))
            and len(letters) > 1
        ):
            return start, start + len(letters)
    return None


def _spread(han: HanName, letters: str) -> list[Piece] | None:
    """Return the pieces whose renderings' initials make up the letters, in an order in which English puts them."""
    if len(letters) < 3:
        return None
    pieces = han.pieces
    first, middle, last = pieces[:1], pieces[1:-1], pieces[-1:]
    orders = [pieces, pieces[::-1], last + pieces[:-1], first + last + middle, last + middle + first]
    for order in dict.fromkeys(orders if len(pieces) > 2 else orders[:2]):
        used = _taken(order, 0, letters, han.text, len(letters) // 5, False)
        if used:
            used = sorted(used, key=lambda p: p.start)
            between = [p for p in pieces if used[0].start < p.start < used[-1].start and p not in used]
            if len(between) <= (1 if len(letters) > 3 else 0):
                return used
    return None


def _taken(
    order: Sequence[Piece], at: int, letters: str, text: str, spare: int, begun: bool
) -> list[Piece] | None:
    """Return the pieces of a sequence that give the letters one after the other; so many letters may be left over."""
    if not letters:
        return []
    if at == len(order):
        return [] if begun and len(letters) <= spare else None
    piece = order[at]
    for offer in sorted(_offers(piece, text), key=lambda o: (-len(o), o)):
        if letters.startswith(offer):
            rest = _taken(order, at + 1, letters[len(offer) :], text, spare, True)
            if rest is not None:
                return [piece, *rest]
    return _taken(order, at + 1, letters, text, spare, begun)


def _offers(piece: Piece, text: str) -> set[str]:
    """Return the initials of what a piece may be in English, or of its syllables."""
    options = piece.options
    if not options and piece.end - piece.start == 1:
        known = load_lexicon().parts.get(text[piece.start])
        options = known.options if known is not None else ()
    found = {"".join(w[0] for w in option) for option in options}
    spelt = [readings(c)[0][0] if readings(c) else "" for c in text[piece.start : piece.end]]
    return (found | {spelt[0], "".join(spelt)}) - {""}
