"""How well a network answers: accuracy, each digit's own, and what is taken for what."""

from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from digits_edge.calibration import Probabilities
from digits_edge.glyph import Glyphs
from digits_edge.interpreter import Scores
from digits_edge.normalise import Normalisation, normalise
from digits_train.images import NONE, Images, Labels


@dataclass(frozen=True, slots=True)
class Evaluation:
    images: Images
    probabilities: Probabilities
    answers: Labels  # the likeliest digit; a reject class is no answer here
    confusion: NDArray[np.int64]  # (10, 10), counts: a row for each truth, a column for each answer

    @property
    def accuracy(self) -> float:
        return float((self.answers == self.images.labels).mean())

    @property
    def accuracy_per_digit(self) -> tuple[float, ...]:
        """NaN for a digit that the images lack."""
        with np.errstate(invalid="ignore"):
            return tuple((self.confusion.diagonal() / self.confusion.sum(axis=1)).tolist())


def evaluate(model: keras.Model, normalisation: Normalisation, images: Images) -> Evaluation:
    """The network's answers to those of the images that are digits."""
    images = images.digits()
    probabilities = predict(model, normalisation, images.glyphs)
    answers = probabilities[:, :10].argmax(axis=1).astype(np.uint8)
    confusion = np.zeros((10, 10), np.int64)
    np.add.at(confusion, (images.labels, answers), 1)
    return Evaluation(images, probabilities, answers, confusion)


def validate(model: keras.Model, normalisation: Normalisation, images: Images) -> tuple[float, float]:
    """Mean cross-entropy over `images`, and the share of their digits that are the likeliest digit."""
    scores = predict(model, normalisation, images.glyphs)
    own = scores[np.arange(len(images)), images.labels]
    right = scores[:, :10].argmax(axis=1) == images.labels
    loss = -np.log(np.maximum(own, np.finfo(np.float32).tiny)).mean()
    return float(loss), float(right[images.labels != NONE].mean())


def predict(model: keras.Model, normalisation: Normalisation, glyphs: Glyphs) -> Scores:
    """(n, 28, 28) → (n, labels), each glyph seen once."""
    inputs = normalise(glyphs, normalisation)
    return np.asarray(model.predict(inputs, batch_size=500, verbose=0), np.float32)
