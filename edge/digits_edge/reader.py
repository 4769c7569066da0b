"""The way of an image: frame → ink → blobs → glyphs → digits → numbers."""

import time
from dataclasses import dataclass, replace

import numpy as np

from digits_edge.blobs import MOST, Blob, Mask, find_blobs
from digits_edge.calibration import Probabilities, at_share
from digits_edge.classifier import Classifier
from digits_edge.company import MANY, share_of_digits
from digits_edge.doubt import is_doubtful, may_be_shaded, worth
from digits_edge.errors import InputError
from digits_edge.frame import Frame
from digits_edge.glyph import SIZE, Glyphs, Ink, to_glyph
from digits_edge.ground import on_their_ground
from digits_edge.ink import Page, to_page, with_boldest_ink, without_shadows
from digits_edge.joined import parts_of
from digits_edge.mended import mended
from digits_edge.numbers import numbers_of
from digits_edge.plausible import can_be_digit, without_folds, without_frames
from digits_edge.reading import Box, Digit, Reading, Rejected
from digits_edge.rows import in_rows
from digits_edge.rules import without_rules
from digits_edge.shaded import pieces_in_shade

ALIKE = 0.4  # log of the heights of digits that are one size
NEAR = 20  # pieces of ink that a digit and the squares around it make; a page of more has thin rules
SHADED = 100  # pieces, the largest: a page in grain has thousands, none of them a shadow


