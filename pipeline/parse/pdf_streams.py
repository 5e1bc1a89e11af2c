"""The bytes of a content stream; ASCII85 decoded fast, since pdfminer does it a digit at a time."""

import zlib
from typing import Any

import numpy as np
from pdfminer.ascii85 import end_re, start_re
from pdfminer.pdftypes import LITERALS_ASCII85_DECODE, LITERALS_FLATE_DECODE

_DIGITS = bytes(range(33, 118))
_WEIGHTS = np.array([85**4, 85**3, 85**2, 85, 1], np.uint64)


def stream_data(stream: Any) -> bytes:
    """The data of a pdfminer stream, decoded as pdfminer does."""
    if stream.data is None and stream.rawdata is not None and not stream.decipher:
        filters = stream.get_filters()
        if [bool(params) for _, params in filters] == [False, False]:
            first, second = (name for name, _ in filters)
            if first in LITERALS_ASCII85_DECODE and second in LITERALS_FLATE_DECODE:
                packed = ascii85(stream.rawdata)
                if packed is not None:
                    try:
                        return zlib.decompress(packed)
                    except zlib.error:
                        pass  # pdfminer saves what it can
    data: bytes = stream.get_data()
    return data


def ascii85(data: bytes) -> bytes | None:
    """Decode ASCII85; None where that needs more than plain groups of five digits.

    >>> ascii85(b"<~87cURD]i,\\n\\"Ebo80~>"), ascii85(b"z")
    (b'Hello World!', None)
    """
    digits = b"".join(end_re.sub(b"", start_re.sub(b"", data)).split())
    if not digits or digits.translate(None, _DIGITS):
        return None
    missing = -len(digits) % 5
    values = np.frombuffer(digits + b"u" * missing, np.uint8).reshape(-1, 5).astype(np.uint64) - 33
    words = values @ _WEIGHTS
    if (words >> np.uint64(32)).any():
        return None
    whole = words.astype(">u4").tobytes()
    return whole[: len(whole) - missing]
