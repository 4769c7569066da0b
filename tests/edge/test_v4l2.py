"""What V4L2 drivers answer to query ioctls, recorded or laid out as linux/videodev2.h says."""

import errno
import os
import struct
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from digits_edge.sources.v4l2 import ENUM_FMT, ENUM_FRAMESIZES, QUERYCAP, Node, Size, capture_nodes, query

Ioctl = Callable[[int, int, bytes], bytes]

# Of Linux 6.1's vivid, cut down to one format and three sizes.
VIVID = {
    (QUERYCAP, bytes(8)): (
        "76697669640000000000000000000000"
        "7669766964000000000000000000000000000000000000000000000000000000"
        "706c6174666f726d3a76697669642d3030300000000000000000000000000000"
        "c00106000500238505002305000000000000000000000000"
    ),
    (ENUM_FMT, struct.pack("II", 0, 1)): (
        "0000000001000000e00100005955595620343a323a3200000000000000000000"
        "0000000000000000000000005955595600000000000000000000000000000000"
    ),
    (ENUM_FRAMESIZES, b"\0\0\0\0YUYV"): (
        "00000000595559560100000040010000b4000000000000000000000000000000000000000000000000000000"
    ),
    (ENUM_FRAMESIZES, b"\1\0\0\0YUYV"): (
        "0100000059555956010000008002000068010000000000000000000000000000000000000000000000000000"
    ),
    (ENUM_FRAMESIZES, b"\2\0\0\0YUYV"): (
        "02000000595559560100000080020000e0010000000000000000000000000000000000000000000000000000"
    ),
}


def replay(answers: dict[tuple[int, bytes], str]) -> Ioctl:
    def ioctl(_: int, request: int, argument: bytes) -> bytes:
        answer = answers.get((request, argument[:8]))
        if answer is None:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        assert len(bytes.fromhex(answer)) == len(argument)
        return bytes.fromhex(answer)

    return ioctl


CAPTURE, MULTI_PLANE, STREAMING, TOLD = 0x1, 0x1000, 0x04000000, 0x80000000


def device(
    *,
    driver: str = "uvcvideo",
    card: bytes = b"HD Webcam: HD Webcam",
    capabilities: int = CAPTURE | STREAMING | TOLD,
    own: int = CAPTURE | STREAMING,
    formats: Sequence[str] = ("MJPG",),
    sizes: str = "",
) -> Ioctl:
    """A driver's answers, laid out by hand."""
    kind = 9 if own & MULTI_PLANE else 1
    bus = b"usb-0000:01:00.0-1.2"
    capability = struct.pack("16s32s32s6I", driver.encode(), card, bus, 6, capabilities, own, 0, 0, 0)
    answers = {(QUERYCAP, bytes(8)): capability.hex()}
    for index, name in enumerate(formats):
        code = name.encode()
        answers[ENUM_FMT, struct.pack("II", index, kind)] = struct.pack(
            "3I32s4s16x", index, kind, 0, b"", code
        ).hex()
        if sizes:
            answers[ENUM_FRAMESIZES, bytes(4) + code] = sizes
    return replay(answers)


def test_a_driver_s_recorded_answers_are_understood() -> None:
    node = query(os.devnull, replay(VIVID))
    assert node == Node(
        os.devnull,
        "vivid",
        "platform:vivid-000",
        ("YUYV",),
        (Size(640, 480), Size(640, 360), Size(320, 180)),
    )


def test_the_numbers_of_the_ioctls_are_those_of_the_kernel() -> None:
    assert [QUERYCAP, ENUM_FMT, ENUM_FRAMESIZES] == [0x80685600, 0xC0405602, 0xC02C564A]


def test_a_range_of_sizes_is_told_by_its_ends() -> None:
    stepwise = struct.pack("3I6I8x", 0, 0, 3, 32, 1920, 2, 32, 1080, 2).hex()
    node = query(os.devnull, device(sizes=stepwise))
    assert node
    assert node.sizes == (Size(1920, 1080), Size(32, 32))


def test_a_name_that_is_no_text_harms_nothing() -> None:
    node = query(os.devnull, device(card=b"C\xe9" + b"x" * 30))
    assert node
    assert node.name == "C\ufffd" + "x" * 30


def test_a_multi_planar_camera_counts() -> None:
    assert query(os.devnull, device(own=MULTI_PLANE | STREAMING))


NO_CAMERAS = {
    "metadata": device(own=0x00800000 | STREAMING),
    "codec": device(driver="bcm2835-codec", own=0x4000 | STREAMING),
    "output": device(own=0x2 | STREAMING),
    "image processor": device(driver="bcm2835-isp"),
    "raw ribbon camera": device(driver="unicam"),
    "piece of a pipeline": device(driver="other", own=CAPTURE | STREAMING | 0x20000000),
    "radio": device(own=0x10000),
    "nothing to give": device(formats=()),
}


@pytest.mark.parametrize("ioctl", NO_CAMERAS.values(), ids=NO_CAMERAS.keys())
def test_what_gives_no_pictures_is_left_out(ioctl: Ioctl) -> None:
    assert query(os.devnull, ioctl) is None


def test_files_that_are_no_devices_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "video0").write_bytes(b"")
    (tmp_path / "video1").symlink_to(tmp_path / "gone")
    assert list(capture_nodes(tmp_path)) == []
