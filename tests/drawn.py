"""Digits drawn by the tests themselves, on paper or as bare ink."""

import numpy as np

from digits_edge.glyph import Ink
from digits_edge.opencv import cv2
from digits_train.strokes import stroke_digit


def ink_of(text: str, *, height: int = 60, gap: int = 20, seed: int = 1) -> Ink:
    """The digits of `text` in a row with a margin, as ink; a space is as wide as a digit is high."""
    margin = height // 2
    pieces = [np.zeros((height + 2 * margin, margin), np.uint8)]
    for place, sign in enumerate(text):
        if sign == " ":
            pieces.append(np.zeros((height + 2 * margin, height), np.uint8))
            continue
        glyph = stroke_digit(int(sign), seed + place)
        columns = np.flatnonzero(glyph.any(axis=0))
        rows = np.flatnonzero(glyph.any(axis=1))
        glyph = glyph[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        width = round(glyph.shape[1] * height / glyph.shape[0])
        digit = cv2.resize(glyph, (width, height), interpolation=cv2.INTER_CUBIC)
        pieces.append(np.pad(digit, ((margin, margin), (0, gap))))
    pieces.append(pieces[0])
    return np.hstack(pieces)


def on_paper(ink: Ink, paper: int = 230, pen: int = 40) -> Ink:
    return (paper - ink.astype(np.float32) * ((paper - pen) / 255)).astype(np.uint8)
