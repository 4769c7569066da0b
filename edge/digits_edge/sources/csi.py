"""The Pi's ribbon cameras, through Picamera2 and libcamera, which only its system packages have.

No test machine has such a camera: this is tested against a stand-in with Picamera2's interface.
"""

import os
import time
from importlib.util import find_spec
from typing import Any, NamedTuple

from digits_edge.errors import CameraError, MissingPackageError
from digits_edge.sources.camera import Shot, Wish

READ_TIMEOUT = 3.0  # seconds


class CsiCamera:
    """A ribbon camera by its number in libcamera. Raises CameraError where it can't be started."""

    def __init__(self, number: int, wish: Wish) -> None:
        try:
            self._camera = picamera2()(number)
        except (RuntimeError, IndexError) as error:  # Picamera2's answers to busy and absent
            raise CameraError(
                f"libcamera can't open it ({error}); check its cable, and who uses it"
            ) from error
        try:
            controls = {"FrameRate": wish.fps} if wish.fps else {}
            main = {"size": (wish.width // 2 * 2, wish.height // 2 * 2), "format": "RGB888"}  # BGR in memory
            # queue=False: only pictures that begin after they are asked for, never one in store.
            self._camera.configure(
                self._camera.create_video_configuration(main=main, controls=controls, queue=False)
            )
            self._camera.start()
        except Exception as error:
            self._camera.close()
            raise CameraError(f"libcamera can't start it ({error}); try another --resolution") from error

    def read(self) -> Shot | None:
        try:
            request = self._camera.capture_request(wait=READ_TIMEOUT)
            try:
                pixels = request.make_array("main")
                taken = request.get_metadata().get("SensorTimestamp", 0) / 1e9
            finally:
                request.release()
        except Exception as error:  # a TimeoutError, or whatever libcamera throws
            raise CameraError(f"libcamera gives no picture ({error}); check its cable") from error
        now = time.monotonic()
        boot = time.clock_gettime(time.CLOCK_BOOTTIME)  # SensorTimestamp's clock counts a Pi's sleep, too
        return Shot(pixels, min(now, now - (boot - taken)) if taken else now)

    def close(self) -> None:
        try:
            self._camera.stop()
        finally:
            self._camera.close()


class Ribbon(NamedTuple):
    number: int  # libcamera's
    name: str  # the sensor's: imx708
    place: str  # in the device tree


def csi_cameras() -> list[Ribbon]:
    """The ribbon cameras, in Picamera2's order; none where Picamera2 isn't installed."""
    if find_spec("picamera2") is None:
        return []
    return [
        Ribbon(info.get("Num", place), info.get("Model", "camera"), info["Id"])
        for place, info in enumerate(picamera2().global_camera_info())
        if "/usb" not in info["Id"]  # libcamera knows USB cameras, too; those are V4L2's
    ]


def picamera2() -> Any:
    """Picamera2's class. Raises MissingPackageError where this environment can't import it."""
    os.environ.setdefault("LIBCAMERA_LOG_LEVELS", "*:ERROR")  # it greets at every start
    try:
        from picamera2 import Picamera2
    except (ImportError, ValueError) as error:  # ValueError: built for another numpy
        raise MissingPackageError(
            f"Picamera2 can't be loaded here ({error}); run: sudo apt install python3-picamera2, and make "
            "the environment with: python3 -m venv --system-site-packages"
        ) from error
    return Picamera2
