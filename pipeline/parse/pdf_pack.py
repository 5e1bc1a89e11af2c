"""Pages between two steps, packed: a long document must not be held as objects."""

import zlib
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
LOOSE, PLAIN = 100, 1000
"""So many pages of a document are held as objects (some 250 kB each), so many more as plain bytes (100 kB)."""
_ZLIB = 0x78
"""How squeezed data begins, and no record: those are arrays."""


class Packer(Generic[T]):
    """Turns records of one type into few bytes and back."""

    def __init__(self, kind: type[T]) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)

    def pack(self, record: T, place: int) -> bytes | T:
        """The record of the page at ``place``: as it is among the first, then as bytes, then squeezed to a fifth.

        Making bytes takes half as long as laying out a page, squeezing them as long again.
        """
        if place < LOOSE:
            return record
        data = self._encoder.encode(record)
        return data if place < PLAIN else zlib.compress(data, 1)

    def unpack(self, packed: bytes | T) -> T:
        """The record again; objects that were shared within it may be equal, not the same."""
        if not isinstance(packed, bytes):
            return packed
        return self._decoder.decode(zlib.decompress(packed) if packed[0] == _ZLIB else packed)
