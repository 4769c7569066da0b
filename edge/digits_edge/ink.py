"""From a frame to its ink: light flattened, polarity settled, 0 paper to 255 the darkest stroke."""

from typing import NamedTuple

import numpy as np

from digits_edge.frame import Pixels
from digits_edge.glyph import Ink
from digits_edge.grey import PAGE, level, shrunk
from digits_edge.opencv import cv2
from digits_edge.paper import paper_behind, without_grain

THUMBNAIL = 256  # pixels of the longer side on which the polarity is settled
DARK = 0.6  # of the brightest: a board that light ink is written on has less
STROKES = 0.12  # of a page's shorter side: about as wide as what is told from strokes
DARKEST = 24.0  # of 255: below, paper has no brightness that ink could be measured by
SHADE = 0.35  # of the sheet's brightness: what is darker is no shadow but a desk, and its grain no ink
FAINTEST = 0.06  # least contrast to the paper that can be ink; print shows through at less
PALE, PALEST = 0.25, 0.12  # contrast of the palest pen that counts in full, and where none is bolder
DIGIT = 3e-4  # of a page: the ink of a small digit


class Page(NamedTuple):
    """A frame with its light taken away. The pictures are (height, width)."""

    grey: Pixels  # dark ink on light paper, whatever the frame had
    paper: Pixels  # what `grey` would be without ink
    ink: Ink  # the contrast between the two, scaled so that the strokes reach 255
    full: float  # the share of the light that ink of 255 absorbs, 0 to 1
    light_on_dark: bool  # the frame's own polarity
    unsure: bool = False  # whether it may be the other one


def to_page(pixels: Pixels, *, light_on_dark: bool | None = None) -> Page:
    """The frame's ink; its polarity is found out unless it's given."""
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    unsure = light_on_dark is None and _has_light_strokes(grey)
    if light_on_dark is None:
        light_on_dark = unsure and _is_dark(grey)
    if pixels.ndim == 3:
        grey = _strongest_channel(pixels, light_on_dark)
    if light_on_dark:
        grey = cv2.bitwise_not(grey)
    grey = without_grain(grey)
    return _page(grey, paper_behind(grey), light_on_dark)._replace(unsure=unsure)


def with_boldest_ink(page: Page) -> Page:
    """The page as if only its darkest ink counted in full, be it that of one small digit.

    Shadows, rules and what shows through the paper, of which there may be any amount, fade away.
    """
    absorbed, full = _absorbed(page.grey, page.paper)
    full = max(_boldest(absorbed), full)
    return page._replace(ink=cv2.convertScaleAbs(absorbed, alpha=255 / full), full=full / 255)


def without_shadows(page: Page) -> Page:
    """The page as if all that is broader than a pen's stroke were paper: narrow shadows, too."""
    return _page(page.grey, paper_behind(page.grey, narrow=True), page.light_on_dark)


def has_light_ink(grey: Pixels) -> bool:
    """Whether the strokes are lighter than their ground."""
    return _has_light_strokes(grey) and _is_dark(grey)


def _has_light_strokes(grey: Pixels) -> bool:
    """Whether what is small is lighter than what is around it: light ink, or a sheet on a large desk.

    Ink is the lesser part of a picture, so that the differences to the local mean lean towards it:
    their third moment has its sign. A margin of repeated border pixels stands for the paper around
    a digit that fills its picture.
    """
    small = shrunk(grey, THUMBNAIL)
    margin = max(1, min(small.shape) // 4)
    framed = cv2.copyMakeBorder(small, *(margin,) * 4, cv2.BORDER_REPLICATE).astype(np.float32)
    # A digit that fills its picture has wide strokes; around a page lies a desk, darker than all ink.
    window = round(min(small.shape) * (STROKES if min(grey.shape) >= PAGE else 0.5)) | 1
    local = cv2.blur(cv2.blur(framed, (window, window)), (window, window))  # near a Gaussian, and fast
    difference = framed - local
    # Multiplied out: numpy's power takes sixty times as long.
    return float((difference * difference * difference).mean()) > 0


def _is_dark(grey: Pixels) -> bool:
    """Whether light strokes are ink: a white sheet on a dark table is no blackboard."""
    small = shrunk(grey, THUMBNAIL)
    return min(grey.shape) < PAGE or level(small, 0.5, 0, 256) < DARK * level(small, 0.98, 0, 256)


def _strongest_channel(pixels: Pixels, light_on_dark: bool) -> Pixels:
    """The channel in which ink stands out most, pixel by pixel: yellow absorbs blue, red absorbs green."""
    blue, green, red = cv2.split(pixels)
    extreme = cv2.max if light_on_dark else cv2.min
    return extreme(extreme(blue, green), red)


def _page(grey: Pixels, paper: Pixels, light_on_dark: bool) -> Page:
    absorbed, full = _absorbed(grey, paper)
    return Page(grey, paper, cv2.convertScaleAbs(absorbed, alpha=255 / full), full / 255, light_on_dark)


def _absorbed(grey: Pixels, paper: Pixels) -> tuple[Ink, float]:
    """1 − grey / paper, which is what the ink absorbs, 255 for all light; and how much counts in full."""
    bright = level(paper, 0.9, 0, 256) if min(grey.shape) >= PAGE else 0
    lit = cv2.max(paper, max(DARKEST, SHADE * bright))
    absorbed = cv2.divide(cv2.subtract(paper, grey), lit, scale=255)
    full: float = level(absorbed, 0.95, round(255 * FAINTEST), 256)
    if full < 255 * PALE:
        full = max(full, min(255 * PALE, max(255 * PALEST, _boldest(absorbed))))
    return absorbed, full


def _boldest(absorbed: Ink) -> int:
    """The least of as much of the darkest ink as a small digit has."""
    # The darkest pixels of all are grain.
    histogram = cv2.calcHist([cv2.blur(absorbed, (3, 3))], [0], None, [256], [0, 256]).ravel()
    return 255 - int(np.searchsorted(histogram[::-1].cumsum(), DIGIT * absorbed.size))
