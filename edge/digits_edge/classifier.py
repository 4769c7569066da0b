"""From glyphs to calibrated probabilities: the model file's whole promise, kept on this runtime."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digits_edge.attached import check_intact
from digits_edge.card import Calibration, Card, read_card
from digits_edge.errors import ModelError
from digits_edge.glyph import Glyphs
from digits_edge.golden import check_golden
from digits_edge.interpreter import Network, Scores
from digits_edge.normalise import normalise

Probabilities = NDArray[np.float32]  # (n, labels), rows sum to 1


class Classifier:
    """A model file made by convert-digits, loaded and proved on its golden inputs.

    Raises ModelError for a file that can't be read, is no such model, or that this runtime computes
    wrongly; MissingPackageError where `runtime` isn't installed.
    """

    def __init__(self, path: Path, runtime: str | None = None, threads: int = 1) -> None:
        content = _read(path)
        try:
            self.card = _card(content)
            check_intact(content)  # before an interpreter trusts it
            self._network = Network(content, runtime, threads)
            if self._network.output.shape != (1, len(self.card.labels)):
                raise ModelError(
                    f"{list(self._network.output.shape)} outputs for {len(self.card.labels)} labels; "
                    "convert the model again"
                )
            check_golden(self._network, content)
        except ModelError as error:
            raise ModelError(f"{path}: {error}") from error
        self.runtime = self._network.runtime

    def probabilities(self, glyphs: Glyphs) -> Probabilities:
        """(n, 28, 28) glyphs → (n, labels)."""
        return calibrated(
            self._network.scores(normalise(glyphs, self.card.normalisation)), self.card.calibration
        )


def calibrated(scores: Scores, calibration: Calibration) -> Probabilities:
    """Softmax scores with their temperature changed; order is kept. Guo et al. 2017, arXiv:1706.04599."""
    warmed = np.maximum(scores, 1e-6) ** (1 / calibration.temperature)
    return (warmed / warmed.sum(axis=1, keepdims=True)).astype(np.float32)


def _read(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path}: can't be read ({error.strerror}); name a .tflite file of convert-digits"
        ) from error
    if content[4:8] != b"TFL3":  # the flatbuffer's file identifier
        found = "an empty file" if not content else "no TensorFlow Lite file"
        raise ModelError(f"{path}: {found}; wanted a .tflite file of convert-digits")
    return content


def _card(content: bytes) -> Card:
    card = read_card(content)
    if card is None:
        raise ModelError(
            "no card inside, so it's incomplete or foreign; copy it again, or make it with convert-digits"
        )
    if card.labels[:10] != tuple("0123456789"):
        raise ModelError(f"labels {', '.join(card.labels)}; wanted the ten digits first, 0 to 9")
    return card
