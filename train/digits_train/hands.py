"""Digits as other countries draw them and MNIST hardly does: hooked ones, crossed sevens, flat nines.

A form is a few strokes on the unit square; a writer is a jitter of its points. `augment.rewritten`
bends and inks them like any other digit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import SIZE, Glyphs, to_glyph
from digits_edge.opencv import cv2
from digits_train.augment import cropped
from digits_train.images import Labels

Stroke = tuple[tuple[float, float], ...]  # points, x to the right, y down, on the unit square
Points = NDArray[np.float64]  # (n, 2)
SIDE = 96  # pixels a side of the sheet that forms are drawn on


@dataclass(frozen=True, slots=True)
class Form:
    """One way to draw a digit."""

    value: int
    weight: float  # how often it is drawn, beside the others
    aspect: float  # width over height
    straight: tuple[Stroke, ...] = ()
    round: tuple[Stroke, ...] = ()
    pen: tuple[int, int] = (3, 13)  # pixels, least and most


STEM, BASE = ((0.6, 0.0), (0.55, 1.0)), ((0.1, 1.0), (0.95, 1.0))
HOOK, UPSTROKE = ((0.2, 0.3), (0.6, 0.0)), ((0.0, 0.85), (0.6, 0.0))
SEVEN, TICK, BAR = (
    ((0.05, 0.05), (0.95, 0.05), (0.4, 1.0)),
    ((0.05, 0.0), (0.03, 0.25)),
    ((0.2, 0.52), (0.95, 0.5)),
)
WAVY_SEVEN = ((0.0, 0.15), (0.2, 0.0), (0.5, 0.1), (0.95, 0.05), (0.6, 0.5), (0.4, 1.0))
LOOP = ((0.85, 0.2), (0.5, 0.0), (0.1, 0.15), (0.1, 0.42), (0.5, 0.52), (0.85, 0.2))  # a nine's
OVAL = ((0.5, 0.0), (0.1, 0.15), (0.0, 0.5), (0.1, 0.85), (0.5, 1.0), (0.9, 0.85), (1.0, 0.5), (0.9, 0.15))
SWAN = ((0.05, 0.2), (0.3, 0.0), (0.8, 0.05), (0.9, 0.35), (0.4, 0.7), (0.0, 0.97))
LOOPED_TWO = (
    (0.05, 0.2), (0.4, 0.0), (0.9, 0.2), (0.5, 0.7), (0.1, 0.95),
    (0.05, 0.75), (0.35, 0.8), (0.6, 1.0), (1.0, 0.9),
)  # fmt: skip

FORMS = (
    Form(1, 4, 0.5, (STEM, HOOK)),
    Form(1, 3, 0.6, (STEM, HOOK, BASE)),
    Form(1, 3, 0.7, (STEM, UPSTROKE)),
    Form(1, 1.5, 0.7, (STEM, UPSTROKE, BASE)),
    Form(1, 1, 0.5, (STEM, BASE)),
    Form(1, 1, 0.2, (STEM,), pen=(18, 34)),  # a block
    Form(1, 1.5, 0.6, (STEM, HOOK, BASE), pen=(12, 22)),  # by a marker
    Form(1, 0.7, 0.55, (STEM, HOOK), pen=(12, 22)),
    Form(1, 2.5, 0.8, (STEM,), (((0.0, 0.95), (0.15, 0.8), (0.35, 0.5), (0.6, 0.0)),)),
    Form(1, 1, 0.7, (((0.0, 0.7), (0.85, 0.0), (0.45, 1.0)),)),  # upstroke and stem lean alike
    Form(7, 3, 0.7, (SEVEN, BAR)),
    Form(7, 2, 0.7, (SEVEN, BAR, TICK)),
    Form(7, 2, 0.75, (SEVEN, TICK)),
    Form(7, 1, 0.8, (((0.0, 0.12), (0.1, 0.05), (1.0, 0.02)), ((0.82, 0.03), (0.45, 1.0)))),  # overhanging
    Form(7, 2, 0.8, (((0.0, 0.2), (0.08, 0.03), (0.9, 0.0), (0.5, 1.0)),)),
    Form(7, 2, 0.7, (BAR,), (WAVY_SEVEN,)),
    Form(4, 1.5, 0.7, (((0.4, 0.0), (0.05, 0.6), (1.0, 0.6)), ((0.7, 0.3), (0.65, 1.0)))),  # open
    Form(4, 1.5, 0.7, (((0.7, 1.0), (0.7, 0.0), (0.0, 0.68), (1.0, 0.68)),)),  # closed
    Form(4, 1.5, 0.7, (((0.15, 0.0), (0.1, 0.5), (0.95, 0.5)), ((0.85, 0.0), (0.8, 1.0)))),  # square
    Form(4, 4, 0.75, (((0.5, 0.0), (0.05, 0.6), (0.85, 0.55), (0.75, 1.0)),)),  # in one stroke
    Form(4, 2, 0.75, (((0.3, 0.0), (0.05, 0.45), (0.9, 0.35)), ((0.8, 0.1), (0.75, 1.0)))),
    Form(9, 1.5, 0.65, (((0.85, 0.15), (0.8, 1.0)),), (LOOP,)),
    Form(9, 2, 0.65, (), ((*LOOP, (0.85, 0.6), (0.75, 0.95), (0.35, 1.0), (0.0, 0.9)),)),
    Form(9, 2, 0.75, (), ((*LOOP, (0.8, 0.6), (0.6, 0.85), (0.1, 0.85), (0.3, 1.0), (1.0, 1.0)),)),
    Form(9, 3, 0.8, (), ((*LOOP, (0.7, 0.35), (0.95, 0.6), (0.8, 0.95), (0.4, 1.0), (0.0, 0.88)),)),
    Form(9, 1, 0.65, (((0.85, 0.15), (0.85, 0.98), (0.0, 0.98)),), (LOOP,)),  # flat
    Form(9, 1.5, 0.7, (), (((0.9, 0.1), (0.5, 0.0), (0.1, 0.2), (0.4, 0.42), (0.8, 0.3), (0.95, 0.05),
                            (0.85, 0.6), (0.6, 1.0), (0.1, 0.85)),)),
    Form(0, 1.5, 0.7, (((0.95, 0.05), (0.05, 0.95)),), ((*OVAL, OVAL[0]),)),  # slashed
    Form(0, 1.5, 0.75, (), (OVAL,)),  # open at the top
    Form(0, 1.5, 0.9, (), (((0.15, 0.1), *OVAL[2:], (0.6, 0.0), (0.3, 0.02)),)),  # its ends cross
    Form(2, 1.5, 0.7, (((0.0, 0.97), (1.0, 0.97)),), (SWAN,)),
    Form(2, 1.5, 0.8, (), (LOOPED_TWO,)),
    Form(3, 1, 0.65, (((0.05, 0.03), (0.9, 0.03), (0.4, 0.42)),),
         (((0.4, 0.42), (0.9, 0.5), (0.95, 0.85), (0.5, 1.0), (0.0, 0.9)),)),  # flat-topped
    Form(5, 2, 0.8, (((0.0, 0.28), (1.0, 0.15)), ((0.3, 0.0), (0.25, 0.45))),
         (((0.25, 0.45), (0.6, 0.4), (0.9, 0.65), (0.6, 0.97), (0.1, 0.95)),)),  # its hat below its head
    Form(5, 2, 0.7, (((0.2, 0.05), (1.0, 0.0)), ((0.2, 0.05), (0.12, 0.45))),
         (((0.12, 0.45), (0.6, 0.38), (0.95, 0.65), (0.7, 0.97), (0.0, 0.95)),)),
    Form(8, 2, 0.75, (), (((0.9, 0.1), (0.45, 0.0), (0.1, 0.2), (0.5, 0.45), (0.9, 0.75), (0.5, 1.0),
                           (0.1, 0.8), (0.4, 0.5), (0.8, 0.3), (1.0, 0.0)),)),  # open at the top
    Form(7, 2, 0.75, (((0.05, 0.15), (0.1, 0.03), (0.95, 0.05), (0.35, 1.0)), ((0.05, 0.6), (0.85, 0.55)))),
    Form(7, 3, 0.85, (((0.0, 0.06), (0.95, 0.05)),),
         (((0.95, 0.05), (0.65, 0.3), (0.45, 0.65), (0.4, 1.0)),)),
    Form(5, 3, 0.85, (((0.0, 0.28), (0.9, 0.2)),),  # the stem runs through the hat and into the belly
         (((0.42, 0.0), (0.4, 0.4), (0.95, 0.72), (0.8, 0.96), (0.1, 1.0)),)),
    Form(3, 1.5, 0.6, (), (((0.3, 0.0), (0.85, 0.15), (0.6, 0.45), (0.05, 0.55), (0.25, 0.35), (0.85, 0.6),
                            (0.6, 0.9), (0.1, 1.0)),)),  # a loop at its waist
    Form(0, 1.5, 0.85, (), (((0.3, 0.7), (0.0, 0.35), (0.2, 0.02), (0.7, 0.0), (1.0, 0.4), (0.8, 0.85),
                             (0.35, 1.0), (0.05, 0.9), (0.25, 0.65)),)),  # closed by a loop below
    Form(1, 2, 0.9, (STEM,), (((0.0, 0.6), (0.25, 0.52), (0.6, 0.0)),)),  # a long low upstroke
    Form(4, 1, 0.75, (((0.55, 0.0), (0.05, 0.7), (0.95, 0.65)), ((0.7, 0.5), (0.65, 1.0)))),  # a short stem
)  # fmt: skip


def other_hands(count: int, rng: np.random.Generator) -> tuple[Glyphs, Labels]:
    """(count, 28, 28) digits in forms rare in MNIST, and their labels."""
    weights = np.array([form.weight for form in FORMS])
    forms = [FORMS[i] for i in rng.choice(len(FORMS), count, p=weights / weights.sum())]
    glyphs = np.empty((count, SIZE, SIZE), np.uint8)
    for i, form in enumerate(forms):
        ink = np.zeros((SIDE, SIDE), np.uint8)
        width = int(rng.integers(*form.pen))
        frame = np.array([form.aspect * np.exp(rng.normal(0, 0.18)), 1]) * 68
        shift = rng.normal(0, 0.035, 2)
        for strokes, roundings in ((form.straight, 0), (form.round, 3)):
            for stroke in strokes:
                points: Points = np.array(stroke) + rng.normal(0, 0.04, (len(stroke), 2)) + shift
                for _ in range(roundings):
                    points = _rounder(points)
                at = np.clip(points * frame + 14, 4, SIDE - 4)
                # Eight parts a pixel, so that lines don't jump from pixel to pixel.
                cv2.polylines(ink, [np.rint(at * 8).astype(np.int32)], False, (255,), width, cv2.LINE_AA, 3)
        glyphs[i] = to_glyph(cropped(ink))
    return glyphs, np.array([form.value for form in forms], np.uint8)


def _rounder(points: Points) -> Points:
    """Corners cut at a quarter and three quarters of each side (Chaikin 1974); the ends stay."""
    a, b = points[:-1], points[1:]
    cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], 1).reshape(-1, 2)
    return np.vstack([points[:1], cut, points[-1:]])
