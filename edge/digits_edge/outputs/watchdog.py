"""Signs of life for systemd: a service that stops reading is started again."""

import os
import socket
import time
from contextlib import suppress

from digits_edge.frame import Away, Unreadable
from digits_edge.reader import Steps


class Watchdog:
    """Tells systemd that reading began, and goes on, by the sd_notify(3) protocol.

    A frame that was read is a sign of life, and so is an attempt to reach a camera that is away:
    starting again wouldn't bring it back. A camera that blocks gives neither, and the service ends.
    """

    def __init__(self, address: str) -> None:
        """Says READY. `address` is NOTIFY_SOCKET's: a path, or @name for an abstract one."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._pause = _watched_s() / 4  # between signs of life: systemd needn't hear of every frame
        self._due = 0.0
        self._say("READY=1")

    def write(self, steps: Steps, *, changed: bool) -> None:  # noqa: ARG002  (the same again is life, too)
        self._live()

    def refuse(self, failure: Unreadable | Away) -> None:  # noqa: ARG002  (an attempt, whatever came of it)
        self._live()

    def stop(self) -> None:
        """Says STOPPING: what follows is no failure."""
        self._say("STOPPING=1")
        self._socket.close()

    def _live(self) -> None:
        now = time.monotonic()
        if self._pause and now >= self._due:
            self._due = now + self._pause
            self._say("WATCHDOG=1")

    def _say(self, state: str) -> None:
        with suppress(OSError):  # nobody listens: reading goes on, and systemd draws its own conclusions
            self._socket.sendto(state.encode(), self._address)


def _watched_s() -> float:
    """How long systemd waits for a sign of life, in seconds; 0 where it doesn't watch this process."""
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return 0.0
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    return int(microseconds) / 1e6 if microseconds.isdecimal() else 0.0
