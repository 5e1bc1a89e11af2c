"""The statistical tagger for Chinese: people, places, organisations of four kinds, plans and publications.

A small network read by onnxruntime on one thread: a pretrained encoder over pieces of words, recurrent
layers over characters, and a chain of tags. How it was trained and on what: pipeline/models/README.md.
"""

import functools
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.match.answers import batch_key
from pipeline.match.tagger_chain import Chain, Named
from pipeline.match.tagger_features import squeeze, word_features
from pipeline.match.tagger_pieces import Pieces, places
from pipeline.match.tagger_spans import tidy

TagType = Literal[
    "government", "company", "institution", "association", "person", "place", "plan", "publication"
]
MODEL = Path(__file__).resolve().parent.parent / "models" / "zh-tagger.onnx"

_SHOWN: dict[str, TagType] = {
    "government": "government", "company": "company", "institution": "institution", "association": "association",
    "person": "person", "place": "place", "scene": "place", "plan": "plan", "publication": "publication",
}  # fmt: skip
_ENDINGS: tuple[tuple[re.Pattern[str], TagType], ...] = (
    (re.compile("(?:大学|学院|医院|研究院|研究所|实验室|中学|小学)$"), "institution"),
    (re.compile("公司$"), "company"),
    (re.compile("(?:协会|学会|商会|联合会|基金会)$"), "association"),
    (re.compile("(?:人民政府|人民法院|人民检察院)$"), "government"),
)
"""Endings that leave no doubt which kind of body it is, whatever the model says."""
_BODIES = frozenset({"government", "company", "institution", "association"})
_HAN = re.compile(r"[\u3400-\u9fff]")
_BATCH = 1000
"""Characters read at once: what stays in a processor's cache."""
_PADDED = 1.3
"""How much longer than a batch's shortest part its longest may be."""
_LONGEST = 200
LEAST = 0.35
"""Names less likely to be right than this are left out: about half of the F1 that is reached, which makes F1 highest
(Lipton, Elkan and Narayanaswamy, Optimal thresholding of classifiers to maximize F1 measure, ECML 2014)."""


class Span(msgspec.Struct, frozen=True):
    """A name in a sentence: code-point offsets, type, and the chance that it is right."""

    start: int
    end: int
    type: TagType
    score: float


class _Part(msgspec.Struct, frozen=True):
    """A stretch of a sentence, squeezed, short enough to be read at once."""

    sentence: int
    text: str
    offsets: Sequence[int]