@dataclass(frozen=True, slots=True)
class Steps:
    """Everything between a frame and its reading, for those who want to look."""

    frame: Frame
    page: Page
    ruleless: Ink  # the page's, without the rules of its paper
    mask: Mask
    blobs: list[Blob]  # in reading order, boxes within the region of interest
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
        steps = self._best_look(frame, self.region(frame))
        elapsed = (time.perf_counter() - started) * 1000
        age = None if frame.captured is None else (time.monotonic() - frame.captured) * 1000
        return replace(steps, reading=replace(steps.reading, elapsed_ms=elapsed, frame_age_ms=age))

    def _best_look(self, frame: Frame, region: Box) -> Steps:
        """The page as it reads best; a second look is taken only where the first one leaves doubt."""
        pixels = frame.pixels[region.y : region.bottom, region.x : region.right]
        looks = [self._page_steps(frame, region, to_page(pixels))]
        page = looks[0].page
        settled = looks[0].reading.numbers and len(looks[0].blobs) == 1
        if page.light_on_dark and not settled:
            # A sheet on a large dark table looks like a board with chalk on it: what is read decides.
            looks.append(self._page_steps(frame, region, to_page(pixels, light_on_dark=False)))
        steps = max(looks, key=_worth)
        if is_doubtful(steps.reading):
            # A digit or two between shadows, broad rules and what shows through the paper.
            equal = [look for look in looks if _worth(look) == _worth(steps)]
            for look in equal:
                bold, near = with_boldest_ink(look.page), len(look.blobs) <= NEAR
                steps = max(steps, self._page_steps(frame, region, bold, all_bars=near), key=_worth)
        if page.unsure and not page.light_on_dark and not steps.reading.numbers:
            # A board with little on it looks like a table with a sheet far off, on which much is no digit.
            light = self._page_steps(frame, region, to_page(pixels, light_on_dark=True))
            steps = steps if is_doubtful(light.reading) else max(steps, light, key=_worth)
        if may_be_shaded(steps.reading, steps.blobs, region, steps.page.ink.shape):
            lit = self._page_steps(frame, region, without_shadows(steps.page))
            steps = max(steps, lit, key=_worth)
        return steps

    def _page_steps(self, frame: Frame, region: Box, page: Page, *, all_bars: bool = False) -> Steps:
        ruleless = without_rules(page.ink, all_bars=all_bars)
        mask, found = find_blobs(ruleless)
        blobs = [found[i] for row in in_rows([blob.box for blob in found]) for i in row]
        blobs, glyphs, probabilities = self._one_a_digit(blobs, ruleless)
        digits, rejected = self._in_company(blobs, probabilities, page, frame, region)
        share = share_of_digits(digits, rejected)
        taught = self.classifier.card.calibration.digits
        if taught is not None and share > taught:
            probabilities = at_share(probabilities, share, taught)
            digits, rejected = self._in_company(blobs, probabilities, page, frame, region)
        digits, rejected = without_folds(digits, rejected, page, mask, region)
        numbers, rejected = numbers_of(digits, rejected)
        reading = Reading(
            frame.source,
            frame.index,
            frame.time,
            frame.width,
            frame.height,
            tuple(numbers),
            tuple(rejected),
            elapsed_ms=0.0,  # known when all is done
        )
        return Steps(frame, page, ruleless, mask, blobs, glyphs, probabilities, reading)

    def _one_a_digit(self, blobs: list[Blob], ink: Ink) -> tuple[list[Blob], Glyphs, Probabilities]:
        """Blobs, glyphs and probabilities: pieces of a digit put together, several digits taken apart."""
        glyphs, probabilities = self._classified(blobs)
        whole = mended(blobs, probabilities, self._accept, self.classifier.probabilities)
        if whole is not blobs:
            glyphs, probabilities = self._classified(whole)
        parted = self._parted(whole, probabilities, ink)
        if parted is not whole:
            glyphs, probabilities = self._classified(parted)
        return parted, glyphs, probabilities

    def _parted(self, blobs: list[Blob], probabilities: Probabilities, ink: Ink) -> list[Blob]:
        """The blobs, with what is no digit but has some in it taken apart; the same list where nothing is."""
        unsure = probabilities[:, :10].max(axis=1) < self._accept
        heights = np.array([blob.box.height for blob in blobs])
        areas = np.where(unsure, [blob.ink.size for blob in blobs], 0)
        largest = set(np.argsort(-areas, kind="stable")[:SHADED])
        found: dict[int, list[Blob]] = {}
        room = MOST - len(blobs)
        for place in np.flatnonzero(unsure):
            blob = blobs[place]
            # Only where most of what is as tall as it are digits: letters can be cut into digits, too.
            alike = np.abs(np.log(heights / blob.box.height)) < ALIKE
            parts: list[Blob] = []
            if (alike & ~unsure).sum() >= max(2, (alike & unsure).sum()):
                parts = parts_of(blob, self.classifier.probabilities)
            if not parts and place in largest:
                parts = pieces_in_shade(ink, blob, self.classifier.probabilities)
            if parts and len(parts) <= room:
                found[place] = parts
                room -= len(parts)
        if not found:
            return blobs
        return [part for place, blob in enumerate(blobs) for part in found.get(place, [blob])]

    def _classified(self, blobs: list[Blob]) -> tuple[Glyphs, Probabilities]:
        glyphs = _glyphs(blobs)
        return glyphs, self.classifier.probabilities(glyphs)

    @property
    def _accept(self) -> float:
        accept = self.min_confidence
        return self.classifier.card.calibration.accept if accept is None else accept

    def region(self, frame: Frame) -> Box:
        """The part of the frame that is read. Raises InputError where it is outside."""
        if self.roi is None:
            return Box(0, 0, frame.width, frame.height)
        x, y = self.roi.x, self.roi.y
        if x >= frame.width or y >= frame.height:
            raise InputError(
                f"the region of interest starts at {x},{y}, outside its {frame.width}×{frame.height} "
                "pixels; choose another --roi"
            )
        return Box(x, y, min(self.roi.width, frame.width - x), min(self.roi.height, frame.height - y))

    def _in_company(
        self, blobs: list[Blob], probabilities: Probabilities, page: Page, frame: Frame, region: Box
    ) -> tuple[list[Digit], list[Rejected]]:
        digits, rejected = without_frames(*self._judged(blobs, probabilities, page, region))
        pixels = frame.pixels[region.y : region.bottom, region.x : region.right]
        return on_their_ground(digits, rejected, pixels, page.light_on_dark, region)

    def _judged(
        self, blobs: list[Blob], probabilities: Probabilities, page: Page, origin: Box
    ) -> tuple[list[Digit], list[Rejected]]:
        digits, rejected = [], []
        few = len(blobs) <= MANY
        for blob, row in zip(blobs, probabilities, strict=True):
            value = int(row[:10].argmax())  # the lower one of a tie
            confidence = float(row[value])
            box = blob.box.moved(origin.x, origin.y)
            if confidence < self._accept or not can_be_digit(value, blob, page, few):
                rejected.append(Rejected(confidence, box))
            else:
                digits.append(Digit(value, confidence, box))
        return digits, rejected


def _worth(steps: Steps) -> float:
    return worth(steps.reading, len(steps.blobs), steps.page.ink.shape)


def _glyphs(blobs: list[Blob]) -> Glyphs:
    return np.array([to_glyph(blob.ink) for blob in blobs], np.uint8).reshape(-1, SIZE, SIZE)
