"""Digits that touch: a blob is cut where its ink is thin, and the parts are kept if all of them are digits.

Over-segmentation with a search for the best path (Casey and Lecolinet 1996, "A survey of methods and
strategies in character segmentation").
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digits_edge.blobs import Blob
from digits_edge.calibration import Probabilities
from digits_edge.glyph import Glyphs, Ink, to_glyph
from digits_edge.opencv import cv2
from digits_edge.reading import Box

WIDE = 0.8  # width over height from which a blob may be several digits
LONGEST = 6.0  # … up to which it may
CUTS = 10  # at the thinnest places
CUT = 2.0  # stroke widths: a cut goes through no more ink
NARROW, BROAD = 0.12, 1.15  # of the height: the width of a part
SHORT = 0.6  # of the blob's height: a digit in it is taller
SURE = 0.85  # least confidence of every part
LEANS = (0.0, 0.25, -0.2)  # of the cuts, width per height: most people lean to the right


class Part(NamedTuple):
    """A piece of a blob between two cuts, and what it would be read as."""

    box: Box
    ink: Ink
    confidence: float
    stroke: bool  # a 1 or 7, which any piece of a letter may be


def parts_of(blob: Blob, classify: Callable[[Glyphs], Probabilities]) -> list[Blob]:
    """The digits that the blob is joined of, from the left; none where it doesn't fall into digits."""
    box = blob.box
    if not WIDE * box.height <= box.width <= LONGEST * box.height:
        return []
    best: list[Part] = []
    for lean in LEANS:
        found = _best_path(blob, lean, classify)
        if found and (not best or _worth(found) > _worth(best)):
            best = found
    if len(best) < 2 or all(part.stroke for part in best):
        return []
    return [Blob(part.box.moved(box.x, box.y), part.ink) for part in best]


def _worth(parts: list[Part]) -> float:
    return min(part.confidence for part in parts) - 0.02 * len(parts)


def _best_path(blob: Blob, lean: float, classify: Callable[[Glyphs], Probabilities]) -> list[Part]:
    """The parts of the cutting whose least sure digit is surest; none where one of them is no digit."""
    height = blob.ink.shape[0]
    shear = np.array([[1, lean, max(0, -lean) * height], [0, 1, 0]], np.float32)
    upright = cv2.warpAffine(blob.ink, shear, (blob.ink.shape[1] + int(abs(lean) * height) + 1, height))
    cuts = _cuts(upright)
    pieces = {}
    for i, left in enumerate(cuts):
        for j in range(i + 1, len(cuts)):
            if (i, j) != (0, len(cuts) - 1) and NARROW * height <= cuts[j] - left <= BROAD * height:
                piece = _piece(upright, left, cuts[j])
                if piece and piece[0].height >= SHORT * height:
                    pieces[i, j] = piece
    if not pieces:
        return []
    rows = classify(np.array([to_glyph(ink) for _, ink in pieces.values()]))[:, :10]
    best: list[list[Part] | None] = [[]] + [None] * (len(cuts) - 1)
    for (i, j), (box, ink), row in sorted(
        zip(pieces, pieces.values(), rows, strict=True), key=lambda item: item[0][1]
    ):
        before, confidence = best[i], float(row.max())
        if before is None or confidence < SURE:
            continue
        shift = round(max(0, -lean) * height + lean * (box.y + box.height / 2))
        left, right = (
            max(0, box.x - shift),
            min(blob.box.width, box.right - shift),
        )  # of the middle of its height
        upright = Box(left, box.y, max(1, right - left), box.height)
        path = [*before, Part(upright, ink, confidence, int(row.argmax()) in (1, 7))]
        if best[j] is None or _worth(path) > _worth(best[j] or []):
            best[j] = path
    return best[-1] or []


def _cuts(ink: Ink) -> list[int]:
    """Columns to cut at, the two ends included."""
    height, width = ink.shape
    strokes = (ink > 127).view(np.uint8)
    pen = 1.6 * float(cv2.distanceTransform(strokes, cv2.DIST_L2, 3).max())
    column: NDArray[np.float32] = strokes.sum(axis=0).astype(np.float32)
    reach = max(1, round(0.04 * height))
    smooth = cv2.blur(column.reshape(1, -1), (2 * reach + 1, 1))[0]
    margin = max(1, round(NARROW * height))
    places: list[int] = []
    for x in np.argsort(smooth[margin : width - margin], kind="stable") + margin:
        if column[x] > CUT * pen or len(places) == CUTS:
            break
        if all(abs(x - other) > 2 * reach for other in places):
            places.append(int(x))
    return [0, *sorted(places), width]


def _piece(ink: Ink, left: int, right: int) -> tuple[Box, Ink] | None:
    """The ink between two columns, without the slivers of the neighbours; None where there is none."""
    part = ink[:, left:right]
    _, labels, stats, _ = cv2.connectedComponentsWithStats((part > 25).view(np.uint8), connectivity=8)
    sizes = stats[1:, cv2.CC_STAT_AREA]
    if not len(sizes):
        return None
    own = np.concatenate([[False], sizes >= 0.12 * sizes.max()])
    part = np.where(own[labels], part, 0).astype(np.uint8)
    x, y, width, height = cv2.boundingRect(part)
    return Box(left + x, y, width, height), part[y : y + height, x : x + width]
