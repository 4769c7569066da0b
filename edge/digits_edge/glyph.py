"""What a glyph is: one digit's ink as 28×28 pixels, made the way MNIST was made."""

import math

import numpy as np
from numpy.typing import NDArray

from digits_edge.opencv import cv2

SIZE = 28  # pixels a side of a glyph
BOX = 20  # pixels a side of the box that the ink is scaled into
FULL_INK = 230  # the strongest pixel of every MNIST digit is at least this

Ink = NDArray[np.uint8]  # (height, width), 0 paper to 255 ink
Glyph = NDArray[np.uint8]  # (28, 28), 0 paper to 255 ink
Glyphs = NDArray[np.uint8]  # (n, 28, 28), 0 paper to 255 ink


def to_glyph(ink: Ink) -> Glyph:
    """The ink, cropped to its extent, in MNIST's form.

    The larger side becomes 20 pixels with the aspect kept, and the centre of mass lands on the
    middle of 28×28 (LeCun et al. 1998, "Gradient-based learning applied to document recognition",
    section III.A). `ink` is (height, width) and not blank.
    """
    height, width = ink.shape
    scale = BOX / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    # Averaging keeps thin strokes when shrinking; interpolation is smooth when enlarging.
    box = cv2.resize(ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    strongest = int(box.max())
    if strongest == 0 and ink.any():  # a hairline in a huge frame, averaged away
        reach = math.ceil(1 / scale)
        broad = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
        box = cv2.resize(broad, size, interpolation=cv2.INTER_NEAREST)
        strongest = int(box.max())
    if strongest == 0:
        raise ValueError("blank ink has no centre of mass")
    if strongest < FULL_INK:  # a hairline that was averaged with its paper
        box = cv2.convertScaleAbs(box, alpha=255 / strongest)
    mass = cv2.moments(box)
    # MNIST's middle is the pixel (14, 14), measured on its training images.
    x = round(SIZE / 2 - mass["m10"] / mass["m00"])
    y = round(SIZE / 2 - mass["m01"] / mass["m00"])
    # A lopsided stroke may not be pushed over the edge.
    x, y = min(max(x, 0), SIZE - size[0]), min(max(y, 0), SIZE - size[1])
    glyph = np.zeros((SIZE, SIZE), np.uint8)
    glyph[y : y + size[1], x : x + size[0]] = box
    return glyph
