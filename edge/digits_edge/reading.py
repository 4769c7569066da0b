"""What was read: digits, the numbers they stand in, and what was refused. Boxes are source pixels."""

from dataclasses import dataclass
from datetime import datetime
from math import prod
from typing import NamedTuple


class Box(NamedTuple):
    x: int  # left edge
    y: int  # top edge
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def moved(self, x: int, y: int) -> "Box":
        return Box(self.x + x, self.y + y, self.width, self.height)

    def holds(self, other: "Box") -> bool:
        """Whether the other lies within this one and touches none of its sides."""
        left, top = self.x < other.x, self.y < other.y
        return left and top and self.right > other.right and self.bottom > other.bottom


def enclosing(boxes: list[Box]) -> Box:
    """The least box around all of `boxes`, which are not empty."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


@dataclass(frozen=True, slots=True)
class Digit:
    value: int  # 0 to 9
    confidence: float  # 0 to 1, calibrated probability of being right
    box: Box


@dataclass(frozen=True, slots=True)
class Rejected:
    """Ink that is no digit, or none that the network is sure enough of."""

    confidence: float  # of the digit it resembles most; 0 where it was too small to ask
    box: Box


@dataclass(frozen=True, slots=True)
class Stable:
    """A number that the latest frames of a camera agree on."""

    text: str
    confidence: float  # mean of the frames that read it so
    since: datetime  # of the frame with which they agreed
    box: Box  # where it was read last


@dataclass(frozen=True, slots=True)
class Number:
    digits: tuple[Digit, ...]  # left to right, at least one
    stable: Stable | None = None  # what stands there, whatever this frame alone reads

    @property
    def text(self) -> str:
        return "".join(str(digit.value) for digit in self.digits)

    @property
    def confidence(self) -> float:
        """That all of its digits are right, taking their errors as independent."""
        return prod(digit.confidence for digit in self.digits)

    @property
    def box(self) -> Box:
        return enclosing([digit.box for digit in self.digits])


@dataclass(frozen=True, slots=True)
class Reading:
    source: str
    frame: int
    time: datetime
    width: int  # of the frame, pixels
    height: int
    numbers: tuple[Number, ...]  # rows from the top, left to right
    rejected: tuple[Rejected, ...]
    elapsed_ms: float  # from decoded frame to reading
    frame_age_ms: float | None = None  # from the moment a camera took it to its reading
    turned: int | None = None  # degrees clockwise before it was read; None where nobody asked for a turn
    values: tuple[Stable, ...] | None = None  # of a camera: all that hold, hidden ones too, in reading order

    @property
    def digits(self) -> list[Digit]:
        """Those of all numbers, in reading order."""
        return [digit for number in self.numbers for digit in number.digits]
