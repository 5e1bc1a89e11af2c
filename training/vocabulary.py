"""Which pieces of the pretrained vocabulary the tagger keeps: simplified Han, common Latin, punctuation."""

from collections.abc import Sequence

import numpy as np
import opencc
import rjieba
from numpy.typing import NDArray

from pipeline.match.tagger_features import fold

_EDGES = "的在了和与是对有等将由为及或从向被把"


def chosen(pieces: Sequence[str], scores: NDArray[np.float32], latin: int = 4000) -> list[int]:
    """Return the numbers of the pieces to keep, in order.

    Pieces that glue a function word to a neighbour (``的通知``, ``在北京``) go, unless they are words.
    """
    simplify = opencc.OpenCC("t2s").convert
    dictionary = rjieba.Jieba() if hasattr(rjieba, "Jieba") else None
    kept: dict[str, int] = {}
    ascii_pieces = []
    for at, piece in enumerate(pieces):
        bare = piece.strip("▁")
        if not bare:
            continue
        if any("\u4e00" <= c <= "\u9fff" for c in bare):
            whole = all("\u4e00" <= c <= "\u9fff" or c.isascii() for c in bare)
            if piece != bare or not whole or simplify(bare) != bare:
                continue
            glued = len(bare) > 1 and (bare[0] in _EDGES or bare[-1] in _EDGES)
            if glued and not (dictionary is not None and dictionary.has_word(bare)):
                continue
            kept.setdefault(piece, at)
        elif bare.isascii():
            ascii_pieces.append((-float(scores[at]), piece, at))
        elif len(bare) == 1 and fold(bare) == bare and ("\u3000" <= bare <= "\u303f" or bare in "·—…"):
            kept.setdefault(bare, at)
    for _, piece, at in sorted(ascii_pieces)[:latin]:
        kept.setdefault(piece, at)
    return list(kept.values())
