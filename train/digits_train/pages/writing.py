"""What people write: numbers in rows, with words, signs and crossings-out among them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digits_edge.opencv import cv2
from digits_edge.reading import Box
from digits_train.images import Images
from digits_train.pages.noise import Surface
from digits_train.pages.paper import polyline
from digits_train.pages.pens import Pens
from digits_train.pages.scene import Pen, Placing, Points, Scene
from digits_train.pages.signs import HEIGHT, MARGIN, Mask, Sign, digit_sign
from digits_train.pages.strengths import Chance, Random
from digits_train.pages.words import mark, word

MOST_ROWS, MOST_NUMBERS = 7, 5  # of a page, of a row


@dataclass(frozen=True, slots=True)
class Written:
    """A digit of the page, as it is to be read."""

    value: int
    box: Box  # of its ink in the frame


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row runs, and how its writer leans."""

    left: float
    right: float
    foot: float  # of the row's middle
    climb: float  # per pixel
    bend: float  # pixels, at its middle
    lean: float  # per pixel of height

    def line(self, x: float) -> float:
        along = (x - self.left) / max(self.right - self.left, 1)
        return (
            self.foot - self.climb * (x - (self.left + self.right) / 2) + self.bend * 4 * along * (along - 1)
        )


class Writer:
    """Writes one page, row by row. Rows and the numbers in them are kept as they are to be read."""

    def __init__(self, scene: Scene, digits: Images, chance: Chance) -> None:
        self._scene, self._digits, self._chance = scene, digits, chance
        self._text = chance.stream("text")
        self._crowding, self._close = chance.of("crowding")
        self._dance, self._steps = chance.of("slant")
        self._signs, self._sign = chance.of("signs")
        self._words, self._word = chance.of("words")
        self._crossings, self._cross = chance.of("crossings")
        self._pens = Pens(chance, scene.height)
        self.rows: list[tuple[tuple[Written, ...], ...]] = []

    def write(self, area: Points, numbers: bool = True) -> None:
        """Fills some of the `area` with rows of numbers, or of words alone."""
        for row in self._laid_out(area):
            words_only = not numbers or self._word.random() < 0.35 * self._words
            self._pens.change()
            written = self._row(row, words_only)
            if written:
                self.rows.append(written)
        if numbers and not self.rows:
            self.rows.append(self._row(self._laid_out(area)[0], False))

    def _laid_out(self, area: Points) -> list[Row]:
        """Rows one below the other that don't meet, however they climb and bend."""
        tall, rng = self._scene.height, self._text
        (left, top), (right, foot) = area.min(axis=0), area.max(axis=0)
        climb = self._dance * self._steps.choice((-1, 1)) * self._steps.uniform(0.05, 0.2)
        bend = self._dance * self._steps.normal(0, 0.5) * tall
        wide = min(right - left, tall * rng.uniform(9, 24))
        rise = abs(climb) * wide / 2 + abs(bend)
        if 2 * rise > foot - top - 1.3 * tall:
            climb, bend = climb / 4, bend / 4
            rise = abs(climb) * wide / 2 + abs(bend)
        pitch = tall * rng.uniform(1.6, 2.3)
        room = foot - top - 2 * rise - 1.15 * tall
        count = int(np.clip(rng.integers(2, MOST_ROWS + 1), 1, 1 + max(0.0, room) // pitch))
        start = top + rise + 1.1 * tall + rng.uniform(0, 1) * max(0.0, room - (count - 1) * pitch)
        x = left + rng.uniform(0, 1) * (right - left - wide)
        lean = self._dance * self._steps.normal(0, 0.25)
        return [
            Row(
                x + rng.uniform(0, 0.08) * wide,
                x + wide,
                min(start + i * pitch, foot - rise),
                climb + self._dance * self._steps.normal(0, 0.008),
                bend,
                lean,
            )
            for i in range(count)
        ]

    def _row(self, row: Row, words_only: bool) -> tuple[tuple[Written, ...], ...]:
        """The numbers of a row, left to right; what else stands in it is written and forgotten."""
        tall, x, numbers = self._scene.height, row.left, []
        for place in range(int(self._text.integers(1, MOST_NUMBERS + 1))):
            if words_only or self._word.random() < (0.4 if place == 0 else 0.15) * self._words:
                x = self._lettered(row, x, word(self._word, self._words)) + tall * self._word.uniform(0.6, 1)
                if words_only:
                    continue
            if self._cross.random() < 0.3 * self._crossings:
                x = self._crossed_out(row, x) + tall * self._cross.uniform(0.6, 1.1)
            number, end = self._number(row, x, self._text)
            if not number:
                break
            numbers.append(number)
            if self._sign.random() < 0.9 * self._signs:
                end += tall * self._sign.uniform(0.15, 0.45)
                x = self._lettered(row, end, [mark(self._sign)]) + tall * self._sign.uniform(0.15, 0.45)
            else:
                x = end + tall * self._text.uniform(0.95, 1.7)
        return tuple(numbers)

    def _number(self, row: Row, x: float, rng: Random) -> tuple[tuple[Written, ...], float]:
        """A number from `x` on, as long as the row has room, and where it ends."""
        pen, written = self._pens.pen(), []
        for _ in range(int(rng.choice((1, 2, 3, 4, 5, 6), p=(0.15, 0.2, 0.25, 0.2, 0.12, 0.08)))):
            which = int(rng.integers(len(self._digits)))
            sign = digit_sign(self._digits.glyphs[which])
            scale = self._scene.height / HEIGHT * float(np.exp(rng.normal(0, 0.05 + 0.1 * self._dance)))
            if x + sign.width * scale > row.right:
                break
            put = self._scene.write(sign, self._placing(row, x, sign, scale), pen)
            if put is not None:
                box, cover = put
                seen = self._scene.digits[box.y : box.bottom, box.x : box.right]
                np.maximum(seen, _cropped(cover), out=seen)
                written.append(Written(int(self._digits.labels[which]), box))
            loose, tight = self._close.uniform(0.14, 0.4), self._close.uniform(-0.12, 0.06)
            gap = loose + (tight - loose) * min(1.0, 1.3 * self._crowding)
            x += sign.width * scale + max(gap * self._scene.height, pen.width * (0.9 - 1.5 * self._crowding))
        return tuple(written), x

    def _placing(self, row: Row, x: float, sign: Sign, scale: float) -> Placing:
        """From the sign's field to the sheet: its left end at `x`, its foot on the row's line."""
        middle = x + sign.width * scale / 2
        foot = row.line(middle) + self._dance * self._steps.normal(0, 0.08) * self._scene.height
        turn = np.arctan(row.line(middle - 1) - row.line(middle)) * -1 + self._dance * self._steps.normal(
            0, 0.08
        )
        lean = row.lean + self._dance * self._steps.normal(0, 0.06)
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        shape = spin @ np.array([[scale, -lean * scale], [0, scale]])
        anchor = np.array([MARGIN + sign.width / 2, sign.foot - HEIGHT / 2])
        at = np.array([middle, foot - scale * HEIGHT / 2])
        return np.column_stack([shape, at - shape @ anchor])

    def _lettered(self, row: Row, x: float, signs: Sequence[Sign]) -> float:
        """Signs that aren't digits, as far as the row has room; where they end."""
        pen = self._pens.pen()
        scale = self._scene.height / HEIGHT * float(np.exp(self._word.normal(-0.15, 0.2)))
        for sign in signs:
            if x + sign.width * scale > row.right:
                break
            printed = pen._replace(width=0.0) if sign.printed else pen
            self._scene.write(sign, self._placing(row, x, sign, scale), printed)
            x += sign.width * scale + 0.05 * self._scene.height
        return x

    def _crossed_out(self, row: Row, x: float) -> float:
        """A number that its writer took back: struck through, scribbled over, or blotted out."""
        rng, tall, pen = self._cross, self._scene.height, self._pens.pen()
        start = x
        for which in rng.integers(len(self._digits), size=int(rng.integers(1, 5))):
            sign = digit_sign(self._digits.glyphs[which])
            scale = tall / HEIGHT
            if x + sign.width * scale > row.right:
                break
            self._scene.write(sign, self._placing(row, x, sign, scale), pen)
            x += (sign.width + 8) * scale
        if x == start:
            return x
        middle = row.line((start + x) / 2) - tall / 2
        strokes = int(rng.integers(4, 7 + round((x - start) / tall * 3)))
        across = (
            np.linspace(start - 0.1 * tall, x + 0.1 * tall, strokes)
            if rng.random() < 0.6
            else (np.where(np.arange(strokes) % 2, start - 0.1 * tall, x + 0.1 * tall))
        )
        down = np.where(np.arange(strokes) % 2, -0.45, 0.45) * rng.uniform(0.3, 1.1, strokes) * tall
        self._line(np.column_stack([across, middle + down]), pen)
        return x

    def _line(self, points: Points, pen: Pen) -> None:
        seen = self._scene.view.seen(points)
        low = np.floor(seen.min(axis=0) - pen.width - 2).astype(int).clip(0)
        high = np.ceil(seen.max(axis=0) + pen.width + 2).astype(int).clip(None, self._scene.shape[::-1])
        if (high <= low).any():
            return
        cover = np.zeros((high - low)[::-1], np.uint8)
        polyline(cover, seen - low, max(1, round(pen.width)), 255)
        self._scene.stain(cover * np.float32(1 / 255), int(low[0]), int(low[1]), pen)


def _cropped(cover: Surface) -> Mask:
    x, y, width, height = cv2.boundingRect((cover > 0.15).astype(np.uint8))
    return np.asarray(cover[y : y + height, x : x + width] * 255, np.uint8)
