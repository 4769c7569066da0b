"""What is printed: results on standard output, remarks on standard error."""

import os
import sys
from contextlib import suppress

from digits_edge.errors import StdoutError


def print_line(line: str) -> None:
    """`line`, at once: whoever reads a camera's output waits for it. Raises StdoutError."""
    try:
        print(line, flush=True)  # noqa: T201
    except BrokenPipeError:
        raise  # click ends quietly when the reader of a pipe has had enough
    except OSError as error:
        # What is still buffered must not fail again while Python exits, with an exit code of its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise StdoutError(f"standard output: can't be written ({error.strerror}); free space") from error


def remark(line: str) -> None:
    """`line` for people; a log that is full or closed is no reason to stop reading."""
    if sys.stderr is None:  # closed, and print would take standard output instead
        return
    with suppress(OSError):
        print(one_line(line), file=sys.stderr, flush=True)  # noqa: T201


def one_line(text: str) -> str:
    """The text with what would break the line or steer a terminal escaped: file names can hold anything."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
