"""Rectangles of stretches of text."""

import math
from array import array

from pipeline.layout import pack, rectangles


def test_one_rectangle_a_printed_line() -> None:
    glyphs = pack([(10, 5, 15, 15), (15, 4, 20, 15), (2, 20, 7.06, 30)], [0, 0, 1])
    assert rectangles(glyphs, 0, 3) == [(10.0, 4.0, 20.0, 15.0), (2.0, 20.0, 7.1, 30.0)]


def test_joining_spaces_have_no_place() -> None:
    glyphs = pack([(0, 0, 5, 10), None, (10, 0, 15, 10)], [0, -1, 0])
    assert rectangles(glyphs, 0, 3) == [(0.0, 0.0, 15.0, 10.0)]
    assert rectangles(glyphs, 1, 2) == []


def test_without_layout_there_are_none() -> None:
    assert rectangles(None, 0, 5) == []


def test_rectangles_have_one_decimal_and_no_negative_zero() -> None:
    glyphs = pack([(0.04, 1.25, 2.349, 3.351)], [0])
    assert rectangles(glyphs, 0, 1) == [(0.0, 1.2, 2.3, 3.4)]
    assert math.copysign(1, rectangles(pack([(0.0, 0.0, 1, 1)], [0]), 0, 1)[0][0]) == 1


def test_packing_keeps_the_order() -> None:
    numbers = array("f")
    numbers.frombytes(pack([(1, 2, 3, 4), None], [7, -1]).boxes)
    assert list(numbers[:4]) == [1, 2, 3, 4]
    assert all(map(math.isnan, numbers[4:]))
