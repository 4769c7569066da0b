"""From digits to the numbers they stand in, and to the order in which people read them."""

from itertools import pairwise

import numpy as np

from digits_edge.reading import Box, Digit, Number, Rejected, enclosing
from digits_edge.rows import in_rows

SPACE = 0.85  # of a row's digit height: a wider gap parts two numbers
SMALL = 0.4  # of a row's digit height: less is a point, a comma or a dash
SPECK = 0.08  # of the digit height: less is dust, and parts nothing


def numbers_of(digits: list[Digit], rejected: list[Rejected]) -> tuple[list[Number], list[Rejected]]:
    """Numbers in reading order, and what was rejected with what is too small for its row added.

    Rejected ink between two digits parts them, whatever it is: 3.14 is no 314.
    """
    numbers: list[Number] = []
    refused = list(rejected)
    for indices in in_rows([digit.box for digit in digits]):
        row = [digits[i] for i in indices]
        heights = [digit.box.height for digit in row]
        height = max(float(np.median(heights)), 0.6 * max(heights))
        refused += [Rejected(d.confidence, d.box) for d in row if d.box.height < SMALL * height]
        row = [d for d in row if d.box.height >= SMALL * height]
        number = row[:1]
        for left, right in pairwise(row):
            apart = right.box.x - left.box.right > SPACE * height
            if apart or any(_parts(r.box, left.box, right.box, height) for r in refused):
                numbers.append(Number(tuple(number)))
                number = []
            number.append(right)
        if number:
            numbers.append(Number(tuple(number)))
    return numbers, refused


def _parts(sign: Box, left: Box, right: Box, height: float) -> bool:
    """Whether a rejected sign stands between two neighbours, commas below the line included."""
    if max(sign.width, sign.height) < SPECK * height or sign.width > 1.5 * height:  # dust, or a rule
        return False
    middle = sign.x + sign.width / 2
    around = enclosing([left, right])
    return (
        left.x + left.width / 2 < middle < right.x + right.width / 2
        and sign.bottom > around.y
        and sign.y < around.bottom + 0.2 * height
    )
