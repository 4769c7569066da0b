"""Digits that are none any more: turned, mirrored, spliced, doubled, crossed out or halved."""

import numpy as np

from digits_edge.glyph import Ink
from digits_edge.opencv import cv2
from digits_train.augment import cropped
from digits_train.images import Images
from digits_train.pen import Random, Raw, draw, stroke_from

# The digits that are none any more when …
MIRRORED, QUARTER_TURN, HALF_TURN = (3, 4, 6, 7, 9), (2, 3, 4, 5, 6, 7, 9), (3, 4, 7)
SWAPPED, LOWER, UPPER, HALVED = (0, 2, 3, 4, 5, 6, 7, 8, 9), (2, 4, 5, 7), (2, 4, 5, 6, 7), (0, 2, 3, 5)
EXTENDED = (2, 3, 4, 5, 6, 8, 9)  # … with a stroke more; a 0 would become a 6 or 9, a 1 a 4 or 7


class Pile:
    """Real digits to draw from, by their value; any stands in for a value that is missing."""

    def __init__(self, digits: Images, rng: Random) -> None:
        self._glyphs, self._rng = digits.glyphs, rng
        places = [np.flatnonzero(digits.labels == value) for value in range(10)]
        self._where = [own if len(own) else np.arange(len(digits)) for own in places]

    def one(self, values: tuple[int, ...]) -> Ink:
        glyph: Ink = self._glyphs[self._rng.choice(self._where[self._rng.choice(values)])]
        return glyph


def turned(pile: Pile, rng: Random) -> Ink:
    way = rng.integers(3)
    if way == 0:
        return pile.one(MIRRORED)[:, ::-1]
    return (
        np.rot90(pile.one(QUARTER_TURN), rng.choice((1, 3))) if way == 1 else pile.one(HALF_TURN)[::-1, ::-1]
    )


def spliced(pile: Pile, rng: Random) -> Ink:
    """Halves of two digits in the wrong place, or half a digit alone."""
    way = rng.integers(3)
    if way == 0:
        return np.hstack([pile.one(SWAPPED)[:, 14:24], pile.one(SWAPPED)[:, 4:14]])
    if way == 1:
        return np.vstack([pile.one(LOWER)[14:24], pile.one(UPPER)[4:14]])
    half = pile.one(HALVED)
    return half[:14] if rng.random() < 0.5 else half[14:]


def pair(pile: Pile, rng: Random) -> Raw:
    """Two digits in one box, touching or nearly so, some squeezed into a square."""
    left, right = cropped(pile.one(tuple(range(10)))), cropped(pile.one(tuple(range(10))))
    width = max(left.shape[1] + right.shape[1] - int(rng.integers(-2, 4)), left.shape[1], right.shape[1])
    ink = np.zeros((max(len(left), len(right)) + 4, width), np.uint8)
    for part, x in ((left, 0), (right, width - right.shape[1])):
        y = int(rng.integers(0, len(ink) - len(part) + 1))
        into = ink[y : y + len(part), x : x + part.shape[1]]
        np.maximum(into, part, out=into)
    return cv2.resize(ink, (20, 20), interpolation=cv2.INTER_AREA) if rng.random() < 0.4 else ink


def extended(pile: Pile, rng: Random) -> Raw:
    """A digit under a bar, beside a bar, crossed out, or with a tail."""
    digit: Raw = np.pad(cv2.resize(pile.one(EXTENDED), (84, 84), interpolation=cv2.INTER_CUBIC), 16)
    near: Raw = cv2.dilate(digit, np.ones((9, 9), np.uint8))
    while True:
        ink, way = digit.copy(), rng.integers(4)
        if way == 0:
            y = 24 + rng.uniform(-4, 4)
            points = np.array([[rng.uniform(8, 28), y], [rng.uniform(88, 108), y]])
        elif way == 1:
            x = 88 + rng.uniform(-6, 6)
            points = np.array([[x, rng.uniform(12, 30)], [x, rng.uniform(86, 106)]])
        elif way == 2:
            points = np.stack([rng.uniform((10, 30), (26, 86)), rng.uniform((90, 30), (106, 86))])
        else:
            on = np.argwhere(digit > 128)
            points = 10 + stroke_from(on[rng.integers(len(on))][::-1] - 10.0, rng)
        draw(ink, points, int(rng.integers(4, 9)))
        # A stroke along the digit's own changes nothing: another one.
        if np.count_nonzero((ink > 128) & (near < 64)) > 0.15 * np.count_nonzero(digit > 128):
            return ink
