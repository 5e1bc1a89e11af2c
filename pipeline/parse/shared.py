"""A long PDF read by several workers: which parts of the reading others may do, and what they did."""

from collections.abc import Sequence
from typing import Protocol

from pipeline.parse.pdf_model import RawPage

RANGE = 25
"""Pages that are read at once."""
MOST_RANGES = 40
"""Ranges of a document: it is opened for each, which takes seconds where there are thousands of pages."""
LEAST = 2 * RANGE
"""Pages below which a document is not worth sharing."""
SCANS = 4
"""Pages that are recognised at once."""
RawPages = list[RawPage | tuple[int, str]]


class Unshared(Exception):
    """Parts of the work on a document should be done by other workers before it goes on."""


class Shared(Protocol):
    """What other workers did, or should do, of the reading of one PDF."""

    def ask_pages(self, count: int) -> None:
        """Say how many pages there are, before any is read.

        Raises:
            Unshared: others should read them first.
        """

    def pages(self, first: int, last: int) -> RawPages | None:
        """Return a range of pages (of ``RANGE``, from 1) that was read, or None."""

    def ask_scans(self, numbers: Sequence[int]) -> None:
        """Say which pages are to be recognised.

        Raises:
            Unshared: others should recognise them first.
        """

    def scans(self, numbers: Sequence[int]) -> dict[int, RawPage] | None:
        """Return what was recognised on ``SCANS`` pages, those that failed missing; None where nobody tried."""


def ranges(count: int) -> list[tuple[int, int]]:
    """Return the ranges (first and last page) in which so many pages are read."""
    size = max(RANGE, -(-count // MOST_RANGES))
    return [(first, min(first + size - 1, count)) for first in range(1, count + 1, size)]


def batches(numbers: Sequence[int]) -> list[list[int]]:
    """Return page numbers in the batches in which they are recognised."""
    ordered = sorted(set(numbers))
    return [ordered[i : i + SCANS] for i in range(0, len(ordered), SCANS)]
