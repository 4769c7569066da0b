"""What stands beside a digit speaks for it or against it: letters of a word, dust, the grain of a table."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.reading import Box, Digit, Rejected

NEAR = 0.6  # of the height: what stands closer belongs to the same word
CLOSE = 0.4  # … and in joined writing
LETTER = 0.7  # of its height: the width of a letter
ALIKE = 0.5  # of the height: the least that a letter of the same word has
EDGE = 0.1  # of the height: what is narrower is the edge of something, and no letter
DUST = 0.3  # of the height of the page's digits: less is dust between them
PLAIN = (
    0.8  # least confidence of a 1 that stands among other ink without another digit: any stroke may be one
)
CERTAIN = 0.98  # … and of any digit where most ink is none: wood, cloth, a page of words
SWARM = 3  # times as much other ink of their size as digits
SHAPED = 0.2  # of the digits: where fewer are more than a stroke, all are strokes
FLOOD = 20  # times as much ink of any size
COVERED = 0.15  # of the picture: writing leaves more paper
MANY = 3  # pieces of ink from which on a picture is a page, and not a digit cut out


def in_company(
    digits: list[Digit], rejected: list[Rejected], covered: float
) -> tuple[list[Digit], list[Rejected]]:
    """The digits that their neighbours leave standing, and what was rejected with the others added.

    `covered` is the share of the picture that is ink.
    """
    if len(digits) + len(rejected) <= MANY or not digits:
        return digits, rejected
    boxes = np.array([d.box for d in digits] + [r.box for r in rejected], np.int64)
    taken = np.arange(len(boxes)) < len(digits)
    heights = boxes[: len(digits), 3]
    # Tall digits weigh more: there may be any number of specks.
    order = np.argsort(heights)
    typical = heights[order][np.searchsorted(np.cumsum(heights[order]), heights.sum() / 2)]
    foreign_ink = int((boxes[len(digits) :, 3] > DUST * typical).sum())
    texture = covered > COVERED and len(rejected) > len(digits)
    swarm = foreign_ink > SWARM * len(digits) or len(rejected) > FLOOD * len(digits) or texture
    shaped = sum(d.value != 1 and d.confidence > PLAIN for d in digits)
    only_strokes = shaped < SHAPED * len(digits)
    astray = swarm or (only_strokes and foreign_ink > len(digits) / 2)
    kept, refused = [], list(rejected)
    for place, digit in enumerate(digits):
        beside = _beside(digit.box, boxes)
        beside[place] = False
        others = [d for d, near in zip(digits, beside, strict=False) if near]
        foreign = _letters(digit.box, boxes[beside & ~taken])
        any_stroke = digit.value == 1 and digit.confidence < PLAIN and all(d.value == 1 for d in others)
        doubtful = astray and (digit.value == 1 or digit.confidence < CERTAIN)
        dust = digit.box.height < DUST * typical
        if any_stroke or doubtful or dust or foreign > len(others) + 1:
            refused.append(Rejected(digit.confidence, digit.box))
        else:
            kept.append(digit)
    return kept, refused


def _letters(box: Box, boxes: NDArray[np.int64]) -> float:
    """How many letters the boxes, (n, 4), beside a digit hold: joined writing several, if it's close."""
    x, _, wide, high = boxes.T
    apart = np.maximum(x, box.x) - np.minimum(x + wide, box.right)
    return float(np.where(apart < CLOSE * box.height, np.clip(wide / (LETTER * high), 1, 3), 1).sum())


def _beside(box: Box, boxes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the boxes, (n, 4), stand in the same word, to a reach of three letters."""
    x, y, wide, high = boxes.T
    apart = np.maximum(x, box.x) - np.minimum(x + wide, box.right)
    shared = np.minimum(y + high, box.bottom) - np.maximum(y, box.y)
    alike = (high >= ALIKE * box.height) & (high <= box.height / ALIKE) & (wide >= EDGE * high)
    return (apart < 2 * NEAR * box.height) & (shared > 0.3 * np.minimum(high, box.height)) & alike
