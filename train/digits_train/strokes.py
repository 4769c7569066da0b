"""Digits drawn as a pen draws them: for sample pages and tests that need handwriting of nobody's."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import Glyph, Ink, to_glyph
from digits_edge.opencv import cv2

# The ways to write each digit. A form is what the pen passes through, smoothly: "across,down" in
# hundredths of the line's height from its top; after ! it turns sharply, at | it is lifted.
FORMS: tuple[tuple[str, ...], ...] = (
    (  # 0: an egg begun at the top; a round one; one whose ends cross
        "32,02 12,14 03,50 14,88 33,99 52,82 58,45 48,12 30,01",
        "36,03 10,12 00,50 13,90 38,99 64,82 70,45 54,10 33,02",
        "46,08 20,04 05,38 07,80 28,99 50,80 54,36 38,05 26,03",
    ),
    (  # 1: a plain line; one with a short hook; one with a hook like a roof
        "24,00 23,50 22,100",
        "12,17 28,01! 27,50 26,100",
        "05,27 20,15 31,01! 30,50 29,100",
    ),
    (  # 2: a plain foot; a looped foot; a swan's neck with a wavy foot
        "05,22 20,03 42,05 48,27 34,58 05,96! 30,95 58,94",
        "06,20 24,02 46,13 42,48 22,84 08,94 04,84 18,78 36,92 60,90",
        "08,16 28,01 46,16 38,50 07,93! 26,87 42,95 60,89",
    ),
    (  # 3: two bows; a flat top; bows with a small loop between
        "08,12 28,01 47,14 41,37 20,46! 45,55 51,78 34,98 04,89",
        "07,04 28,03 49,02! 22,41! 46,50 51,74 32,98 03,90",
        "06,11 30,01 46,18 33,43 20,48 25,42 48,60 46,86 25,99 03,86",
    ),
    (  # 4: open; closed; open with a deep elbow
        "11,04 05,52! 30,50 57,48 | 45,08 43,50 41,100",
        "44,01 24,33 03,63! 30,62 62,60 | 44,01 43,50 42,100",
        "15,00 10,28 02,57 12,63 55,55 | 50,14 44,55 39,100",
    ),
    (  # 5: a hat put on last; one line; a narrow one
        "12,05 09,43! 33,37 52,58 44,90 22,99 03,90 | 12,05 32,04 54,02",
        "54,03 34,03 16,05! 10,44! 36,41 50,64 38,92 02,96",
        "15,06 11,40! 33,46 43,70 31,95 05,95 | 15,06 48,03",
    ),
    (  # 6: a bent back; a straight back; a wide belly
        "44,02 20,25 06,62 14,93 37,97 50,77 38,58 20,61 08,76",
        "33,00 15,36 05,72 17,97 40,92 44,70 28,56 08,72",
        "50,06 26,13 08,52 13,90 38,99 57,78 42,53 18,60 10,72",
    ),
    (  # 7: plain; with a lip; crossed; bent and crossed
        "04,06 28,05 54,03! 35,48 20,100",
        "04,19 07,05! 30,06 56,04! 36,50 24,100",
        "05,05 30,04 56,03! 36,50 22,100 | 16,53 34,51 52,49",
        "03,13 14,05 36,07 55,03! 35,42 26,100 | 14,50 34,49 52,46",
    ),
    (  # 8: an S closed upwards; two rings; an S begun at the side
        "47,13 28,01 10,18 28,44 50,70 32,99 08,80 24,50 46,24 42,08",
        "30,02 12,12 15,36 30,46 46,33 46,12 30,02 | 30,46 08,60 10,90 30,99 52,88 52,60 30,46",
        "53,08 30,02 13,22 32,46 48,74 28,99 09,80 27,50 48,28 55,05",
    ),
    (  # 9: a straight tail; a curved one; a tail that leaves the ring smoothly
        "48,13 28,02 08,22 18,45 38,38 50,11! 47,50 44,100",
        "47,12 26,01 07,22 19,45 40,36 49,12 50,50 42,88 24,99 07,92",
        "46,18 30,02 09,16 14,42 36,41 47,16 44,45 33,75 22,100",
    ),
)

FINER = 4  # drawn this much larger and then averaged: smooth edges at any pen width
STEPS = 12  # straight pieces between two points of a stroke

Curve = NDArray[np.float64]  # (n, 2), x and y


@dataclass(frozen=True, slots=True)
class Hand:
    """One writer's habits, kept from digit to digit."""

    forms: tuple[int, ...]  # of each digit
    slant: float  # sideways shift from foot to top, in heights; positive leans right
    breadth: float  # times the forms' own width
    pen: float  # line width, in heights
    wobble: float  # how far a point strays, in heights

    @classmethod
    def of(cls, rng: np.random.Generator) -> "Hand":
        return cls(
            forms=tuple(int(rng.integers(len(forms))) for forms in FORMS),
            slant=rng.normal(0.10, 0.10),
            breadth=rng.uniform(0.85, 1.25),
            pen=rng.uniform(0.065, 0.14),
            wobble=rng.uniform(0.010, 0.026),
        )


