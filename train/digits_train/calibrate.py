"""What makes a network's confidence the probability of being right, and how much of it is enough."""

import math

import numpy as np

from digits_edge.calibration import Probabilities, calibrated
from digits_edge.card import Calibration
from digits_edge.interpreter import Scores
from digits_train.images import NONE, Images, Labels

COOLEST, HOTTEST = 0.25, 4.0
ACCEPTED = 0.99  # of the digits must stay readable; the rest is the price of refusing what is none
LEAST, MOST = 0.2, 0.9  # beyond them a validation part is no guide to what a device sees


def fit_temperature(scores: Scores, labels: Labels) -> float:
    """The temperature of least negative log-likelihood (Guo et al. 2017, arXiv:1706.04599).

    The likelihood has one minimum over the temperature, so narrowing around the best of a coarse
    row of candidates finds it.
    """
    low, high = np.log(COOLEST), np.log(HOTTEST)
    for _ in range(4):
        candidates = np.linspace(low, high, 17)
        losses = [_loss(scores, labels, float(np.exp(c))) for c in candidates]
        best = int(np.argmin(losses))
        low, high = candidates[max(best - 1, 0)], candidates[min(best + 1, 16)]
    return round(float(np.exp(candidates[best])), 4)


def choose_accept(probabilities: Probabilities, labels: Labels) -> float:
    """The least confidence to be read as a digit: the highest that accepts 99 % of the digits here.

    In whole hundredths, rounded down, from 0.2 to 0.9. Confidence is the likeliest digit's probability.
    """
    confidence = np.sort(probabilities[labels != NONE][:, :10].max(axis=1))
    lost = int((1 - ACCEPTED) * len(confidence))  # how many may be refused
    hundredths = math.floor(round(float(confidence[lost]) * 100, 4))  # 0.9 in float32 is no 0.89
    return min(max(hundredths / 100, LEAST), MOST)


def share_taught(shown: Images) -> float | None:
    """How much of what is shown to a network are digits, to four places; None where all is."""
    digits = len(shown.digits()) / len(shown)
    return round(digits, 4) if digits < 1 else None


def _loss(scores: Scores, labels: Labels, temperature: float) -> float:
    right = calibrated(scores, Calibration(temperature))[np.arange(len(labels)), labels]
    return float(-np.log(right.astype(np.float64)).mean())
