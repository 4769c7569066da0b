"""A long run on a camera with faults, in one process: what it holds on to, and what it got over."""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from digits_edge.frame import Away, Frame
from digits_edge.reader import Reader
from digits_edge.sources.album import Album, Fault, Kind
from digits_edge.sources.live import live_frames

KINDS: tuple[Kind, ...] = ("drop", "stall", "repeat", "garbage")
SECONDS = {"drop": 2.0, "stall": 3.5, "repeat": 3.5, "garbage": 0.5}


class Holding(NamedTuple):
    """What the process holds."""

    memory: float  # MB, resident
    threads: int
    descriptors: int


class Outcome(NamedTuple):
    frames: int  # read
    warm: Holding  # after a tenth of them
    running: Holding  # at the last frame
    ended: Holding  # once the camera is released
    faults: int  # begun
    absences: int
    recoveries: int  # faults that a right reading followed
    wrong: int  # readings between faults that weren't the page's


def holding() -> Holding:
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return Holding(memory / 1024, threading.active_count(), len(os.listdir("/proc/self/fd")))  # noqa: PTH208


def faults(frames: int, every: int) -> Iterator[Fault]:
    """One every so many frames, of each kind in turn."""
    for turn, frame in enumerate(range(every, frames, every)):
        kind = KINDS[turn % len(KINDS)]
        yield Fault(frame, kind, SECONDS[kind])


def soak(
    album: Path,
    right: str,
    reader: Reader,
    frames: int,
    every: int,
    progress: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """Reads so many frames of an album that always shows the number `right`."""
    camera = Album(album, fps=100, hold=0, faults=list(faults(frames, every)))
    warm = running = holding()
    read = absences = recoveries = wrong = 0
    away = False
    with closing(live_frames("soak", camera.open)) as items:
        for item in items:
            if isinstance(item, Away):
                absences += not away
                away = True
                continue
            away = False
            read += 1
            progress(read)
            says, sound = _says(reader, item), camera.begun == camera.over
            if item.captured and item.captured > camera.over_since and sound:
                wrong += says != right
                recoveries = camera.over if says == right else recoveries
            if read == frames // 10:
                warm = holding()
            if read == frames:
                running = holding()
                break
    return Outcome(read, warm, running, holding(), camera.begun, absences, recoveries, wrong)


def _says(reader: Reader, frame: Frame) -> str:
    return " ".join(number.text for number in reader.steps(frame).reading.numbers)
