"""Whether confidence is the probability of being right."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 15  # of equal width, as in Guo et al. 2017, arXiv:1706.04599


@dataclass(frozen=True, slots=True)
class Claims:
    """Answers to images whose truth is known."""

    confidence: NDArray[np.float64]  # (n,), 0 to 1
    right: NDArray[np.bool_]  # (n,)

    def __len__(self) -> int:
        return len(self.right)

    def accepted(self, least: float) -> "Claims":
        """Those at least so confident."""
        kept = self.confidence >= least
        return Claims(self.confidence[kept], self.right[kept])


@dataclass(frozen=True, slots=True)
class Bin:
    count: int  # at least 1
    confidence: float  # mean
    right: float  # share


def bins(claims: Claims) -> list[Bin]:
    """The claims by confidence, from low to high; empty bins are left out."""
    places = np.ceil(claims.confidence * BINS).clip(1, BINS)  # each bin holds its upper edge
    own = [places == place for place in range(1, BINS + 1)]
    return [
        Bin(int(chosen.sum()), float(claims.confidence[chosen].mean()), float(claims.right[chosen].mean()))
        for chosen in own
        if chosen.any()
    ]


def calibration_error(claims: Claims) -> float:
    """The expected calibration error: how far confidence is off the share right, a bin's weight its count."""
    return sum(one.count * abs(one.confidence - one.right) for one in bins(claims)) / max(1, len(claims))


def joined(parts: list[Claims]) -> Claims:
    if not parts:
        return Claims(np.empty(0), np.empty(0, np.bool_))
    return Claims(np.concatenate([p.confidence for p in parts]), np.concatenate([p.right for p in parts]))