def write_digit(value: int, hand: Hand, height: float, rng: np.random.Generator) -> Ink:
    """The ink of one digit, cropped to its extent, about `height` pixels high; never twice the same."""
    turn = rng.normal(0, 0.03)  # radians
    slant = hand.slant + rng.normal(0, 0.03)
    breadth = hand.breadth * rng.uniform(0.92, 1.08)
    # Lean, then widen, then turn: y points down, so what leans right has x falling with y.
    shape = np.array([[breadth, -slant], [0, 1]])
    shape = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ shape
    strokes = FORMS[value][hand.forms[value]].split("|")
    curves = [_curve(_strayed(stroke, hand.wobble, rng)) @ shape.T for stroke in strokes]
    pen = hand.pen * height * FINER
    scale = height * FINER
    corner = np.concatenate(curves).min(axis=0) * scale - pen
    size = np.concatenate(curves).max(axis=0) * scale - corner + pen
    # A whole number of pixels a side, so that averaging comes out even.
    columns, rows = (-(-size // FINER) * FINER).astype(int)
    canvas = np.zeros((rows, columns), np.uint8)
    for curve in curves:
        _draw(canvas, curve * scale - corner, pen, rng)
    ink = cv2.resize(canvas, (columns // FINER, rows // FINER), interpolation=cv2.INTER_AREA)
    x, y, width, depth = cv2.boundingRect(ink)
    cropped: Ink = ink[y : y + depth, x : x + width].astype(np.uint8)
    return cropped


def stroke_digit(value: int, seed: int) -> Glyph:
    """A handwritten `value` in MNIST's form; the same seed writes the same glyph."""
    rng = np.random.default_rng((value, seed))
    return to_glyph(write_digit(value, Hand.of(rng), 80, rng))


def _strayed(stroke: str, wobble: float, rng: np.random.Generator) -> Curve:
    """The points of a stroke in heights, each a little off; a corner comes twice."""
    words = stroke.split()
    points = np.array([word.rstrip("!").split(",") for word in words], float) / 100
    points += rng.normal(0, wobble, points.shape)
    return points.repeat([1 + word.endswith("!") for word in words], axis=0)


def _curve(points: Curve) -> Curve:
    """A smooth line through all points: uniform Catmull-Rom, sharp at doubled ones."""
    first, last = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    a, b, c, d = (np.vstack([first, points, last])[i : len(points) - 1 + i, np.newaxis] for i in range(4))
    t = np.linspace(0, 1, STEPS, endpoint=False)[:, np.newaxis]  # (steps, 1)
    spans = b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    smooth: Curve = np.vstack([spans.reshape(-1, 2), points[-1]])
    return smooth


def _draw(canvas: Ink, curve: Curve, pen: float, rng: np.random.Generator) -> None:
    """A pen of `pen` pixels along the curve, pressed now more, now less, and lifted at the end."""
    along = np.linspace(0, 1, len(curve))
    pressure = 1 + 0.12 * np.sin(2 * np.pi * (rng.uniform(1, 2) * along + rng.uniform()))
    pressure *= np.minimum(1, 0.7 + (1 - along) * 2)
    shift = 4  # cv2 takes sixteenths of a pixel
    points = np.rint(curve * (1 << shift)).astype(int)
    for start, end, press in zip(points, points[1:], pressure, strict=False):
        width = max(1, round(pen * press))
        cv2.line(canvas, start.tolist(), end.tolist(), (255,), width, cv2.LINE_8, shift)
