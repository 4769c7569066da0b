"""Choosing the golden inputs: a few drawn digits whose answers travel with the file."""

import keras
import numpy as np

from digits_convert.runtimes import networks
from digits_edge.errors import ModelError
from digits_edge.golden import TOLERANCE, Golden
from digits_edge.normalise import Normalisation, normalise
from digits_train.evaluate import predict
from digits_train.images import Images
from digits_train.strokes import stroke_digit

CANDIDATES = 20  # drawn of each digit
MARGIN = 2 * TOLERANCE  # between the two highest scores: within the tolerance, the answer can't change
DECIMALS = 3  # of the scores: finer than any tolerance, and a file without noise is smaller


def choose_golden(network: keras.Model, content: bytes, normalisation: Normalisation) -> Golden:
    """One drawn glyph of each digit with the float network's scores; fewer where none is clear.

    They are drawn in code, so that no data set's images are copied into a file. Of the clear ones
    the least certain is taken: a wrong sum shows there first. What an installed runtime already
    computes with a third of the tolerance lost is left out.
    """
    labels = np.repeat(np.arange(10, dtype=np.uint8), CANDIDATES)
    drawn = Images(np.stack([stroke_digit(int(v), i % CANDIDATES) for i, v in enumerate(labels)]), labels)
    exact = predict(network, normalisation, drawn.glyphs)
    second, first = np.sort(exact, axis=1)[:, -2:].T
    margin = first - second
    usable = margin >= MARGIN
    inputs = normalise(drawn.glyphs, normalisation)
    for other in networks(content):
        off = np.abs(other.scores(inputs) - exact).max(axis=1)
        usable &= off <= TOLERANCE / 3
    chosen = [
        own[margin[own].argmin()]
        for digit in range(10)
        if len(own := np.flatnonzero(usable & (labels == digit)))
    ]
    if not chosen:
        raise ModelError(
            "the network is certain of no drawn digit, so no golden input can guard it; train it longer"
        )
    order = np.array(chosen)
    return Golden(drawn.glyphs[order], exact[order].round(DECIMALS))
