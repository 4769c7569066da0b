"""How a network answers MNIST's test images: in Keras, and in each file on each interpreter."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np

from comparing.files import ModelFiles
from comparing.reliability import Claims
from digits_convert.runtimes import networks, with_version
from digits_edge.again import seen_again
from digits_edge.calibration import Probabilities, at_share, calibrated
from digits_edge.card import Card, read_card
from digits_edge.company import ALONE
from digits_edge.errors import ModelError
from digits_edge.glyph import Glyphs
from digits_edge.golden import Scorer
from digits_edge.interpreter import Scores
from digits_edge.normalise import normalise
from digits_train.evaluate import predict
from digits_train.images import Images, Labels
from digits_train.store import load_network


class Accuracy(NamedTuple):
    what: str  # "Keras 3.15.1", "int8, ai-edge-litert 2.3.0"
    share: float  # of the images whose likeliest digit is right at one look, before any rejection


@dataclass(frozen=True, slots=True)
class Answered:
    accuracies: tuple[Accuracy, ...]
    claims: Claims  # of the int8 file on the interpreter that edge-digits would choose


def answer(files: ModelFiles, test: Images) -> Answered:
    rows = [] if files.keras is None else [_in_keras(files.keras, test)]
    claims: list[Claims] = []
    for file in files.converted:
        content = file.read_bytes()
        card = card_of(file)
        for network in networks(content):
            scores = network.scores(normalise(test.glyphs, card.normalisation))
            runtime = with_version(network.runtime)
            rows.append(Accuracy(f"{card.quantize}, {runtime}", _share(scores, test.labels)))
            if file == files.int8 and not claims:
                said = probabilities_of(network, card, test.glyphs)
                claims = [claims_of(said, test.labels, card.calibration.digits)]
    return Answered(tuple(rows), claims[0])


def card_of(file: Path) -> Card:
    card = read_card(file.read_bytes())
    if card is None:
        raise ModelError(f"{file}: no card inside; make it with convert-digits")
    return card


def claims_of(probabilities: Probabilities, labels: Labels, taught: float | None) -> Claims:
    """The likeliest digit, ties to the lower one, and its probability: what edge-digits says of it alone."""
    digits = at_share(probabilities, ALONE, taught)[:, :10]
    return Claims(digits.max(axis=1).astype(np.float64), digits.argmax(axis=1) == labels)


def _in_keras(file: Path, test: Images) -> Accuracy:
    network, card = load_network(file)
    return Accuracy(
        f"Keras {keras.__version__}", _share(predict(network, card.normalisation, test.glyphs), test.labels)
    )


def probabilities_of(network: Scorer, card: Card, glyphs: Glyphs) -> Probabilities:
    """As edge-digits has them."""

    def look(shown: Glyphs) -> Scores:
        return network.scores(normalise(shown, card.normalisation))

    return calibrated(seen_again(glyphs, look), card.calibration)


def _share(scores: Scores, labels: Labels) -> float:
    return float((scores[:, :10].argmax(axis=1) == labels).mean())
