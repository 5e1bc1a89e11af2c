"""How alike a transliteration and its original sound: 佩洛西 and Pelosi, 旷视 and Kuangshi, 斯凯迪奥 and Skydio.

Both sides are reduced to consonant classes that Chinese transcription does not keep apart (b/p, d/t,
g/k, l/r, m/n, all sibilants); vowels count only at the beginning. The reduction follows the tables of
Xinhua's 世界人名翻译大辞典 in outline.
"""

import functools
import re
import unicodedata

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from pipeline.names.readings import readings

_INITIAL = {
    "b": "P", "p": "P", "f": "F", "w": "F", "d": "T", "t": "T", "g": "K", "k": "K", "h": "H", "l": "L", "r": "L",
    "m": "N", "n": "N", "z": "S", "c": "S", "s": "S", "zh": "S", "ch": "S", "sh": "S", "j": "S", "q": "S", "x": "S", "y": "A", "": "A",
}  # fmt: skip
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([a-z]+?)(ng?|r?)")
_LATIN = (
    ("sch", "S"), ("tch", "S"), ("ch", "S"), ("sh", "S"), ("ph", "F"), ("th", "T"), ("gh", ""), ("ck", "K"), ("qu", "K"),
    ("wr", "L"), ("wh", "F"), ("kn", "N"), ("ng", "N"), ("cz", "S"), ("sz", "S"), ("zh", "S"), ("dz", "S"), ("ts", "S"), ("x", "KS"),
    ("b", "P"), ("p", "P"), ("f", "F"), ("v", "F"), ("w", "F"), ("d", "T"), ("t", "T"), ("g", "K"), ("k", "K"), ("q", "K"),
    ("l", "L"), ("r", "L"), ("m", "N"), ("n", "N"), ("s", "S"), ("z", "S"), ("j", "S"), ("h", "H"),
)  # fmt: skip


@functools.lru_cache(maxsize=1 << 16)
def char_sound(char: str) -> str:
    """Return the consonant classes of a character's usual reading: 斯 S, 顿 TN, 尔 L, 安 AN."""
    found = readings(char)
    if not found:
        return ""
    syllable = found[0]
    if syllable == "er":
        return "L"
    match = _SYLLABLE.fullmatch(syllable)
    if match is None:
        return ""
    initial, _, nasal = match.groups()
    return _HEARD_AS.get(char, _INITIAL[initial]) + (
        "N" if nasal.startswith("n") else "L" if nasal == "r" else ""
    )


_HEARD_AS = {**dict.fromkeys("加伽基金坚", "K"), **dict.fromkeys("希喜", "H")}
"""Characters of transcriptions whose sound palatalised in Mandarin after they came into use: 加 for ga, 希 for hi."""


def han_sound(text: str) -> str:
    """Return the consonant classes of a Han string; vowels inside are dropped, one at the start is ``A``."""
    return _squeeze("".join(map(char_sound, text)))


def _squeeze(sound: str) -> str:
    inner = sound[:1] + sound[1:].replace("A", "")
    return re.sub(r"(.)\1+", r"\1", inner)


@functools.lru_cache(maxsize=1 << 16)
def latin_sounds(word: str) -> tuple[str, ...]:
    """Return the consonant classes of a Latin word in lower case, in the ways in which Chinese may hear it.

    The first is by the letters; others have soft g, hard ch, th as a sibilant, or drop r and l after a vowel,
    as transcriptions often do (沃尔特斯 and 瓦特斯 for Walters).
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    found = [_sound(plain)]
    for pattern, new in _HEARD:
        changed = pattern.sub(new, plain)
        if changed != plain:
            found.append(_sound(changed))
    return tuple(dict.fromkeys(f for f in found if f))


_HEARD = (
    (re.compile(r"(?<=[aeiouy])[rl]+(?![aeiouyrl])"), ""),
    (re.compile(r"th"), "s"),
    (re.compile(r"ch"), "k"),
    (re.compile(r"g(?=[eiy])"), "j"),
    (re.compile(r"^h"), ""),
    (re.compile(r"j(?=[aeiou])"), "h"),
    (re.compile(r"w(?=[aeiou])"), ""),
    (re.compile(r"wh?(?=[ai])"), "h"),
    (re.compile(r"(?<=[aeo])w(?![aeiou])"), ""),
    (re.compile(r"(?<=[aeo])w(?![aeiou])|(?<=[aeiouy])[rl]+(?![aeiouyrl])"), ""),
    (re.compile(r"[mn](?=[bpdtgksc])"), ""),
)


def _sound(word: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(word):
        if word[at] == "c" and not word.startswith(("ch", "ck", "cz"), at):
            out.append("S" if word[at + 1 : at + 2] in ("e", "i", "y") else "K")
            at += 1
            continue
        for letters, sound in _LATIN:
            if word.startswith(letters, at):
                if letters == "h" and at and word[at - 1] in "aeiouy":  # a mute h
                    sound = ""
                out.append(sound)
                at += len(letters)
                break
        else:
            if at == 0:
                out.append("A")
            at += 1
    return _squeeze("".join(out))


@functools.lru_cache(maxsize=1 << 18)
def alike(han: str, word: str, foreign: bool = False) -> float:
    """Return how alike a Han string and a Latin word (lower case) sound, 0 to 1; short sounds never reach 1.

    ``foreign``: the Chinese name is known to render a foreign one (it has a middle dot).
    """
    one = han_sound(han)
    sounds = latin_sounds(word)
    if len(one) < 2 or not sounds:
        return 0.0
    skeleton = max(
        Levenshtein.normalized_similarity(one, two) - (0.04 if i else 0.0) for i, two in enumerate(sounds)
    )
    if skeleton < 0.5 or len(max(sounds, key=len)) < 2:
        return 0.0
    letters = ratio("".join(readings(c)[0] for c in han if readings(c)), word) / 100
    # a syllable a vowel: far fewer or more characters than that are another word
    vowels = len(_VOWELS.findall(word)) or 1
    length = min(len(han), vowels) / max(len(han), vowels, 1)
    short = min(len(one), len(sounds[0]))
    score = (0.6 * skeleton + 0.3 * letters + 0.1 * length) * min(1.0, 0.82 + 0.06 * short)
    if not foreign and len(word) > 5 and is_pinyin(word):
        score *= 0.55  # it reads as pinyin, but of other characters
    return score


@functools.lru_cache(maxsize=1 << 16)
def is_pinyin(word: str) -> bool:
    """Say whether a word in lower case can be read as pinyin syllables, two at least."""
    syllables = _syllables()
    ends = {0: 0}
    for at in range(len(word)):
        if at in ends:
            for size in range(1, 7):
                if word[at : at + size] in syllables and at + size <= len(word):
                    ends.setdefault(at + size, ends[at] + 1)
    return ends.get(len(word), 0) > 1


@functools.cache
def _syllables() -> frozenset[str]:
    usual = (readings(chr(code))[:1] for code in range(0x4E00, 0x9FA6))
    return frozenset(r[0] for r in usual if r and (len(r[0]) > 1 or r[0] in "ae"))


_VOWELS = re.compile(r"[aeiouyà-ÿ]+")
