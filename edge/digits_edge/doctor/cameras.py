"""Cameras: which are there, and whether the one that is wanted may be opened."""

import os
from collections.abc import Iterator
from pathlib import Path

from digits_edge.doctor.check import Check, State
from digits_edge.errors import CameraError
from digits_edge.sources.camera import Wish
from digits_edge.sources.capture import check_usable
from digits_edge.sources.found import ALBUM, chosen, found_cameras, opener_of
from digits_edge.sources.named import without_password
from digits_edge.sources.v4l2 import query

DEVICES = Path("/dev")


def cameras(camera: str | None, folder: Path = DEVICES) -> Iterator[Check]:
    """What `camera` names, as --camera finds it, or else all that --list-cameras prints; and permissions.

    None is started, but a stream is asked for. Raises CameraError where `camera` can't be opened.
    """
    if camera is not None:
        yield Check("camera", State.OK, _wanted(camera))
        return
    there, closed = found_cameras(), forbidden(folder)
    if there:
        listed = ", ".join(f"{place} {found}" for place, found in enumerate(there))
        yield Check("camera", State.OK, listed)
    if closed:
        yield Check(
            "camera",
            State.NOTE if there else State.BAD,
            f"{', '.join(closed)} may not be opened",
            "run: sudo usermod -aG video $USER, and log in again",
        )
    elif not there:
        yield Check("camera", State.NOTE, "none", "plug one in, unless you read files or streams")


def forbidden(folder: Path) -> list[str]:
    """The video devices that this user may not open."""
    return [str(path) for path in sorted(folder.glob("video*")) if not os.access(path, os.R_OK | os.W_OK)]


def _wanted(camera: str) -> str:
    """The camera behind the name, in words. Raises CameraError where there is none."""
    open_camera = opener_of(camera, Wish())  # looks for Picamera2 and for albums
    if "://" in camera:
        open_camera().close()
        return f"{without_password(camera)} answers"
    if camera.startswith(ALBUM):
        return camera
    if not camera.startswith("/"):
        return f"{camera} is {chosen(camera, found_cameras())}"
    check_usable(camera)
    try:
        node = query(camera)
    except OSError as error:
        raise CameraError(
            f"{camera} is no camera ({error.strerror}); see: edge-digits --list-cameras"
        ) from error
    if node is None:
        raise CameraError(f"{camera} gives no pictures; see: edge-digits --list-cameras")
    return f"{node.name} ({camera})"
