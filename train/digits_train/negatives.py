"""What is no digit, generated: invented signs, letters, broken, turned and doubled digits, marks.

Outlier exposure (Hendrycks et al. 2019, arXiv:1812.04606): a network doubts only what it was shown to
doubt. Whatever passes for a digit in some hand is left out: O, l, Z, an upright bar, a mirrored 5.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import SIZE, Glyphs, Ink, to_glyph
from digits_edge.opencv import cv2
from digits_train.augment import cropped
from digits_train.images import Images

Points = NDArray[np.float64]  # (n, 2), x and y
Raw = NDArray[Any]  # an Ink, as OpenCV's types call it
Random = np.random.Generator
SIDE = 96  # pixels a side of the sheet that signs are drawn on
LETTERS = "AEFHKLMNPRTVWXYadefhkmprtvwxyj@#$%&*+=?!<>~"
FONTS = 8  # OpenCV's Hershey fonts, plain and italic
NARROW = 0.4  # width over height below which a sign could be a 1

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


def negatives(count: int, digits: Images, rng: Random) -> Glyphs:
    """(count, 28, 28): glyphs that are no digits, some of them made from `digits`."""
    pile = Pile(digits, rng)
    out = np.empty((count, SIZE, SIZE), np.uint8)
    shares = np.array([share for share, _ in KINDS])
    for i, kind in enumerate(rng.choice(len(KINDS), count, p=shares / shares.sum())):
        draw = KINDS[kind][1]
        ink = cropped(draw(pile, rng))
        while not ink.any():  # half a digit whose ink is all in the other half
            ink = cropped(draw(pile, rng))
        upright_bar = ink.shape[1] < NARROW * ink.shape[0] and draw in (_sign, _mark)
        out[i] = to_glyph(np.rot90(ink) if upright_bar else ink)
    return out


def _sheet() -> Ink:
    return np.zeros((SIDE, SIDE), np.uint8)


def _draw(ink: Raw, points: Points, width: int) -> None:
    cv2.polylines(ink, [np.rint(points * 8).astype(np.int32)], False, (255,), width, cv2.LINE_AA, 3)


def _sign(_: Pile, rng: Random) -> Ink:
    """One to five strokes of a script that doesn't exist: lines, hooks, arcs, loops, waves."""
    ink, width = _sheet(), int(rng.integers(3, 9))
    strokes = int(rng.choice((1, 2, 3, 4, 5), p=(0.16, 0.26, 0.28, 0.2, 0.1)))
    passed: list[Points] = []
    for _stroke in range(strokes):
        joined = passed and rng.random() < 0.6  # to an earlier stroke, as in real scripts
        start = passed[rng.integers(len(passed))] if joined else rng.uniform(14, SIDE - 14, 2)
        points = _wander(start, rng) if strokes == 1 else _stroke_from(start, rng)
        _draw(ink, points, width)
        passed += list(points[:: max(1, len(points) // 4)])
    return ink


def _stroke_from(start: Points, rng: Random) -> Points:
    kind, axis = rng.random(), rng.choice((0, np.pi / 2))
    if kind < 0.42:  # a line, along an axis or a diagonal
        angle = axis + rng.choice((0, np.pi / 4)) + rng.normal(0, 0.15)
        end = rng.choice((-1, 1)) * rng.uniform(20, 62) * np.array([np.cos(angle), np.sin(angle)])
        points = np.stack([start, start + end])
    elif kind < 0.58:  # a hook
        angle = axis + rng.normal(0, 0.25)
        angles = np.array([angle, angle + rng.choice((-1, 1)) * rng.uniform(1.0, 2.4)])
        legs = np.stack([np.cos(angles), np.sin(angles)], 1) * rng.uniform(14, 50, (2, 1))
        points = start + np.vstack([np.zeros((1, 2)), np.cumsum(legs, 0)])
    else:
        return _wander(start, rng, int(rng.integers(14, 30)), 0.16, 0.05)
    inside: Points = np.clip(points, 8, SIDE - 8)
    return inside


def _wander(start: Points, rng: Random, steps: int = 36, bend: float = 0.1, corner: float = 0.11) -> Points:
    """A pen that turns by a constant, by a wave, and at corners."""
    turn = rng.normal(0, bend) + (rng.random(steps) < corner) * rng.normal(0, 1.6, steps)
    if rng.random() < 0.6:
        turn += rng.normal(0, 0.3) * np.sin(np.arange(steps) * rng.uniform(0.25, 0.9) + rng.uniform(0, 6))
    direction = rng.uniform(0, 2 * np.pi) + np.cumsum(turn)
    points: Points = start + 3.2 * np.cumsum(np.stack([np.cos(direction), np.sin(direction)], 1), 0)
    inside: Points = np.clip(points, 8, SIDE - 8)
    return inside


def _branches(_: Pile, rng: Random) -> Ink:
    """A stem or a hook with legs and arms where no digit has them."""
    ink, width = _sheet(), int(rng.integers(3, 9))
    x, lean = rng.uniform(34, 62), rng.normal(0, 10)
    trunk = np.array([[x + lean, 12], [x - lean, 84]])
    if rng.random() < 0.5:  # a seven's hook, its legs below the crossbar's place
        trunk = np.vstack(
            [[rng.uniform(10, 26), rng.uniform(10, 18)], [[rng.uniform(66, 86), 14]], trunk[1:]]
        )
    _draw(ink, trunk, width)
    top, foot = trunk[-2], trunk[-1]
    for _arm in range(int(rng.integers(1, 4))):
        at = top + (foot - top) * rng.uniform(0.3, 0.75)
        angle = rng.choice((0.0, 0.8, -0.5)) + rng.normal(0, 0.2)
        reach = rng.uniform(18, 38) * np.array([np.cos(angle), np.sin(angle)])
        _draw(ink, np.clip(np.stack([at, at + reach]), 6, SIDE - 6), width)
    return ink


def _letter(_: Pile, rng: Random) -> Ink:
    ink, font = _sheet(), int(rng.integers(FONTS)) + int(rng.choice((0, cv2.FONT_ITALIC), p=(0.7, 0.3)))
    cv2.putText(
        ink,
        str(rng.choice(list(LETTERS))),
        (16, 72),
        font,
        2.2,
        (255,),
        int(rng.integers(2, 10)),
        cv2.LINE_AA,
    )
    return ink


def _turned(pile: Pile, rng: Random) -> Ink:
    way = rng.integers(3)
    if way == 0:
        return pile.one(MIRRORED)[:, ::-1]
    return (
        np.rot90(pile.one(QUARTER_TURN), rng.choice((1, 3))) if way == 1 else pile.one(HALF_TURN)[::-1, ::-1]
    )


def _spliced(pile: Pile, rng: Random) -> Ink:
    """Halves of two digits in the wrong place, or half a digit alone."""
    way = rng.integers(3)
    if way == 0:
        return np.hstack([pile.one(SWAPPED)[:, 14:24], pile.one(SWAPPED)[:, 4:14]])
    if way == 1:
        return np.vstack([pile.one(LOWER)[14:24], pile.one(UPPER)[4:14]])
    half = pile.one(HALVED)
    return half[:14] if rng.random() < 0.5 else half[14:]


def _pair(pile: Pile, rng: Random) -> Raw:
    """Two digits in one box, touching or nearly so, some squeezed into a square."""
    left, right = cropped(pile.one(tuple(range(10)))), cropped(pile.one(tuple(range(10))))
    width = max(left.shape[1] + right.shape[1] - int(rng.integers(-2, 4)), left.shape[1], right.shape[1])
    ink = np.zeros((max(len(left), len(right)) + 4, width), np.uint8)
    for part, x in ((left, 0), (right, width - right.shape[1])):
        y = int(rng.integers(0, len(ink) - len(part) + 1))
        into = ink[y : y + len(part), x : x + part.shape[1]]
        np.maximum(into, part, out=into)
    return cv2.resize(ink, (20, 20), interpolation=cv2.INTER_AREA) if rng.random() < 0.4 else ink


def _extended(pile: Pile, rng: Random) -> Raw:
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
            points = 10 + _stroke_from(on[rng.integers(len(on))][::-1] - 10.0, rng)
        _draw(ink, points, int(rng.integers(4, 9)))
        # A stroke along the digit's own changes nothing: another one.
        if np.count_nonzero((ink > 128) & (near < 64)) > 0.15 * np.count_nonzero(digit > 128):
            return ink


def _mark(_: Pile, rng: Random) -> Ink:
    """A dot, comma, dash or rule, smudge, corner or frame, or scribble."""
    ink, way = _sheet(), rng.integers(6)
    a, b = (int(v) for v in rng.integers(8, 26, 2))
    if way == 0:
        cv2.ellipse(ink, (48, 48), (a, b), float(rng.uniform(0, 180)), 0, 360, (255,), -1, cv2.LINE_AA)
    elif way == 1:
        cv2.circle(ink, (50, 30), a // 2 + 8, (255,), -1, cv2.LINE_AA)
        cv2.line(ink, (50 + a // 4, 34), (36, 60 + b // 2), (255,), 8, cv2.LINE_AA)
    elif way == 2:
        rise = rng.uniform(-12, 12)
        for y in (48,) if rng.random() < 0.6 else (34, 62):
            _draw(ink, np.array([[10, y - rise], [86, y + rise]]), int(rng.integers(4, 16)))
    elif way == 3:
        blur = cv2.GaussianBlur(rng.normal(0, 1, (SIDE, SIDE)), (0, 0), float(rng.uniform(5, 12)))
        ink = np.clip((blur / blur.std() - 0.5) * 200, 0, 255).astype(np.uint8)
    elif way == 4:
        frame = np.array([[12, 84], [12, 12], [84, 12], [84, 84], [12, 84]], float)
        _draw(ink, frame[: int(rng.choice((3, 4, 5)))], a // 3)
    else:
        _draw(ink, rng.uniform(10, 86, (int(rng.integers(7, 16)), 2)), int(rng.integers(2, 7)))
    return ink


KINDS: tuple[tuple[float, Callable[[Pile, Random], Raw]], ...] = (
    (0.28, _sign), (0.06, _branches), (0.08, _letter), (0.16, _turned), (0.16, _extended),
    (0.11, _pair), (0.08, _spliced), (0.07, _mark),
)  # fmt: skip
