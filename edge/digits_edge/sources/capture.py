"""Frames from what moves: video files, streams and cameras, through OpenCV."""

import os
from collections.abc import Iterator
from pathlib import Path

from digits_edge.errors import CameraError, InputError
from digits_edge.frame import Frame, Pixels
from digits_edge.opencv import cv2

OPEN_TIMEOUT_MS = 2000
READ_TIMEOUT_MS = 3000


def video_frames(name: str) -> Iterator[Frame]:
    """Every frame of a video file. Raises InputError for a file that gives none."""
    capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG)
    empty = True
    for frame in _frames(capture, name):
        empty = False
        yield frame
    if empty:  # OpenCV doesn't tell a broken file from its end
        raise InputError("no video frame in it; wanted a video that FFmpeg can play")


def stream_frames(address: str) -> Iterator[Frame]:
    """Every frame of a stream address, until it stops: then, and where there is none, a CameraError."""
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
        OPEN_TIMEOUT_MS,
        cv2.CAP_PROP_READ_TIMEOUT_MSEC,
        READ_TIMEOUT_MS,
    ]
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        raise CameraError("no stream answers there; check the address, and that its server is running")
    yield from _frames(capture, address)
    raise CameraError("the stream ended or stopped answering; start it again")


def camera_frames(camera: str) -> Iterator[Frame]:
    """Every frame of a V4L2 camera, `0` or `/dev/video0`, until it stops: then a CameraError."""
    device = f"/dev/video{camera}" if camera.isdigit() else camera
    # OpenCV answers the same for missing, forbidden and busy.
    if not Path(device).exists():
        raise CameraError(f"no camera at {device}; plug one in, or see: ls /dev/video*")
    if not os.access(device, os.R_OK | os.W_OK):
        raise CameraError(f"{device} may not be opened; run: sudo usermod -aG video $USER, and log in again")
    capture = cv2.VideoCapture(device, cv2.CAP_V4L2)
    if not capture.isOpened():
        raise CameraError(f"{device} gives no pictures; it's in use by another program, or no camera")
    yield from _frames(capture, camera)
    raise CameraError(f"{device} stopped answering; plug it in again")


def _frames(capture: cv2.VideoCapture, source: str) -> Iterator[Frame]:
    index = 0
    try:
        while True:
            ok, pixels = capture.read()
            if not ok:  # isOpened() stays true after an unplug
                return
            yield Frame(_usable(pixels), source, index)
            index += 1
    finally:
        capture.release()


def _usable(pixels: Pixels | None) -> Pixels:
    """Some drivers give one long line of bytes (opencv/opencv#27166); that is no picture."""
    if pixels is None or pixels.ndim not in (2, 3) or pixels.shape[0] == 1 < pixels.shape[1]:
        shape = None if pixels is None else pixels.shape
        raise CameraError(f"frames of the shape {shape}, which are no pictures; try another OpenCV release")
    return pixels
