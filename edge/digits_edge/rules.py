"""Ruled and squared paper: its lines are taken out of the ink, and strokes that cross them stay whole."""

from typing import NamedTuple

import numpy as np

from digits_edge.glyph import Ink
from digits_edge.grey import shrunk
from digits_edge.lines import FAINTEST, Labels, lines_of, rows_of, slopes_of, thick_for
from digits_edge.opencv import cv2

RULED = 480, 120  # pixels of the shorter side, at first and again: in less a pen's strokes are as thin
THIN, THICK = 0.012, 0.03  # of the shorter side: the most that a rule has, at first and again
SOFT = 5  # pixels: as much more, again; seen from close by it's out of focus
DARKER = 1.7  # times the ink of a rule: the pen that crosses it
HIDDEN = 0.5  # of what is seen of the rules, the most that strokes hide; more is grain, and ignored
DARK, THICKER = 150, 2  # of 255, and pixels more than its rule: a stroke that lies along it
STEM = 0.4  # of the side: as much of a rule isn't covered by strokes along it
FEW = 3  # pieces of ink that may be one digit and no page
BEYOND = 0.05  # of the side: as far as a rule goes on where such writing ends


class _Look(NamedTuple):
    side: int  # pixels that the longer side is brought down to
    columns: int  # of these that are looked at as one


GLANCE, CLOSE_LOOK = _Look(320, 2), _Look(1000, 6)  # for whether there are rules, and for where


def without_rules(ink: Ink, *, all_bars: bool = False) -> Ink:
    """The ink without the rules of the paper; strokes that cross them stay whole.

    With `all_bars` broader ones go, too, and those that may be a digit's own: where else nothing was read.
    """
    shorter = min(ink.shape)
    thickness = THICK + SOFT / shorter if all_bars else THIN
    if shorter < RULED[all_bars]:
        return ink
    glance = shrunk(ink, GLANCE.side)
    for turned in (False, True):
        slopes = slopes_of(rows_of(cv2.transpose(glance) if turned else glance, thickness, GLANCE.columns))
        if slopes:
            cleared = _without_rows(cv2.transpose(ink) if turned else ink, slopes, thickness)
            ink = cv2.transpose(cleared) if turned else cleared
            glance = shrunk(ink, GLANCE.side)
    return ink


def _without_rows(ink: Ink, slopes: list[float], thickness: float) -> Ink:
    """The ink without its rules of these slopes; the same object where they are a digit's own strokes."""
    small = shrunk(ink, CLOSE_LOOK.side)
    rows = rows_of(small, thickness, CLOSE_LOOK.columns)
    strength, _ = lines_of(rows, slopes, hidden=False)
    lines = cv2.resize(strength, small.shape[::-1], interpolation=cv2.INTER_NEAREST)
    if not strength.any() or (thickness == THIN and _are_bars(small, lines)):
        return ink
    whole, rules = lines_of(rows, slopes, hidden=True)
    if np.count_nonzero(whole) <= (1 + HIDDEN) * np.count_nonzero(strength):
        within = round(BEYOND * len(whole))  # further out, a desk's edge is as dark as strokes
        inner = np.s_[within : len(whole) - within]
        strength[inner] = _without_strokes(whole, rules, rows.ink)[inner]
    return _cleared(ink, cv2.resize(strength, ink.shape[::-1], interpolation=cv2.INTER_LINEAR), thickness)


def _without_strokes(strength: Ink, rules: Labels, ink: Ink) -> Ink:
    """Without what is dark, and thicker than the rest of its rule: a stroke lies along it there."""
    ends = np.diff((strength > 0).astype(np.int8), axis=0, prepend=0, append=0).T
    columns, starts = np.nonzero(ends == 1)
    heights = np.nonzero(ends == -1)[1] - starts
    of = rules[starts, columns]
    order = np.lexsort((heights, of))
    typical = heights[order][np.searchsorted(of[order], of) + np.bincount(of)[of] // 2]
    middles = starts + heights // 2
    stroke = (heights >= typical + THICKER) & (ink[middles, columns] > DARK)
    wide = np.zeros((int(of.max(initial=0)) + 1, strength.shape[1]), np.bool_)
    wide[of[stroke], columns[stroke]] = True
    stroke &= (wide.mean(axis=1) < STEM)[of]  # of rules that were taken for one, the darker isn't a stroke
    strength = strength.copy()
    for column, start, height in zip(columns[stroke], starts[stroke], heights[stroke], strict=True):
        strength[start : start + height, column] = 0
    return strength


def _are_bars(ink: Ink, strength: Ink) -> bool:
    """Whether they are strokes of a digit that fills its picture: a rule goes on where the writing ends."""
    crossed = np.count_nonzero(np.diff(strength > 0, axis=0), axis=0) / 2  # rules that each column meets
    if np.median(crossed) > FEW:
        return False
    drawn = (ink > 2 * FAINTEST).view(np.uint8)
    for lines in (strength > 0).view(np.uint8), drawn:
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        if np.count_nonzero(stats[1:, 2:4].max(axis=1) > BEYOND * max(ink.shape)) > FEW:
            return False  # more than a digit has
    rules = np.flatnonzero(strength.any(axis=0))
    near = cv2.dilate(strength, np.ones((5, 1), np.uint8))
    rest = np.flatnonzero(((drawn > 0) & (near == 0)).any(axis=0))
    if not len(rules) or not len(rest):
        return False
    reach = BEYOND * ink.shape[1]
    return bool(rules[0] > rest[0] - reach or rules[-1] < rest[-1] + reach)


def _cleared(ink: Ink, strength: Ink, thickness: float) -> Ink:
    """The ink without the rules; what is darker than they are is a pen's, and so what goes on beyond."""
    rule = cv2.threshold(strength, 0, 255, cv2.THRESH_BINARY)[1]
    pen = cv2.compare(ink, cv2.convertScaleAbs(strength, alpha=DARKER, beta=12), cv2.CMP_GT)
    cleared = cv2.bitwise_and(ink, cv2.bitwise_or(pen, cv2.bitwise_not(rule)))
    thick = thick_for(ink, thickness)
    bridged = cv2.morphologyEx(cleared, cv2.MORPH_CLOSE, np.ones((thick, 1), np.uint8))
    return cv2.max(cleared, cv2.bitwise_and(cv2.min(bridged, ink), rule))
