"""What a network is unsure of it sees again, moved and leaning: the mean of its answers errs less."""

from collections.abc import Callable

import numpy as np

from digits_edge.glyph import SIZE, Glyph, Glyphs
from digits_edge.interpreter import Scores
from digits_edge.opencv import cv2

UNSURE = 0.05, 0.95  # the likeliest digit's score; beyond it several answers hardly differ from one
VIEWS = (  # pixels to the right and down, and how far the top leans to the right of the foot, by its height
    (1, 0, 0.0), (-1, 0, 0.0), (0, 1, 0.0), (0, -1, 0.0), (0, 0, 0.15), (0, 0, -0.15),
)  # fmt: skip


def seen_again(glyphs: Glyphs, look: Callable[[Glyphs], Scores]) -> Scores:
    """(n, 28, 28) → (n, labels): the scores at one look, and of the doubtful glyphs the mean over all views.

    Averaging over altered copies of an image: Krizhevsky et al. 2012, section 4.1.
    """
    least, most = UNSURE
    scores = look(glyphs)
    likeliest = scores[:, :10].max(axis=1)
    unsure = np.flatnonzero((likeliest > least) & (likeliest < most))
    if not len(unsure):
        return scores
    altered = np.array([_seen_from(glyph, *view) for view in VIEWS for glyph in glyphs[unsure]])
    answers = look(altered).reshape(len(VIEWS), len(unsure), -1)
    again = scores.copy()
    again[unsure] = (scores[unsure] + answers.sum(axis=0)) / (1 + len(VIEWS))
    return again


def _seen_from(glyph: Glyph, right: int, down: int, lean: float) -> Glyph:
    """What comes in at a side is paper."""
    middle = (SIZE - 1) / 2
    return cv2.warpAffine(glyph, np.array([[1, -lean, right + lean * middle], [0, 1, down]]), (SIZE, SIZE))
