"""Products of matrices for spaCy's networks, by NumPy on one thread.

thinc multiplies with the BLIS library as its wheel carries it, which knows no processor newer than itself
and then takes three times as long as NumPy's OpenBLAS. The results differ by rounding only.
"""

import contextlib
import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

Array = NDArray[np.float32]


class _Ops(NumpyOps):  # type: ignore[misc]
    """What a network computes with when it is only read, never trained."""

    def gemm(
        self, x: Array, y: Array, out: Array | None = None, trans1: bool = False, trans2: bool = False
    ) -> Array:
        return np.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)

    def maxout(self, x: Array) -> tuple[Array, Array]:
        """Return the largest of each unit's pieces; which it was only training asks."""
        best = x[:, :, 0]
        for piece in range(1, x.shape[2]):
            best = np.maximum(best, x[:, :, piece])
        return best, best[:0]


def hasten(nlp: Language) -> Language:
    """Have a pipeline's networks, which must not be trained afterwards, multiply by NumPy."""
    ops = _Ops()
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                node.ops = ops
    return nlp


@functools.cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> contextlib.AbstractContextManager[Any]:
    """Keep NumPy's products on one thread: other cores are for other documents."""
    limit: contextlib.AbstractContextManager[Any] = _threads().limit(limits=1, user_api="blas")
    return limit
