"""Labelled images, and data sets made of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import Glyphs

Labels = NDArray[np.uint8]  # (n,), 0 to 9, or NONE
NONE = 10  # the label of what is no digit


@dataclass(frozen=True, slots=True)
class Images:
    glyphs: Glyphs
    labels: Labels

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, order: NDArray[np.intp] | NDArray[np.bool_]) -> "Images":
        """Those of `order`, positions or one truth value an image."""
        return Images(self.glyphs[order], self.labels[order])

    def digits(self) -> "Images":
        """Those that are a digit."""
        return self.take(self.labels != NONE)

    def sha256(self) -> str:
        """The hash of all pixels and labels, in order."""
        content = hashlib.sha256(np.ascontiguousarray(self.glyphs).data)
        content.update(np.ascontiguousarray(self.labels).data)
        return content.hexdigest()


@dataclass(frozen=True, slots=True)
class Dataset:
    name: str  # "mnist", "uci", or what files and folders were given
    train: Images  # the validation part included
    test: Images
    test_share: float | None = None  # of all images, pooled; None where the data's own test part is kept

    def sha256(self) -> str:
        """The hash of both parts: another split of the same images is another data set."""
        return hashlib.sha256(f"{self.train.sha256()} {self.test.sha256()}".encode()).hexdigest()

    def no_digits(self) -> int:
        """How many images are no digit."""
        return sum(len(part) - len(part.digits()) for part in (self.train, self.test))

    def digits_only(self) -> "Dataset":
        """Without the images that are no digit, for a network that has no class for them."""
        return replace(self, train=self.train.digits(), test=self.test.digits())


def joined(parts: Sequence[Images]) -> Images:
    return Images(np.concatenate([p.glyphs for p in parts]), np.concatenate([p.labels for p in parts]))
