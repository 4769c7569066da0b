"""What a pen follows to write a digit or a letter, as a field of distances: any pen can follow it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from numpy.typing import NDArray

from digits_edge.glyph import Glyph
from digits_edge.opencv import cv2

HEIGHT = 64  # cells from a digit's top to its foot
MARGIN = 26  # cells around: room for wide pens and for what hangs below the line
HERSHEY_CAPITAL = 21  # units of OpenCV's fonts from the line to a capital's top
FULL = 1.2  # times as deep as the stroke: more than one stroke
LOOSE = 12  # of 20 pixels: a digit lower than that is a wide one, and not enlarged to full height

Mask = NDArray[Any]  # (height, width) of 0 and 1, as OpenCV's types call it


@dataclass(frozen=True, slots=True)
class Sign:
    away: NDArray[np.float32]  # (height, width) cells from the pen's path; negative within printed letters
    width: float  # cells, what the next sign must stay clear of
    printed: bool = False  # an area and not a path: no pen is drawn along it

    @property
    def foot(self) -> int:
        """The line that the sign stands on, in cells from the field's top."""
        return MARGIN + HEIGHT


def digit_sign(glyph: Glyph) -> Sign:
    """The path of a digit's pen: MNIST's strokes, thinned to their middle."""
    x, y, width, height = cv2.boundingRect((glyph > 100).astype(np.uint8))
    scale = HEIGHT / max(height, LOOSE)
    size = max(2, round(width * scale)), max(2, round(height * scale))
    large = cv2.resize(glyph[y : y + height, x : x + width], size, interpolation=cv2.INTER_CUBIC)
    strokes = np.zeros((HEIGHT + 2 * MARGIN, size[0] + 2 * MARGIN), np.uint8)
    top = MARGIN + HEIGHT - size[1]
    strokes[top : top + size[1], MARGIN : MARGIN + size[0]] = large > 100
    return Sign(_distances(_path(_without_specks(strokes))), size[0])


def _without_specks(strokes: Mask) -> Mask:
    """The strokes without what is far smaller than the largest: a pen would make a point of it."""
    _, parts, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    kept = areas >= 0.06 * areas[1:].max(initial=0)
    kept[0] = False
    return kept.astype(np.uint8)[parts]


def _path(strokes: Mask) -> Mask:
    """The middle of the strokes, and what is too wide for one stroke: a loop that ran full stays full."""
    middle = _thinned(strokes)
    depth = cv2.distanceTransform(strokes, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    wide = depth > FULL * np.median(depth[middle > 0])
    return middle | wide.astype(np.uint8)


@lru_cache(maxsize=1024)
def letter_sign(letter: str, font: int) -> Sign:
    """A letter as OpenCV's single-stroke fonts draw it: `font` as for putText."""
    scale = HEIGHT / HERSHEY_CAPITAL
    (width, _), _ = cv2.getTextSize(letter, font, scale, 1)
    field = np.zeros((HEIGHT + 2 * MARGIN, width + 2 * MARGIN), np.uint8)
    cv2.putText(field, letter, (MARGIN, MARGIN + HEIGHT), font, scale, (1,), 1, cv2.LINE_8)
    return Sign(_distances(field), width)


@lru_cache(maxsize=1024)
def font_sign(letter: str, family: str, written: bool) -> Sign:
    """A letter of one of matplotlib's fonts, of any alphabet: `written` by a pen, or printed."""
    outline = TextPath((0, 0), letter, size=HEIGHT / 0.73, prop=FontProperties(family=family))
    polygons = [np.asarray(polygon) for polygon in outline.to_polygons()]
    width = max((float(polygon[:, 0].max()) for polygon in polygons), default=HEIGHT / 2)
    field = np.zeros((HEIGHT + 2 * MARGIN, round(width) + 2 * MARGIN), np.uint8)
    points = [np.rint(p * (1, -1) + (MARGIN, MARGIN + HEIGHT)).astype(np.int32) for p in polygons]
    cv2.fillPoly(field, points, (1,))
    if written:
        return Sign(_distances(_thinned(field)), width)
    return Sign(_distances(field) - _distances(1 - field), width, printed=True)


def _distances(path: Mask) -> NDArray[np.float32]:
    """Of every cell to the path; smoothed, since a path of cells is a staircase."""
    away = cv2.distanceTransform(1 - path, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(cv2.GaussianBlur(away, (0, 0), 1.0) - 0.5, np.float32)


def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """For each pattern of eight neighbours whether the cell between them goes (Zhang and Suen 1984)."""
    around = (np.arange(256)[:, np.newaxis] >> np.arange(8)) & 1  # from the north, clockwise
    count = around.sum(axis=1)
    turns = ((around == 0) & (np.roll(around, -1, axis=1) == 1)).sum(axis=1)
    north, east, south, west = around[:, ::2].T
    edge = (count >= 2) & (count <= 6) & (turns == 1)
    first = edge & (north * east * south == 0) & (east * south * west == 0)
    second = edge & (north * east * west == 0) & (north * south * west == 0)
    return first.astype(np.uint8), second.astype(np.uint8)


TABLES = _tables()
NEIGHBOURS = np.array([[128, 1, 2], [64, 0, 4], [32, 16, 8]], np.float32)


def _thinned(strokes: Mask) -> Mask:
    """The middle of the strokes, one cell wide."""
    thin = strokes.copy()
    for _ in range(HEIGHT):
        before = int(thin.sum())
        for table in TABLES:
            pattern = cv2.filter2D(thin, cv2.CV_8U, NEIGHBOURS)
            thin = thin & (1 - cv2.LUT(pattern, table))
        if int(thin.sum()) == before:
            break
    return thin
