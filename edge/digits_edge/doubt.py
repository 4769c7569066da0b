"""Whether a page deserves another look, and which look at it is the best."""

import math

import numpy as np

from digits_edge.blobs import Blob
from digits_edge.glyph import Ink
from digits_edge.opencv import cv2
from digits_edge.reading import Box, Reading

SURE = 0.6  # mean confidence of a page's digits: with less another look is worth its time
LARGE = 1.5  # times as high as a page's digits: what else is that wide and high may be a shadow
NO_PEN = 0.1  # of the picture's shorter side: no pen is so broad
CUT_OUT = 480  # pixels of the shorter side: a larger picture may be of anything

Shape = tuple[int, ...]  # height and width of what was looked at, pixels


def is_doubtful(reading: Reading) -> bool:
    """Whether more was refused than read, or little of what was read is sure."""
    sure = sum(digit.confidence for digit in reading.digits)
    return len(reading.digits) < len(reading.rejected) or sure < SURE * len(reading.digits)


def may_be_shaded(reading: Reading, blobs: list[Blob], region: Box, shape: Shape) -> bool:
    """Whether a narrow shadow may hold more digits: something refused is too large or too broad for one."""
    digits = {digit.box.moved(-region.x, -region.y) for digit in reading.digits}
    large = LARGE * float(np.median([box.height for box in digits])) if digits else math.inf
    broad = NO_PEN * min(shape)
    refused = [blob for blob in blobs if blob.box not in digits]
    sizes = [min(blob.box.width, blob.box.height) for blob in refused]
    return any(
        size >= large or (size >= broad and _broadest(blob.ink) >= broad)
        for size, blob in zip(sizes, refused, strict=True)
    )


def worth(reading: Reading, pieces: int, shape: Shape) -> float:
    """How much was read; a stroke may be anything, and counts only in a small picture of nothing else."""
    cut_out = pieces == 1 and min(shape) < CUT_OUT
    return sum(digit.confidence for digit in reading.digits if cut_out or digit.value != 1)


def _broadest(ink: Ink) -> float:
    """Pixels across the broadest stroke."""
    inside = cv2.distanceTransform(np.pad((ink > 127).view(np.uint8), 1), cv2.DIST_L2, 3)
    return 2 * float(inside.max())
