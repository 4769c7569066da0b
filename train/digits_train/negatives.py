"""What is no digit, generated: invented signs, letters, broken, turned and doubled digits, marks.

Outlier exposure (Hendrycks et al. 2019, arXiv:1812.04606): a network doubts only what it was shown to
doubt. Whatever passes for a digit in some hand is left out: O, l, Z, an upright bar, a mirrored 5.
"""

from collections.abc import Callable
from contextlib import suppress

import numpy as np

from digits_edge.glyph import SIZE, Glyph, Glyphs, Ink, to_glyph
from digits_edge.opencv import cv2
from digits_train.augment import cropped
from digits_train.broken_digits import Pile, extended, pair, spliced, turned
from digits_train.images import Images
from digits_train.pen import SIDE, Points, Random, Raw, draw, sheet, stroke_from, wander

LETTERS = "AEFHKLMNPRTVWXYadefhkmprtvwxyj@#$%&*+=?!<>~"
FONTS = 8  # OpenCV's Hershey fonts, plain and italic
NARROW = 0.4  # width over height below which a sign could be a 1


def negatives(count: int, digits: Images, rng: Random) -> Glyphs:
    """(count, 28, 28): glyphs that are no digits, some of them made from `digits`."""
    pile = Pile(digits, rng)
    out = np.empty((count, SIZE, SIZE), np.uint8)
    shares = np.array([share for share, _ in KINDS])
    for i, kind in enumerate(rng.choice(len(KINDS), count, p=shares / shares.sum())):
        out[i] = _glyph(KINDS[kind][1], pile, rng)
    return out


def _glyph(make: Callable[[Pile, Random], Raw], pile: Pile, rng: Random) -> Glyph:
    """Made anew until there is something to see: half a digit may have all its ink in the other half."""
    while True:
        ink = cropped(make(pile, rng))
        upright_bar = ink.shape[1] < NARROW * ink.shape[0] and make in (_sign, _mark)
        with suppress(ValueError):  # blank, or too faint to be seen in a glyph
            return to_glyph(np.rot90(ink) if upright_bar else ink)


def _sign(_: Pile, rng: Random) -> Ink:
    """One to five strokes of a script that doesn't exist: lines, hooks, arcs, loops, waves."""
    ink, width = sheet(), int(rng.integers(3, 9))
    strokes = int(rng.choice((1, 2, 3, 4, 5), p=(0.16, 0.26, 0.28, 0.2, 0.1)))
    passed: list[Points] = []
    for _stroke in range(strokes):
        joined = passed and rng.random() < 0.6  # to an earlier stroke, as in real scripts
        start = passed[rng.integers(len(passed))] if joined else rng.uniform(14, SIDE - 14, 2)
        points = wander(start, rng) if strokes == 1 else stroke_from(start, rng)
        draw(ink, points, width)
        passed += list(points[:: max(1, len(points) // 4)])
    return ink


def _branches(_: Pile, rng: Random) -> Ink:
    """A stem or a hook with legs and arms where no digit has them."""
    ink, width = sheet(), int(rng.integers(3, 9))
    x, lean = rng.uniform(34, 62), rng.normal(0, 10)
    trunk = np.array([[x + lean, 12], [x - lean, 84]])
    if rng.random() < 0.5:  # a seven's hook, its legs below the crossbar's place
        trunk = np.vstack(
            [[rng.uniform(10, 26), rng.uniform(10, 18)], [[rng.uniform(66, 86), 14]], trunk[1:]]
        )
    draw(ink, trunk, width)
    top, foot = trunk[-2], trunk[-1]
    for _arm in range(int(rng.integers(1, 4))):
        at = top + (foot - top) * rng.uniform(0.3, 0.75)
        angle = rng.choice((0.0, 0.8, -0.5)) + rng.normal(0, 0.2)
        reach = rng.uniform(18, 38) * np.array([np.cos(angle), np.sin(angle)])
        draw(ink, np.clip(np.stack([at, at + reach]), 6, SIDE - 6), width)
    return ink


def _letter(_: Pile, rng: Random) -> Ink:
    ink, font = sheet(), int(rng.integers(FONTS)) + int(rng.choice((0, cv2.FONT_ITALIC), p=(0.7, 0.3)))
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


def _mark(_: Pile, rng: Random) -> Ink:
    """A dot, comma, dash or rule, smudge, corner or frame, or scribble."""
    ink, way = sheet(), rng.integers(6)
    a, b = (int(v) for v in rng.integers(8, 26, 2))
    if way == 0:
        cv2.ellipse(ink, (48, 48), (a, b), float(rng.uniform(0, 180)), 0, 360, (255,), -1, cv2.LINE_AA)
    elif way == 1:
        cv2.circle(ink, (50, 30), a // 2 + 8, (255,), -1, cv2.LINE_AA)
        cv2.line(ink, (50 + a // 4, 34), (36, 60 + b // 2), (255,), 8, cv2.LINE_AA)
    elif way == 2:
        rise = rng.uniform(-12, 12)
        for y in (48,) if rng.random() < 0.6 else (34, 62):
            draw(ink, np.array([[10, y - rise], [86, y + rise]]), int(rng.integers(4, 16)))
    elif way == 3:
        blur = cv2.GaussianBlur(rng.normal(0, 1, (SIDE, SIDE)), (0, 0), float(rng.uniform(5, 12)))
        ink = np.clip((blur / blur.std() - 0.5) * 200, 0, 255).astype(np.uint8)
    elif way == 4:
        frame = np.array([[12, 84], [12, 12], [84, 12], [84, 84], [12, 84]], float)
        draw(ink, frame[: int(rng.choice((3, 4, 5)))], a // 3)
    else:
        draw(ink, rng.uniform(10, 86, (int(rng.integers(7, 16)), 2)), int(rng.integers(2, 7)))
    return ink


KINDS: tuple[tuple[float, Callable[[Pile, Random], Raw]], ...] = (
    (0.28, _sign), (0.06, _branches), (0.08, _letter), (0.16, turned), (0.16, extended),
    (0.11, pair), (0.08, spliced), (0.07, _mark),
)  # fmt: skip
