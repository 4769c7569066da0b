"""A pen and the sheet it draws on: lines, hooks and strokes that wander."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import Ink
from digits_edge.opencv import cv2

Points = NDArray[np.float64]  # (n, 2), x and y
Raw = NDArray[Any]  # an Ink, as OpenCV's types call it
Random = np.random.Generator
SIDE = 96  # pixels a side of the sheet that signs are drawn on


def sheet() -> Ink:
    return np.zeros((SIDE, SIDE), np.uint8)


def draw(ink: Raw, points: Points, width: int) -> None:
    cv2.polylines(ink, [np.rint(points * 8).astype(np.int32)], False, (255,), width, cv2.LINE_AA, 3)


def stroke_from(start: Points, rng: Random) -> Points:
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
        return wander(start, rng, int(rng.integers(14, 30)), 0.16, 0.05)
    inside: Points = np.clip(points, 8, SIDE - 8)
    return inside


def wander(start: Points, rng: Random, steps: int = 36, bend: float = 0.1, corner: float = 0.11) -> Points:
    """A pen that turns by a constant, by a wave, and at corners."""
    turn = rng.normal(0, bend) + (rng.random(steps) < corner) * rng.normal(0, 1.6, steps)
    if rng.random() < 0.6:
        turn += rng.normal(0, 0.3) * np.sin(np.arange(steps) * rng.uniform(0.25, 0.9) + rng.uniform(0, 6))
    direction = rng.uniform(0, 2 * np.pi) + np.cumsum(turn)
    points: Points = start + 3.2 * np.cumsum(np.stack([np.cos(direction), np.sin(direction)], 1), 0)
    inside: Points = np.clip(points, 8, SIDE - 8)
    return inside
