"""Keeping C libraries off standard error, where scripts and people look for our own messages."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """File descriptor 2 leads nowhere inside the block. For calls that report failure otherwise, too."""
    try:
        kept = os.dup(2)
    except OSError:  # closed by whoever started us: quiet already
        yield
        return
    if sys.stderr is not None:
        sys.stderr.flush()
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
