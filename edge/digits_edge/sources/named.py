"""What a name on the command line stands for: the one door that every frame comes in by."""

import errno
import glob
import os
import re
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digits_edge.errors import CameraError, InputError
from digits_edge.files import is_folder, is_there
from digits_edge.frame import Away, Frame, Unreadable
from digits_edge.header import read_header
from digits_edge.sources.images import image_frames, images_below, standard_input
from digits_edge.sources.videos import video_frames

if TYPE_CHECKING:
    from digits_edge.sources.camera import Wish

VIDEO_SUFFIXES = {".avi", ".m4v", ".mjpeg", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ts", ".webm", ".wmv"}

Item = Frame | Unreadable | Away


def all_frames(names: Sequence[str], camera: str | None, wish: "Wish | None" = None) -> Generator[Item]:
    """The frames of every name, then the camera's."""
    for name in names:
        yield from frames_of(name)
    if camera is not None:
        yield from frames_of_camera(camera, wish)


def are_several(names: Sequence[str], camera: str | None) -> bool:
    """Whether more than one picture may come, so that each needs its source's name beside it."""
    return len(names) + (camera is not None) > 1 or any(_stands_for_many(name) for name in names)


def frames_of(name: str) -> Iterator[Item]:
    """The frames behind an image, folder, glob, video, stream address or `-`, in order.

    What can't be read comes as an Unreadable in its place, and the rest goes on.
    """
    if name == "-":
        yield from _readable(name, standard_input())
    elif "://" in name:
        yield from frames_of_camera(name)
    else:
        yield from _frames_of_path(name)


def frames_of_camera(camera: str, wish: "Wish | None" = None) -> Iterator[Item]:
    """The latest frames of a camera, for ever: by number, device, name, csi, address or album:PATH.

    An Unreadable where it is absent at the start, an Away whenever it is later.
    """
    yield from _readable(without_password(camera), _live(camera, wish))


def without_password(name: str) -> str:
    """A stream's address as it may stand in a log."""
    return re.sub(r"(://[^/:@]*):[^/]*@", r"\1:…@", name)


def _live(camera: str, wish: "Wish | None") -> Iterator[Frame | Away]:
    # Here and not above: who reads images needn't load what cameras need.
    from digits_edge.sources.camera import Wish
    from digits_edge.sources.found import opener_of
    from digits_edge.sources.live import live_frames

    yield from live_frames(without_password(camera), opener_of(camera, wish or Wish()))


def _stands_for_many(name: str) -> bool:
    return is_folder(name) or (not is_there(name) and glob.has_magic(name))


def _frames_of_path(name: str) -> Iterator[Item]:
    if is_folder(name):
        unlisted: list[OSError] = []
        names = [str(image) for image in images_below(Path(name), unlisted.append)]
        for error in unlisted:
            yield Unreadable(error.filename, f"can't be listed ({error.strerror}); check its permissions")
        if not names and not unlisted:
            yield Unreadable(name, "a folder without images; wanted JPEG or PNG files in it")
    elif not is_there(name) and glob.has_magic(name):
        names = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  (absolute patterns, too)
        if not names:
            yield Unreadable(name, "nothing has a name like this; check the pattern")
    else:
        names = [name]
    for each in names:
        if each != name and is_folder(each):
            yield from _frames_of_path(each)
        else:
            yield from _readable(each, _frames_of_file(each))


def _frames_of_file(name: str) -> Iterator[Frame]:
    if Path(name).suffix.lower() in VIDEO_SUFFIXES:
        _require_file(name)
        yield from video_frames(name)
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115  (once: what a pipe has given is gone)
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error
    with file:
        try:
            kind = read_header(file.peek(32)).kind
        except OSError as error:  # a folder by another name, or a device
            raise InputError(f"can't be read ({error.strerror}); wanted a file") from error
        if kind == "video":
            yield from video_frames(name)
        else:
            yield from image_frames(file, name)


def _require_file(name: str) -> None:
    """Raises InputError for a file that isn't there or may not be read; a pipe isn't opened."""
    try:
        Path(name).stat()
        if not os.access(name, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError | ValueError) -> InputError:
    reason = error.strerror if isinstance(error, OSError) else error
    return InputError(f"can't be read ({reason}); check the path and its permissions")


def _readable(name: str, frames: Iterator[Frame] | Iterator[Frame | Away]) -> Iterator[Item]:
    index = 0
    try:
        for frame in frames:
            if isinstance(frame, Frame):
                index = frame.index + 1
            yield frame
    except (InputError, CameraError) as error:
        yield Unreadable(name, str(error), index)
    except MemoryError:
        yield Unreadable(name, "too large for this machine's memory; scale it down", index)
