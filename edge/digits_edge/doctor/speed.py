"""Whether the model is computed rightly here, and how long that takes."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from digits_edge.classifier import Classifier
from digits_edge.doctor.check import Check, State
from digits_edge.frame import Frame, Pixels
from digits_edge.glyph import Glyphs
from digits_edge.golden import read_golden
from digits_edge.models import default_model
from digits_edge.opencv import cv2
from digits_edge.reader import Reader

WIDTH, HEIGHT = 1280, 720
SIDE = 84  # pixels of a glyph in the frame
RUNS = 20


def model(path: Path | None, runtime: str | None, threads: int) -> Iterator[Check]:
    """The model's golden inputs, then one inference and one frame. Raises what Classifier raises."""
    chosen = path or default_model()
    classifier = Classifier(chosen, runtime, threads)  # which proves it on its golden inputs
    golden = read_golden(chosen.read_bytes()).glyphs
    count = len(golden)
    yield Check("model", State.OK, f"{chosen}: {count} golden inputs right on {classifier.runtime}")
    inference = _median_ms(lambda: classifier.look(golden)) / count
    yield Check("inference", State.OK, f"{inference * 1000:.0f} µs a digit")
    frame, reader = Frame(_page(golden[:10]), "doctor"), Reader(classifier)
    read = sum(len(number.digits) for number in reader.read(frame).numbers)
    whole = _median_ms(lambda: reader.read(frame))
    yield Check(
        "frame",
        State.OK,
        f"{whole:.1f} ms for {WIDTH}×{HEIGHT} pixels with {read} digits: {1000 / whole:.0f} a second",
    )


def _page(glyphs: Glyphs) -> Pixels:
    """Grey paper with the glyphs in a row."""
    page = np.full((HEIGHT, WIDTH), 210, np.uint8)
    left, top = (WIDTH - len(glyphs) * SIDE) // 2, (HEIGHT - SIDE) // 2
    for index, glyph in enumerate(glyphs):
        ink = cv2.resize(glyph, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        x = left + index * SIDE
        page[top : top + SIDE, x : x + SIDE] -= (ink * 0.7).astype(np.uint8)
    return page


def _median_ms(action: Callable[[], object]) -> float:
    action()  # the first fills caches
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
