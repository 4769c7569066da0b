"""Which way up a picture is read: turned by quarters before, and its boxes turned back after."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from digits_edge.frame import Frame, Pixels
from digits_edge.reader import Reader, Steps
from digits_edge.reading import Box, Digit, Reading

TURNS = (0, 90, 180, 270)  # degrees clockwise
TELLING = {2, 3, 4, 5, 7}  # 6 is 9 upside down, and 0, 1 and 8 are what they are
SURE = 0.8  # least confidence of a digit that tells
SEVERAL = 2.5  # of them tell a turn, each counted by its confidence
CLEARLY = 2.0  # times as many as any other way round: a 5 on its side may still be a 5
POOR = 0.9  # of all ink, taken as digits that are read for certain: more isn't looked at twice


def turned(pixels: Pixels, turn: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(pixels, -turn // 90))


def turned_back(box: Box, turn: int, width: int, height: int) -> Box:
    """A box of the turned picture in the picture as it was, `width` × `height` pixels."""
    x, y, wide, high = box
    match turn:
        case 90:
            return Box(y, height - x - wide, high, wide)
        case 180:
            return Box(width - x - wide, height - y - high, wide, high)
        case 270:
            return Box(width - y - high, x, high, wide)
        case _:
            return box


@dataclass(frozen=True, slots=True)
class TurnedReader:
    """Reads frames turned by `turn`, or turned so that they read best, and tells boxes of the source."""

    reader: Reader
    turn: int | None  # degrees clockwise; None to find out
    tell: Callable[[str], None]  # hears of every source that was found to be turned
    _settled: dict[str, int] = field(default_factory=dict)  # source → turn that was clear

    def steps(self, frame: Frame) -> Steps:
        started = time.perf_counter()
        turn = self._settled.get(frame.source) if self.turn is None else self.turn
        steps = self._found(frame) if turn is None else self._steps(frame, turn)
        elapsed_ms = (time.perf_counter() - started) * 1000
        reading = replace(steps.reading, elapsed_ms=elapsed_ms)
        if frame.captured is not None:
            reading = replace(reading, frame_age_ms=(time.monotonic() - frame.captured) * 1000)
        return replace(steps, reading=reading)

    def _found(self, frame: Frame) -> Steps:
        """As the frame is, unless that reads poorly and another way clearly better."""
        straight = self._steps(frame, 0)
        if not _is_poor(straight.reading):
            if _evidence(straight.reading) >= SEVERAL:
                self._settled[frame.source] = 0
            return straight
        ways = [straight, *(self._steps(frame, turn) for turn in TURNS[1:])]
        *_, second, best = sorted(ways, key=lambda steps: _evidence(steps.reading))
        if _evidence(best.reading) < max(SEVERAL, CLEARLY * _evidence(second.reading)):
            return straight
        turn = best.reading.turned or 0
        self._settled[frame.source] = turn
        if turn:
            self.tell(f"{frame.source}: stands askew, so it is read turned by {turn}°")
        return best

    def _steps(self, frame: Frame, turn: int) -> Steps:
        seen = replace(frame, pixels=turned(frame.pixels, turn))
        reader = self.reader
        if reader.roi:  # forth is back from where back would have come
            roi = turned_back(reader.region(frame), -turn % 360, seen.width, seen.height)
            reader = replace(reader, roi=roi)
        steps = reader.steps(seen)
        return replace(steps, frame=frame, reading=_as_it_was(steps.reading, turn, frame))


def _as_it_was(reading: Reading, turn: int, frame: Frame) -> Reading:
    def back(box: Box) -> Box:
        return turned_back(box, turn, frame.width, frame.height)

    def of_source(digit: Digit) -> Digit:
        return replace(digit, box=back(digit.box))

    return replace(
        reading,
        width=frame.width,
        height=frame.height,
        numbers=tuple(replace(n, digits=tuple(map(of_source, n.digits))) for n in reading.numbers),
        rejected=tuple(replace(refused, box=back(refused.box)) for refused in reading.rejected),
        turned=turn,
    )


def _is_poor(reading: Reading) -> bool:
    ink = len(reading.digits) + len(reading.rejected)
    return sum(digit.confidence for digit in reading.digits) < POOR * ink


def _evidence(reading: Reading) -> float:
    """How many digits stand in it that are digits only this way up, by their confidences."""
    return sum(d.confidence for d in reading.digits if d.value in TELLING and d.confidence >= SURE)
