"""Real streams, as cheap network cameras send them, that are killed, stall, come back or never were."""

import itertools
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest

from digits_edge.frame import Away, Frame, Unreadable
from digits_edge.opencv import cv2
from digits_edge.sources.named import frames_of, frames_of_camera
from drawn import ink_of, on_paper
from live.mjpeg import MotionJpeg
from program import PROGRAM

SYSTEM_PYTHON = "/usr/bin/python3"


def jpeg(text: str) -> bytes:
    page = np.pad(on_paper(ink_of(text)), 60, constant_values=230)  # RTP's JPEG wants whole blocks of 8
    height, width = (side // 16 * 16 for side in page.shape)
    return cv2.imencode(".jpg", page[:height, :width])[1].tobytes()


class Server(Protocol):
    address: str

    def start(self) -> None: ...

    def kill(self) -> None: ...


class Rtsp:
    """GStreamer's RTSP server in a process of its own."""

    def __init__(self, page: Path) -> None:
        self._page = page
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.address = f"rtsp://127.0.0.1:{self._port}/stream"

    def start(self) -> None:
        command = [SYSTEM_PYTHON, Path(__file__).parents[1] / "rtsp_server.py", self._page, str(self._port)]
        self._run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._run.stdout
        assert self._run.stdout.readline() == "ready\n"

    def kill(self) -> None:
        self._run.kill()
        self._run.communicate()


def missing_for_rtsp() -> str:
    """What the RTSP server lacks here, "" for nothing."""
    check = (
        "import gi; gi.require_version('GstRtspServer', '1.0')\n"
        "from gi.repository import Gst, GstRtspServer\n"
        "Gst.init(None); print(' '.join(n for n in ('jpegenc', 'rtpjpegpay', 'imagefreeze') "
        "if not Gst.ElementFactory.find(n)))"
    )
    try:
        done = subprocess.run([SYSTEM_PYTHON, "-c", check], capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    return (
        (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        if done.returncode
        else done.stdout.strip()
    )


@pytest.fixture
def mjpeg() -> Iterator[MotionJpeg]:
    with MotionJpeg([jpeg("42")]) as server:
        yield server


@pytest.fixture(params=["mjpeg", "rtsp"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    if request.param == "mjpeg":
        with MotionJpeg([jpeg("42")]) as server:
            yield server
        return
    missing = missing_for_rtsp()
    if missing:
        pytest.skip(f"no RTSP server: {missing}; apt-get install gir1.2-gst-rtsp-server-1.0 python3-gi")
    (tmp_path / "page.jpg").write_bytes(jpeg("42"))
    rtsp = Rtsp(tmp_path / "page.jpg")
    rtsp.start()
    yield rtsp
    rtsp.kill()


@pytest.mark.parametrize("source", [frames_of, frames_of_camera], ids=["SOURCE", "--camera"])
def test_a_stream_that_is_killed_is_away_and_read_again_when_it_is_back(server: Server, source) -> None:
    with closing(source(server.address)) as items:
        frames = list(itertools.islice(items, 5))
        assert all(isinstance(frame, Frame) for frame in frames)
        assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
        assert frames[0].source == server.address
        server.kill()
        gone = next(item for item in items if not isinstance(item, Frame))
        assert isinstance(gone, Away)
        assert "ended or stopped answering" in gone.reason
        assert "no stream answers" in next(item for item in items if item.reason != gone.reason).reason
        killed = time.monotonic()
        server.start()
        back = next(item for item in items if isinstance(item, Frame))
        assert back.captured > killed


def test_a_stream_that_stalls_is_away_and_read_again_when_it_goes_on(mjpeg: MotionJpeg) -> None:
    with closing(frames_of(mjpeg.address)) as items:
        assert isinstance(next(items), Frame)
        mjpeg.stalled.set()
        assert "no new picture" in next(item for item in items if isinstance(item, Away)).reason
        mjpeg.stalled.clear()
        assert isinstance(next(item for item in items if not isinstance(item, Away)), Frame)


def test_a_stream_that_is_absent_at_the_start_is_an_error() -> None:
    (item,) = frames_of_camera("http://127.0.0.1:9/stream")
    assert isinstance(item, Unreadable)
    assert "no stream answers there" in item.error


def test_a_released_stream_is_let_go(mjpeg: MotionJpeg) -> None:
    with closing(frames_of(mjpeg.address)) as items:
        next(items)
    deadline = time.monotonic() + 10
    while mjpeg.watched and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not mjpeg.watched


@pytest.mark.parametrize("state", ["running", "stalled", "killed"])
@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)], ids=["Ctrl-C", "TERM"]
)
def test_a_signal_ends_a_live_run_whatever_its_camera_does(
    mjpeg: MotionJpeg, tmp_path: Path, state: str, sent: signal.Signals, code: int
) -> None:
    with (
        (tmp_path / "lines").open("wb") as lines,
        subprocess.Popen(
            [*PROGRAM, mjpeg.address, "--json"], stdout=lines, stderr=subprocess.PIPE, text=True
        ) as run,
    ):
        while b"}\n" not in (tmp_path / "lines").read_bytes():
            time.sleep(0.05)
        assert run.stderr
        if state == "stalled":
            mjpeg.stalled.set()
            time.sleep(1)  # into the read that hangs
        elif state == "killed":
            mjpeg.kill()
            assert next(line for line in run.stderr if "asking again" in line)
        run.send_signal(sent)
        assert run.wait(timeout=60) == code  # within a second, as bench-live measures
        assert "Traceback" not in run.stderr.read()
    *whole, last = (tmp_path / "lines").read_text().split("\n")
    assert last == ""
    assert all(json.loads(line)["frame_age_ms"] >= 0 for line in whole if "frame_age_ms" in line)


def test_a_run_tells_once_that_its_stream_went_and_once_that_it_is_back(mjpeg: MotionJpeg) -> None:
    with subprocess.Popen(
        [*PROGRAM, "--camera", mjpeg.address], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr
        assert run.stderr.readline().startswith("Reading with")
        while not mjpeg.watched:
            time.sleep(0.05)
        time.sleep(1)
        mjpeg.kill()
        assert "; asking again" in run.stderr.readline()
        time.sleep(3)  # for more attempts
        mjpeg.start()
        assert "is back" in run.stderr.readline()
        run.terminate()
    assert run.returncode == 0


def test_every_frame_of_a_fifo_is_read_until_its_writer_ends(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.mjpeg"
    os.mkfifo(pipe)
    with subprocess.Popen([*PROGRAM, str(pipe), "--json"], stdout=subprocess.PIPE, text=True) as run:
        pipe.write_bytes(jpeg("42") * 7)
        assert run.stdout
        lines = [json.loads(line) for line in run.stdout]
    assert [line["frame"] for line in lines] == list(range(7))
    assert run.returncode == 0
