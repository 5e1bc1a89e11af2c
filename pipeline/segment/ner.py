"""Names as spaCy's English model marks them: its own network and choices, taken for all tokens at once.

spaCy goes from token to token and asks each time which of 74 actions are allowed. Outside a name the scores
of a token depend on nothing before it, so they are computed for all tokens together; within a name there
are two actions only, to go on or to end.
"""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, IS_SPACE, LENGTH
from spacy.language import Language
from spacy.tokens import Doc

Array = NDArray[np.float32]
Name = tuple[int, int, str]
"""Where a name begins and ends, in characters of the text, and its label."""
_FEATURES = 3
"""The token, the name's first token, the token before (the latter two within a name only)."""


class Decoder:
    """The last layers of a pipeline's ``ner``.

    Args:
        nlp: the pipeline.
    """

    def __init__(self, nlp: Language) -> None:
        ner: Any = nlp.get_pipe("ner")
        model = ner.model
        if (
            ner.cfg["beam_width"] != 1
            or model.attrs["unseen_classes"]
            or model.get_ref("lower").get_dim("nF") != _FEATURES
        ):
            raise ValueError("this decoder reads greedy pipelines of two layers over three features only")
        self._tokens = model.get_ref("tok2vec")
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self._lower = lower
        self._bias: Array = lower.get_param("b")
        self._weights: Array = np.ascontiguousarray(upper.get_param("W").T)
        self._add: Array = upper.get_param("b")
        moves = [ner.moves.get_class_name(i) for i in range(self._weights.shape[1])]
        self._labels = [name[2:] for name in moves]
        self._numbers = {name: i for i, name in enumerate(moves)}
        begin, unit = (np.array([name.startswith(kind) for name in moves]) for kind in ("B-", "U-"))
        outside = np.array([name == "O" for name in moves])
        self._open = begin
        self._free = np.where(begin | (unit & (np.array(self._labels) != "")) | outside, 0, -np.inf)
        self._blank = np.where(outside, 0, -np.inf)
        self._final = np.where(begin, -np.inf, self._free)

    def names(self, docs: Sequence[Doc]) -> list[list[Name]]:
        """Return the names in each document, in order."""
        full = [doc for doc in docs if len(doc)]
        if not full:
            return [[] for _ in docs]
        hidden = self._lower.predict(self._tokens.predict(full))
        padding, known = hidden[0], hidden[1:]
        closed = self._scores(known[:, 0] + padding[1] + padding[2])
        facts = np.concatenate([doc.to_array([IDX, LENGTH, IS_SPACE]) for doc in full]).astype(np.int64)
        allowed = np.where(facts[:, 2:] != 0, self._blank, self._free)
        lasts = np.cumsum([len(doc) for doc in full]) - 1
        allowed[lasts] = np.maximum(allowed[lasts], self._final) + np.where(self._open, -np.inf, 0)
        choices: list[int] = (closed + allowed).argmax(1).tolist()
        found: list[list[Name]] = []
        first = 0
        for doc in docs:
            stop = first + len(doc)
            spans = self._walk(choices, known, first, stop)
            found.append([(int(facts[s, 0]), int(facts[e, 0] + facts[e, 1]), label) for s, e, label in spans])
            first = stop
        return found

    def _walk(
        self, choices: list[int], known: Array, first: int, stop: int
    ) -> Iterator[tuple[int, int, str]]:
        """Yield first token, last token and label of the names between two tokens."""
        at = first
        while at < stop:
            label = self._labels[choices[at]]
            if not label:
                at += 1
                continue
            begin = at
            if self._open[choices[at]]:
                on, end = self._numbers["I-" + label], self._numbers["L-" + label]
                at += 1
                while at < stop - 1:
                    scores = self._scores(known[at, 0] + known[begin, 1] + known[at - 1, 2])
                    if scores[end] > scores[on]:
                        break
                    at += 1
            yield begin, at, label
            at += 1

    def _scores(self, summed: Array) -> Array:
        summed = summed + self._bias
        best = summed[..., 0]
        for piece in range(1, summed.shape[-1]):
            best = np.maximum(best, summed[..., piece])
        scores: Array = best @ self._weights + self._add
        return scores


@functools.cache
def decoder(nlp: Language) -> Decoder:
    """Return the decoder of a pipeline, made once."""
    return Decoder(nlp)
