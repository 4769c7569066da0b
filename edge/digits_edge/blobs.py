"""From ink to blobs: pieces of ink that may each be one digit."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import Ink
from digits_edge.grey import levels
from digits_edge.opencv import cv2
from digits_edge.reading import Box, enclosing

Mask = NDArray[np.uint8]  # (height, width), 255 where there is ink, else 0

SURE = 0.55  # of full ink: every blob has a pixel this strong
HAIR = 0.15  # of a hairline's pixels: as many are that strong, though none has such neighbours
FAINT = 0.25  # of full ink: a blob reaches as far as its ink is this strong
NOISE = 4.0  # standard deviations of the paper's grain that are still grain
GRAINY = 0.16  # of full ink: coarser grain is smoothed first
LEAST = 5  # pixels of a blob's longer side
OVER = 0.4  # of the narrower one's width: pieces of one digit lie so far over each other
WITHIN, TALL = 0.1, 0.3  # of a ring's shorter side and height: what lies so far within, so tall, is no part
PART, PARTS = 0.1, 6  # of its height, and so many pieces of that size: a digit isn't made of more
MOST = 2000  # blobs of a frame
OVERLAP = 5  # times the frame: what all blobs' windows come to; a number in a ring in a box has less
FULL = 0.9  # of a blob's own ink is no stronger than what counts as full

Boxes = NDArray[np.int64]  # (…, 4): x, y, width, height


class Blob(NamedTuple):
    box: Box  # in the ink's pixels
    ink: Ink  # (box.height, box.width), without the neighbours' ink, strokes at 255


def find_blobs(ink: Ink) -> tuple[Mask, list[Blob]]:
    """The mask of what counts as ink, and its connected pieces, those of one digit put together.

    Faint ink counts where it hangs together with sure ink (hysteresis, as in Canny 1986).
    """
    grain = _grain(ink)
    if grain > 255 * GRAINY:
        ink = cv2.blur(ink, (3, 3))
        grain = _grain(ink)
    # Grana et al. 2010, by blocks: the same labels as OpenCV's default in half its time.
    count, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        _over(ink, FAINT, grain), 8, cv2.CV_32S, cv2.CCL_BBDT
    )
    counts = np.zeros(count, np.bool_)
    # A photograph's grain is one pixel, its strokes aren't; what was drawn on a screen has no grain.
    counts[labels[_over(cv2.blur(ink, (3, 3)) if grain else ink, SURE, grain) > 0]] = True
    # A hairline is no broader than grain, but there is more of it together.
    hairs = np.bincount(labels[_over(ink, SURE, grain) > 0], minlength=count)
    counts |= hairs >= np.maximum(LEAST, HAIR * stats[:, cv2.CC_STAT_AREA])
    counts[0] = False
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    found = np.flatnonzero(counts & (sides.max(axis=1) >= LEAST))
    if len(found) > MOST:  # print, or grain: the largest are as much as can be asked for
        areas = sides[found].prod(axis=1)
        found = np.sort(found[np.argsort(-areas, kind="stable")[:MOST]])
    pieces = [_Piece((int(label),), Box(*(int(n) for n in stats[label, :4]))) for label in found]
    mask = (counts * np.uint8(255))[labels]  # take is faster, and copies all labels as 64 bits
    blobs = _within(OVERLAP * ink.size, _joined(pieces))
    owner = np.full(count, -1)  # the blob that each label is a part of
    for number, blob in enumerate(blobs):
        owner[list(blob.labels)] = number
    return mask, [_cut(ink, mask, labels, owner, number, blob.box) for number, blob in enumerate(blobs)]


def _over(ink: Ink, least: float, grain: float) -> Mask:
    """255 where the ink is stronger than grain and than the `least` that counts, of full ink."""
    return cv2.threshold(ink, max(255 * least, grain), 255, cv2.THRESH_BINARY)[1]


def _grain(ink: Ink) -> float:
    """The strongest that the paper's grain gets, by the quartiles of what is no ink.

    Half of a bell curve where the grain was taken for ink on brighter paper, or a whole one above an offset.
    """
    low, middle, high = levels(ink, (0.25, 0.5, 0.75), 0, round(255 * FAINT))
    return min(NOISE * 1.48 * middle, middle + NOISE * (high - low))


class _Piece(NamedTuple):
    labels: tuple[int, ...]
    box: Box


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces of one digit as one: the bar of a 5, a stroke that the pen left twice."""
    pieces = sorted(pieces, key=lambda piece: piece.box.width * piece.box.height)
    parts = [[piece] for piece in pieces]  # what each one is made of, itself first
    boxes = np.array([piece.box for piece in pieces]).reshape(-1, 4)  # the smallest first
    done: list[_Piece] = []
    for place, small in enumerate(pieces):
        hosts = place + 1 + np.flatnonzero(_belongs(boxes[place], boxes[place + 1 :]))
        if not len(hosts):
            done += parts[place] if _holds_digits(*parts[place]) else [small]
            continue
        host = int(hosts[boxes[hosts, 3].argmax()])
        parts[host] += parts[place]
        pieces[host] = _Piece(pieces[host].labels + small.labels, enclosing([pieces[host].box, small.box]))
        boxes[host] = pieces[host].box
    return done


