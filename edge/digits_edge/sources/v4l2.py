"""The cameras that Linux knows (V4L2), asked what they are without starting them.

The structures are those of linux/videodev2.h, which are the same on every 64-bit machine.
"""

import fcntl
import os
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

# Direction (2 answers, 3 asks and answers), size of the argument, group, number: asm-generic/ioctl.h.
QUERYCAP = 2 << 30 | 104 << 16 | ord("V") << 8 | 0
ENUM_FMT = 3 << 30 | 64 << 16 | ord("V") << 8 | 2
ENUM_FRAMESIZES = 3 << 30 | 44 << 16 | ord("V") << 8 | 74

VIDEO_CAPTURE, VIDEO_CAPTURE_MPLANE = 0x1, 0x1000
VIDEO_M2M_MPLANE, VIDEO_M2M = 0x4000, 0x8000  # codecs
STREAMING, IO_MC = 0x04000000, 0x20000000  # IO_MC: a piece of a pipeline, useless on its own
DEVICE_CAPS = 0x80000000  # the node's own capabilities are told beside the whole device's
DISCRETE = 1

# Nodes of a Pi's ribbon cameras and image processor, which only libcamera can drive.
PIPELINES = {"unicam", "bcm2835-isp", "rp1-cfe", "pispbe"}

Ioctl = Callable[[int, int, bytes], bytes]


class Size(NamedTuple):
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"


class Node(NamedTuple):
    """A device file that gives pictures."""

    device: str  # /dev/video0
    name: str
    bus: str  # where it is plugged in: usb-0000:01:00.0-1.2
    formats: tuple[str, ...]  # four letters each: MJPG, YUYV
    sizes: tuple[Size, ...]  # the largest first; of a range its ends


def capture_nodes(folder: Path = Path("/dev")) -> Iterator[Node]:
    """The cameras that may be opened, by the numbers of their files; no metadata, codec or pipeline nodes."""
    for device in sorted(folder.glob("video*"), key=_number):
        try:
            node = query(str(device))
        except OSError:  # gone, forbidden, or no video device
            continue
        if node:
            yield node


def query(device: str, ioctl: Ioctl = fcntl.ioctl) -> Node | None:
    """What a device file says of itself, or None where it gives no pictures. Raises OSError."""
    file = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    try:
        driver, card, bus, _, capabilities, own = struct.unpack(
            "16s32s32sIII12x", ioctl(file, QUERYCAP, bytes(104))
        )
        kind = _kind(own if capabilities & DEVICE_CAPS else capabilities)
        if not kind or _text(driver) in PIPELINES:
            return None
        formats = list(_formats(file, kind, ioctl))
        sizes = {size for code in formats for size in _sizes(file, code, ioctl)}
    finally:
        os.close(file)
    if not formats:
        return None
    largest_first = sorted(sizes, key=lambda size: (-size.width * size.height, -size.width))
    # Without the top bit, which marks the big-endian twin of a format.
    names = dict.fromkeys(struct.pack("<I", code & 0x7FFFFFFF).decode("latin-1").strip() for code in formats)
    return Node(device, _text(card), _text(bus), tuple(names), tuple(largest_first))


def _kind(capabilities: int) -> int:
    """The buffer type that it gives pictures in, 0 where it gives none."""
    if not capabilities & STREAMING or capabilities & (VIDEO_M2M | VIDEO_M2M_MPLANE | IO_MC):
        return 0
    return (
        1 if capabilities & VIDEO_CAPTURE else 9 if capabilities & VIDEO_CAPTURE_MPLANE else 0
    )  # V4L2_BUF_TYPE_…


def _formats(file: int, kind: int, ioctl: Ioctl) -> Iterator[int]:
    for answer in _listed(file, ENUM_FMT, lambda index: struct.pack("II56x", index, kind), ioctl):
        yield struct.unpack_from("I", answer, 44)[0]


def _sizes(file: int, code: int, ioctl: Ioctl) -> Iterator[Size]:
    for answer in _listed(file, ENUM_FRAMESIZES, lambda index: struct.pack("II36x", index, code), ioctl):
        (kind,) = struct.unpack_from("I", answer, 8)
        if kind == DISCRETE:
            yield Size(*struct.unpack_from("II", answer, 12))
        else:  # from … to … in steps of …
            width, most_width, _, height, most_height, _ = struct.unpack_from("6I", answer, 12)
            yield Size(width, height)
            yield Size(most_width, most_height)
            return


def _listed(file: int, request: int, question: Callable[[int], bytes], ioctl: Ioctl) -> Iterator[bytes]:
    for index in range(256):  # a driver that never ends its list is not believed
        try:
            yield ioctl(file, request, question(index))
        except OSError:  # EINVAL: that was all; ENOTTY: it has no list
            return


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "replace")


def _number(device: Path) -> int:
    found = re.search(r"\d+$", device.name)
    return int(found[0]) if found else -1
