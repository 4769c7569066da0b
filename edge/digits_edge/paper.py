"""The paper's brightness behind the ink: what a picture would be if nothing had been written."""

import numpy as np

from digits_edge.frame import Pixels
from digits_edge.grey import level, shrunk
from digits_edge.opencv import cv2

THUMBNAIL = 256  # pixels of the longer side on which light is estimated
WINDOW = 0.15  # of the shorter side: wider than most strokes, narrower than shadows
LEAST_WINDOW = 15  # pixels: a digit cut out at 16×16 or 28×28 has even light, and strokes a quarter as wide
NARROW = 0.05  # of the shorter side: wider than a pen's stroke, narrower than the shadow of a pen
BROADEST = 0.5  # of the shorter side: wider than a marker's stroke from close by
BROAD = 0.55  # of the brightness around it: darker is a broad stroke, a shadow or a desk
LIT = 90  # pixels of the shorter side: smaller pictures hardly show a shadow's edge beside a digit
GRAINY = 80  # pixels of the shorter side: smaller pictures have strokes as narrow as grain
SAMPLE = 512  # pixels a side of the middle that tells how grainy a picture is
NOISY = 0.015  # of the brightness: grain that hides pencil


def paper_behind(grey: Pixels, *, narrow: bool = False) -> Pixels:
    """(height, width) → the same: closing fills what is dark and narrower than the window.

    With a `narrow` one only a pen's strokes are ink, without it a marker's from close by, too.
    """
    small = cv2.medianBlur(shrunk(grey, THUMBNAIL), 3) if min(grey.shape) > THUMBNAIL else grey
    shorter = min(small.shape)
    window = (round(shorter * NARROW) if narrow else max(LEAST_WINDOW, round(shorter * WINDOW))) | 1
    margin = broadest = max(window, round(shorter * BROADEST) | 1)
    framed = cv2.copyMakeBorder(small, *(margin,) * 4, cv2.BORDER_REPLICATE)
    closed = _closed(framed, window)
    lit = min(grey.shape) >= LIT
    if lit and not narrow:
        closed = _over_broad_strokes(closed, _closed(framed, broadest))
    smooth = cv2.blur(closed, (window, window))
    if lit:
        # Brightness may not leak over the edge of a sheet or a shadow: there the darker side counts.
        smooth = cv2.erode(cv2.min(closed, smooth), np.ones((3, 3), np.uint8))
    smooth = smooth[margin:-margin, margin:-margin]
    return cv2.resize(smooth, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)


def without_grain(grey: Pixels) -> Pixels:
    """Smoothed where the camera's noise is as strong as pencil: in dim light, or enlarged."""
    if min(grey.shape) < GRAINY:
        return grey
    top, left = ((side - min(side, SAMPLE)) // 2 for side in grey.shape)
    sample = grey[top : top + SAMPLE, left : left + SAMPLE].copy()
    grain = level(cv2.absdiff(sample, cv2.blur(sample, (9, 9))), 0.5, 0, 256)
    return cv2.medianBlur(grey, 5) if grain > NOISY * level(sample, 0.5, 0, 256) else grey


def _closed(grey: Pixels, window: int) -> Pixels:
    return cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((window, window), np.uint8))


def _over_broad_strokes(paper: Pixels, brightest: Pixels) -> Pixels:
    """The paper with the strokes filled that are broader than its window, as bright as what is around them.

    Desks and shadows are dark and broad, too, but reach the picture's edge.
    """
    dark = cv2.compare(paper, cv2.convertScaleAbs(brightest, alpha=BROAD), cv2.CMP_LT)
    if not cv2.countNonZero(dark):
        return paper
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    left, top, width, height = stats[:, :4].T
    inside = (left > 0) & (top > 0) & (left + width < paper.shape[1]) & (top + height < paper.shape[0])
    inside[0] = False  # what isn't dark
    # Closing rounds corners and blurs rims.
    strokes = cv2.dilate(inside[labels].view(np.uint8), np.ones((5, 5), np.uint8))
    return np.where(strokes, cv2.max(paper, brightest), paper).astype(np.uint8)
