"""What --camera names: the list that its numbers count, and how to find the same camera again."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from digits_edge.errors import CameraError
from digits_edge.sources.album import FPS, Album
from digits_edge.sources.camera import Camera, Opener, Wish
from digits_edge.sources.capture import Stream, V4l2Camera
from digits_edge.sources.csi import CsiCamera, csi_cameras, picamera2
from digits_edge.sources.v4l2 import Size, capture_nodes

ALBUM = "album:"


class Found(NamedTuple):
    """A camera that is there."""

    device: str  # /dev/video0, or csi:0
    name: str
    bus: str  # where it is plugged in: a USB port, or a place in the device tree
    formats: tuple[str, ...] = ()  # libcamera makes any, of any size
    sizes: tuple[Size, ...] = ()
    number: int | None = None  # libcamera's; None of a V4L2 camera

    def __str__(self) -> str:
        return f"{self.name} ({self.device})"


def found_cameras() -> list[Found]:
    """The cameras that may be opened: ribbon cameras, then V4L2's by the numbers of their files."""
    ribbons = [
        Found(f"csi:{place}", ribbon.name, ribbon.place, number=ribbon.number)
        for place, ribbon in enumerate(csi_cameras())
    ]
    nodes = [Found(node.device, node.name, node.bus, node.formats, node.sizes) for node in capture_nodes()]
    return ribbons + nodes


def opener_of(camera: str, wish: Wish) -> Opener:
    """How to open the camera of this name: an address, album:PATH, a device, a number, a name or csi."""
    if "://" in camera:
        return lambda: Stream(camera)
    if camera.startswith(ALBUM):
        return Album(Path(camera.removeprefix(ALBUM)), wish.fps or FPS).open
    if camera.startswith("/"):
        return lambda: opened(Found(camera, camera, ""), wish)
    if camera == "csi" or camera.startswith("csi:"):
        picamera2()  # its absence is told now and for good
    return Finder(camera, found_cameras, lambda found: opened(found, wish)).open


def opened(found: Found, wish: Wish) -> Camera:
    if found.number is not None:
        return CsiCamera(found.number, wish)
    return V4l2Camera(found.device, wish)


class Finder:
    """Opens the camera that a number, a name or csi:N meant the first time, whatever its file is called now.

    Where another camera went, the numbers have moved; after an unplug the file may have another
    number. So the first time settles it: the same name, at the same place or at a new one.
    """

    def __init__(
        self, wanted: str, look: Callable[[], list[Found]], open_found: Callable[[Found], Camera]
    ) -> None:
        self._wanted = wanted
        self._look = look
        self._open = open_found
        self._first: Found | None = None
        self._others: set[str] = set()  # places of the cameras that weren't meant

    def open(self) -> Camera:
        there = self._look()
        found = self._again(there, self._first) if self._first else chosen(self._wanted, there)
        camera = self._open(found)
        if not self._first:
            self._others = {other.bus for other in there} - {found.bus}
        self._first = found
        return camera

    def _again(self, there: list[Found], first: Found) -> Found:
        same = [found for found in there if found.name == first.name and found.bus not in self._others]
        if not same:
            raise CameraError(f"{first.name} is gone; plug it in again")
        return next((found for found in same if found.bus == first.bus), same[0])


def chosen(wanted: str, there: list[Found]) -> Found:
    """The camera at a position, of a device, csi or a part of a name. Raises CameraError."""
    listed = ", ".join(f"{place} {found}" for place, found in enumerate(there)) or _none()
    if wanted.isdecimal():
        if int(wanted) < len(there):
            return there[int(wanted)]
        raise CameraError(f"no camera at position {wanted}; found: {listed}")
    wanted = "csi:0" if wanted == "csi" else wanted
    exact = [found for found in there if wanted in (found.device, found.name)]
    like = exact or [found for found in there if wanted.lower() in found.name.lower()]
    if not like:
        raise CameraError(f"no camera of this name; found: {listed}")
    if len(like) > 1:
        names = ", ".join(map(str, like))
        raise CameraError(f"{len(like)} cameras of this name: {names}; name one by its device")
    return like[0]


def _none() -> str:
    """None, and perhaps why."""
    if any(Path("/dev").glob("video*")):
        return "none that may be used; for USB cameras run: sudo usermod -aG video $USER, and log in again"
    return "none; plug one in, or see: ls /dev/video*"
