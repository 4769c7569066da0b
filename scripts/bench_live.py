"""Measures edge-digits live: a soak on a camera with faults, then a real motion JPEG server.

The soak reads frames of an album that unplugs itself, stalls, repeats itself and gives garbage. The
server is killed, silenced and started again beside edge-digits; at last it shows ten digits in
1280×720, each frame another number, so that every JSON line tells which frame it is of.
"""

import argparse
import platform
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench_start import processor
from digits_edge.classifier import Classifier
from digits_edge.errors import DigitsError, InputError
from digits_edge.frame import Frame
from digits_edge.models import default_model
from digits_edge.opencv import cv2
from digits_edge.reader import Reader
from live.mjpeg import MotionJpeg
from live.page import jpeg, page
from live.soak import Holding, soak
from live.timing import pace, stalled, stop, unplugged

NUMBER = "1984"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench-live", description=__doc__)
    parser.add_argument("--frames", type=int, default=20_000, help="of the soak, 0 for none (%(default)s)")
    parser.add_argument("--every", type=int, default=300, help="frames from fault to fault (%(default)s)")
    parser.add_argument("--seconds", type=float, default=30, help="of reading ten digits (%(default)s)")
    parser.add_argument("--fps", type=float, default=30, help="that the server sends them at (%(default)s)")
    parser.add_argument("--runs", type=int, default=3, help="of each other measurement (%(default)s)")
    chosen = parser.parse_args(arguments)
    reader = Reader(Classifier(default_model()))
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # what a shell starts with & inherits that
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    print(f"Python {platform.python_version()}, {platform.machine()}, {processor()}")
    if chosen.frames:
        show_soak(reader, chosen.frames, chosen.every)
    if chosen.runs:
        show_timing(chosen.runs)
    if chosen.seconds:
        show_pace(reader, chosen.fps, chosen.seconds)


def show_soak(reader: Reader, frames: int, every: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cv2.imwrite(f"{folder}/page.png", page(NUMBER, 320, 240, 48))
        outcome = soak(Path(folder), NUMBER, reader, frames, every, progress)
    print(f"soak: {outcome.frames:,} frames, {outcome.faults} faults, {outcome.absences} absences,", end=" ")
    print(f"{outcome.recoveries} recoveries, {outcome.wrong} wrong readings between faults")
    for name, held in (("a tenth", outcome.warm), ("all", outcome.running), ("the end", outcome.ended)):
        print(f"after {name:8} {line(held)}")


def line(held: Holding) -> str:
    return f"{held.memory:6.1f} MB, {held.threads} threads, {held.descriptors} descriptors"


def progress(read: int) -> None:
    if read % 1000 == 0 and sys.stderr.isatty():
        print(f"\r{read:,} frames", end="\n" if read % 20_000 == 0 else "", file=sys.stderr, flush=True)


def show_timing(runs: int) -> None:
    with MotionJpeg([jpeg(page(NUMBER, 640, 480, 72))]) as server:
        for name, measure in (("killed", unplugged), ("silent", stalled)):
            noticed, back = zip(*[measure(server) for _ in range(runs)], strict=True)
            print(f"server {name}: noticed after at most {max(noticed):.2f} s, read again {max(back):.2f} s")
        for sent in (signal.SIGINT, signal.SIGTERM):
            for stall in (False, True):
                seconds, codes = zip(*[stop(server, sent, stall=stall) for _ in range(runs)], strict=True)
                state = "silent" if stall else "running"
                print(f"{sent.name}, server {state}: ends within {max(seconds):.2f} s, code {codes[0]}")


def show_pace(reader: Reader, fps: float, seconds: float) -> None:
    numbers = readable(reader, 20)
    for name, prefix in (("one core", ("taskset", "-c", "0")), ("all cores", ())):
        found = pace(numbers, fps, seconds, prefix)
        p50, p95 = (1000 * float(np.percentile(found.delays, share)) for share in (50, 95))
        print(f"1280×720, ten digits, {fps:g} frames a second sent, edge-digits on {name}:", end=" ")
        print(f"{found.fps:.1f} read a second, sent to JSON line p50 {p50:.0f} ms, p95 {p95:.0f} ms", end=" ")
        print(f"({found.right * 100:.0f} % told apart),", end=" ")
        print(f"{found.processor * 1000:.0f} ms of processor each")


def readable(reader: Reader, count: int) -> list[str]:
    """Numbers of ten digits whose pages are read right, so that a line can be told from the others."""
    found: list[str] = []
    rng = np.random.default_rng(5)
    for _ in range(20 * count):
        number = "".join(map(str, rng.permutation(10)))
        pixels = cv2.imdecode(
            np.frombuffer(jpeg(page(number, 1280, 720, 72, len(found))), np.uint8), cv2.IMREAD_COLOR
        )
        if [each.text for each in reader.read(Frame(pixels, "page")).numbers] == [number]:
            found.append(number)
        if len(found) == count:
            return found
    raise InputError(f"only {len(found)} pages of ten digits are read right; wanted {count}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DigitsError as problem:
        sys.exit(f"scripts/bench-live: {problem}")
