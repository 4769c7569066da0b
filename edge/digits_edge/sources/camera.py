"""What every camera has in common, whatever it hangs on: it is opened, gives pictures, and is closed."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from digits_edge.frame import Pixels


class Shot(NamedTuple):
    pixels: Pixels
    captured: float  # time.monotonic() when it was taken, or at the latest when it arrived


class Camera(Protocol):
    """An open camera. One thread opens, reads and closes it."""

    def read(self) -> Shot | None:
        """The next picture, or None for one that came broken. Raises CameraError when no more come."""

    def close(self) -> None: ...


Opener = Callable[[], Camera]  # looks for the camera anew each time; raises CameraError where it is absent


class Wish(NamedTuple):
    """What a camera is asked for. It gives what it can, which its pictures tell."""

    width: int = 1280
    height: int = 720
    fps: float | None = None  # frames a second; None for the camera's own
