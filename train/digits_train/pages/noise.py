"""Smooth random surfaces: fibres, mottles, crumples, uneven light."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.opencv import cv2
from digits_train.pages.strengths import Random

Surface = NDArray[np.float32]  # (height, width)


def clouds(shape: tuple[int, int], across: float, rng: Random, down: float | None = None) -> Surface:
    """Noise of mean 0 and deviation about 1 whose lumps are `across` pixels wide and `down` high."""
    height, width = shape
    cells = int(height / (down or across)) + 4, int(width / across) + 4
    seeds = rng.standard_normal(cells, dtype=np.float32)
    return np.asarray(cv2.resize(seeds, (width, height), interpolation=cv2.INTER_CUBIC) * 1.3, np.float32)
