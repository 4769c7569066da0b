"""Counts the wrong numbers that a flickering camera reports, frame by frame and by what is stable.

A page of three numbers is filmed as a cheap camera would: with noise, a little shaking and blur, and
now and then glare, a jerk or a finger over it for a few frames. Each number changes every few seconds.
A value is late while it is the number that stood there before, wrong when it never stood there.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digits_edge.classifier import Classifier
from digits_edge.errors import DigitsError
from digits_edge.frame import Frame
from digits_edge.models import default_model
from digits_edge.opencv import cv2
from digits_edge.reader import Reader
from digits_edge.reading import Box
from digits_edge.stable import Tracker
from digits_train.strokes import Hand, write_digit

SIZE = (360, 480)  # height, width
ROWS = (30, 140, 250)  # tops of the numbers
HEIGHT = 60  # of a digit
STAYS = (6, 14)  # seconds that a number stands
TROUBLE = 0.06  # share of frames at which glare, a jerk or a finger begins

Rng = np.random.Generator
Picture = NDArray[np.float32]


class Shot(NamedTuple):
    frame: Frame
    there: list[str]  # the number of each row
    before: list[str]  # and the one that stood there until it
    since: list[float]  # seconds that it has stood there


class Counts(NamedTuple):
    numbers: int = 0
    raw: int = 0  # numbers that a frame alone read wrong, parts and invented ones included
    late: int = 0  # values that stood there before
    wrong: int = 0  # values that never did
    reported: int = 0
    slowest: float = 0.0  # seconds from a change to its value


def written(text: str, hand: Hand, rng: Rng) -> Picture:
    """Ink of a number, 0 to 1, one row high."""
    row = np.zeros((HEIGHT + 20, SIZE[1]), np.float32)
    x = 40
    for sign in text:
        ink = write_digit(int(sign), hand, HEIGHT, rng)
        spot = row[5 : 5 + ink.shape[0], x : x + ink.shape[1]]
        np.maximum(spot, ink[: spot.shape[0], : spot.shape[1]] / np.float32(255), out=spot)
        x += ink.shape[1] + 14
    return row


def film(seconds: float, rate: float, rng: Rng) -> Iterator[Shot]:
    hand = Hand.of(rng)
    there, before, until = [""] * 3, [""] * 3, [0.0] * 3
    start = [0.0] * 3
    cover = np.zeros(SIZE, np.float32)
    trouble, left = 0, 0
    for index in range(round(seconds * rate)):
        at = index / rate
        for place, top in enumerate(ROWS):
            if at >= until[place]:
                before[place], there[place] = there[place], str(rng.integers(100, 9999))
                start[place], until[place] = at, at + rng.uniform(*STAYS)
                cover[top : top + HEIGHT + 20] = written(there[place], hand, rng)
        if not left and rng.random() < TROUBLE / max(rate / 10, 1):
            trouble, left = int(rng.integers(3)), int(rng.integers(1, 4))
        pixels = filmed(cover, trouble if left else -1, rng)
        left = max(left - 1, 0)
        frame = Frame(pixels, "film", index, captured=at)
        yield Shot(frame, list(there), list(before), [at - began for began in start])


def filmed(cover: Picture, trouble: int, rng: Rng) -> NDArray[np.uint8]:
    height, width = SIZE
    shaken = np.array([[1, 0, rng.normal(0, 1.5)], [0, 1, rng.normal(0, 1.5)]], np.float32)
    picture = 205 - 150 * cv2.warpAffine(cover, shaken, (width, height))
    picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.6))
    if trouble == 0:  # glare
        y, x = np.mgrid[:height, :width]
        spot = np.exp(-((x - rng.uniform(0, width)) ** 2 + (y - rng.uniform(0, height)) ** 2) / 2 / 60**2)
        picture = picture + 230 * spot
    elif trouble == 1:  # a jerk
        picture = cv2.blur(picture, (int(rng.integers(9, 25)), 1))
    elif trouble == 2:  # a finger
        x, y = int(rng.uniform(0, width)), int(rng.uniform(0, height))
        picture = cv2.ellipse(picture.copy(), (x, y), (28, 160), rng.uniform(0, 180), 0, 360, 120.0, -1)
    picture = picture * rng.uniform(0.85, 1.1) + rng.normal(0, 6, SIZE)
    return np.clip(picture, 0, 255).astype(np.uint8)


def count(reader: Reader, seconds: float, rate: float, seed: int) -> Counts:
    tracker, counts, known = Tracker(), Counts(), [""] * 3
    for shot in film(seconds, rate, np.random.default_rng(seed)):
        assert shot.frame.captured is not None
        reading = tracker.follow(reader.read(shot.frame), shot.frame.captured)
        raw = sum(number.text != shot.there[row_of(number.box)] for number in reading.numbers)
        late = wrong = 0
        slowest = counts.slowest
        for value in reading.values or ():
            place = row_of(value.box)
            if value.text == shot.there[place]:
                if known[place] != value.text:
                    known[place], slowest = value.text, max(slowest, shot.since[place])
            elif value.text == shot.before[place]:
                late += 1
            else:
                wrong += 1
        counts = Counts(
            counts.numbers + len(reading.numbers),
            counts.raw + raw,
            counts.late + late,
            counts.wrong + wrong,
            counts.reported + len(reading.values or ()),
            slowest,
        )
    return counts


def row_of(box: Box) -> int:
    return min(range(3), key=lambda place: abs(ROWS[place] + HEIGHT / 2 - box.y - box.height / 2))


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench-stability", description=__doc__)
    parser.add_argument("--frames", type=int, default=1500, help="at each speed (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="(%(default)s)")
    chosen = parser.parse_args(arguments)
    reader = Reader(Classifier(default_model()))
    print("frames/s  read in frames  of these wrong  values reported  wrong  late  slowest change")
    for rate in (25.0, 10.0, 1.0):
        counts = count(reader, chosen.frames / rate, rate, chosen.seed)
        print(
            f"{rate:8g}  {counts.numbers:14}  {counts.raw:14}  {counts.reported:15}  {counts.wrong:5}"
            f"  {counts.late:4}  {counts.slowest:12.2f} s"
        )


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DigitsError as problem:
        sys.exit(f"scripts/bench-stability: {problem}")
