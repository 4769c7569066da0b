"""The way of an image: frame → ink → blobs → glyphs → digits → numbers."""

import time
from dataclasses import dataclass
from statistics import median

import numpy as np

from digits_edge.blobs import Blob, Mask, find_blobs
from digits_edge.classifier import Classifier, Probabilities
from digits_edge.errors import InputError
from digits_edge.frame import Frame, Pixels
from digits_edge.glyph import SIZE, Glyphs, to_glyph
from digits_edge.ink import Page, to_page
from digits_edge.reading import Box, Digit, Number, Reading, Rejected
from digits_edge.rows import in_rows, is_space

SMALL = 0.4  # of a row's height: less is a point, a comma or a dash, and no digit


@dataclass(frozen=True, slots=True)
class Steps:
    """Everything between a frame and its reading, for those who want to look."""

    frame: Frame
    page: Page
    mask: Mask
    blobs: list[Blob]  # boxes within the region of interest
    glyphs: Glyphs  # (n, 28, 28), one a blob
    probabilities: Probabilities  # (n, labels)
    reading: Reading


@dataclass(frozen=True, slots=True)
class Reader:
    classifier: Classifier
    roi: Box | None = None  # the only part of every frame that is read, in its pixels
    min_confidence: float | None = None  # instead of the model's own

    def read(self, frame: Frame) -> Reading:
        """What stands in the frame. Raises InputError where the region of interest is outside it."""
        return self.steps(frame).reading

    def steps(self, frame: Frame) -> Steps:
        started = time.perf_counter()
        pixels, left, top = self._region(frame)
        page = to_page(pixels)
        mask, blobs = find_blobs(page.ink)
        glyphs = np.array([to_glyph(blob.ink) for blob in blobs], np.uint8).reshape(-1, SIZE, SIZE)
        probabilities = self.classifier.probabilities(glyphs)
        numbers, rejected = self._numbers([blob.box.moved(left, top) for blob in blobs], probabilities)
        reading = Reading(
            frame.source,
            frame.index,
            frame.time,
            frame.width,
            frame.height,
            tuple(numbers),
            tuple(rejected),
            elapsed_ms=(time.perf_counter() - started) * 1000,
        )
        return Steps(frame, page, mask, blobs, glyphs, probabilities, reading)

    def _region(self, frame: Frame) -> tuple[Pixels, int, int]:
        if self.roi is None:
            return frame.pixels, 0, 0
        x, y, right, bottom = self.roi.x, self.roi.y, self.roi.right, self.roi.bottom
        if x >= frame.width or y >= frame.height:
            raise InputError(
                f"the region of interest starts at {x},{y}, outside its "
                f"{frame.width}×{frame.height} pixels; choose another --roi"
            )
        return frame.pixels[y:bottom, x:right], x, y

    def _numbers(self, boxes: list[Box], probabilities: Probabilities) -> tuple[list[Number], list[Rejected]]:
        numbers: list[Number] = []
        rejected: list[Rejected] = []
        for row in in_rows(boxes):
            height = median(boxes[i].height for i in row)
            tall = max(height, 0.6 * max(boxes[i].height for i in row))
            digits: list[Digit] = []
            for i in row:
                found = self._judge(boxes[i], probabilities[i], tall)
                ends = isinstance(found, Rejected) or (digits and is_space(digits[-1].box, found.box, tall))
                if ends and digits:
                    numbers.append(Number(tuple(digits)))
                    digits = []
                if isinstance(found, Rejected):
                    rejected.append(found)
                else:
                    digits.append(found)
            if digits:
                numbers.append(Number(tuple(digits)))
        return numbers, rejected

    def _judge(self, box: Box, probabilities: Probabilities, row_height: float) -> Digit | Rejected:
        if box.height < SMALL * row_height:
            return Rejected(0.0, box)
        value = int(probabilities[:10].argmax())  # the lower one of a tie
        confidence = float(probabilities[value])
        accept = (
            self.classifier.card.calibration.accept if self.min_confidence is None else self.min_confidence
        )
        refused = confidence < accept or int(probabilities.argmax()) >= 10
        return Rejected(confidence, box) if refused else Digit(value, confidence, box)
