"""A motion JPEG server as in cheap network cameras, which can be killed, stalled and started again."""

import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class MotionJpeg:
    """Sends `pages` (JPEG files) in turn, for ever or `count` of them, at `fps` a second.

    `sent` holds the time.monotonic() at which each page was last sent. A context manager.
    """

    def __init__(self, pages: Sequence[bytes], fps: float = 25, count: int | None = None) -> None:
        self.pages, self.fps, self.count = pages, fps, count
        self.sent: dict[int, float] = {}
        self.stalled = threading.Event()
        self.port = 0
        self._clients: set[socket.socket] = set()
        self._server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/stream.mjpg"

    @property
    def watched(self) -> bool:
        """Whether anybody holds a connection."""
        return bool(self._clients)

    def start(self) -> None:
        """Listens, at the same port as before."""
        self._server = _Server(("127.0.0.1", self.port), self)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def kill(self) -> None:
        """As if its plug were pulled, but for the packets that a real network would just lose."""
        server, self._server = self._server, None
        if server:
            server.shutdown()
            server.server_close()
        for client in list(self._clients):
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "MotionJpeg":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stalled.clear()
        self.kill()

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        self._clients.add(request.connection)
        try:
            request.send_response(200)
            request.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            request.end_headers()
            turn, due = 0, time.monotonic()
            while self._server and turn != self.count:
                while self.stalled.is_set() and self._server:
                    time.sleep(0.02)
                page = self.pages[turn % len(self.pages)]
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(page)}\r\n\r\n"
                self.sent[turn % len(self.pages)] = time.monotonic()
                # The next boundary at once: a reader takes it for the end of this picture.
                request.wfile.write(head.encode() + page + b"\r\n")
                turn, due = turn + 1, max(due + 1 / self.fps, time.monotonic())
                time.sleep(max(0.0, due - time.monotonic()))
        except OSError:  # whoever watched has gone, or we were killed
            pass
        finally:
            self._clients.discard(request.connection)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, place: tuple[str, int], stream: MotionJpeg) -> None:
        class Request(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stream.serve(self)

            def log_message(self, *_: object) -> None:
                """Nothing: the output is the test's."""

        super().__init__(place, Request)
