"""From digits to the numbers they stand in, and to the order in which people read them."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digits_edge.reading import Box, Digit, Number, Rejected, enclosing
from digits_edge.rows import in_rows

SPACE = 0.85  # of a row's digit height: a wider gap parts two numbers
SMALL = 0.4  # of a row's digit height: less is a point, a comma or a dash
SPECK = 0.08  # of the digit height: less is dust, and parts nothing
RULE = 1.5  # of the digit height: what is wider is a line under or through a row
COMMA = 0.2  # of the digit height: as far below the digits a comma may begin


def numbers_of(digits: list[Digit], rejected: list[Rejected]) -> tuple[list[Number], list[Rejected]]:
    """Numbers in reading order, and what was rejected with what is too small for its row added.

    Rejected ink between two digits parts them, whatever it is: 3.14 is no 314.
    """
    numbers: list[Number] = []
    refused = list(rejected)
    signs = np.array([r.box for r in rejected]).reshape(-1, 4)
    for indices in in_rows([digit.box for digit in digits]):
        row = [digits[i] for i in indices]
        heights = [digit.box.height for digit in row]
        height = max(float(np.median(heights)), 0.6 * max(heights))
        small = [Rejected(d.confidence, d.box) for d in row if d.box.height < SMALL * height]
        refused += small
        row = [d for d in row if d.box.height >= SMALL * height]
        here = np.vstack([signs, *([r.box] for r in small)])
        number = row[:1]
        for left, right in pairwise(row):
            apart = right.box.x - left.box.right > SPACE * height
            if apart or _parted(here, left.box, right.box, height):
                numbers.append(Number(tuple(number)))
                number = []
            number.append(right)
        if number:
            numbers.append(Number(tuple(number)))
    return numbers, refused


def _parted(signs: NDArray[np.int64], left: Box, right: Box, height: float) -> bool:
    """Whether one of the rejected signs, (n, 4), stands between two neighbours, below the line included."""
    x, y, wide, high = signs.T
    middle = x + wide / 2
    around = enclosing([left, right])
    between = (left.x + left.width / 2 < middle) & (middle < right.x + right.width / 2)
    beside = (y + high > around.y) & (y < around.bottom + COMMA * height)
    counts = (np.maximum(wide, high) >= SPECK * height) & (wide <= RULE * height)
    return bool((between & beside & counts).any())
