"""Pages of one number in drawn handwriting, for cameras to look at."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.opencv import cv2
from digits_train.strokes import Hand, write_digit


def page(number: str, width: int, height: int, digit: float, seed: int = 0) -> NDArray[np.uint8]:
    """The number in the middle of a white page, digits about `digit` pixels high."""
    rng = np.random.default_rng(seed)
    hand = Hand.of(rng)
    inks = [write_digit(int(sign), hand, digit, rng) for sign in number]
    sheet = np.full((height, width), 235, np.uint8)
    gap = round(0.35 * digit)
    x = (width - sum(ink.shape[1] + gap for ink in inks) + gap) // 2
    for ink in inks:
        y = (height - ink.shape[0]) // 2
        spot = sheet[y : y + ink.shape[0], x : x + ink.shape[1]]
        spot[:] = spot - (ink.astype(np.float32) * (195 / 255)).astype(np.uint8)
        x += ink.shape[1] + gap
    return sheet


def jpeg(sheet: NDArray[np.uint8]) -> bytes:
    """As a camera sends it, in colour."""
    return cv2.imencode(".jpg", cv2.cvtColor(sheet, cv2.COLOR_GRAY2BGR))[1].tobytes()
