"""The mark of signs that OpenCV 4 draws by strokes and OpenCV 5 in print."""

import pytest

from digits_edge.opencv import cv2

IN_PRINT = pytest.mark.xfail(
    cv2.__version__ >= "5", reason="OpenCV 5 draws it in print, some of which is read: README, Limits"
)
