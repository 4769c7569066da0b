"""The Pi's ribbon cameras, on a stand-in with Picamera2's interface: no machine here has one."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digits_edge.errors import CameraError, MissingPackageError
from digits_edge.frame import Frame, Unreadable
from digits_edge.sources.camera import Wish
from digits_edge.sources.csi import CsiCamera, csi_cameras
from digits_edge.sources.found import found_cameras
from digits_edge.sources.named import frames_of_camera

STANDINS = Path(__file__).parents[1] / "standins"


@pytest.fixture
def on_a_pi(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.syspath_prepend(STANDINS)
    yield monkeypatch
    assert sys.modules.pop("picamera2").Picamera2.open_now == 0


def test_ribbon_cameras_stand_first_and_usb_ones_are_not_listed_twice(on_a_pi: pytest.MonkeyPatch) -> None:
    assert [camera.name for camera in csi_cameras()] == ["imx708", "ov5647"]
    assert [found.device for found in found_cameras()][:2] == ["csi:0", "csi:1"]


@pytest.mark.parametrize("name", ["0", "csi", "csi:1", "OV5647"])
def test_a_ribbon_camera_gives_frames_by_each_of_its_names(on_a_pi: pytest.MonkeyPatch, name: str) -> None:
    frames = frames_of_camera(name, Wish(640, 361, 15))
    frame, later = next(frames), next(frames)
    frames.close()  # type: ignore[attr-defined]
    assert isinstance(frame, Frame)
    assert isinstance(later, Frame)
    assert (frame.source, frame.width, frame.height) == (name, 640, 360)  # libcamera wants even sizes
    assert frame.captured
    assert later.captured
    assert frame.captured < later.captured < time.monotonic()


@pytest.mark.parametrize("name", ["csi:2", "7"])
def test_a_ribbon_camera_that_is_absent_is_told_with_those_that_are_there(
    on_a_pi: pytest.MonkeyPatch, name: str
) -> None:
    (item,) = frames_of_camera(name)
    assert isinstance(item, Unreadable)
    assert "imx708 (csi:0), 1 ov5647 (csi:1)" in item.error


@pytest.mark.parametrize("fault", ["busy", "size", "timeout"])
def test_what_libcamera_refuses_is_one_line_and_the_camera_is_closed(
    on_a_pi: pytest.MonkeyPatch, fault: str
) -> None:
    on_a_pi.setenv("PICAMERA2_FAULT", fault)
    (item,) = frames_of_camera("csi")
    assert isinstance(item, Unreadable)
    assert item.error.startswith("libcamera ")


def test_a_ribbon_camera_that_was_unplugged_is_an_error_of_the_camera(on_a_pi: pytest.MonkeyPatch) -> None:
    on_a_pi.setenv("PICAMERA2_FAULT", "absent")
    with pytest.raises(CameraError, match="can't open it"):
        CsiCamera(0, Wish())


@pytest.mark.skipif("picamera2" in sys.modules, reason="Picamera2 is installed here")
def test_without_picamera2_the_error_says_how_to_get_it() -> None:
    with pytest.raises(MissingPackageError, match=r"python3-picamera2.*--system-site-packages"):
        next(frames_of_camera("csi"))
