"""Stands in for Picamera2 0.3, with the names, arguments, answers and errors of its real interface.

Put this folder on the path and `from picamera2 import Picamera2` finds it. No machine that runs the tests
has a ribbon camera. The environment variable PICAMERA2_FAULT makes it fail: absent, busy, size, timeout.
"""

import os
import time

import numpy as np

from drawn import ink_of, on_paper

CAMERAS = [
    {
        "Model": "imx708",
        "Location": 2,
        "Rotation": 180,
        "Id": "/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a",
    },
    {"Model": "ov5647", "Location": 2, "Rotation": 0, "Id": "/base/axi/pcie@120000/rp1/i2c@80000/ov5647@36"},
    {"Model": "HD Webcam", "Id": "/base/axi/pcie@120000/rp1/usb@200000-1:1.0-046d:0825"},
]
for _place, _info in enumerate(CAMERAS):
    _info["Num"] = _place


def fault() -> str:
    return os.environ.get("PICAMERA2_FAULT", "")


class CompletedRequest:
    def __init__(self, camera: "Picamera2") -> None:
        self._camera = camera
        self._released = False

    def make_array(self, name: str) -> np.ndarray:
        assert not self._released
        width, height = self._camera.config[name]["size"]
        assert self._camera.config[name]["format"] == "RGB888"  # BGR in memory
        page = np.full((height, width, 3), 230, np.uint8)
        digits = on_paper(ink_of("42", height=height // 3))[:, :width, np.newaxis]
        page[: digits.shape[0], : digits.shape[1]] = digits
        return page

    def get_metadata(self) -> dict[str, int]:
        assert not self._released
        return {"SensorTimestamp": time.clock_gettime_ns(time.CLOCK_BOOTTIME) - 20_000_000}

    def release(self) -> None:
        assert not self._released, "CompletedRequest: lock now has negative ref_count"
        self._released = True


class Picamera2:
    open_now = 0  # cameras that are acquired

    @staticmethod
    def global_camera_info() -> list[dict]:
        return [] if fault() == "absent" else CAMERAS

    def __init__(self, camera_num=0, verbose_console=None, tuning=None, allocator=None) -> None:
        if camera_num >= len(self.global_camera_info()):
            raise IndexError("list index out of range")
        if fault() == "busy":
            raise RuntimeError("Camera __init__ sequence did not complete.")
        self.camera_num, self.config, self.started, self.closed = camera_num, None, False, False
        Picamera2.open_now += 1

    def create_video_configuration(
        self,
        main={},
        lores=None,
        raw={},
        transform=None,
        colour_space=None,
        buffer_count=6,
        controls={},
        display="main",
        encode="main",
        queue=True,
    ) -> dict:
        return {"main": main, "controls": controls, "buffer_count": buffer_count, "queue": queue}

    def configure(self, camera_config="preview") -> None:
        size = camera_config["main"]["size"]
        if type(size) is not tuple or size[0] % 2 or size[1] % 2:
            raise RuntimeError("width and height should be even")
        if fault() == "size":
            raise RuntimeError("Failed to configure camera")
        self.config = camera_config

    def start(self, config=None, show_preview=False) -> None:
        assert self.config
        self.started = True

    def capture_request(self, wait=None, signal_function=None, flush=None) -> CompletedRequest:
        assert self.started
        time.sleep(0.01)
        if fault() == "timeout":
            raise TimeoutError
        return CompletedRequest(self)

    def stop(self) -> None:
        self.started = False

    def close(self) -> None:
        assert not self.closed
        self.closed = True
        Picamera2.open_now -= 1
