"""What other users of the machine see of this process's command line."""

import ctypes
from contextlib import suppress
from pathlib import Path


def hide_password(password: str) -> None:
    """Overwrites `:password@` in the command line that ps and /proc show, as MySQL's client does.

    Where there is no /proc it stays visible, which a password file or the environment never is.
    """
    sought = f":{password}@".encode(errors="surrogateescape")
    with suppress(OSError, ValueError, IndexError):
        # Behind the command's name, which may hold spaces: where the arguments start and end, proc(5).
        fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        start, end = int(fields[45]), int(fields[46])
        shown = ctypes.string_at(start, end - start)
        place = shown.find(sought)
        while place >= 0:
            ctypes.memset(start + place + 1, ord("x"), len(sought) - 2)
            place = shown.find(sought, place + len(sought))
