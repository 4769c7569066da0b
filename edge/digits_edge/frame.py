"""What a source hands on: one picture, with its name and time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # (height, width, 3) blue, green, red, or (height, width) grey


@dataclass(frozen=True, slots=True)
class Frame:
    pixels: Pixels
    source: str  # the file, address or camera, as the user named it
    index: int = 0  # counts from 0 within a video, stream or camera
    time: datetime = field(default_factory=lambda: datetime.now(UTC))
    captured: float | None = None  # time.monotonic() when a camera took it; None where nobody waits for it

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that gave no frame, so that the others can still be read."""

    source: str
    error: str  # one line
    index: int = 0
    time: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Away:
    """A camera that gives nothing for now and is asked again: told when it goes and at every attempt."""

    source: str
    reason: str  # one line
    time: datetime = field(default_factory=lambda: datetime.now(UTC))
