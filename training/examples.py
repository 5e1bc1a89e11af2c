"""Sentences as numbers: features, and the tags that each character may have."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pipeline.match.tagger_features import squeeze, word_features
from pipeline.match.tagger_pieces import Pieces, places
from training.ner_data import Sentence
from training.network import NUMBER, STYLES, TAGS


class Reader:
    """Turns sentences into numbers.

    Args:
        chars: the known characters, from 1.
        pairs: the known pairs of characters, from 1.
        pieces: the cutter of pieces of words.
    """

    def __init__(self, chars: dict[str, int], pairs: dict[str, int], pieces: Pieces) -> None:
        self.chars = chars
        self.pairs = pairs
        self.pieces = pieces

    def example(self, sentence: Sentence) -> "Example":
        """Return a sentence's features and allowed tags."""
        text, offsets = squeeze(sentence.text)
        numbers, sizes = self.pieces.cut(text)
        index, where = places(sizes)
        return Example(
            text=text,
            chars=[self.chars.get(c, 0) for c in text],
            words=word_features(text),
            pairs=[self.pairs.get(a + b, 0) for a, b in zip("^" + text[:-1], text, strict=True)],
            pieces=numbers,
            piece_of=index,
            piece_place=where,
            allowed=allowed_tags(sentence, offsets),
            style=STYLES.index(sentence.source),
        )


def allowed_tags(sentence: Sentence, offsets: Sequence[int]) -> NDArray[np.bool_]:
    """Return for each squeezed character which tags the annotation allows."""
    place = {offset: at for at, offset in enumerate(offsets)}
    allowed = np.zeros((len(offsets), len(TAGS)), dtype=bool)
    allowed[:, 0] = True
    for kind in sentence.open:
        for p in "BIES":
            allowed[:, NUMBER[f"{p}-{kind}"]] = True
    for start, end, kinds in sentence.spans:
        inner = [place[o] for o in range(start, end) if o in place]
        if not inner:
            continue
        a, b = inner[0], inner[-1]
        allowed[a : b + 1] = False
        for kind in kinds:
            if a == b:
                allowed[a, NUMBER[f"S-{kind}"]] = True
            else:
                allowed[a, NUMBER[f"B-{kind}"]] = True
                allowed[a + 1 : b, NUMBER[f"I-{kind}"]] = True
                allowed[b, NUMBER[f"E-{kind}"]] = True
    return allowed


@dataclass(eq=False, slots=True)
class Example:
    """One sentence as numbers."""

    text: str
    chars: list[int]
    words: list[int]
    pairs: list[int]
    pieces: list[int]
    piece_of: list[int]
    piece_place: list[int]
    allowed: NDArray[np.bool_]
    style: int


@dataclass(slots=True)
class Batch:
    """Several sentences, padded."""

    chars: Tensor
    words: Tensor
    pairs: Tensor
    pieces: Tensor
    piece_of: Tensor
    piece_place: Tensor
    lengths: Tensor
    piece_lengths: Tensor
    allowed: Tensor
    styles: Tensor


def pairs_of(texts: Iterable[str], least: int) -> dict[str, int]:
    """Number the pairs of characters that stand in at least ``least`` texts."""
    count: Counter[str] = Counter()
    for text in texts:
        folded = squeeze(text)[0]
        count.update(set(map("".join, zip("^" + folded[:-1], folded, strict=True))))
    return {p: i + 1 for i, p in enumerate(sorted(p for p, n in count.items() if n >= least))}


def batches(examples: Sequence[Example], size: int, rng: random.Random | None) -> Iterator[list[Example]]:
    """Yield batches of sentences alike in length, of about ``size`` characters; shuffled when ``rng`` is given."""
    noise = rng.random if rng else lambda: 0.0
    order = sorted(examples, key=lambda e: len(e.chars) * (1 + 0.1 * noise()))
    groups: list[list[Example]] = [[]]
    longest = 0
    for e in order:
        longest = max(longest, len(e.chars))
        if groups[-1] and longest * (len(groups[-1]) + 1) > size:
            groups.append([])
            longest = len(e.chars)
        groups[-1].append(e)
    if rng:
        rng.shuffle(groups)
    yield from groups


def tensors(batch: Sequence[Example], rng: random.Random | None = None) -> Batch:
    """Return a batch as tensors; with ``rng``, two sentences in three tell which set they come from."""
    allowed = np.ones((len(batch), max(len(e.chars) for e in batch), len(TAGS)), dtype=np.float32)
    for i, e in enumerate(batch):
        allowed[i, : len(e.chars)] = e.allowed
    return Batch(
        *(
            _padded([getattr(e, name) for e in batch])
            for name in ("chars", "words", "pairs", "pieces", "piece_of", "piece_place")
        ),
        torch.tensor([len(e.chars) for e in batch]),
        torch.tensor([len(e.pieces) for e in batch]),
        torch.from_numpy(allowed),
        torch.tensor([e.style if rng and rng.random() < 2 / 3 else 0 for e in batch]),
    )


def _padded(rows: list[list[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([r + [0] * (longest - len(r)) for r in rows])
