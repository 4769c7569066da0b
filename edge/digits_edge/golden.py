"""Golden inputs: glyphs that travel inside a model file with the scores they must give."""

import io
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from digits_edge.attached import read_member
from digits_edge.card import read_card
from digits_edge.errors import ModelError
from digits_edge.glyph import SIZE, Glyphs
from digits_edge.interpreter import Scores
from digits_edge.normalise import Inputs, normalise

GLYPHS = "golden_glyphs.npy"  # uint8 (n, 28, 28), before normalisation
SCORES = "golden_scores.npy"  # float32 (n, outputs), the float network's own

# Runtimes round int8 differently, by up to 24/255 in a score (docs/measured.md). A runtime that
# doesn't know a kind of quantisation is off by far more.
TOLERANCE = 0.15


class Golden(NamedTuple):
    glyphs: Glyphs
    scores: Scores


class Scorer(Protocol):
    """A loaded model: a Network, or one in another process."""

    runtime: str

    def scores(self, inputs: Inputs) -> Scores: ...


def read_golden(content: bytes) -> Golden:
    """The golden inputs in a .tflite file's content. Raises ModelError where there are none."""
    glyphs, scores = (_array(content, member) for member in (GLYPHS, SCORES))
    if (
        glyphs.ndim != 3
        or scores.ndim != 2
        or glyphs.dtype != np.uint8
        or glyphs.shape[1:] != (SIZE, SIZE)
        or scores.dtype != np.float32
        or scores.shape[:1] != glyphs.shape[:1]
        or not len(glyphs)
    ):
        raise ModelError("golden inputs that don't fit together; make the model again with convert-digits")
    return Golden(glyphs, scores)


def check_golden(network: Scorer, content: bytes) -> None:
    """Raises ModelError unless `network`, loaded from `content`, computes its golden inputs rightly."""
    golden, card = read_golden(content), read_card(content)
    if card is None:
        raise ModelError("no model card in the file; make it with convert-digits")
    scores = network.scores(normalise(golden.glyphs, card.normalisation))
    if scores.shape != golden.scores.shape:
        raise ModelError(
            f"the model gives {scores.shape[1]} scores, its golden inputs have {golden.scores.shape[1]}; "
            "make it again with convert-digits"
        )
    off = np.abs(scores - golden.scores).max(axis=1)
    # Not "any beyond": NaN is neither beyond nor within.
    wrong = ~((off <= TOLERANCE) & (scores.argmax(axis=1) == golden.scores.argmax(axis=1)))
    if wrong.any():
        raise ModelError(
            f"{network.runtime} computes this model wrongly: {wrong.sum()} of {len(wrong)} golden inputs are "
            f"off, by up to {off.max():.2f}, allowed are {TOLERANCE}; choose another --runtime, update it, "
            "or copy the model here again"
        )


def _array(content: bytes, member: str) -> NDArray[Any]:
    stored = read_member(content, member)
    if stored is None:
        raise ModelError(
            f"no {member} in the model, which proves it on this runtime; make it with convert-digits"
        )
    try:
        array = np.load(io.BytesIO(stored), allow_pickle=False)
        if not isinstance(array, np.ndarray):
            raise ValueError("several arrays")
    except (EOFError, MemoryError, SyntaxError, ValueError) as error:
        raise ModelError(
            f"{member} in the model can't be read ({error}); make it again with convert-digits"
        ) from error
    return array
