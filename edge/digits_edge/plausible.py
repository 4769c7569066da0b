"""What can't be a digit for its size, its place or its shape, whatever the network takes it for."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.blobs import Blob, Mask
from digits_edge.frame import Pixels
from digits_edge.glyph import Ink
from digits_edge.grey import PAGE
from digits_edge.ink import Page
from digits_edge.opencv import cv2
from digits_edge.reading import Box, Digit, Rejected

FLAT = 2.5  # times wider than high: a rule, a fold or a dash
LOW = 10  # pixels: a lower digit is as likely to be grain
DUST = 0.025  # of a page's shorter side: a lower stroke with nothing beside it is dust, and no 1
ROUND = 0.03  # of its radius: rims of things vary less, and 999 of 1,000 zeros of MNIST vary more
LYING = 1.1  # width over height: a rim seen from the side is wider, …
TRUE = 0.016  # … and an ellipse to that share of its radius, as 5 to 8 of MNIST's 5,923 zeros are
ELLIPSE = 5  # points that one goes through
CROP = 0.4  # of the region's height: a digit that large may touch the edge, a smaller one is cut off
MIDDLE = 0.2  # of a side: a digit that fills its page has its middle that near the page's
STRAIGHT = 0.3  # of its length: edges are narrower, and a 1 with a hook or a foot is broader
SIDE, DARKER = 0.25, 0.5  # of a 1's height beside it: the darker side has that share of the brighter's light
FOLD = 0.15  # contrast to the paper: folds have less, and pens more


def can_be_digit(value: int, blob: Blob, page: Page, few: bool) -> bool:
    """Whether the blob isn't a rule or a dash, grain, the rim or the edge of something, or cut off.

    With `few` pieces of ink it may be a digit that fills its picture, and isn't cut.
    """
    box = blob.box
    height, width = page.grey.shape
    is_page = min(height, width) >= PAGE
    if is_page and box.height < max(LOW, DUST * min(height, width) if few and value == 1 else 0):
        return False
    if box.width > FLAT * box.height:
        return False
    if is_page and ((value == 0 and _is_rim(blob.ink)) or (value == 1 and _is_edge(page.grey, blob))):
        return False
    touches = box.x <= 0 or box.y <= 0 or box.right >= width or box.bottom >= height
    if not touches:
        return True
    fills = few and box.height >= CROP * height
    if is_page:  # a stroke along the edge of a page is the edge of something
        across, down = (box.x + box.width / 2) / width, (box.y + box.height / 2) / height
        fills &= value != 1 and max(abs(across - 0.5), abs(down - 0.5)) <= MIDDLE
    return fills


def without_folds(
    digits: list[Digit], rejected: list[Rejected], page: Page, mask: Mask, region: Box
) -> tuple[list[Digit], list[Rejected]]:
    """The digits without faint strokes that have nothing but strokes beside them, and these rejected, too."""
    if any(digit.value != 1 for digit in digits):
        return digits, rejected
    faint = [digit for digit in digits if _contrast(page, mask, digit.box.moved(-region.x, -region.y)) < FOLD]
    kept = [digit for digit in digits if digit not in faint]
    return kept, rejected + [Rejected(digit.confidence, digit.box) for digit in faint]


def without_frames(digits: list[Digit], rejected: list[Rejected]) -> tuple[list[Digit], list[Rejected]]:
    """The digits without those that others stand in: rings and boxes around a number; these rejected, too."""
    x, y, width, height = np.array([digit.box for digit in digits]).reshape(-1, 4).T
    right, foot = x + width, y + height
    holds = (x[:, None] < x) & (y[:, None] < y) & (right[:, None] > right) & (foot[:, None] > foot)
    framing = holds.any(axis=1)
    kept = [digit for digit, frames in zip(digits, framing, strict=True) if not frames]
    frames = [digit for digit, frames in zip(digits, framing, strict=True) if frames]
    return kept, rejected + [Rejected(digit.confidence, digit.box) for digit in frames]


def _is_rim(ink: Ink) -> bool:
    """Whether the outline is a truer circle, or a truer ellipse lying down, than a hand draws."""
    strong = np.pad((ink > 127).astype(np.uint8), 1)
    outlines = cv2.findContours(strong, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    outline = max(outlines, key=len)[:, 0].astype(np.float32) if outlines else np.zeros((0, 2), np.float32)
    if len(outline) < ELLIPSE:
        return False
    middle, _ = cv2.minEnclosingCircle(outline)
    if _varies(outline - np.float32(middle)) < ROUND:
        return True
    if np.ptp(outline[:, 0]) < LYING * np.ptp(outline[:, 1]):
        return False
    middle, axes, degrees = cv2.fitEllipse(outline)
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    along_axes = (outline - np.float32(middle)) @ np.array([[cos, -sin], [sin, cos]], np.float32)
    return _varies(along_axes / np.maximum(np.float32(axes), 1)) < TRUE


def _varies(points: NDArray[np.float32]) -> float:
    """By how much of itself the distance of the points, (n, 2), to the origin varies."""
    radius = np.hypot(*points.T)
    return float(radius.std() / radius.mean())


def _is_edge(grey: Pixels, blob: Blob) -> bool:
    """Whether it is straight and there is paper on one side of it only."""
    box = blob.box
    reach = max(1, round(SIDE * box.height))
    rows = grey[box.y : box.bottom]
    sides = rows[:, max(0, box.x - reach) : box.x], rows[:, box.right : box.right + reach]
    if not all(side.size for side in sides):
        return False
    darker, brighter = sorted(float(np.median(side)) for side in sides)
    return darker < DARKER * brighter and _is_straight(blob.ink)


def _is_straight(ink: Ink) -> bool:
    points = cv2.findNonZero((ink > 127).view(np.uint8))
    breadth, length = sorted(cv2.minAreaRect(points)[1]) if points is not None else (0, 0)
    return bool(breadth <= STRAIGHT * length)


def _contrast(page: Page, mask: Mask, box: Box) -> float:
    """The share of the light that the ink in the box absorbs, 0 to 1: the median."""
    window = np.s_[box.y : box.bottom, box.x : box.right]
    return float(np.median(page.ink[window][mask[window] > 0])) / 255 * page.full
