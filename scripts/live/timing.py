"""edge-digits watching a real motion JPEG server: how soon it notices, is back, stops and reads."""

import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from digits_edge.errors import InputError
from live.mjpeg import MotionJpeg
from live.page import jpeg, page
from scoring.answers import edge_digits

PATIENCE = 20.0  # seconds for anything to happen


class Line(NamedTuple):
    at: float  # time.monotonic() when it was printed
    text: str


class Run:
    """edge-digits with its lines as they come, each with its moment."""

    def __init__(self, address: str, prefix: Sequence[str] = ()) -> None:
        command = [*prefix, edge_digits(), "--camera", address, "--json"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.readings: queue.SimpleQueue[Line] = queue.SimpleQueue()
        self.remarks: queue.SimpleQueue[Line] = queue.SimpleQueue()
        for stream, lines in ((self.process.stdout, self.readings), (self.process.stderr, self.remarks)):
            threading.Thread(target=_pump, args=(stream, lines), daemon=True).start()

    def processor(self) -> float:
        """Seconds of it that were spent so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def remark(self, part: str) -> Line:
        """The next remark that says so. Raises InputError where none comes."""
        while True:
            line = _next(self.remarks)
            if part in line.text:
                return line

    def reading_after(self, moment: float) -> Line:
        while True:
            line = _next(self.readings)
            if line.at > moment:
                return line


def _pump(stream: IO[str], lines: "queue.SimpleQueue[Line]") -> None:
    for text in stream:
        lines.put(Line(time.monotonic(), text))


def _next(lines: "queue.SimpleQueue[Line]") -> Line:
    try:
        return lines.get(timeout=PATIENCE)
    except queue.Empty as error:
        raise InputError(f"edge-digits was silent for {PATIENCE:.0f} s") from error


@contextmanager
def watching(server: MotionJpeg, prefix: Sequence[str] = ()) -> Iterator[Run]:
    run = Run(server.address, prefix)
    try:
        run.reading_after(0)
        yield run
    finally:
        run.process.kill()
        run.process.wait()


def unplugged(server: MotionJpeg) -> tuple[float, float]:
    """Seconds from a server's end to the remark, and from its return to the next reading."""
    with watching(server) as run:
        time.sleep(1)
        killed = time.monotonic()
        server.kill()
        noticed = run.remark("asking again").at - killed
        time.sleep(3)
        started = time.monotonic()
        server.start()
        return noticed, run.reading_after(started).at - started


def stalled(server: MotionJpeg) -> tuple[float, float]:
    """The same of a server that goes silent and on again."""
    with watching(server) as run:
        time.sleep(1)
        stalled = time.monotonic()
        server.stalled.set()
        noticed = run.remark("asking again").at - stalled
        time.sleep(3)
        going = time.monotonic()
        server.stalled.clear()
        return noticed, run.reading_after(going).at - going


def stop(server: MotionJpeg, sent: signal.Signals, *, stall: bool) -> tuple[float, int]:
    """Seconds from a signal to the end, and the exit code."""
    with watching(server) as run:
        if stall:
            server.stalled.set()
            time.sleep(1)
        asked = time.monotonic()
        run.process.send_signal(sent)
        code = run.process.wait(PATIENCE)
        server.stalled.clear()
        return time.monotonic() - asked, code


class Pace(NamedTuple):
    fps: float
    delays: list[float]  # seconds from a frame's first byte to its JSON line, ascending
    right: float  # share of readings that are those of a page that was shown
    processor: float  # seconds of it a frame read, decoding what is skipped included


def pace(numbers: Sequence[str], fps: float, seconds: float, prefix: Sequence[str] = ()) -> Pace:
    """How many frames of 1280×720 with ten digits are read, and how late.

    Which frame a line belongs to shows by its number.
    """
    places = {number: place for place, number in enumerate(numbers)}
    pages = [jpeg(page(number, 1280, 720, 72, seed)) for seed, number in enumerate(numbers)]
    delays, lines = [], 0
    with MotionJpeg(pages, fps) as server, watching(server, prefix) as run:
        time.sleep(1)
        begun, spent = time.monotonic(), run.processor()
        line = run.reading_after(begun)
        while line.at < begun + seconds:
            said = " ".join(number["text"] for number in json.loads(line.text)["numbers"])
            lines += 1
            if said in places:
                delays.append(line.at - server.sent[places[said]])
            line = run.reading_after(begun)
        spent = run.processor() - spent
    return Pace(lines / seconds, sorted(delays), len(delays) / max(lines, 1), spent / max(lines, 1))
