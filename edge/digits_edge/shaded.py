"""Digits in a shadow, on a stain or on a fold: where ink was refused, its darker part is looked at alone."""

from collections.abc import Callable

import numpy as np

from digits_edge.blobs import Blob, find_blobs
from digits_edge.calibration import Probabilities
from digits_edge.glyph import Glyphs, Ink, to_glyph
from digits_edge.grey import PAGE
from digits_edge.opencv import cv2

LOW = 24  # pixels: in a lower blob a shade and a stroke's soft edge are the same
LARGEST = 0.3  # of a page: what covers more of it is no shade on it
SHADE = 0.2  # of the ink: less is the soft edge of its strokes
DARKER = 1.8  # times as much light as the shade absorbs: a pen in it
SMALL = 0.5  # of the highest piece: what is lower is a point, dust or the edge of the shade
SURE = 0.75  # least confidence of every tall piece


def pieces_in_shade(ink: Ink, blob: Blob, classify: Callable[[Glyphs], Probabilities]) -> list[Blob]:
    """The pieces of the darker part of a blob from the left, if its tall ones are digits; else none.

    `ink` is the page's, in which the blob lies. Points and dashes are pieces, too: they part numbers.
    """
    box = blob.box
    covers = box.width * box.height / ink.size
    if min(box.width, box.height) < LOW or (covers > LARGEST and min(ink.shape) >= PAGE):
        return []
    own = np.where(blob.ink > 0, ink[box.y : box.bottom, box.x : box.right], 0).astype(np.uint8)
    strengths = own[own > 0]
    level = cv2.threshold(strengths, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[0]
    dark = (own > level).view(np.uint8)
    shaded = own[(cv2.dilate(dark, np.ones((3, 3), np.uint8)) == 0) & (own > 0)]
    if len(shaded) < SHADE * len(strengths):
        return []
    shade, pen = float(shaded.mean()), float(strengths[strengths > level].mean())
    if pen < DARKER * shade:
        return []
    clear = cv2.convertScaleAbs(cv2.subtract(own, shade), alpha=255 / (pen - shade))
    found = find_blobs(clear)[1]
    highest = max((piece.box.height for piece in found), default=0)
    tall = [piece for piece in found if piece.box.height >= SMALL * highest]
    if not tall:
        return []
    rows = classify(np.array([to_glyph(piece.ink) for piece in tall]))[:, :10]
    sure, stroke = rows.max(axis=1) >= SURE, rows.argmax(axis=1) == 1
    if not sure.all() or stroke.all():
        return []
    return [
        Blob(piece.box.moved(box.x, box.y), piece.ink)
        for piece in sorted(found, key=lambda piece: piece.box.x)
    ]
