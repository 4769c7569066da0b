"""Cameras through OpenCV: streams, and those that Linux knows (V4L2)."""

import os
import time
from pathlib import Path

from digits_edge.errors import CameraError, InputError
from digits_edge.frame import Pixels
from digits_edge.opencv import cv2
from digits_edge.sources.camera import Shot, Wish
from digits_edge.sources.v4l2 import query
from digits_edge.sources.videos import in_utf8

OPEN_TIMEOUT_MS = 2000
READ_TIMEOUT_MS = 3000
CLOCK_ERROR = 3.0  # seconds that a first picture may be old; further off, its driver uses another clock


class Stream:
    """A stream address (RTSP, motion JPEG over HTTP). Raises CameraError where no server answers."""

    def __init__(self, address: str) -> None:
        limits = [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            OPEN_TIMEOUT_MS,
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            READ_TIMEOUT_MS,
            cv2.CAP_PROP_N_THREADS,
            1,  # more decode no sooner: each holds a frame back
        ]
        try:
            self._capture = cv2.VideoCapture(in_utf8(address), cv2.CAP_FFMPEG, limits)
        except InputError as error:
            raise CameraError(str(error)) from error
        if not self._capture.isOpened():
            raise CameraError("no stream answers there; check the address, and that its server is running")

    def read(self) -> Shot | None:
        if not self._capture.grab():
            raise CameraError("the stream ended or stopped answering; check that its server is running")
        pixels = _picture(self._capture)
        return None if pixels is None else Shot(pixels, time.monotonic())

    def close(self) -> None:
        self._capture.release()


class V4l2Camera:
    """A camera by its device file. Raises CameraError where it is absent, forbidden or busy."""

    def __init__(self, device: str, wish: Wish) -> None:
        self._device = device
        check_usable(device)
        self._capture = cv2.VideoCapture(device, cv2.CAP_V4L2)
        if not self._capture.isOpened():
            raise CameraError(f"{device} gives no pictures; it's in use by another program, or no camera")
        if _offers_motion_jpeg(device):  # before the size: bare pixels fill a USB 2 port at 640×480
            self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, wish.width)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wish.height)
        if wish.fps:
            self._capture.set(cv2.CAP_PROP_FPS, wish.fps)
        # One to fill while the other is decoded: with a single one vivid lost a quarter of its frames.
        # More would keep nothing fresher, since our thread empties them all the time.
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 2)
        self._has_our_clock: bool | None = None  # not known before the first picture

    def read(self) -> Shot | None:
        if not self._capture.grab():
            raise CameraError(f"{self._device} stopped answering; check its cable and its power")
        now = time.monotonic()
        taken = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        if self._has_our_clock is None:  # decided once: later an old time is an old picture
            self._has_our_clock = abs(now - taken) < CLOCK_ERROR  # some drivers are ahead by a frame
        pixels = _picture(self._capture)
        return None if pixels is None else Shot(pixels, min(taken, now) if self._has_our_clock else now)

    def close(self) -> None:
        self._capture.release()


def check_usable(device: str) -> None:
    """Raises CameraError with the reason why a device can't be opened: OpenCV answers the same for all."""
    if not Path(device).exists():
        raise CameraError(f"no camera at {device}; plug one in, or see: edge-digits --list-cameras")
    if not os.access(device, os.R_OK | os.W_OK):
        raise CameraError(f"{device} may not be opened; run: sudo usermod -aG video $USER, and log in again")


def _offers_motion_jpeg(device: str) -> bool:
    try:
        node = query(device)
    except OSError:
        return False
    return node is not None and "MJPG" in node.formats


def _picture(capture: cv2.VideoCapture) -> Pixels | None:
    """The picture that was grabbed, or None where it can't be decoded: a bad cable garbles some."""
    ok, pixels = capture.retrieve()
    if not ok or pixels is None:
        return None
    if pixels.ndim not in (2, 3) or pixels.shape[0] == 1 < pixels.shape[1]:  # opencv/opencv#27166
        raise CameraError(
            f"frames of the shape {pixels.shape}, which are no pictures; try another OpenCV release"
        )
    return pixels
