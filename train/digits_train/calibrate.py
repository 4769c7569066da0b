"""The temperature that makes a network's confidence the probability of being right."""

import numpy as np
from numpy.typing import NDArray

from digits_train.images import Labels

Probabilities = NDArray[np.float32]  # (n, labels), each row sums to 1

COOLEST, HOTTEST = 0.25, 4.0


def softened(probabilities: Probabilities, temperature: float) -> NDArray[np.float64]:
    """The probabilities with their log scores divided by `temperature`, each row summing to 1."""
    logits = np.log(probabilities.astype(np.float64).clip(1e-12)) / temperature
    scores = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(scores / scores.sum(axis=1, keepdims=True))


def fit_temperature(probabilities: Probabilities, labels: Labels) -> float:
    """The temperature of least negative log-likelihood (Guo et al. 2017, arXiv:1706.04599).

    The likelihood has one minimum over the temperature, so narrowing around the best of a coarse
    row of candidates finds it.
    """
    low, high = np.log(COOLEST), np.log(HOTTEST)
    for _ in range(4):
        candidates = np.linspace(low, high, 17)
        losses = [_loss(probabilities, labels, float(np.exp(c))) for c in candidates]
        best = int(np.argmin(losses))
        low, high = candidates[max(best - 1, 0)], candidates[min(best + 1, 16)]
    return round(float(np.exp(candidates[best])), 4)


def _loss(probabilities: Probabilities, labels: Labels, temperature: float) -> float:
    right = softened(probabilities, temperature)[np.arange(len(labels)), labels]
    return float(-np.log(right.clip(1e-12)).mean())
