"""Other people's handwriting, made from MNIST's: every call writes each glyph anew.

A glyph is drawn large and bent (affine and elastic; Simard et al. 2003), inked by another pen, passed
through the damage that scans and bitmaps do, and brought back by `to_glyph`, as on the device. All
random numbers of a batch are drawn at once; what is left per image is a dozen OpenCV calls.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import SIZE, Glyphs, to_glyph
from digits_edge.opencv import cv2

CANVAS = 64  # pixels a side that glyphs are rewritten on
ZOOM = 2.0  # canvas pixels a glyph pixel
FIELDS = 512  # elastic displacement fields drawn a batch; images share them, flipped and scaled

Floats = NDArray[np.float32]
Raw = NDArray[Any]  # an Ink, as OpenCV's types call it
_GRID = (np.indices((CANVAS, CANVAS), dtype=np.float32)[::-1] - (CANVAS - 1) / 2) / np.float32(ZOOM)  # x, y


@dataclass(frozen=True, slots=True)
class Variety:
    """How far rewriting goes: standard deviations, and shares of the images."""

    rotation: float = 0.12  # radians
    shear: float = 0.18
    stretch: float = 0.14  # log of width over height
    elastic: float = 0.55  # glyph pixels
    pen: float = 0.5  # share inked by another pen
    fill: float = 0.18  # share stretched to fill its box, as old bitmaps are
    bitmap: float = 0.2  # share passed through a coarse bitmap
    damage: float = 0.15  # share of each: blur, paleness, uneven ink; half of it each: JPEG, noise, a gap
    remnant: float = 0.04  # share with a neighbour's remnant, and as many cut at an edge


def rewritten(glyphs: Glyphs, rng: np.random.Generator, variety: Variety = Variety()) -> Glyphs:
    """(n, 28, 28) → (n, 28, 28): the same characters, by other hands and pens."""
    v, n = variety, len(glyphs)
    fields = _elastic_fields(rng)
    which = rng.integers(0, FIELDS, n)
    turns = _affine(rng.normal(0, 1, (n, 3)), v)
    bend = rng.normal(0, v.elastic, (n, 2)).astype(np.float32)
    chance = rng.random((n, 10), np.float32)
    level = rng.random((n, 6), np.float32)
    out = np.empty_like(glyphs)
    for i, glyph in enumerate(glyphs):
        c, u = chance[i], level[i]
        ink = _bent(glyph, turns[i], bend[i], fields[which[i]])
        if c[0] < v.pen:
            ink = _inked(ink, width=u[0], hardness=u[1])
        ink = cropped(ink)
        if c[1] < v.remnant:
            ink = _with_remnant(ink, glyphs[which[i] % n], u[2], u[3])
        elif c[1] < 2 * v.remnant:
            ink = _cut(ink, u[2], u[3])
        if c[2] < v.fill and ink.shape[0] < 2.2 * ink.shape[1]:
            ink = cv2.resize(ink, (40, 40), interpolation=cv2.INTER_LINEAR)
        if c[3] < v.bitmap:
            ink = _bitmap(ink, u[2], u[4])
        out[i] = _damaged(
            to_glyph(np.asarray(ink, np.uint8)) if ink.any() else glyph, c[4:], u, v.damage, rng
        )
    return out


def _affine(normal: NDArray[np.float64], v: Variety) -> Floats:
    """(n, 2, 2) from canvas to glyph: rotation, shear and stretch."""
    angle, shear, stretch = normal.T * np.array([[v.rotation], [v.shear], [v.stretch]])
    cos, sin, wide = np.cos(angle), np.sin(angle), np.exp(stretch / 2)
    turn = np.stack([np.stack([cos, sin], -1), np.stack([-sin, cos], -1)], 1)
    zero = np.zeros_like(shear)
    slant = np.stack([np.stack([wide, shear], -1), np.stack([zero, 1 / wide], -1)], 1)
    both: Floats = (turn @ slant).astype(np.float32)
    return both


def _elastic_fields(rng: np.random.Generator) -> Floats:
    """(FIELDS, 2, 64, 64), each of standard deviation 1."""
    noise = rng.standard_normal((FIELDS, CANVAS, CANVAS, 2), np.float32)
    smooth: Floats = np.stack([cv2.GaussianBlur(field, (0, 0), 4 * ZOOM) for field in noise])
    return np.ascontiguousarray((smooth / smooth.std()).transpose(0, 3, 1, 2))


def _bent(glyph: Raw, turn: Floats, bend: Floats, field: Floats) -> Raw:
    x, y = _GRID
    middle = np.float32((SIZE - 1) / 2)
    map_x = turn[0, 0] * x + turn[0, 1] * y + bend[0] * field[0] + middle
    map_y = turn[1, 0] * x + turn[1, 1] * y + bend[1] * field[1] + middle
    return cv2.remap(glyph, map_x, map_y, cv2.INTER_CUBIC)


_ROUND = [cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (k, k)) for k in (2, 3, 4, 5, 6, 7)]


def _inked(ink: Raw, width: np.float32, hardness: np.float32) -> Raw:
    """The same stroke from a hairline (width 0) to a marker (width 1), soft or hard at its rim."""
    if width < 0.5:
        # What lies near the stroke's ridge stays: a pen of one width, and no stroke breaks.
        depth = cv2.distanceTransform((ink > 110).view(np.uint8), cv2.DIST_L2, 3)
        ridge = cv2.dilate(depth, _ROUND[-1])
        pen = ((depth > ridge - (1.0 + 2.6 * float(width))) & (depth > 0)).astype(np.uint8) * 255
        ink = cv2.GaussianBlur(pen, (0, 0), 0.8)
    else:
        ink = cv2.dilate(ink, _ROUND[min(5, int((width - 0.5) / 0.5 * 6))])
    gain = 1 + 4 * float(hardness)
    ramp = np.clip((np.arange(256) - 127 * (1 - 1 / gain)) * gain, 0, 255).astype(np.uint8)
    inked: Raw = ramp[ink]
    return inked


def cropped(ink: Raw) -> Raw:
    """The part that holds ink, faint rims left out."""
    columns, rows = cv2.reduce(ink, 0, cv2.REDUCE_MAX)[0], cv2.reduce(ink, 1, cv2.REDUCE_MAX)[:, 0]
    x, y = np.flatnonzero(columns > 60), np.flatnonzero(rows > 60)
    return ink[y[0] : y[-1] + 1, x[0] : x[-1] + 1] if len(x) and len(y) else ink


def _with_remnant(ink: Raw, neighbour: Raw, side: np.float32, much: np.float32) -> Raw:
    """A sliver of the neighbour at the left or right edge, as crops from registers have."""
    height = ink.shape[0]
    size = 2 + int(5 * much)
    sliver = cv2.resize(cropped(neighbour)[:, :3], (size, height))
    gap = np.zeros((height, 3), np.uint8)
    return np.hstack([sliver, gap, ink] if side < 0.5 else [ink, gap, sliver[:, ::-1]])


def _cut(ink: Raw, side: np.float32, much: np.float32) -> Raw:
    """Up to a twelfth missing at one edge."""
    height, width = ink.shape
    part, edge = 0.085 * much, int(side * 4)
    rows, columns = int(height * part), int(width * part)
    return ink[
        rows * (edge == 0) : height - rows * (edge == 1),
        columns * (edge == 2) : width - columns * (edge == 3),
    ]


def _bitmap(ink: Raw, fineness: np.float32, threshold: np.float32) -> Raw:
    """Black and white at 11 to 32 pixels a side."""
    scale = (11 + 21 * fineness) / max(ink.shape)
    size = max(2, round(ink.shape[1] * scale)), max(2, round(ink.shape[0] * scale))
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    bits = cv2.threshold(small, 60 + 90 * float(threshold), 255, cv2.THRESH_BINARY)[1]
    return bits if bits.any() else small


def _damaged(glyph: Raw, chance: Floats, level: Floats, share: float, rng: np.random.Generator) -> Raw:
    if chance[0] < share:
        glyph = cv2.GaussianBlur(glyph, (0, 0), 0.3 + 0.7 * float(level[0]))
    if chance[1] < share:
        glyph = cv2.convertScaleAbs(glyph, alpha=0.45 + 0.8 * float(level[1]))
    if chance[2] < share:  # a dry pen, or one that draws a stroke's rims darker
        field = cv2.resize(rng.uniform(0.35, 1.25, (5, 5)), (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
        glyph = np.clip(glyph * field, 0, 255).astype(np.uint8)
    if chance[3] < share / 2:  # where a rule of the paper was taken out
        at = 5 + int(18 * level[3])
        lines = glyph.copy()
        lines[at : at + 1 + int(2 * level[4])] //= 3
        glyph = lines
    if chance[4] < share / 2:
        code = cv2.imencode(".jpg", glyph, [cv2.IMWRITE_JPEG_QUALITY, 25 + int(60 * level[5])])[1]
        glyph = cv2.imdecode(code, cv2.IMREAD_GRAYSCALE)
    if chance[5] < share / 2:
        noise = rng.normal(0, 5 + 15 * level[4], glyph.shape)
        glyph = np.clip(glyph + noise, 0, 255).astype(np.uint8)
    return glyph
