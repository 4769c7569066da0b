"""Measures what reading an image takes: processor time, where it goes, and the memory edge-digits holds.

Without images: a drawn frame of 1280×720 with ten digits and a drawn page of 12 megapixels with a hundred.
Time is that of a warm reader on one thread, the file already decoded; memory is the whole program's.
"""

import argparse
import cProfile
import platform
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench_start import processor
from digits_edge.classifier import Classifier
from digits_edge.decode import decode
from digits_edge.errors import DigitsError, InputError
from digits_edge.frame import Frame
from digits_edge.models import default_model
from digits_edge.opencv import cv2
from digits_edge.reader import Reader
from draw_samples import PAGES, write
from scoring.answers import READ_CODES, edge_digits

FEW = 3  # reads under the profiler
# The steps, in their order, and the functions that do them: none of these calls another one of them …
STEPS = {
    "ink": ("to_page", "with_boldest_ink", "without_shadows"),
    "rules": ("without_rules",),
    "blobs": ("find_blobs",),
    "glyphs": ("_glyphs",),
    "network": ("probabilities",),  # … but for the network, which the next ones ask, too
    "pieces": ("mended", "parts_of", "pieces_in_shade"),
}

# A small program of its own, since a process counts as its peak what its parent held when it was started.
PEAK = """\
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


class Cost(NamedTuple):
    pixels: tuple[int, int]  # width, height
    digits: int
    best_ms: float
    median_ms: float
    megabytes: float  # at the peak
    shares: dict[str, float]  # step → share of the time, 0 to 1


def cost(image: Path, model: Path, reads: int) -> Cost:
    """What one image costs. Raises InputError where it can't be read."""
    reader, frame = Reader(Classifier(model)), Frame(decode(image.read_bytes()), image.name)
    digits = len(reader.read(frame).digits)
    taken = []
    for _ in range(reads):
        started = time.process_time()
        reader.read(frame)
        taken.append((time.process_time() - started) * 1000)
    size = frame.width, frame.height
    return Cost(size, digits, min(taken), statistics.median(taken), peak(image, model), shares(reader, frame))


def shares(reader: Reader, frame: Frame) -> dict[str, float]:
    """How much of the time each step takes, by Python's own profiler."""
    profiler = cProfile.Profile()
    with profiler:
        for _ in range(FEW):
            reader.read(frame)
    functions = pstats.Stats(profiler).get_stats_profile().func_profiles
    times = {
        step: sum(functions[name].cumtime for name in names if name in functions)
        for step, names in STEPS.items()
    }
    whole = functions["read"].cumtime
    return {step: taken / whole for step, taken in times.items()}


def peak(image: Path, model: Path) -> float:
    """Megabytes that `edge-digits IMAGE` holds at most. Raises InputError where it fails."""
    command = [edge_digits(), "--model", str(model), "--json", str(image)]
    done = subprocess.run([sys.executable, "-c", PEAK, *command], capture_output=True, text=True, check=False)
    if done.returncode not in READ_CODES or not done.stdout:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise InputError(f"edge-digits ended with exit code {done.returncode}: {reason}")
    return int(done.stdout) / 1024


def drawn(folder: Path) -> Iterator[Path]:
    """The two pages that are measured where no image is named, both by blue pen on white paper."""
    row = "1984 365 027"
    plain = PAGES[0]
    for page in (
        plain._replace(file="frame.png", rows=(row,), size=(1280, 720), digit=70),
        plain._replace(file="page.jpg", rows=(row,) * 10, size=(4000, 3000), digit=180),
    ):
        rng = np.random.default_rng(0)
        picture = page.draw(write(page, rng), rng).clip(0, 255).astype(np.uint8)
        path = folder / page.file
        path.write_bytes(cv2.imencode(path.suffix, picture)[1].tobytes())
        yield path


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench-reading", description=__doc__)
    parser.add_argument("images", nargs="*", type=Path, metavar="IMAGE")
    parser.add_argument("--reads", type=int, default=20, help="of each image (%(default)s)")
    parser.add_argument("--model", type=Path, default=default_model(), help="(the shipped one)")
    chosen = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    columns = "".join(f"{step:>9}" for step in STEPS)
    print(f"{'image':24} {'pixels':>11} {'digits':>7} {'best ms':>8} {'median':>7} {'MB':>5}  {columns}")
    with tempfile.TemporaryDirectory() as folder:
        for image in chosen.images or drawn(Path(folder)):
            taken = cost(image, chosen.model, chosen.reads)
            width, height = taken.pixels
            steps = "".join(f"{share:9.0%}" for share in taken.shares.values())
            print(
                f"{image.name[-24:]:24} {width:6}×{height:<4} {taken.digits:7} {taken.best_ms:8.1f} "
                f"{taken.median_ms:7.1f} {taken.megabytes:5.0f}  {steps}"
            )
    print(f"one thread, Python {platform.python_version()}, {platform.machine()}, {processor()}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (DigitsError, OSError) as problem:
        sys.exit(f"scripts/bench-reading: {problem}")
