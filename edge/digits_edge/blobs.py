"""From ink to blobs: pieces of ink that may each be one digit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import Ink
from digits_edge.opencv import cv2
from digits_edge.reading import Box, enclosing

Mask = NDArray[np.uint8]  # (height, width), 255 where there is ink, else 0

SURE = 0.55  # of full ink: every blob has a pixel this strong
FAINT = 0.25  # of full ink: a blob reaches as far as its ink is this strong
NOISE = 4.0  # standard deviations of the paper's grain that are still grain
LEAST = 5  # pixels of a blob's longer side


@dataclass(frozen=True, slots=True)
class Blob:
    box: Box  # in the ink's pixels
    ink: Ink  # (box.height, box.width), without the neighbours' ink, strokes at 255


def find_blobs(ink: Ink) -> tuple[Mask, list[Blob]]:
    """The mask of what counts as ink, and its connected pieces, those of one digit put together."""
    mask = _mask(ink)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    pieces = [
        _Piece((label,), Box(*(int(n) for n in stats[label, :4])))
        for label in range(1, count)
        if max(stats[label, cv2.CC_STAT_WIDTH], stats[label, cv2.CC_STAT_HEIGHT]) >= LEAST
    ]
    return mask, [_cut(ink, labels, piece) for piece in _joined(pieces)]


@dataclass(frozen=True, slots=True)
class _Piece:
    labels: tuple[int, ...]
    box: Box


def _mask(ink: Ink) -> Mask:
    """Faint ink that hangs together with sure ink (hysteresis, as in Canny 1986)."""
    paper = ink[ink < 255 * FAINT]
    grain = NOISE * 1.48 * float(np.median(paper)) if paper.size else 0.0
    faint = cv2.threshold(ink, max(255 * FAINT, grain), 255, cv2.THRESH_BINARY)[1]
    sure = cv2.threshold(ink, max(255 * SURE, grain), 255, cv2.THRESH_BINARY)[1]
    _, labels = cv2.connectedComponents(faint, connectivity=8)
    keep = np.zeros(int(labels.max()) + 1, np.uint8)
    keep[labels[sure > 0]] = 255
    keep[0] = 0
    return keep[labels]


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces of one digit as one: the bar of a 5, a stroke that the pen left twice."""
    waiting = sorted(pieces, key=lambda piece: piece.box.height * piece.box.width)
    done: list[_Piece] = []
    while waiting:
        small = waiting.pop(0)
        hosts = [piece for piece in waiting if _belongs(small.box, piece.box)]
        if not hosts:
            done.append(small)
            continue
        host = max(hosts, key=lambda piece: piece.box.height)
        waiting.remove(host)
        waiting.append(_Piece(host.labels + small.labels, enclosing([host.box, small.box])))
        waiting.sort(key=lambda piece: piece.box.height * piece.box.width)
    return done


def _belongs(small: Box, large: Box) -> bool:
    beside = min(small.right, large.right) - max(small.x, large.x)
    apart = max(small.y, large.y) - min(small.bottom, large.bottom)
    if beside < 0.5 * min(small.width, large.width):
        return False
    if small.height > 0.6 * large.height and -apart > 0.5 * small.height:
        return False  # two that stand side by side, one leaning over the other
    if small.height < 0.15 * large.height and small.width < 0.3 * large.height:
        return apart < 0  # a dot belongs only to what it lies in
    return apart < (0.25 if small.height < 0.6 * large.height else 0.08) * large.height


def _cut(ink: Ink, labels: NDArray[np.int32], piece: _Piece) -> Blob:
    """The piece's own ink with its soft edge, which MNIST's extents include, at full strength."""
    reach = max(1, piece.box.height // 24)
    x, y = max(piece.box.x - reach, 0), max(piece.box.y - reach, 0)
    window = np.s_[y : piece.box.bottom + reach, x : piece.box.right + reach]
    own = np.isin(labels[window], piece.labels).astype(np.uint8)
    other = (labels[window] > 0) & (own == 0)
    near = cv2.dilate(own, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    soft = np.where((near > 0) & ~other, ink[window], 0).astype(np.uint8)
    full = max(float(np.percentile(soft[own > 0], 90)), 1.0)
    soft = cv2.convertScaleAbs(soft, alpha=255 / full)
    soft[soft < 255 * 0.1] = 0
    rows, columns = np.flatnonzero(soft.any(axis=1)), np.flatnonzero(soft.any(axis=0))
    soft = soft[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Blob(Box(x + int(columns[0]), y + int(rows[0]), soft.shape[1], soft.shape[0]), soft)
