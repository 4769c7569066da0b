"""Cameras that come and go: what is noticed, told and mended. Behaviour; bench-live has the seconds."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from digits_edge.errors import CameraError
from digits_edge.frame import Away, Frame, Pixels
from digits_edge.opencv import cv2
from digits_edge.sources.album import Album, Fault, Kind
from digits_edge.sources.camera import Shot
from digits_edge.sources.live import Capture, live_frames
from digits_edge.sources.named import frames_of_camera

BLACK, WHITE = np.zeros((8, 8), np.uint8), np.full((8, 8), 255, np.uint8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures whose grey is their number, ten apart."""
    for number in range(20):
        cv2.imwrite(str(tmp_path / f"{number:02}.png"), np.full((16, 16), 10 * number, np.uint8))
    return tmp_path


def of(pixels: Pixels) -> int:
    return round(float(pixels.mean()))


class Script:
    """A camera that does what a list says: a picture, None, an error, or waiting for an event."""

    def __init__(self, *steps: object) -> None:
        self.steps = iter(steps)
        self.opened = self.closed = 0

    def open(self) -> "Script":
        self.opened += 1
        return self

    def read(self) -> Shot | None:
        time.sleep(0.01)
        step = next(self.steps)
        if isinstance(step, Exception):
            raise step
        if isinstance(step, threading.Event):
            step.wait()
            return None
        if isinstance(step, Shot):
            return step
        return None if step is None else Shot(step, time.monotonic())  # type: ignore[arg-type]

    def close(self) -> None:
        self.closed += 1


def kinds(items: list[Frame | Away]) -> list[type]:
    return [kind for kind, _ in itertools.groupby(map(type, items))]


def test_a_slow_reader_gets_the_latest_picture_and_never_a_queue(folder: Path) -> None:
    album = Album(folder, fps=50, hold=0)
    with closing(live_frames("album", album.open)) as frames:
        first = next(frames)
        shown = album.frame
        while album.frame < shown + 10:
            time.sleep(0.01)
        second = next(frames)
        third = next(frames)
    assert isinstance(first, Frame)
    assert isinstance(second, Frame)
    assert isinstance(third, Frame)
    assert [first.index, second.index, third.index] == [0, 1, 2]
    assert of(second.pixels) >= of(first.pixels) + 90
    assert first.captured
    assert second.captured
    assert third.captured
    assert first.captured < second.captured < third.captured <= time.monotonic()


@pytest.mark.parametrize("kind", ["drop", "stall", "repeat"])
def test_a_camera_that_fails_is_away_and_comes_back_by_itself(folder: Path, kind: Kind) -> None:
    album = Album(folder, fps=50, hold=0, faults=[Fault(5, kind, 4)])
    items: list[Frame | Away] = []
    with closing(live_frames("album", album.open)) as frames:
        for item in frames:
            items.append(item)
            if kinds(items) == [Frame, Away, Frame]:
                break
    aways = [item for item in items if isinstance(item, Away)]
    assert {away.source for away in aways} == {"album"}
    seen = [item.captured for item in items if isinstance(item, Frame)]
    assert seen == sorted(set(seen))  # no picture twice
    assert [item.index for item in items if isinstance(item, Frame)] == list(range(len(seen)))


def test_pictures_that_come_broken_are_passed_over(folder: Path) -> None:
    script = Script(BLACK, None, None, WHITE, BLACK, CameraError("the end"))
    frames = live_frames("script", script.open)
    items = list(itertools.takewhile(lambda item: isinstance(item, Frame), frames))
    frames.close()
    assert items
    assert script.closed == script.opened


def test_garbage_stops_nothing(folder: Path) -> None:
    album = Album(folder, fps=100, hold=0, faults=[Fault(3, "garbage", 0.5)])
    with closing(live_frames("album", album.open)) as frames:
        assert all(isinstance(item, Frame) for item in itertools.islice(frames, 30))
    assert album.begun == 1


