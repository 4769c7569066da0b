"""Readings drawn into their pictures."""

import numpy as np

from digits_edge.frame import Pixels
from digits_edge.opencv import cv2
from digits_edge.reader import Steps
from digits_edge.reading import Box

GREEN, ORANGE, GREY = (60, 160, 40), (0, 130, 255), (150, 150, 150)  # blue, green, red


def annotated(steps: Steps) -> Pixels:
    """The frame in colour with every number boxed and written above, and the rejected boxed in grey.

    Numbers less sure than 90 % are orange, with their confidence.
    """
    picture = coloured(steps.frame.pixels)
    enlarged = max(1, round(480 / max(picture.shape[:2])))  # a 28×28 digit leaves no room for writing
    picture = cv2.resize(picture, None, fx=enlarged, fy=enlarged, interpolation=cv2.INTER_NEAREST)
    line = max(1, round(max(picture.shape[:2]) / 640))
    for refused in steps.reading.rejected:
        _rectangle(picture, refused.box, enlarged, GREY, line)
    for number in steps.reading.numbers:
        sure = number.confidence >= 0.9
        colour = GREEN if sure else ORANGE
        for digit in number.digits:
            _rectangle(picture, digit.box, enlarged, colour, line)
        text = number.text if sure else f"{number.text} {number.confidence * 100:.0f}%"
        _write_above(picture, text, number.box, enlarged, colour, line)
    return picture


def coloured(pixels: Pixels) -> Pixels:
    return cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR) if pixels.ndim == 2 else pixels.copy()


def write_text(
    picture: Pixels, text: str, at: tuple[int, int], size: float, colour: tuple[int, int, int]
) -> None:
    """Text with its baseline's left end `at` x, y, capitals about 22 × `size` pixels high."""
    cv2.putText(
        picture, text, at, cv2.FONT_HERSHEY_SIMPLEX, size, colour, max(1, round(2 * size)), cv2.LINE_AA
    )


def _rectangle(picture: Pixels, box: Box, enlarged: int, colour: tuple[int, int, int], line: int) -> None:
    corner, opposite = np.array([box.x, box.y]) * enlarged, np.array([box.right, box.bottom]) * enlarged
    cv2.rectangle(
        picture, (corner - line).tolist(), (opposite + line - 1).tolist(), colour, line, cv2.LINE_AA
    )


def _write_above(
    picture: Pixels, text: str, box: Box, enlarged: int, colour: tuple[int, int, int], line: int
) -> None:
    size = line * 0.7
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, max(1, round(2 * size)))
    x = min(max(box.x * enlarged, 0), max(picture.shape[1] - width, 0))
    y = box.y * enlarged - 3 * line
    if y < height:  # no room above
        y = min(box.bottom * enlarged + height + 4 * line, picture.shape[0] - line)
    write_text(picture, text, (x, y), size, colour)