def _holds_digits(host: _Piece, *parts: _Piece) -> bool:
    """Whether it is a shadow or a frame with writing in it, and no digit in pieces."""
    return sum(max(part.box.width, part.box.height) >= PART * host.box.height for part in parts) > PARTS


def _belongs(small: Boxes, large: Boxes) -> NDArray[np.bool_]:
    """Which of the `large` boxes, (n, 4), the `small` one, (4,), is a part of."""
    x, y, width, height = small
    left, top, wide, high = large.T
    beside = np.minimum(x + width, left + wide) - np.maximum(x, left)
    apart = np.maximum(y, top) - np.minimum(y + height, top + high)
    in_line = beside >= OVER * np.minimum(width, wide)
    # Two that stand side by side, one leaning over the other, are two.
    neighbours = (height > 0.6 * high) & (-apart > 0.5 * height)
    dot = (height < 0.15 * high) & (width < 0.3 * high)  # belongs only to what it lies in
    near = apart < np.where(height < 0.6 * high, 0.25, 0.08) * high
    inside = np.minimum.reduce([x - left, y - top, left + wide - x - width, top + high - y - height])
    framed = (inside >= WITHIN * np.minimum(wide, high)) & (height >= TALL * high)
    return in_line & ~neighbours & ~framed & np.where(dot, apart < 0, near)


def _within(pixels: int, blobs: list[_Piece]) -> list[_Piece]:
    """The blobs but the largest, so that their windows have no more pixels than that in all.

    Of many rings or frames, one in the other, each has a window of nearly the whole picture.
    """
    sizes = np.array([(box.width + 2 * _reach(box)) * (box.height + 2 * _reach(box)) for _, box in blobs])
    order = sizes.argsort(kind="stable")
    kept = order[sizes[order].cumsum() <= pixels]
    return [blobs[place] for place in np.sort(kept)]


def _reach(box: Box) -> int:
    """Pixels from a blob to the end of its window, and of its soft edge."""
    return max(1, box.height // 24)


def _cut(
    ink: Ink, mask: Mask, labels: NDArray[np.int32], owner: NDArray[np.intp], number: int, box: Box
) -> Blob:
    """The blob's own ink with its soft edge, which MNIST's extents include, at full strength."""
    reach = _reach(box)
    x, y = max(box.x - reach, 0), max(box.y - reach, 0)
    window = np.s_[y : box.bottom + reach, x : box.right + reach]
    own = (owner[labels[window]] == number).view(np.uint8)
    other = (mask[window] > 0) & (own == 0)
    near = cv2.dilate(own, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    soft = np.where((near > 0) & ~other, ink[window], 0).astype(np.uint8)
    strengths = soft[own > 0]
    rank = int(FULL * len(strengths))
    full = max(int(np.partition(strengths, rank)[rank]), 1)
    soft = cv2.convertScaleAbs(soft, alpha=255 / full)
    soft[soft < 255 * 0.1] = 0
    rows, columns = np.flatnonzero(soft.any(axis=1)), np.flatnonzero(soft.any(axis=0))
    soft = soft[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Blob(Box(x + int(columns[0]), y + int(rows[0]), soft.shape[1], soft.shape[0]), soft)
