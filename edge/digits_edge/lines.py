"""Finding rules: lines that are straight, long and thin, nearly level, whatever is written over them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import Ink
from digits_edge.opencv import cv2

SLOPES = np.arange(-4, 5) * 0.035  # rise per pixel of a rule; a page tilted more has to be turned
LONG = 0.12  # of the side along which it runs: a rule is straight for longer
SPAN = 0.3  # of that side: how far it reaches in all
GAP = 0.2  # of that side: a digit that stands on a rule may hide as much of it
SEVERAL, ACROSS = 3, 0.7  # so many of them, or one that reaches so far: a digit may have two long bars
FAINTEST = 14  # of 255: the ink of a rule
GRAIN = 2.5  # times what is thin on average: the ink of a rule on grainy paper
PEN = 1.7  # times as broad as a rule: what crosses one
STROKE = 64  # of 255: the ink of a thick stroke under which a rule may go on
SEEN = 0.3  # of a rule isn't hidden by such strokes

Labels = NDArray[np.int32]  # (height, width), one number for each piece


class Rows(NamedTuple):
    """A picture with its columns taken together. The pictures are (height, width / columns)."""

    ink: Ink
    thin: Ink  # what of it is thin from top to bottom, as nearly level rules are
    strokes: Ink  # the rest of it: what is thicker
    thick: int  # pixels, odd: more than a rule has
    columns: int  # of the picture that are one here: rules are long


def rows_of(ink: Ink, thickness: float, columns: int) -> Rows:
    """The picture as `slopes_of` and `lines_of` want it; rules have up to `thickness` of its shorter side."""
    height, width = ink.shape
    # First the columns: grain has no direction, and would look like rules all over.
    fewer = cv2.resize(ink, (max(1, width // columns), height), interpolation=cv2.INTER_AREA)
    thick = thick_for(ink, thickness)
    strokes = cv2.morphologyEx(fewer, cv2.MORPH_OPEN, np.ones((thick, 1), np.uint8))
    return Rows(fewer, cv2.subtract(fewer, strokes), strokes, thick, columns)


def thick_for(ink: Ink, thickness: float) -> int:
    """Pixels, odd: more than a rule has, whose `thickness` is of the shorter side."""
    return max(3, round(min(ink.shape) * thickness)) | 1


def _length(fewer: Ink) -> int:
    return round(fewer.shape[1] * LONG) | 1


def slopes_of(rows: Rows) -> list[float]:
    """How the nearly level rules rise, in pixels per pixel; none where there are no rules."""
    found = [np.count_nonzero(_straight(rows, slope)) for slope in SLOPES]
    if max(found) < 2 * SPAN * rows.thin.shape[1]:  # two pixels high, or two rules
        return []
    return [slope for slope, count in zip(SLOPES, found, strict=True) if count >= 0.25 * max(found)]


def lines_of(rows: Rows, slopes: list[float], *, hidden: bool) -> tuple[Ink, Labels]:
    """How strong the rules of these slopes are, 0 where there is none, and which rule each pixel is of.

    With `hidden` they go on under thick strokes.
    """
    strength, joined = np.zeros_like(rows.thin), np.zeros_like(rows.thin)
    gap = round(rows.thin.shape[1] * GAP) | 1
    pen = _pen(rows) if hidden else None
    for slope in slopes:
        level = _straight(rows, slope, pen)
        strength = cv2.max(strength, _slanted(level, -slope * rows.columns))
        level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
        joined = cv2.max(joined, _slanted(level, -slope * rows.columns))
    return _long_ones(strength, joined)


def _pen(rows: Rows) -> Ink:
    """255 where a stroke is thick, and no longer than a digit's: a desk's edge is."""
    strokes = cv2.threshold(rows.strokes, STROKE, 255, cv2.THRESH_BINARY)[1]
    return cv2.morphologyEx(strokes, cv2.MORPH_TOPHAT, np.ones((1, _length(strokes)), np.uint8))


def _straight(rows: Rows, slope: float, pen: Ink | None = None) -> Ink:
    """How strong the rules of that slope are, 0 where there is none; sheared, so that they lie level.

    Under a `pen` they go on.
    """
    _, thin, _, thick, columns = rows
    level = _slanted(thin, slope * columns)
    # A rule is never quite straight, and its slope lies between two of ours.
    bend = max(thin.shape) // 200 | 1
    level = cv2.dilate(level, np.ones((bend, 1), np.uint8))
    gap, length = max(3, round(PEN * thick / columns)) | 1, _length(thin)
    # A pen that crosses it is no gap.
    level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    seen = level
    if pen is not None:
        level = cv2.max(level, _slanted(pen, slope * columns))
    level = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    if pen is not None:
        seen = cv2.threshold(seen, FAINTEST, 255, cv2.THRESH_BINARY)[1]
        level[cv2.blur(seen, (length, 1), borderType=cv2.BORDER_CONSTANT) < 255 * SEEN] = 0
    # Grain is strong along any row: a rule is more than what lies above and below it.
    level = cv2.morphologyEx(level, cv2.MORPH_TOPHAT, np.ones((thick + 2 * bend, 1), np.uint8))
    return cv2.threshold(level, max(FAINTEST, GRAIN * thin.mean()), 255, cv2.THRESH_TOZERO)[1]


def _slanted(ink: Ink, slope: float) -> Ink:
    """What has that slope, in rows per column, lies level now."""
    shear = np.array([[1, 0, 0], [-slope, 1, slope * ink.shape[1] / 2]], np.float32)
    return cv2.warpAffine(ink, shear, ink.shape[::-1], flags=cv2.INTER_LINEAR)


def _long_ones(strength: Ink, joined: Ink) -> tuple[Ink, Labels]:
    """Without the pieces that reach less far than a rule; nothing where they may be a digit's bars.

    And which rule each pixel is of. `joined` has the pieces of one rule together, on both sides of a digit
    that stands on it.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats((strength > 0).view(np.uint8), connectivity=8)
    reach = stats[:, cv2.CC_STAT_WIDTH] / strength.shape[1]
    reach[0] = 0  # the paper
    long = reach >= SPAN
    if long.sum() < SEVERAL and reach.max() < ACROSS:
        return np.zeros_like(strength), labels
    count, rules = cv2.connectedComponents((joined > 0).view(np.uint8), connectivity=8)
    whole = np.zeros(count, np.bool_)
    whole[rules[long[labels]]] = True
    return np.where(whole[rules], strength, 0).astype(np.uint8), rules
