"""Frames from video files, through OpenCV."""

from collections.abc import Iterator

from digits_edge.errors import InputError
from digits_edge.frame import Frame
from digits_edge.opencv import cv2


def video_frames(name: str) -> Iterator[Frame]:
    """Every frame of a video file. Raises InputError for a file that gives none."""
    capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG)
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
