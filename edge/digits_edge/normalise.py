"""The step between a glyph and the network, applied outside the graph, here and nowhere else."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import SIZE, Glyphs
from digits_edge.opencv import cv2

Normalisation = Literal["none", "l2", "moments"]
NORMALISATIONS: tuple[Normalisation, ...] = get_args(Normalisation)

# What the blackest ink becomes.
FULL: dict[Normalisation, float] = {"none": 255.0, "l2": 1.0, "moments": 255.0}

SPREAD = 5.0  # pixels: the ink's standard deviation along its longer side, about what MNIST has
ENLARGED = 0.6  # pixels of the glyph a pixel of its normal form: a stroke isn't blown up to a block
UPRIGHT = 1.0  # of its height: no character leans further
MIDDLE = SIZE // 2  # the pixel that the centre of mass comes to lie on, as in MNIST

Inputs = NDArray[np.float32]  # (n, 28, 28, 1), what the network is given before quantisation

_y, _x = np.indices((SIZE, SIZE), np.float32).reshape(2, -1) - MIDDLE
_POWERS = np.stack([np.ones_like(_x), _x, _y, _x * _x, _x * _y, _y * _y], 1)  # (784, 6)


def normalise(glyphs: Glyphs, how: Normalisation) -> Inputs:
    """The glyphs as a network expects them, (n, 28, 28, 1) float32.

    `none` leaves 0 paper to 255 ink. `l2` is `tf.keras.utils.normalize(x, axis=1)`: every column of
    pixels is divided by its Euclidean length, an empty one stays empty. In the graph that division
    breaks int8 conversion and yields NaN on some runtimes, which is why it lives out here. `moments`
    sets the characters upright and gives them one size, narrow and wide ones nearer to each other's.
    """
    pixels = (_upright(glyphs) if how == "moments" else glyphs).astype(np.float32)
    if how == "l2":
        length = np.sqrt(np.square(pixels).sum(axis=1, keepdims=True))  # (n, 1, 28)
        pixels /= np.where(length == 0, 1, length)
    return pixels[..., np.newaxis]


def _upright(glyphs: Glyphs) -> Glyphs:
    """(n, 28, 28) → the same: the slant taken out, sizes by second moments, their ratio eased.

    The "moment" normalisation of Liu et al. 2004, "Handwritten digit recognition: investigation of
    normalization and feature extraction techniques", with their ratio √sin(π/2 · narrow/wide).
    """
    sums = glyphs.reshape(len(glyphs), -1).astype(np.float32) @ _POWERS
    mass, x, y, xx, xy, yy = sums.astype(np.float64).T
    mass = np.maximum(mass, 1)
    x, y = x / mass, y / mass
    xx, xy, yy = xx / mass - x * x, xy / mass - x * y, yy / mass - y * y
    slant = np.clip(xy / np.maximum(yy, 1e-6), -UPRIGHT, UPRIGHT)
    width = np.sqrt(np.maximum(xx - 2 * slant * xy + slant * slant * yy, 1e-6))
    height = np.sqrt(np.maximum(yy, 1e-6))
    narrow, wide = np.minimum(width, height), np.maximum(width, height)
    eased = np.sqrt(np.sin(np.pi / 2 * narrow / wide))
    across = np.maximum(width / (SPREAD * np.where(width < height, eased, 1)), ENLARGED)
    down = np.maximum(height / (SPREAD * np.where(height < width, eased, 1)), ENLARGED)
    # Where in the glyph each pixel comes from: columns of x and y, and the place of (0, 0).
    from_x = np.stack([across, slant * down, x + MIDDLE - MIDDLE * (across + slant * down)], 1)
    from_y = np.stack([np.zeros_like(down), down, y + MIDDLE - MIDDLE * down], 1)
    maps = np.stack([from_x, from_y], 1)  # (n, 2, 3)
    out = np.empty_like(glyphs)
    for upright, glyph, back in zip(out, glyphs, maps, strict=True):
        cv2.warpAffine(glyph, back, (SIZE, SIZE), upright, cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return out
