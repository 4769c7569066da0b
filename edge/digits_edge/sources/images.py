"""Frames from still images: files, folders of them, standard input."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from digits_edge.decode import decode
from digits_edge.errors import InputError
from digits_edge.files import is_there
from digits_edge.frame import Frame

# Those that only get a line of advice are listed, too: a skipped photograph helps nobody.
_READ = {".bmp", ".dib", ".jp2", ".jpe", ".jpeg", ".jpg", ".pbm", ".pgm", ".png", ".pnm", ".ppm"}
SUFFIXES = _READ | {".tif", ".tiff", ".webp", ".avif", ".gif", ".heic", ".heif", ".pdf"}

MAX_BYTES = 400 << 20  # of a file: 100 megapixels uncompressed, and some


def image_frames(file: BinaryIO, name: str) -> Iterator[Frame]:
    """The one image in an open file. Raises InputError, without its name, where there is none."""
    try:
        content = file.read(MAX_BYTES + 1)
    except OSError as error:  # a worn-out SD card, or a folder behind standard input
        raise InputError(f"can't be read ({error.strerror}); copy it again") from error
    if len(content) > MAX_BYTES:  # or an endless device
        raise InputError(f"more than {MAX_BYTES >> 20} MB; wanted an image: scale it down")
    yield Frame(decode(content), name)


def standard_input() -> Iterator[Frame]:
    """The one image that is piped in."""
    if sys.stdin is None:
        raise InputError("standard input is closed; pipe an image in")
    yield from image_frames(sys.stdin.buffer, "-")


def images_below(folder: Path, unlisted: Callable[[OSError], object] | None = None) -> Iterator[Path]:
    """Image files in the folder and its sub-folders, by name; hidden ones and pipes are left out.

    `unlisted` hears of folders that can't be looked into.
    """
    for here, folders, names in os.walk(folder, onerror=unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here) / name
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and not _waits(path):
                yield path


def _waits(path: Path) -> bool:
    """Whether opening it would wait for a writer, or never end; a broken link is told of later."""
    return is_there(path) and not os.path.isfile(path)  # noqa: PTH113  (which never raises)
