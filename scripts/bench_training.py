"""Measures how many images a second training takes in: Keras' plain fit beside what train-digits does.

Short runs in turn, each in a process of its own; medians, over a quarter of an hour in all. The lessons of
compact (digits rewritten by other hands) are made on another core while the epoch before is learnt.
"""

import argparse
import os
import platform
import statistics
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from bench_start import processor
from digits_edge.command import needs
from digits_edge.errors import DigitsError
from digits_train.backend import load_tensorflow


class Way(NamedTuple):
    what: str
    recipe: str
    pace: str  # a function of training_pace.py
    settings: dict[str, bool] = {}  # noqa: RUF012
    cores: int | None = None  # all where None


WAYS = (
    Way("Keras' plain fit", "article", "plain_fit"),
    Way("and a callback hears of every batch", "article", "plain_fit", {"told": True}),
    Way("and the operators are deterministic", "article", "plain_fit", {"told": True, "determined": True}),
    Way("train-digits", "article", "train_digits"),
    Way("Keras' plain fit, without averaged weights", "compact", "plain_fit", {"averaged": False}),
    Way("Keras' plain fit", "compact", "plain_fit"),
    Way("train-digits, without lessons", "compact", "train_digits", {"lessons": False}),
    Way("train-digits", "compact", "train_digits"),
    Way("train-digits, one core", "compact", "train_digits", cores=1),
    Way("lessons made, one core", "compact", "make_lessons", cores=1),
)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench-training", description=__doc__)
    parser.add_argument("--images", type=int, default=16_000, help="of an epoch (%(default)s)")
    parser.add_argument("--epochs", type=int, default=5, help="the first three are left out (%(default)s)")
    parser.add_argument("--repeats", type=int, default=3, help="of each way (%(default)s)")
    parser.add_argument("--recipe", choices=("article", "compact"), help="only its ways (default: both)")
    chosen = parser.parse_args(arguments)
    ways = [way for way in WAYS if chosen.recipe in (None, way.recipe)]
    paces: list[list[float]] = [[] for _ in ways]
    for number in range(chosen.repeats):
        for way, own in zip(ways, paces, strict=True):
            print(f"{number + 1}/{chosen.repeats}  {way.recipe}: {way.what} …", file=sys.stderr)
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                own.append(process.submit(measure, way, chosen.images, chosen.epochs).result())
    print("| network | | images a second | of plain fit |\n| --- | --- | ---: | ---: |")
    plain = {
        w.recipe: statistics.median(p) for w, p in zip(ways, paces, strict=True) if w.what == WAYS[0].what
    }
    for way, own in zip(ways, paces, strict=True):
        pace = statistics.median(own)
        print(f"| {way.recipe} | {way.what} | {pace:,.0f} | {pace / plain[way.recipe]:.0%} |")
    print(
        f"\n{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}, {processor()}"
    )


def measure(way: Way, images: int, epochs: int) -> float:
    """Runs in a process of its own."""
    if way.cores is not None:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: way.cores])
    with needs("train"):
        load_tensorflow()
        import training_pace
    pace: float = getattr(training_pace, way.pace)(way.recipe, images, epochs, **way.settings)
    return pace


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DigitsError as problem:
        sys.exit(f"scripts/bench-training: {problem}")
