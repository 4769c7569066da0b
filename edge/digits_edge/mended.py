"""Digits in two pieces, neither of them one: a five whose hat stands apart, a stroke that broke."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from digits_edge.blobs import Blob, Boxes
from digits_edge.calibration import Probabilities
from digits_edge.glyph import Glyphs, to_glyph
from digits_edge.reading import enclosing

MOST = 60  # refused pieces, the largest: a page in grain has thousands
SURE = 0.7  # least confidence of both together
GAP = 0.25  # of the height of both together: pieces of one digit are no further apart
BESIDE = 0.5  # of the lower one's height: what shares more of it stands side by side, or within
OVER = 0.4  # of the narrower one's width: so much of it lies under or over the other
LEAST = 0.15  # of the larger one's longer side: less is a point
ALIKE = 0.3  # log of the heights of digits that are one size


def mended(
    blobs: list[Blob],
    probabilities: Probabilities,
    accept: float,
    classify: Callable[[Glyphs], Probabilities],
) -> list[Blob]:
    """The blobs, two put together where neither is a digit and both are one, as high as the page's digits.

    Where the page has none, any height will do; the very same list where nothing is put together. `accept`
    is the least confidence of a digit. `blobs.py` puts pieces together by their boxes alone, and so only
    such as can hardly be two.
    """
    likeliest, value = probabilities[:, :10].max(axis=1), probabilities[:, :10].argmax(axis=1)
    boxes = np.array([blob.box for blob in blobs]).reshape(-1, 4)
    digits = likeliest >= accept
    shaped = digits & (value != 1)  # a stroke may be anything
    heights = boxes[shaped if shaped.any() else digits, 3]
    refused = np.flatnonzero(~digits)
    refused = refused[np.argsort(-boxes[refused, 2:].max(axis=1), kind="stable")[:MOST]]
    pairs = np.sort(refused[_pairs(boxes[refused], heights)], axis=1)
    if not len(pairs):
        return blobs
    glyphs = np.array([to_glyph(_together(blobs[i], blobs[j]).ink) for i, j in pairs])
    sure = classify(glyphs)[:, :10].max(axis=1)
    whole_at: dict[int, Blob] = {}
    gone: set[int] = set()
    for place in np.argsort(-sure, kind="stable"):
        i, j = (int(n) for n in pairs[place])
        if sure[place] >= SURE and not {i, j} & (gone | whole_at.keys()):
            whole_at[i] = _together(blobs[i], blobs[j])
            gone.add(j)
    if not gone:
        return blobs
    return [whole_at.get(place, blob) for place, blob in enumerate(blobs) if place not in gone]


def _pairs(boxes: Boxes, heights: NDArray[np.int64]) -> NDArray[np.intp]:
    """(n, 2), places in `boxes`, (…, 4): who stands over whom; `heights` are the page's digits'."""
    x, y, wide, high = boxes.T
    left, top, width, height = boxes[:, np.newaxis].transpose(2, 0, 1)
    both = np.maximum(y + high, top + height) - np.minimum(y, top)
    apart = np.maximum(y, top) - np.minimum(y + high, top + height)
    beside = np.minimum(x + wide, left + width) - np.maximum(x, left)
    longer = np.maximum(wide, high)
    match = (apart < GAP * both) & (-apart <= BESIDE * np.minimum(high, height))
    match &= beside >= OVER * np.minimum(wide, width)
    match &= np.minimum(longer, longer[:, np.newaxis]) >= LEAST * np.maximum(longer, longer[:, np.newaxis])
    if len(heights):
        match &= np.abs(np.log(both / np.median(heights))) < ALIKE
    return np.argwhere(np.triu(match, 1))


def _together(one: Blob, other: Blob) -> Blob:
    box = enclosing([one.box, other.box])
    ink = np.zeros((box.height, box.width), np.uint8)
    for part in (one, other):
        x, y = part.box.x - box.x, part.box.y - box.y
        into = ink[y : y + part.box.height, x : x + part.box.width]
        np.maximum(into, part.ink, out=into)
    return Blob(box, ink)
