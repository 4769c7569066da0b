"""Files and folders as they are found, and writing them so that they are whole or absent."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from digits_edge.errors import OutputError


def is_folder(path: str | Path) -> bool:
    """Whether a folder is there, as far as one may look: unlike `Path.is_dir` it never raises."""
    return os.path.isdir(path)  # noqa: PTH112


def is_there(path: str | Path) -> bool:
    """Whether anything is there, as far as one may look: unlike `Path.exists` it never raises."""
    return os.path.exists(path)  # noqa: PTH110


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A scratch path beside `path` that takes its place when the block ends well.

    After an exception the scratch file is gone and an older `path` is untouched. Its suffix is
    kept, because Keras and OpenCV choose a format by it. Raises OutputError for a full disk, a
    missing folder or one that can't be written.
    """
    scratch = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        try:
            yield scratch
            with scratch.open("rb") as written:
                os.fsync(written.fileno())
            scratch.replace(path)
        finally:
            with suppress(OSError):
                scratch.unlink(missing_ok=True)
    except OutputError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def write_whole(path: Path, content: bytes) -> None:
    """`content` in `path`, or an OutputError and the file as it was before."""
    with whole_file(path) as scratch:
        scratch.write_bytes(content)


def output_folder(path: Path) -> Path:
    """`path` as a folder that can be written. Raises OutputError where there can't be one."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def unwritable(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{path}: can't be written ({reason}); free space or choose another place")
