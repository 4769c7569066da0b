"""Standard output, which may be a full disk."""

import os
import sys

from digits_edge.errors import OutputError


def print_line(line: str) -> None:
    """`line`, at once: whoever reads a camera's output waits for it. Raises OutputError."""
    try:
        print(line, flush=True)  # noqa: T201
    except BrokenPipeError:
        raise  # click ends quietly when the reader of a pipe has had enough
    except OSError as error:
        # What is still buffered must not fail again while Python exits, with an exit code of its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"standard output: can't be written ({error.strerror}); free space") from error
