"""Frames from still images: files, folders of them, standard input."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from digits_edge.decode import decode
from digits_edge.errors import InputError
from digits_edge.frame import Frame
from digits_edge.header import Header, read_header

# Those that only get a line of advice are listed, too: a skipped photograph helps nobody.
_READ = {".bmp", ".dib", ".jp2", ".jpe", ".jpeg", ".jpg", ".pbm", ".pgm", ".png", ".pnm", ".ppm"}
SUFFIXES = _READ | {".tif", ".tiff", ".webp", ".avif", ".gif", ".heic", ".heif", ".pdf"}


def image_frame(name: str) -> Frame:
    """The image in the file. Raises InputError, without its name, where there is none."""
    return Frame(decode(_read(name)), name)


def first_bytes(name: str) -> Header:
    """What the file's beginning says it is. Raises InputError as image_frame does."""
    return read_header(_read(name, 32))


def standard_input() -> Iterator[Frame]:
    """The one image that is piped in."""
    yield Frame(decode(sys.stdin.buffer.read()), "-")


def images_below(folder: Path) -> Iterator[Path]:
    """Image files in the folder and its sub-folders, by name; hidden ones are left out."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(here) / name


def _read(name: str, size: int = -1) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror}); check the path and its permissions") from error
