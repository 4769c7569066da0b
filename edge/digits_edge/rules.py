"""Ruled and squared paper: lines found by how straight, long and thin they are, and taken out of the ink."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.glyph import Ink
from digits_edge.grey import shrunk
from digits_edge.opencv import cv2

RULED = 480  # pixels of the shorter side: paper photographed with its rules has more
GLANCE, CLOSE_LOOK = 320, 1000  # pixels of the longer side: for whether there are rules, and for where
SLOPES = np.arange(-4, 5) * 0.035  # rise per pixel of a rule; a page tilted more has to be turned
THIN, THICK = 0.012, 0.02  # of the shorter side: rules are thinner; seen from close by or out of focus
LONG = 0.12  # of the side along which it runs: a rule is straight for longer
SPAN = 0.3  # of that side: how far it reaches in all
SEVERAL, ACROSS = 3, 0.7  # so many of them, or one that reaches so far: a digit may have two long bars
FAINTEST = 14  # of 255: the ink of a rule
DARKER = 1.7  # times the ink of a rule: the pen that crosses it
FEW = 3  # pieces of ink that may be one digit and no page
BEYOND = 0.05  # of the side: as far as a rule goes on where such writing ends


def without_rules(ink: Ink, width: float = THIN) -> Ink:
    """The ink without the rules of the paper; strokes that cross them stay whole.

    `width` is the most that a rule may have, as a part of the ink's shorter side.
    """
    if min(ink.shape) < RULED:
        return ink
    for turned in (False, True):
        upright = cv2.transpose(ink) if turned else ink
        cleared = _without_rows(upright, width)
        if cleared is not upright:
            ink = cv2.transpose(cleared) if turned else cleared
    return ink


def _without_rows(ink: Ink, width: float) -> Ink:
    """The ink without its nearly horizontal rules; the same object where there are none."""
    glance = _thin(shrunk(ink, GLANCE), width)
    found = [np.count_nonzero(_straight(glance, slope)) for slope in SLOPES]
    best = int(np.argmax(found))
    if found[best] < 2 * SPAN * glance.shape[1]:  # two pixels high, or two rules
        return ink
    slopes = [slope for slope, count in zip(SLOPES, found, strict=True) if count >= 0.25 * found[best]]
    small = shrunk(ink, CLOSE_LOOK)
    thin = _thin(small, width)
    strength = np.zeros_like(small)
    for slope in slopes:
        shear = _shear(thin, slope)
        strength = cv2.max(
            strength,
            cv2.warpAffine(
                _straight(thin, slope), shear, thin.shape[::-1], flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            ),
        )
    strength = _long_ones(strength)
    if _are_bars(small, strength):
        return ink
    if small is not ink:
        strength = cv2.resize(strength, ink.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return _cleared(ink, strength, width)


def _thin(ink: Ink, width: float) -> Ink:
    """What is thinner than a rule may be, from top to bottom."""
    thick = max(3, round(min(ink.shape) * width)) | 1
    return cv2.morphologyEx(ink, cv2.MORPH_TOPHAT, np.ones((thick, 1), np.uint8))


def _straight(thin: Ink, slope: float) -> Ink:
    """How strong the rules of that slope are, 0 where there is none; sheared, so that they lie level."""
    height, width = thin.shape
    level = cv2.warpAffine(thin, _shear(thin, slope), (width, height), flags=cv2.INTER_LINEAR)
    # A rule is never quite straight, and its slope lies between two of ours.
    level = cv2.dilate(level, np.ones((width // 200 | 1, 1), np.uint8))
    gap, length = max(5, round(width * 0.02)) | 1, round(width * LONG) | 1
    # A pen that crosses it is no gap.
    level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    level = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return cv2.threshold(level, FAINTEST, 255, cv2.THRESH_TOZERO)[1]


def _shear(ink: Ink, slope: float) -> NDArray[np.float32]:
    return np.array([[1, 0, 0], [-slope, 1, slope * ink.shape[1] / 2]], np.float32)


def _long_ones(strength: Ink) -> Ink:
    """Without the pieces that reach less far than a rule; nothing where they may be a digit's bars."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((strength > 0).view(np.uint8), connectivity=8)
    reach = stats[:, cv2.CC_STAT_WIDTH] / strength.shape[1]
    reach[0] = 0  # the paper
    long = reach >= SPAN
    if long.sum() < SEVERAL and reach.max() < ACROSS:
        return np.zeros_like(strength)
    return np.where(long[labels], strength, 0).astype(np.uint8)


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


def _cleared(ink: Ink, strength: Ink, width: float) -> Ink:
    """The ink without the rules; what is darker than they are is a pen's, and so what goes on beyond."""
    rule = strength > 0
    pen = cv2.compare(ink, cv2.convertScaleAbs(strength, alpha=DARKER, beta=12), cv2.CMP_GT) > 0
    cleared = np.where(rule & ~pen, 0, ink).astype(np.uint8)
    thick = max(3, round(min(ink.shape) * width)) | 1
    bridged = cv2.morphologyEx(cleared, cv2.MORPH_CLOSE, np.ones((thick, 1), np.uint8))
    return np.where(rule, cv2.max(cleared, cv2.min(bridged, ink)), cleared).astype(np.uint8)
