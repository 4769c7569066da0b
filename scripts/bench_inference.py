"""Measures the microseconds that a digit takes, one thread, warm, on every interpreter installed.

A digit is what edge-digits pays for it: quantising, setting the input, the network, getting the scores.
The models take turns, so that a busy moment meets all of them.
"""

import argparse
import platform
import statistics
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_start import processor
from digits_edge.card import read_card
from digits_edge.errors import DigitsError, ModelError
from digits_edge.golden import read_golden
from digits_edge.interpreter import Network
from digits_edge.normalise import Inputs, normalise
from digits_edge.quiet import quiet_stderr
from digits_edge.runtimes import installed_runtimes

MODELS = Path(__file__).parents[1] / "models"
ROUNDS = 300


@dataclass(frozen=True, slots=True)
class Timing:
    runtime: str
    model: Path
    rounds_us: tuple[float, ...]  # a digit's microseconds in each round

    @property
    def median_us(self) -> float:
        return statistics.median(self.rounds_us)


def timings(models: Sequence[Path], rounds: int) -> Iterator[Timing]:
    """Every model on every interpreter installed; the first rounds only warm up.

    TensorFlow comes last: tflite-runtime can't load a model after it, so call this before anything
    else imports it. Raises ModelError for a file without a card.
    """
    contents = [model.read_bytes() for model in models]
    inputs = [inputs_of(content) for content in contents]
    for runtime in installed_runtimes():
        with (
            quiet_stderr(),
            warnings.catch_warnings(),
        ):  # TensorFlow announces itself and its interpreter's end
            warnings.simplefilter("ignore")
            networks = [Network(content, runtime) for content in contents]
        taken = [
            [digit_us(network, given) for network, given in zip(networks, inputs, strict=True)]
            for _ in range(rounds + rounds // 10)
        ][-rounds:]
        for model, own in zip(models, zip(*taken, strict=True), strict=True):
            yield Timing(runtime, model, own)


def inputs_of(content: bytes) -> Inputs:
    """The model's own golden inputs, normalised. Raises ModelError for a file without a card."""
    card = read_card(content)
    if card is None:
        raise ModelError("no model card in the file; make it with convert-digits")
    return normalise(read_golden(content).glyphs, card.normalisation)


def digit_us(network: Network, inputs: Inputs) -> float:
    """Microseconds a digit in one round over all inputs."""
    start = time.perf_counter()
    network.scores(inputs)
    return (time.perf_counter() - start) / len(inputs) * 1e6


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench-inference", description=__doc__)
    parser.add_argument("models", nargs="*", type=Path, default=sorted(MODELS.glob("*.tflite")))
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help="over a model's golden inputs (%(default)s)"
    )
    chosen = parser.parse_args(arguments)
    print(f"{'µs a digit':16}  {'model':24}  median  fastest")
    for one in timings(chosen.models, chosen.rounds):
        print(f"{one.runtime:16}  {one.model.name:24}  {one.median_us:6.0f}  {min(one.rounds_us):7.0f}")
    print(f"one thread, Python {platform.python_version()}, {platform.machine()}, {processor()}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (DigitsError, OSError) as problem:
        sys.exit(f"scripts/bench-inference: {problem}")
