"""A real stream over HTTP: motion JPEG, as cheap network cameras send it, that ends or never was."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from digits_edge.frame import Frame, Unreadable
from digits_edge.opencv import cv2
from digits_edge.sources.named import frames_of, frames_of_camera
from drawn import ink_of, on_paper

FRAMES = 40
PAGE = cv2.imencode(".jpg", on_paper(ink_of("42")))[1].tobytes()


class MotionJpeg(BaseHTTPRequestHandler):
    """Sends the page so many times and closes."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        for _ in range(FRAMES):
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(PAGE)}\r\n\r\n"
            self.wfile.write(head.encode() + PAGE + b"\r\n")

    def log_message(self, *_: object) -> None:
        """Nothing: the test's output is its own."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), MotionJpeg) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/stream.mjpg"
        server.shutdown()


@pytest.mark.parametrize("source", [frames_of, frames_of_camera], ids=["SOURCE", "--camera"])
def test_a_stream_gives_its_frames_and_its_end_is_told(address: str, source) -> None:
    *frames, end = source(address)
    assert all(isinstance(frame, Frame) for frame in frames)
    assert len(frames) >= FRAMES // 2
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert frames[0].source == address
    assert isinstance(end, Unreadable)
    assert "ended or stopped answering" in end.error
