"""EXIF's orientation tag, for the formats in which OpenCV ignores it when asked for unchanged pixels."""

import struct

import numpy as np

from digits_edge.frame import Pixels

UPRIGHT = 1
_ORIENTATION = 0x0112  # the tag; its values are 1 to 8 (CIPA DC-008, section 4.6.4)


def orientation(tiff: bytes) -> int:
    """1 to 8 from an EXIF block, which is a little TIFF file; 1 where it says nothing sensible."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return UPRIGHT
    (at,) = struct.unpack(f"{order}I", tiff[4:8])
    (count,) = struct.unpack(f"{order}H", tiff[at : at + 2]) if at + 2 <= len(tiff) else (0,)
    for entry in range(at + 2, min(at + 2 + 12 * count, len(tiff) - 11), 12):
        tag, _, _, value = struct.unpack(f"{order}HHIH", tiff[entry : entry + 10])
        if tag == _ORIENTATION:
            return value if 1 <= value <= 8 else UPRIGHT
    return UPRIGHT


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """The pixels as they were seen: mirrored where the tag says so, then turned by quarters."""
    if orientation in (2, 4, 5, 7):
        pixels = pixels[:, ::-1]
    quarters = {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)  # anticlockwise
    return np.ascontiguousarray(np.rot90(pixels, quarters))
