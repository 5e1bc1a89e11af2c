"""The tagger's chain of tags: best paths, and how sure the model is of each name on them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Named = tuple[int, int, str, float]
"""A name: first character, character after the last, inner type, share of all readings that hold it."""

_NEVER = np.float32(-1e4)


class Chain:
    """A linear chain over tags ``O`` and ``B-``, ``I-``, ``E-``, ``S-`` with a type.

    Args:
        tags: the tags, in the order of the scores.
        scores: what each tag adds after each other; ones that may not follow are never taken.
    """

    def __init__(self, tags: Sequence[str], scores: Array) -> None:
        self.tags = list(tags)
        legal = np.array([[_follows(a, b) for b in tags] for a in tags])
        self._into = np.ascontiguousarray(np.where(legal, scores, _NEVER).astype(np.float32).T)
        self._weights = np.where(legal, np.exp(scores), 0).astype(np.float32)
        self._first = np.array([t[0] in "OBS" for t in tags])
        self._last = np.array([t[0] in "OES" for t in tags])

    def names(self, emissions: Array, lengths: Sequence[int]) -> list[list[Named]]:
        """Return the names on the best path of each sentence of a padded batch, with their shares."""
        paths = self._paths(emissions, lengths)
        outside = self.tags.index("O")
        found: list[list[Named]] = [[] for _ in paths]
        holding = [row for row, path in enumerate(paths) if any(tag != outside for tag in path)]
        if not holding:
            return found
        ends = [lengths[row] for row in holding]
        forward, backward, weights = self._sums(emissions[holding, : max(ends)], ends)
        for row, owner in enumerate(holding):
            path, names = paths[owner], found[owner]
            start = 0
            for at, number in enumerate(path):
                tag = self.tags[number]
                if tag[0] in "BS":
                    start = at
                if tag[0] in "ES":
                    share = self._share(forward[row], backward[row], weights[row], path, start, at)
                    names.append((start, at + 1, tag[2:], share))
        return found

    def _paths(self, emissions: Array, lengths: Sequence[int]) -> list[list[int]]:
        best = emissions[:, 0] + np.where(self._first, np.float32(0), _NEVER)
        states = [best]
        history: list[NDArray[np.intp]] = []
        for at in range(1, emissions.shape[1]):
            options = best[:, None, :] + self._into
            back = options.argmax(2)
            best = options.max(2) + emissions[:, at]
            states.append(best)
            history.append(back)
        end = np.where(self._last, np.float32(0), _NEVER)
        paths: list[list[int]] = []
        for row, length in enumerate(lengths):
            tag = int((states[length - 1][row] + end).argmax())
            path = [tag]
            for back in reversed(history[: length - 1]):
                tag = int(back[row, tag])
                path.append(tag)
            paths.append(path[::-1])
        return paths

    def _sums(self, emissions: Array, lengths: Sequence[int]) -> tuple[Array, Array, Array]:
        """Return the scaled forward and backward sums, and the weights of the tags scaled alike.

        The scale is such that a single tag's share is ``forward * backward`` at its place, and a run's
        share the product of its first forward, the weights and steps between, and its last backward.
        """
        rows, size, count = emissions.shape
        weights = np.exp(emissions - emissions.max(2, keepdims=True))
        forward = np.empty_like(weights)
        alpha = weights[:, 0] * self._first
        for at in range(size):
            if at:
                alpha = (alpha @ self._weights) * weights[:, at]
            norm = alpha.sum(1, keepdims=True)
            weights[:, at] /= norm
            alpha = alpha / norm
            forward[:, at] = alpha
        backward = np.zeros_like(weights)
        beta = np.zeros((rows, count), np.float32)
        ends = np.asarray(lengths) - 1
        for at in range(size - 1, -1, -1):
            if at + 1 < size:
                beta = (beta * weights[:, at + 1]) @ self._weights.T
            closing = ends == at
            if closing.any():
                beta[closing] = self._last / (forward[closing, at] * self._last).sum(1, keepdims=True)
            backward[:, at] = beta
        return forward, backward, weights

    def _share(
        self, forward: Array, backward: Array, weights: Array, path: list[int], start: int, end: int
    ) -> float:
        share = float(forward[start, path[start]]) * float(backward[end, path[end]])
        for at in range(start + 1, end + 1):
            share *= float(self._weights[path[at - 1], path[at]]) * float(weights[at, path[at]])
        return min(share, 1.0)


def _follows(before: str, after: str) -> bool:
    if before[0] in "BI":
        return after[0] in "IE" and before[2:] == after[2:]
    return after[0] in "OBS"
