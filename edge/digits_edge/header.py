"""What the first bytes of a file say, before anything is decoded."""

import struct
from typing import NamedTuple


class Header(NamedTuple):
    kind: str  # "jpeg", "png", …; "" where the bytes are no image format known here
    width: int = 0  # pixels; 0 where only the decoder knows
    height: int = 0
    complete: bool = True  # False where the end of the image is missing


def read_header(content: bytes) -> Header:
    """Format and size by the signatures of PNG (ISO 15948), JPEG (ITU-T T.81 annex B) and others."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        if len(content) < 24:
            return Header("png", complete=False)
        width, height = struct.unpack(">II", content[16:24])
        return Header("png", width, height, complete=b"IEND" in content[-4096:])
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"BM") and len(content) >= 26:
        width, height = struct.unpack("<ii", content[18:26])
        return Header("bmp", abs(width), abs(height))
    if content[4:8] == b"ftyp":
        return Header(
            "avif" if content[8:12] in (b"avif", b"avis") else _ISO_MEDIA.get(content[8:12], "video")
        )
    if content.startswith(b"RIFF"):
        return Header({b"WEBP": "webp", b"AVI ": "video"}.get(content[8:12], ""))
    return Header(next((kind for magic, kind in _SIGNATURES if content.startswith(magic)), ""))


_ISO_MEDIA = dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), "heic")

_SIGNATURES = (
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF", "pdf"),
    (b"GIF8", "gif"),
    (b"\0\0\0\x0cjP  ", "jpeg2000"),
    (b"\x76\x2f\x31\x01", "exr"),
    (b"#?RADIANCE", "hdr"),
    *((b"P%d" % n, "pnm") for n in range(1, 8)),
    (b"<svg", "svg"),
    (b"<?xml", "svg"),
)

_START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN = 0xDA


def _jpeg(content: bytes) -> Header:
    width = height = 0
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
        if marker == _START_OF_SCAN:
            # Within a scan 0xFF is always escaped, so this can only be the end of the image itself.
            return Header("jpeg", width, height, complete=content.find(b"\xff\xd9", at) >= 0)
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return Header("jpeg", width, height, complete=False)
