"""Measures the cold start of `edge-digits IMAGE` beside the least that such a program can do.

The least is a bare script, printed by --show, that imports numpy, OpenCV and the same interpreter,
loads the same model and predicts once. The two run in turn, so that a busy moment meets both.
"""

import argparse
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from digits_edge.errors import DigitsError, InputError
from digits_edge.models import default_model
from digits_edge.runtimes import MODULES, installed_runtimes
from scoring.answers import edge_digits

SAMPLE = Path(__file__).parents[1] / "docs" / "samples" / "digit.png"
BAR = 1.5  # times the bare script's median

BARE = """\
import sys
import cv2
import numpy
from {module} import Interpreter
interpreter = Interpreter(sys.argv[1], num_threads=1)
interpreter.allocate_tensors()
given, scores = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
interpreter.set_tensor(given["index"], numpy.zeros(given["shape"], given["dtype"]))
interpreter.invoke()
print(interpreter.get_tensor(scores["index"]).argmax(), cv2.__version__)
"""


class Cost(NamedTuple):
    wall: float  # seconds
    processor: float  # seconds, of user and system: steadier than the wall on a busy machine


def cost(command: Sequence[str]) -> Cost:
    """What one run takes. Raises InputError where it fails."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise InputError(f"{Path(command[0]).name} ended with exit code {done.returncode}: {reason}")
    return Cost(wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench-start", description=__doc__)
    parser.add_argument("image", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--runs", type=int, default=15, help="of each (%(default)s)")
    parser.add_argument("--runtime", choices=MODULES, default=installed_runtimes()[0], help="(%(default)s)")
    parser.add_argument("--show", action="store_true", help="print the bare script and stop")
    chosen = parser.parse_args(arguments)
    script = BARE.format(module=MODULES[chosen.runtime])
    if chosen.show:
        print(script, end="")
        return
    bare = [sys.executable, "-c", script, str(default_model())]
    whole = [edge_digits(), "--runtime", chosen.runtime, str(chosen.image)]
    cost(bare), cost(whole)  # fills the disk cache and Python's
    pairs = [(cost(bare), cost(whole)) for _ in range(chosen.runs)]
    least, ours = (median(costs) for costs in zip(*pairs, strict=True))
    print(f"medians of {chosen.runs:<3}   bare script  edge-digits {chosen.image.name}  ratio")
    for name, bare_s, ours_s in zip(("wall", "processor"), least, ours, strict=True):
        width = len(f"edge-digits {chosen.image.name}")
        print(f"{name:14} {bare_s * 1000:8.0f} ms  {ours_s * 1000:{width - 3}.0f} ms  {ours_s / bare_s:5.2f}")
    print(f"wanted: at most {BAR} on the wall")
    print(f"{chosen.runtime}, Python {platform.python_version()}, {platform.machine()}, {processor()}")


def processor() -> str:
    """Its name, as Linux gives it."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith(("model name", "Model")):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DigitsError as problem:
        sys.exit(f"scripts/bench-start: {problem}")
