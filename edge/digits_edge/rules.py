"""Ruled and squared paper: lines found by how straight, long and thin they are, and taken out of the ink."""

from typing import NamedTuple

import numpy as np

from digits_edge.glyph import Ink
from digits_edge.grey import shrunk
from digits_edge.opencv import cv2

RULED = 480, 120  # pixels of the shorter side, at first and again: in less a pen's strokes are as thin
SLOPES = np.arange(-4, 5) * 0.035  # rise per pixel of a rule; a page tilted more has to be turned
THIN, THICK = 0.012, 0.03  # of the shorter side: the most that a rule has, at first and again
SOFT = 5  # pixels: as much more, again; seen from close by it's out of focus
LONG = 0.12  # of the side along which it runs: a rule is straight for longer
SPAN = 0.3  # of that side: how far it reaches in all
GAP = 0.2  # of that side: a digit that stands on a rule may hide as much of it
SEVERAL, ACROSS = 3, 0.7  # so many of them, or one that reaches so far: a digit may have two long bars
FAINTEST = 14  # of 255: the ink of a rule
GRAIN = 2.5  # times what is thin on average: the ink of a rule on grainy paper
PEN = 1.7  # times as broad as a rule: what crosses one
DARKER = 1.7  # times the ink of a rule: the pen that crosses it
FEW = 3  # pieces of ink that may be one digit and no page
BEYOND = 0.05  # of the side: as far as a rule goes on where such writing ends


class _Look(NamedTuple):
    side: int  # pixels that the longer side is brought down to
    columns: int  # of these that are looked at as one: rules are long


GLANCE, CLOSE_LOOK = _Look(320, 2), _Look(1000, 6)  # for whether there are rules, and for where


class _Rows(NamedTuple):
    """What of a picture is thin from top to bottom, as nearly level rules are."""

    thin: Ink  # (height, width / columns)
    thick: int  # pixels, odd: more than a rule has
    columns: int


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
        slopes = _slopes(cv2.transpose(glance) if turned else glance, thickness)
        if slopes:
            cleared = _without_rows(cv2.transpose(ink) if turned else ink, slopes, thickness)
            ink = cv2.transpose(cleared) if turned else cleared
            glance = shrunk(ink, GLANCE.side)
    return ink


def _slopes(glance: Ink, thickness: float) -> list[float]:
    """How the nearly level rules rise, in pixels per pixel; none where there are no rules."""
    rows = _rows(glance, thickness, GLANCE.columns)
    found = [np.count_nonzero(_straight(rows, slope)) for slope in SLOPES]
    if max(found) < 2 * SPAN * rows.thin.shape[1]:  # two pixels high, or two rules
        return []
    return [slope for slope, count in zip(SLOPES, found, strict=True) if count >= 0.25 * max(found)]


def _without_rows(ink: Ink, slopes: list[float], thickness: float) -> Ink:
    """The ink without its rules of these slopes; the same object where they are a digit's own strokes."""
    small = shrunk(ink, CLOSE_LOOK.side)
    rows = _rows(small, thickness, CLOSE_LOOK.columns)
    strength, joined = np.zeros_like(rows.thin), np.zeros_like(rows.thin)
    gap = round(rows.thin.shape[1] * GAP) | 1
    for slope in slopes:
        level = _straight(rows, slope)
        strength = cv2.max(strength, _slanted(level, -slope * rows.columns))
        level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
        joined = cv2.max(joined, _slanted(level, -slope * rows.columns))
    strength = _long_ones(strength, joined)
    if thickness == THIN and _are_bars(
        small, cv2.resize(strength, small.shape[::-1], interpolation=cv2.INTER_NEAREST)
    ):
        return ink
    return _cleared(ink, cv2.resize(strength, ink.shape[::-1], interpolation=cv2.INTER_LINEAR), thickness)


def _rows(ink: Ink, thickness: float, columns: int) -> _Rows:
    height, width = ink.shape
    # First the columns: grain has no direction, and would look like rules all over.
    fewer = cv2.resize(ink, (max(1, width // columns), height), interpolation=cv2.INTER_AREA)
    thick = _thick(ink, thickness)
    return _Rows(
        cv2.morphologyEx(fewer, cv2.MORPH_TOPHAT, np.ones((thick, 1), np.uint8)),
        thick,
        columns,
    )


def _thick(ink: Ink, thickness: float) -> int:
    """Pixels: more than a rule has, and odd."""
    return max(3, round(min(ink.shape) * thickness)) | 1


def _straight(rows: _Rows, slope: float) -> Ink:
    """How strong the rules of that slope are, 0 where there is none; sheared, so that they lie level."""
    thin, thick, columns = rows
    height, width = thin.shape
    level = _slanted(thin, slope * columns)
    # A rule is never quite straight, and its slope lies between two of ours.
    bend = max(height, width) // 200 | 1
    level = cv2.dilate(level, np.ones((bend, 1), np.uint8))
    gap, length = max(3, round(PEN * thick / columns)) | 1, round(width * LONG) | 1
    # A pen that crosses it is no gap.
    level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    level = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    # Grain is strong along any row: a rule is more than what lies above and below it.
    level = cv2.morphologyEx(level, cv2.MORPH_TOPHAT, np.ones((thick + 2 * bend, 1), np.uint8))
    return cv2.threshold(level, max(FAINTEST, GRAIN * thin.mean()), 255, cv2.THRESH_TOZERO)[1]


def _slanted(ink: Ink, slope: float) -> Ink:
    """What has that slope, in rows per column, lies level now."""
    shear = np.array([[1, 0, 0], [-slope, 1, slope * ink.shape[1] / 2]], np.float32)
    return cv2.warpAffine(ink, shear, ink.shape[::-1], flags=cv2.INTER_LINEAR)


def _long_ones(strength: Ink, joined: Ink) -> Ink:
    """Without the pieces that reach less far than a rule; nothing where they may be a digit's bars.

    `joined` has the pieces of one rule together, on both sides of a digit that stands on it.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats((strength > 0).view(np.uint8), connectivity=8)
    reach = stats[:, cv2.CC_STAT_WIDTH] / strength.shape[1]
    reach[0] = 0  # the paper
    long = reach >= SPAN
    if long.sum() < SEVERAL and reach.max() < ACROSS:
        return np.zeros_like(strength)
    count, rules = cv2.connectedComponents((joined > 0).view(np.uint8), connectivity=8)
    whole = np.zeros(count, np.bool_)
    whole[rules[long[labels]]] = True
    return np.where(whole[rules], strength, 0).astype(np.uint8)


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
    thick = _thick(ink, thickness)
    bridged = cv2.morphologyEx(cleared, cv2.MORPH_CLOSE, np.ones((thick, 1), np.uint8))
    return cv2.max(cleared, cv2.bitwise_and(cv2.min(bridged, ink), rule))
