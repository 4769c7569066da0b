"""Frames from video files, through OpenCV."""

from collections.abc import Iterator
from pathlib import Path

from digits_edge.errors import InputError
from digits_edge.frame import Frame
from digits_edge.opencv import cv2


def in_utf8(name: str) -> str:
    """`name`, or an InputError: other bytes in a name end OpenCV, and Python with it."""
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise InputError("its name isn't UTF-8, as video needs it; rename it") from error
    return name


def video_frames(name: str) -> Iterator[Frame]:
    """Every frame of a video file. Raises InputError for a file that gives none."""
    # FFmpeg takes what stands before a colon for a protocol, unless a slash comes first.
    capture = cv2.VideoCapture(in_utf8(str(Path(name).absolute())), cv2.CAP_FFMPEG)
    index = 0
    try:
        while True:
            ok, pixels = capture.read()
            if not ok:
                break
            yield Frame(pixels, name, index)
            index += 1
    finally:
        capture.release()
    if not index:  # OpenCV doesn't tell a broken file from its end
        raise InputError("no video frame in it; wanted a video that FFmpeg can play")