def test_no_picture_of_a_fault_is_younger_than_its_end(folder: Path) -> None:
    album = Album(folder, fps=20, hold=0, faults=[Fault(1, "garbage", 0.01)])  # over while it is awaited
    _, garbage, better = album.read(), album.read(), album.read()
    assert garbage
    assert better
    assert garbage.captured < album.over_since <= better.captured


def test_a_still_scene_is_no_fault() -> None:
    script = Script(*[BLACK] * 400)
    with closing(live_frames("script", script.open)) as frames:
        assert all(isinstance(item, Frame) for item in itertools.islice(frames, 300))


def test_a_camera_that_is_absent_at_the_start_is_an_error() -> None:
    def absent() -> Script:
        raise CameraError("no camera here")

    with pytest.raises(CameraError, match="no camera here"):
        next(live_frames("absent", absent))


def test_a_picture_that_waited_for_a_slow_reader_until_its_camera_went_is_not_shown() -> None:
    hang = threading.Event()
    old = Shot(WHITE, time.monotonic() + 0.2)
    script = Script(BLACK, old, hang)
    frames = live_frames("script", script.open)
    first = next(frames)
    assert isinstance(first, Frame)
    while time.monotonic() < old.captured + 2.6:  # the reader is busy; the camera hangs
        time.sleep(0.05)
    assert isinstance(next(frames), Away)
    hang.set()
    frames.close()


def test_while_a_call_hangs_in_its_driver_no_second_one_is_made_and_a_watchdog_hears_of_it() -> None:
    hang = threading.Event()
    script = Script(BLACK, hang, *[WHITE] * 50)
    frames = live_frames("script", script.open)
    assert isinstance(next(frames), Frame)
    assert all(isinstance(next(frames), Away) for _ in range(4))
    assert (script.opened, script.closed) == (1, 0)
    hang.set()
    assert isinstance(next(item for item in frames if isinstance(item, Frame)), Frame)
    frames.close()
    assert script.opened == 2


def test_a_bug_in_a_camera_is_raised_where_it_is_seen() -> None:
    with pytest.raises(ZeroDivisionError):
        next(live_frames("script", Script(ZeroDivisionError()).open))


def test_a_camera_is_released_when_nobody_reads_it_any_more(folder: Path) -> None:
    script = Script(*[BLACK] * 1000)
    before = threading.active_count()
    with closing(live_frames("script", script.open)) as frames:
        next(frames)
    assert script.closed == 1
    assert threading.active_count() == before


def test_a_capture_hands_each_picture_out_once() -> None:
    capture = Capture(Script(BLACK, CameraError("over")).open)
    assert capture.latest(5)
    with pytest.raises(CameraError, match="over"):
        capture.latest(5)
    capture.stop()


def _clip(folder: Path) -> Path:
    path = folder / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 5, (64, 48))
    for grey in (50, 100, 150):
        writer.write(np.full((48, 64, 3), grey, np.uint8))
    writer.release()
    return path


@pytest.mark.parametrize("album", [lambda folder: folder, _clip], ids=["folder", "video"])
def test_an_album_plays_for_ever(folder: Path, album: Callable[[Path], Path]) -> None:
    with closing(Album(album(folder), fps=500, hold=0).open()) as camera:
        shots = [camera.read() for _ in range(50)]
    assert all(shots)


def test_a_picture_of_an_album_that_can_t_be_read_is_passed_over(folder: Path) -> None:
    (folder / "00.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    album = Album(folder, fps=500, hold=0)
    assert [album.read() is None for _ in range(3)] == [True, False, False]


def test_an_album_is_a_camera_on_the_command_line(folder: Path) -> None:
    frames: Iterator[object] = frames_of_camera(f"album:{folder}")
    item = next(frames)
    assert isinstance(item, Frame)
    assert item.source == f"album:{folder}"
    frames.close()  # type: ignore[attr-defined]
