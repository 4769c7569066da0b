"""The latest pictures of a camera that may come and go: what makes it an appliance."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from digits_edge.errors import CameraError
from digits_edge.frame import Away, Frame
from digits_edge.sources.camera import Opener, Shot

STALL = 2.5  # seconds without a new picture after which a camera is away
OPENING = 10.0  # seconds that a camera may take to its first picture: USB cameras wake slowly
PAUSE = 1.0  # seconds from a failure to the next attempt
BEAT = 0.8  # seconds between two words about a camera that is away; with PAUSE less than 2
HOPELESS = 30.0  # seconds that a call into a driver may hang and still be told of as an attempt
FAREWELL = 0.5  # seconds that a camera gets to stop before the program goes without it


def live_frames(name: str, open_camera: Opener) -> Iterator[Frame | Away]:
    """The latest frame, whenever one is asked for, for ever; an Away about every second that has none.

    Raises CameraError for a camera that is absent at the start. One that fails later is opened again
    and again. An attempt that hangs in its driver is waited for, since the driver holds the device;
    after HOPELESS seconds in silence, so that a watchdog can end what only a new process can mend.
    """
    index, reason = 0, ""  # a reason: it is away, because of this
    while True:
        capture = Capture(open_camera)
        try:
            for shot in _fresh(capture):
                if shot:
                    age = timedelta(seconds=time.monotonic() - shot.captured)
                    yield Frame(shot.pixels, name, index, datetime.now(UTC) - age, shot.captured)
                    index, reason = index + 1, ""
                elif reason:
                    yield Away(name, reason)
        except CameraError as error:
            if not index:
                raise
            reason = str(error)
            yield Away(name, reason)
        finally:
            capture.stop()
        time.sleep(PAUSE)
        asked = time.monotonic()
        while not capture.stopped(BEAT):
            if time.monotonic() - asked < HOPELESS:
                yield Away(name, reason)


def _fresh(capture: "Capture") -> Iterator[Shot | None]:
    """Its new pictures, and None every BEAT without one. Raises CameraError when no more come."""
    since, limit = time.monotonic(), OPENING
    while True:
        shot = capture.latest(min(BEAT, max(0.0, since + limit - time.monotonic())))
        now = time.monotonic()
        if shot and now - shot.captured < STALL:  # else it waited for a slow reader, and is history
            since, limit = now, STALL
            yield shot
        elif now - since >= limit:
            raise CameraError(f"no new picture for {now - since:.1f} s; check its cable and its power")
        else:
            yield None


class Capture:
    """A camera read by a thread of its own into a single slot: who asks gets the latest, nothing queues.

    The thread is a daemon, because calls into drivers can't be interrupted.
    """

    def __init__(self, open_camera: Opener) -> None:
        self._open = open_camera
        self._news = threading.Condition()
        self._shot: Shot | None = None
        self._end: BaseException | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def latest(self, timeout: float) -> Shot | None:
        """The newest picture that nobody has taken yet, or None after `timeout` seconds without.

        Raises what ended the camera, after its last picture.
        """
        with self._news:
            self._news.wait_for(lambda: self._shot or self._end, timeout)
            shot, self._shot = self._shot, None
            if shot is None and self._end:
                raise self._end
            return shot

    def stop(self) -> None:
        """Asks the thread to release the camera, and gives it a moment to."""
        self._stopping = True
        self.stopped(FAREWELL)
        self._shot = self._end = None  # an error holds on to all that it passed, pictures and us

    def stopped(self, timeout: float) -> bool:
        """Whether the camera is released, at the latest after `timeout` seconds."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._shoot()
        except BaseException as error:  # a bug, too: it is raised where it is seen
            self._tell(None, error)

    def _shoot(self) -> None:
        camera = self._open()
        try:
            newest = 0.0
            while not self._stopping:
                shot = camera.read()
                if shot and shot.captured > newest:  # a driver that repeats itself shows nothing new
                    newest = shot.captured
                    self._tell(shot, None)
        finally:
            camera.close()

    def _tell(self, shot: Shot | None, end: BaseException | None) -> None:
        with self._news:
            self._shot = shot or self._shot
            self._end = end
            self._news.notify()
