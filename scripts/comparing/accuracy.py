"""How a network answers MNIST's test images: in Keras, and in each file on each interpreter."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np

from comparing.files import ModelFiles
from comparing.reliability import Claims
from digits_convert.runtimes import networks, with_version
from digits_edge.calibration import at_share, calibrated
from digits_edge.card import Calibration, Card, read_card
from digits_edge.company import ALONE
from digits_edge.errors import ModelError
from digits_edge.interpreter import Scores
from digits_edge.normalise import normalise
from digits_train.evaluate import predict
from digits_train.images import Images, Labels
from digits_train.store import load_network


class Accuracy(NamedTuple):
    what: str  # "Keras 3.15.1", "int8, ai-edge-litert 2.3.0"
    share: float  # of the images whose likeliest digit is right, before any rejection


@dataclass(frozen=True, slots=True)
class Answered:
    accuracies: tuple[Accuracy, ...]
    claims: Claims  # of the int8 file on the interpreter that edge-digits would choose


def answer(files: ModelFiles, test: Images) -> Answered:
    rows = [] if files.keras is None else [_in_keras(files.keras, test)]
    claims = []
    for file in files.converted:
        content = file.read_bytes()
        card = card_of(file)
        for runtime, scores in _everywhere(content, card, test):
            rows.append(Accuracy(f"{card.quantize}, {runtime}", _share(scores, test.labels)))
            if file == files.int8:
                claims.append(claims_of(scores, test.labels, card.calibration))
    return Answered(tuple(rows), claims[0])


def card_of(file: Path) -> Card:
    card = read_card(file.read_bytes())
    if card is None:
        raise ModelError(f"{file}: no card inside; make it with convert-digits")
    return card


def claims_of(scores: Scores, labels: Labels, calibration: Calibration) -> Claims:
    """The likeliest digit, ties to the lower one, and its probability: what edge-digits says of it alone."""
    digits = at_share(calibrated(scores, calibration), ALONE, calibration.digits)[:, :10]
    return Claims(digits.max(axis=1).astype(np.float64), digits.argmax(axis=1) == labels)


def _in_keras(file: Path, test: Images) -> Accuracy:
    network, card = load_network(file)
    return Accuracy(
        f"Keras {keras.__version__}", _share(predict(network, card.normalisation, test), test.labels)
    )


def _everywhere(content: bytes, card: Card, test: Images) -> Iterator[tuple[str, Scores]]:
    inputs = normalise(test.glyphs, card.normalisation)
    for network in networks(content):
        yield with_version(network.runtime), network.scores(inputs)


def _share(scores: Scores, labels: Labels) -> float:
    return float((scores[:, :10].argmax(axis=1) == labels).mean())
