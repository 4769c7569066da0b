from collections.abc import Sequence

import pytest

from digits_edge.errors import CameraError
from digits_edge.sources.album import Album
from digits_edge.sources.camera import Camera, Wish
from digits_edge.sources.found import Finder, Found, chosen, opener_of
from digits_edge.sources.named import without_password

DESK = Found("/dev/video0", "HD Webcam C525", "usb-1")
DOOR = Found("/dev/video2", "HD Webcam C920", "usb-2")
RIBBON = Found("csi:0", "imx708", "i2c@88000", number=0)
THERE = [RIBBON, DESK, DOOR]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("0", RIBBON), ("2", DOOR), ("c920", DOOR), ("HD Webcam C525", DESK), ("csi:0", RIBBON)],
)
def test_a_camera_is_named_by_its_position_its_device_or_a_part_of_its_name(
    wanted: str, found: Found
) -> None:
    assert chosen(wanted, THERE) == found


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("3", "no camera at position 3; found: 0 imx708 (csi:0), 1 HD Webcam C525 (/dev/video0), 2"),
        ("doorbell", "no camera of this name; found: 0 imx708"),
        ("webcam", r"2 cameras of this name: HD Webcam C525 (/dev/video0), HD Webcam C920 (/dev/video2);"),
    ],
)
def test_a_camera_that_is_not_there_or_not_alone_names_the_others(wanted: str, message: str) -> None:
    with pytest.raises(CameraError) as caught:
        chosen(wanted, THERE)
    assert message in str(caught.value)


class Shelf:
    """Cameras that are plugged in and out; remembers what was opened."""

    def __init__(self, *there: Found) -> None:
        self.there: Sequence[Found] = there
        self.opened: list[str] = []

    def look(self) -> list[Found]:
        return list(self.there)

    def open(self, found: Found) -> Camera:
        self.opened.append(found.device)
        return Album.__new__(Album)


def test_a_camera_is_found_again_under_another_number_and_at_another_place() -> None:
    shelf = Shelf(DESK, DOOR)
    finder = Finder("1", shelf.look, shelf.open)
    finder.open()
    shelf.there = [DOOR._replace(device="/dev/video4"), DESK]  # positions and files have changed
    finder.open()
    shelf.there = [DESK, DOOR._replace(device="/dev/video6", bus="usb-3")]
    finder.open()
    assert shelf.opened == ["/dev/video2", "/dev/video4", "/dev/video6"]


def test_another_camera_never_takes_the_place_of_the_one_that_went() -> None:
    twin = DESK._replace(device="/dev/video2", bus="usb-2")
    shelf = Shelf(DESK, twin)
    finder = Finder("0", shelf.look, shelf.open)
    finder.open()
    shelf.there = [twin]
    with pytest.raises(CameraError, match="HD Webcam C525 is gone"):
        finder.open()
    shelf.there = [twin, DESK._replace(device="/dev/video3")]
    finder.open()
    assert shelf.opened == ["/dev/video0", "/dev/video3"]


def test_an_address_shows_no_password() -> None:
    assert without_password("rtsp://me:secret@cam:554/a?b@c") == "rtsp://me:…@cam:554/a?b@c"
    assert without_password("rtsp://cam:554/a") == "rtsp://cam:554/a"


def test_an_album_that_isn_t_there_is_an_error_of_the_camera() -> None:
    with pytest.raises(CameraError, match="no album"):
        opener_of("album:none", Wish())
