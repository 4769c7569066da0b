"""From a network's softmax scores to probabilities of being right, on any page and on this one."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.card import DIGITS, Calibration
from digits_edge.interpreter import Scores

Probabilities = NDArray[np.float32]  # (n, labels), rows sum to 1

LEAST = 1e-6  # int8 scores of zero still have a logarithm


def calibrated(scores: Scores, calibration: Calibration) -> Probabilities:
    """The scores with their temperature changed; order is kept. Guo et al. 2017, arXiv:1706.04599."""
    warmed = np.maximum(scores, LEAST).astype(np.float64) ** (1 / calibration.temperature)
    return (warmed / warmed.sum(axis=1, keepdims=True)).astype(np.float32)


def at_share(probabilities: Probabilities, share: float, taught: float | None) -> Probabilities:
    """The probabilities where so great a `share`, 0 to 1 and neither, of all writing is digits.

    `taught` is the share in what the network learnt from; None: it knows nothing but digits.

    On a page of numbers an odd sign is likelier an odd digit than among whatever there is. Bayes' rule
    with another prior: Saerens et al. 2002, "Adjusting the outputs of a classifier".
    """
    if taught is None:
        return probabilities
    shifted = probabilities.copy()
    shifted[:, len(DIGITS) :] *= (1 - share) / share * taught / (1 - taught)
    return shifted / shifted.sum(axis=1, keepdims=True)
