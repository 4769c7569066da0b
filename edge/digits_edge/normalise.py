"""The step between a glyph and the network, applied outside the graph, here and nowhere else."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import Glyphs

Normalisation = Literal["none", "l2"]
NORMALISATIONS: tuple[Normalisation, ...] = get_args(Normalisation)

FULL: dict[Normalisation, float] = {"none": 255.0, "l2": 1.0}  # what the blackest ink becomes

Inputs = NDArray[np.float32]  # (n, 28, 28, 1), what the network is given before quantisation


def normalise(glyphs: Glyphs, how: Normalisation) -> Inputs:
    """The glyphs as a network expects them, (n, 28, 28, 1) float32.

    `none` leaves 0 paper to 255 ink. `l2` is `tf.keras.utils.normalize(x, axis=1)`: every column of
    pixels is divided by its Euclidean length, an empty one stays empty. In the graph that division
    breaks int8 conversion and yields NaN on some runtimes, which is why it lives out here.
    """
    pixels = glyphs.astype(np.float32)
    if how == "l2":
        length = np.sqrt(np.square(pixels).sum(axis=1, keepdims=True))  # (n, 1, 28)
        pixels /= np.where(length == 0, 1, length)
    return pixels[..., np.newaxis]
