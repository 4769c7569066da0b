"""What every step asks of a grey picture: how its values spread, and the picture made smaller."""

from collections.abc import Sequence

import numpy as np

from digits_edge.frame import Pixels
from digits_edge.opencv import cv2

ENOUGH = 300  # rows that tell as much as all
PAGE = 240  # pixels of the shorter side: a picture smaller than this is a digit or two, cut out


def level(values: Pixels, share: float, least: int, end: int) -> int:
    """What `share` of those values stay below or at that lie from `least` up to `end`; 0 for none."""
    return levels(values, (share,), least, end)[0]


def levels(values: Pixels, shares: Sequence[float], least: int, end: int) -> list[int]:
    """The level of every one of the shares.

    From a histogram, of some of the rows: a page has many millions of values, and they are much alike.
    """
    rows = values[:: max(1, len(values) // ENOUGH)]
    # A column in OpenCV 4, a row in 5.
    histogram = cv2.calcHist([rows], [0], None, [256], [0, 256]).ravel()[least:end].cumsum()
    if not len(histogram) or not histogram[-1]:
        return [0] * len(shares)
    return [least + int(np.searchsorted(histogram, share * histogram[-1])) for share in shares]


def shrunk(picture: Pixels, longer_side: int) -> Pixels:
    """The grey picture no larger than that; the same object where it already is none."""
    scale = longer_side / max(picture.shape)
    if scale >= 1:
        return picture
    size = [max(1, round(side * scale)) for side in picture.shape[::-1]]  # strips may be one pixel wide
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
