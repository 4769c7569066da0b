"""What a piece of ink stands on, by the colour around it: the sheet, or the desk beside it."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.company import in_company
from digits_edge.frame import Pixels
from digits_edge.opencv import cv2
from digits_edge.reading import Box, Digit, Rejected

SAMPLES = 256  # pixels of the longer side that are looked at
STROKE = 0.04  # of the shorter side: strokes narrower than that are taken away
AROUND = 3  # of those pixels: as far outside a box its ground is seen
DARKER = 0.4  # of the brightness: a shadow leaves more; and as much brighter is another ground, too
OTHER_HUE = 0.1  # log of a channel's share: most shadows change it less
BLACK = 8  # of 255, added to all: the hue of black is noise

Ground = NDArray[np.float64]  # (n, 1 + channels): brightness and each channel's share of it, logarithms


def on_their_ground(
    digits: list[Digit], rejected: list[Rejected], pixels: Pixels, light_on_dark: bool, region: Box
) -> tuple[list[Digit], list[Rejected]]:
    """The digits that stand in company, and what was rejected with the others added.

    Those on the sheet have for company what stands there, too: a desk's stripes say nothing of them. What
    stands elsewhere answers to everything; where that is nothing but strokes, they are no 1s beside the
    sheet's digits. `pixels` are the region's.
    """
    if not digits or not rejected:
        return in_company(digits, rejected, region)
    boxes = [digit.box for digit in digits] + [sign.box for sign in rejected]
    ground = _ground(pixels, light_on_dark, [box.moved(-region.x, -region.y) for box in boxes])
    shaped = [digit.value != 1 for digit in digits]  # a stripe looks like a 1
    asked = ground[: len(digits)][shaped if any(shaped) else np.s_[:]]
    sheet = asked[asked[:, 0].argsort(kind="stable")[len(asked) // 2]]  # a digit's: of two the brighter
    apart = np.abs(ground - sheet)
    here = (apart[:, 0] < -np.log(DARKER)) & (apart[:, 1:].max(axis=1) < OTHER_HUE)
    if here.all():
        return in_company(digits, rejected, region)
    on_sheet = [digit for digit, there in zip(digits, here, strict=False) if there]
    beside = [sign for sign, there in zip(rejected, here[len(digits) :], strict=True) if there]
    stay = set(in_company(on_sheet, beside, region)[0])
    elsewhere = set(in_company(digits, rejected, region)[0]) - set(on_sheet)
    if all(digit.value == 1 for digit in stay) or any(digit.value != 1 for digit in elsewhere):
        stay |= elsewhere
    kept = [digit for digit in digits if digit in stay]
    refused = [Rejected(digit.confidence, digit.box) for digit in digits if digit not in stay]
    return kept, rejected + refused


def _ground(pixels: Pixels, light_on_dark: bool, boxes: list[Box]) -> Ground:
    """What is seen around each of the boxes, without the ink there."""
    step = -(-max(pixels.shape[:2]) // SAMPLES)
    sample = np.ascontiguousarray(pixels[::step, ::step])
    width = max(3, round(min(sample.shape[:2]) * STROKE)) | 1
    without_ink = cv2.MORPH_OPEN if light_on_dark else cv2.MORPH_CLOSE
    sample = cv2.morphologyEx(sample, without_ink, np.ones((width, width), np.uint8))
    left, top, wide, high = np.array(boxes).T / step
    x = np.stack([left - AROUND, left + wide / 2, left + wide + AROUND]).clip(0, sample.shape[1] - 1)
    y = np.stack([top - AROUND, top + high / 2, top + high + AROUND]).clip(0, sample.shape[0] - 1)
    places = [(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    around = np.stack([sample[y[i].astype(int), x[j].astype(int)] for i, j in places])
    seen = np.log(np.median(around, axis=0).reshape(len(boxes), -1) + BLACK)  # (n, 1 or 3)
    brightness = seen.mean(axis=1, keepdims=True)
    return np.hstack([brightness, seen - brightness])
