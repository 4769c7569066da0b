"""From glyphs to calibrated probabilities: the model file's whole promise, kept on this runtime."""

from pathlib import Path

from digits_edge.again import seen_again
from digits_edge.attached import check_intact
from digits_edge.calibration import Probabilities, calibrated
from digits_edge.card import DIGITS, Card, read_card
from digits_edge.errors import ModelError
from digits_edge.glyph import Glyphs
from digits_edge.golden import check_golden
from digits_edge.interpreter import Network, Scores
from digits_edge.normalise import normalise

MAX_BYTES = 64 << 20  # of a model file; ours have a thousandth of that


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
        """(n, 28, 28) glyphs → (n, labels). What the network is unsure of takes seven times as long."""
        return calibrated(seen_again(glyphs, self.look), self.card.calibration)

    def look(self, glyphs: Glyphs) -> Scores:
        """(n, 28, 28) glyphs → (n, labels): the network's own scores, each glyph seen once."""
        return self._network.scores(normalise(glyphs, self.card.normalisation))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)  # and no more of an endless device
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
    if card.labels[:10] != DIGITS:
        raise ModelError(f"labels {', '.join(card.labels)}; wanted the ten digits first, 0 to 9")
    return card
