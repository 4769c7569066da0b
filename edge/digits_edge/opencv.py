"""OpenCV, told its limits. Import `cv2` from here: it reads these settings only while it loads."""

import os

MAX_PIXELS = 100_000_000  # of an image; four bytes each is what a small Pi can still hold

for _name, _value in {
    "OPENCV_IO_MAX_IMAGE_PIXELS": str(MAX_PIXELS),
    "OPENCV_IO_MAX_IMAGE_WIDTH": str(MAX_PIXELS),
    "OPENCV_IO_MAX_IMAGE_HEIGHT": str(MAX_PIXELS),
    "OPENCV_LOG_LEVEL": "OFF",  # failures come back as return values, and we say them in our words
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    # OpenCV's own default, and no 1.4 s of watching an RTSP stream to guess a rate that nobody asks for.
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": "rtsp_transport;tcp|fpsprobesize;0",
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "3",  # seconds a stalled camera may block a read; default 10
}.items():
    os.environ.setdefault(_name, _value)

import cv2 as cv2  # noqa: E402, TID251
