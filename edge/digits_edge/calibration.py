"""From a network's softmax scores to probabilities of being right."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.card import Calibration
from digits_edge.interpreter import Scores

Probabilities = NDArray[np.float32]  # (n, labels), rows sum to 1

LEAST = 1e-6  # int8 scores of zero still have a logarithm


def calibrated(scores: Scores, calibration: Calibration) -> Probabilities:
    """The scores with their temperature changed; order is kept. Guo et al. 2017, arXiv:1706.04599."""
    warmed = np.maximum(scores, LEAST).astype(np.float64) ** (1 / calibration.temperature)
    return (warmed / warmed.sum(axis=1, keepdims=True)).astype(np.float32)
