"""What the bytes of a file say of the image in them, before anything is decoded."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from digits_edge.exif import UPRIGHT, orientation


class Header(NamedTuple):
    kind: str  # "jpeg", "png", …; "" where the bytes are no image format known here
    width: int = 0  # pixels; 0 where only the decoder knows
    height: int = 0
    complete: bool = True  # False where the end of the image is missing
    orientation: int = UPRIGHT  # EXIF's, where the decoder doesn't apply it itself


def read_header(content: bytes) -> Header:
    """Format and size by the signatures of PNG (ISO 15948), JPEG (ITU-T T.81 annex B) and others."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"BM") and len(content) >= 26:
        width, height = struct.unpack("<ii", content[18:26])
        return Header("bmp", abs(width), abs(height))
    if content[4:8] == b"ftyp":
        return Header(_ISO_MEDIA.get(content[8:12], "video"))
    if content.startswith(b"RIFF"):
        return _riff(content)
    return Header(next((kind for magic, kind in _SIGNATURES if content.startswith(magic)), ""))


_ISO_MEDIA = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), "heic"),
    **dict.fromkeys((b"avif", b"avis"), "avif"),
}

_SIGNATURES = (
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF", "pdf"),
    (b"GIF8", "gif"),
    (b"\x1aE\xdf\xa3", "video"),  # Matroska and WebM
    (b"\0\0\0\x0cjP  ", "jpeg2000"),
    (b"\x76\x2f\x31\x01", "exr"),
    (b"#?RADIANCE", "hdr"),
    *((b"P%d" % n, "pnm") for n in range(1, 8)),
    (b"<svg", "svg"),
    (b"<?xml", "svg"),
)


def _png(content: bytes) -> Header:
    if len(content) < 24:
        return Header("png", complete=False)
    width, height = struct.unpack(">II", content[16:24])
    turned, ended = UPRIGHT, False
    for name, data in _chunks(content, 8, ">I4s", extra=4):  # a checksum behind each
        if name == b"eXIf":
            turned = orientation(data)
        ended = ended or name == b"IEND"
    return Header("png", width, height, ended, turned)


def _riff(content: bytes) -> Header:
    if content[8:12] == b"AVI ":
        return Header("video")
    if content[8:12] != b"WEBP":
        return Header("")
    exif = next((data for name, data in _chunks(content, 12, "<4sI") if name == b"EXIF"), b"")
    return Header("webp", orientation=orientation(exif.removeprefix(b"Exif\0\0")))


def _chunks(content: bytes, at: int, head: str, extra: int = 0) -> Iterator[tuple[bytes, bytes]]:
    """Name and data of the whole chunks from byte `at` on, by PNG's or RIFF's head of 8 bytes."""
    while at + 8 + extra <= len(content):
        one, other = struct.unpack(head, content[at : at + 8])
        name, size = (one, other) if isinstance(one, bytes) else (other, one)
        if at + 8 + size + extra > len(content):
            return
        yield name, content[at + 8 : at + 8 + size]
        padding = 0 if extra else size % 2  # RIFF's chunks begin at even bytes
        at += 8 + size + extra + padding


_START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN, _EXIF = 0xDA, 0xE1


def _jpeg(content: bytes) -> Header:
    width = height = 0
    turned = UPRIGHT
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _EXIF and content[at + 4 : at + 10] == b"Exif\0\0":
            turned = orientation(content[at + 10 : at + 2 + size])
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
        if marker == _START_OF_SCAN:
            # Within a scan 0xFF is always escaped, so this can only be the end of the image itself.
            return Header("jpeg", width, height, content.find(b"\xff\xd9", at) >= 0, turned)
        at += 2 + size
    return Header("jpeg", width, height, complete=False)
