"""The curated lexicon of name parts: what a Chinese part is called in English names."""

import functools
from pathlib import Path

import yaml

from pipeline.match.gazetteer import builtin_folder
from pipeline.records import Record

FILE = "translations.yaml"


class Rendering(Record, frozen=True, kw_only=True):
    """A Chinese part and its English renderings, each as stems of its words."""

    part: str
    section: str
    """``legal``, ``heads``, ``posts``, ``places`` or ``fields``."""
    options: tuple[tuple[str, ...], ...]


class LexiconError(ValueError):
    """The lexicon cannot be read; the message names file and key."""


class Lexicon:
    """Renderings by Chinese part.

    Args:
        renderings: the parts.
    """

    def __init__(self, renderings: list[Rendering]) -> None:
        self.parts: dict[str, Rendering] = {}
        for rendering in renderings:
            first = self.parts.get(rendering.part, rendering)
            options = tuple(dict.fromkeys((*first.options, *rendering.options)))
            self.parts[rendering.part] = Rendering(part=first.part, section=first.section, options=options)
        self.longest = max(map(len, self.parts), default=0)
        self.section: dict[str, str] = {}
        order = ("legal", "heads", "posts", "fields", "places", "names")
        for rendering in sorted(
            renderings, key=lambda r: order.index(r.section) if r.section in order else 9
        ):
            for option in rendering.options:
                for word in option:
                    self.section.setdefault(word, rendering.section)

    def found(self, text: str) -> list[tuple[int, int, Rendering]]:
        """Return every part that stands in a text, with its offsets, overlapping ones too."""
        hits: list[tuple[int, int, Rendering]] = []
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                rendering = self.parts.get(text[start:end])
                if rendering is not None:
                    hits.append((start, end, rendering))
        return hits


SMALL = frozenset("of and the for in on to at by de & a an with".split())
"""English words that carry nothing in a name."""
_KEPT = frozenset(
    "news arts physics mathematics economics sports robotics us gas bus its business process express access logistics".split()
)


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a lower-case word without plural or possessive ending: ``technologies`` technology, ``women's`` women."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in _KEPT or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(stem(w) for w in text.replace("-", " ").split() if w not in SMALL) or tuple(text.split())


@functools.cache
def load_lexicon(path: Path | None = None) -> Lexicon:
    """Load a lexicon file, by default the one that ships with the gazetteers.

    Raises:
        LexiconError: it cannot be read or is not sections of ``part: "rendering, rendering"``.
    """
    place = path or builtin_folder() / FILE
    try:
        data = yaml.load(  # nosec B506 - a safe loader, in C where there is one
            place.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise LexiconError(f"{place}: cannot be read: {' '.join(str(problem).split())}") from None
    renderings: list[Rendering] = []
    if not isinstance(data, dict):
        raise LexiconError(f"{place}: must be sections of parts")
    for section, parts in data.items():
        if not isinstance(parts, dict):
            raise LexiconError(f"{place}: section {section!r} must map parts to renderings")
        for part, given in parts.items():
            if not isinstance(part, str) or not isinstance(given, str):
                raise LexiconError(f"{place}: {section}: {part!r} must be a text with a text")
            options = tuple(dict.fromkeys(_phrase(o.strip()) for o in given.split(",") if o.strip()))
            renderings.append(Rendering(part=part, section=str(section), options=options))
    return Lexicon(renderings)
