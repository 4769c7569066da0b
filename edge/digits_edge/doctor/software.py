"""Python, the interpreter, numpy and OpenCV: whether they are there and fit together."""

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from digits_edge.doctor.check import Check, State, pip
from digits_edge.runtimes import installed_runtimes

TRIED = ((3, 11), (3, 13))  # the oldest and the newest Python that this was tried with
HEADLESS = "opencv-python-headless"
# Each is the folder cv2 in site-packages, and the last one installed has written into the others.
RIVALS = ("opencv-python", "opencv-contrib-python", "opencv-contrib-python-headless")
BOARD = Path("/proc/device-tree/model")


def machine() -> Check:
    """The Python and what it runs on."""
    found = f"Python {platform.python_version()} on {platform.machine()}"
    if BOARD.exists():
        found += f", {BOARD.read_text(encoding='utf-8').strip(chr(0))}"
    if sys.maxsize < 2**32:  # a 64-bit kernel may well run a 32-bit system
        return Check(
            "machine",
            State.NOTE,
            f"{found}, 32 bit: untested and unsupported",
            "install the 64-bit Raspberry Pi OS",
        )
    if not TRIED[0] <= sys.version_info[:2] <= TRIED[1]:
        return Check("machine", State.NOTE, f"{found}: this Python is untested", "use Python 3.11 to 3.13")
    return Check("machine", State.OK, found)


def interpreter(runtime: str | None) -> Check:
    """Which interpreters there are, and whether numpy suits the one that will be used."""
    installed = installed_runtimes()
    wanted = runtime or ("tflite-runtime" if sys.version_info < (3, 12) else "ai-edge-litert")
    if not installed or (runtime and runtime not in installed):
        there = ", ".join(installed) or "none"
        return Check("interpreter", State.BAD, f"{there} here, wanted {wanted}", pip(f"install {wanted}"))
    found = ", ".join(f"{name} {_version(name)}" for name in installed)
    if (runtime or installed[0]) == "tflite-runtime" and not _version("numpy").startswith("1."):
        return Check(
            "interpreter",
            State.BAD,
            f"{found}, which fails with numpy {_version('numpy')}",
            pip("install 'numpy<2'"),
        )
    return Check("interpreter", State.OK, found)


def numpy() -> Check:
    import numpy as np

    return Check("numpy", State.OK, np.__version__)


def opencv() -> Iterator[Check]:
    """Whether cv2 loads, and whether it is the only one."""
    rivals = [name for name in RIVALS if _version(name)]
    again = f"uninstall {' '.join(rivals)} {HEADLESS}, then install {HEADLESS} again"
    if rivals and _version(HEADLESS):
        yield Check(
            "OpenCV",
            State.BAD,
            f"{' and '.join(rivals)} beside {HEADLESS}: both are the folder cv2",
            pip(again),
        )
    try:
        from digits_edge.opencv import cv2
    except ImportError as error:  # no libGL: that is opencv-python on a bare machine
        remedy = pip(again if rivals else f"install --force-reinstall {HEADLESS}")
        yield Check("OpenCV", State.BAD, f"can't be loaded ({error})", remedy)
        return
    if cv2.__version__.startswith("4.11."):  # opencv/opencv#27166
        yield Check(
            "OpenCV",
            State.NOTE,
            f"{cv2.__version__}, whose frames are no pictures with some cameras",
            pip(f"install '{HEADLESS}!=4.11.*'"),
        )
    elif not rivals or not _version(HEADLESS):
        yield Check("OpenCV", State.OK, cv2.__version__)


def _version(package: str) -> str:
    """Its version, "" where it isn't installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