class Tagger:
    """Finds names in Chinese sentences; see :meth:`load`."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        facts = json.loads(self._session.get_modelmeta().custom_metadata_map["facts"])
        self._chars: dict[str, int] = {c: i + 1 for i, c in enumerate(facts["chars"])}
        self._pairs: dict[str, int] = {p: i + 1 for i, p in enumerate(facts["pairs"])}
        pieces: list[str] = facts["pieces"]
        self._pieces = Pieces(
            dict(zip(pieces, facts["scores"], strict=True)), {p: i + 1 for i, p in enumerate(pieces)}
        )
        self._chain = Chain(facts["tags"], np.array(facts["chain"], np.float32))
        self._calibration: dict[str, tuple[float, float]] = {
            k: (a, b) for k, (a, b) in facts["calibration"].items()
        }
        self._styles: list[str] = facts.get("styles", [""])
        self._inputs = {i.name for i in self._session.get_inputs()}

    @classmethod
    def load(cls, path: Path | None = None) -> "Tagger":
        """Return the tagger of a model file, by default the one that ships; each file is read once."""
        return _loaded((path or MODEL).resolve())

    def tag(
        self, sentences: Sequence[str], answers: Mapping[str, list[list[Named]]] | None = None
    ) -> list[list[Span]]:
        """Find the names in sentences of simplified Chinese.

        Args:
            sentences: plain text; line breaks and letter-spacing inside names do no harm.
            answers: what was asked before, by the batches' keys.

        Returns:
            For each sentence its names in order; they do not overlap.
        """
        distinct = list(dict.fromkeys(sentences))
        found: dict[str, list[Span]] = {sentence: [] for sentence in distinct}
        for number, start, end, kind, score in self.raw(distinct, answers=answers):
            shown = _SHOWN.get(kind)
            if shown is not None:
                sentence = distinct[number]
                found[sentence] += (
                    Span(s, e, _settled(sentence[s:e], t), score)
                    for s, e, t in tidy(sentence, start, end, shown)
                )
        return [sorted(found[sentence], key=lambda span: span.start) for sentence in sentences]

    def raw(
        self,
        sentences: Sequence[str],
        style: str = "",
        answers: Mapping[str, list[list[Named]]] | None = None,
        least: float = LEAST,
    ) -> Iterator[tuple[int, int, int, str, float]]:
        """Yield sentence, start, end, inner type and score of what the model marks, for measuring.

        Args:
            sentences: as for :meth:`tag`.
            style: the training set whose habits of annotation are followed; none in particular when empty.
            answers: as for :meth:`tag`.
            least: names of a lower score are left out.
        """
        for batch in _batches(sentences):
            yield from (found for found in self._read(batch, style, answers or {}) if found[-1] >= least)

    def batches(self, sentences: Sequence[str]) -> list[list[str]]:
        """Return the texts that are read at once, as :meth:`tag` would read them."""
        return [[part.text for part in batch] for batch in _batches(list(dict.fromkeys(sentences)))]

    def read_batch(self, texts: Sequence[str]) -> list[list[Named]]:
        """Return what the model marks in the texts of a batch."""
        return self._names(texts)

    def _read(
        self, batch: Sequence[_Part], style: str, answers: Mapping[str, list[list[Named]]]
    ) -> Iterator[tuple[int, int, int, str, float]]:
        texts = [p.text for p in batch]
        found = answers.get(batch_key(texts)) if answers and not style else None
        for part, names in zip(batch, found or self._names(texts, style), strict=True):
            for start, end, kind, share in names:
                yield (
                    part.sentence, part.offsets[start], part.offsets[end - 1] + 1, kind, self._score(kind, share),
                )  # fmt: skip

    def _names(self, texts: Sequence[str], style: str = "") -> list[list[Named]]:
        cuts = [self._pieces.cut(t) for t in texts]
        widest = max(len(c[0]) for c in cuts)
        indices = [places(sizes) for _, sizes in cuts]
        mask = np.zeros((len(texts), 1, 1, widest), np.float32)
        for row, (numbers, _) in enumerate(cuts):
            mask[row, :, :, len(numbers) :] = -1e4
        lengths = [len(t) for t in texts]
        fed: dict[str, NDArray[Any]] = {
            "chars": _padded([[self._chars.get(c, 0) for c in t] for t in texts]),
            "words": _padded([word_features(t) for t in texts]),
            "pairs": _padded(
                [[self._pairs.get(a + b, 0) for a, b in zip("^" + t[:-1], t, strict=True)] for t in texts]
            ),
            "pieces": _padded([numbers for numbers, _ in cuts]),
            "piece_of": _padded([index for index, _ in indices])
            + np.arange(len(texts), dtype=np.int64)[:, None] * widest,
            "piece_place": _padded([where for _, where in indices]),
            "lengths": np.array(lengths, np.int32),
            "mask": mask,
            "style": np.array([self._styles.index(style) if style in self._styles else 0], np.int64),
        }
        (emissions,) = self._session.run(None, {k: v for k, v in fed.items() if k in self._inputs})
        return self._chain.names(np.asarray(emissions, np.float32), lengths)

    def _score(self, kind: str, share: float) -> float:
        slope, shift = self._calibration.get(kind, (1.0, 0.0))
        clear = min(max(share, 1e-6), 1 - 1e-6)
        return round(1 / (1 + math.exp(-(slope * math.log(clear / (1 - clear)) + shift))), 4)


def _settled(name: str, kind: TagType) -> TagType:
    """Return a body's type as its ending has it, where that leaves no doubt."""
    if kind not in _BODIES:
        return kind
    return next((sure for ending, sure in _ENDINGS if ending.search(name)), kind)


@functools.cache
def _loaded(path: Path) -> Tagger:
    return Tagger(path)


def _batches(sentences: Sequence[str]) -> Iterator[list[_Part]]:
    """Yield the parts of sentences in batches: parts of about one length, so that little is padding."""
    parts = [part for at, sentence in enumerate(sentences) for part in _parts(at, sentence)]
    parts.sort(key=lambda part: len(part.text))
    batch: list[_Part] = []
    for part in parts:
        size = len(part.text)
        if batch and (size * (len(batch) + 1) > _BATCH or size > len(batch[0].text) * _PADDED + 2):
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


def _parts(number: int, sentence: str) -> Iterator[_Part]:
    """Squeeze a sentence, and cut one that is very long at its commas."""
    if not _HAN.search(sentence):
        return
    text, offsets = squeeze(sentence)
    while len(text) > _LONGEST:
        cut = max(text.rfind(mark, _LONGEST // 2, _LONGEST) for mark in "。;!?,、 ") + 1 or _LONGEST
        yield _Part(number, text[:cut], offsets[:cut])
        text, offsets = text[cut:], offsets[cut:]
    if text:
        yield _Part(number, text, offsets)


def _padded(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    table = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for at, row in enumerate(rows):
        table[at, : len(row)] = row
    return table
