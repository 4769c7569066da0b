"""A folder of pictures or a video played as a camera, with a camera's faults where they are wanted."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from digits_edge.decode import decode
from digits_edge.errors import CameraError, InputError
from digits_edge.files import is_folder, is_there
from digits_edge.frame import Pixels
from digits_edge.sources.camera import Shot
from digits_edge.sources.images import images_below
from digits_edge.sources.videos import video_frames

FPS = 10.0
HOLD = 2.0  # seconds that a picture of a folder is shown, so that its reading can settle

Kind = Literal["drop", "stall", "repeat", "garbage"]


class Fault(NamedTuple):
    """From this frame on, for so many seconds, the camera is not itself.

    drop: it is unplugged. stall: it blocks. repeat: it gives the same picture, with the same time.
    garbage: it gives noise, and pictures that can't be decoded.
    """

    frame: int
    kind: Kind
    seconds: float


class Album:
    """A camera made of files, which plays for ever. `faults` come in the order of their frames.

    Raises CameraError where there is no album; `read` an InputError for a video that can't be played.
    """

    def __init__(
        self, path: Path, fps: float = FPS, hold: float = HOLD, faults: Sequence[Fault] = ()
    ) -> None:
        _check(path)
        self.frame = 0  # counts what was shown
        self.begun = self.over = 0  # faults
        self.over_since = 0.0  # time.monotonic() before the first picture after the last fault
        self._pictures = _pictures(path, max(1, round(hold * fps)))
        self._last: Shot | None = None
        self._interval = 1 / fps
        self._due = time.monotonic()
        self._faults = list(faults)
        self._until = 0.0  # the end of the present fault
        self._noise = np.random.default_rng(0)

    def open(self) -> "Album":
        """Itself, once it is there. Raises CameraError while it is unplugged."""
        if self._fault() == "drop":
            raise CameraError("the album is closed; wait until it is opened again")
        return self

    def read(self) -> Shot | None:
        fault = self._fault()
        if fault == "drop":
            raise CameraError("the album was closed; wait until it is opened again")
        if fault == "stall":
            time.sleep(max(0.0, self._until - time.monotonic()))
        self._pace()
        if fault == "repeat":
            return self._last
        if fault == "garbage":
            return self._garbage()
        pixels = next(self._pictures)
        self.frame += 1
        self._last = None if pixels is None else Shot(pixels, time.monotonic())
        return self._last

    def close(self) -> None:
        """Nothing: it goes on where it was."""

    def _fault(self) -> Kind | None:
        if not self._faults or self.frame < self._faults[0].frame:
            return None
        kind, seconds = self._faults[0][1:]
        now = time.monotonic()
        if not self._until:
            self._until = now + seconds
            self.begun += 1
        elif now >= self._until:
            self.over, self.over_since, self._until = self.over + 1, now, 0.0
            del self._faults[0]
            return self._fault()
        return kind

    def _pace(self) -> None:
        self._due = max(self._due + self._interval, time.monotonic() - self._interval)
        time.sleep(max(0.0, self._due - time.monotonic()))

    def _garbage(self) -> Shot | None:
        if self._last is None or self._noise.random() < 0.5:
            return None
        return Shot(self._noise.integers(0, 256, self._last.pixels.shape, np.uint8), time.monotonic())


def _check(path: Path) -> None:
    if not is_there(path):
        raise CameraError(f"no album at {path}; name a folder of images, or a video")
    if is_folder(path) and not any(images_below(path)):
        raise CameraError(f"no image in {path}; wanted JPEG or PNG files")


def _pictures(path: Path, shows: int) -> Iterator[Pixels | None]:
    """The pictures of a folder, each so many times, or of a video; then from the beginning.

    None stands for a file that can't be read.
    """
    while True:
        if not is_folder(path):
            yield from (frame.pixels for frame in video_frames(str(path)))
            continue
        for image in images_below(path):
            try:
                pixels = decode(image.read_bytes())
            except (InputError, OSError):
                pixels = None
            for _ in range(shows):
                yield pixels
