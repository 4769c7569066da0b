"""Measures the microseconds that a digit takes, one thread, warm, on every interpreter installed.

A digit is what edge-digits pays for it: quantising, setting the input, the network, getting the scores.
"""

import argparse
import platform
import statistics
import sys
import time
from collections.abc import Sequence
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


def inputs_of(content: bytes) -> Inputs:
    """The model's own golden inputs, normalised. Raises ModelError for a file without a card."""
    card = read_card(content)
    if card is None:
        raise ModelError("no model card in the file; make it with convert-digits")
    return normalise(read_golden(content).glyphs, card.normalisation)


def digit_us(network: Network, inputs: Inputs, rounds: int) -> list[float]:
    """Microseconds a digit, one figure a round over all inputs; the first rounds only warm up."""
    taken = []
    for _ in range(rounds + rounds // 10):
        start = time.perf_counter()
        network.scores(inputs)
        taken.append((time.perf_counter() - start) / len(inputs) * 1e6)
    return taken[-rounds:]


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench-inference", description=__doc__)
    parser.add_argument("models", nargs="*", type=Path, default=sorted(MODELS.glob("*.tflite")))
    parser.add_argument("--rounds", type=int, default=300, help="over a model's golden inputs (%(default)s)")
    chosen = parser.parse_args(arguments)
    print(f"{'µs a digit':16}  {'model':24}  median  fastest")
    for runtime in installed_runtimes():  # TensorFlow last: tflite-runtime can't follow it in a process
        for model in chosen.models:
            content = model.read_bytes()
            with quiet_stderr():  # TensorFlow announces itself there
                network = Network(content, runtime)
            taken = digit_us(network, inputs_of(content), chosen.rounds)
            print(f"{runtime:16}  {model.name:24}  {statistics.median(taken):6.0f}  {min(taken):7.0f}")
    print(f"one thread, Python {platform.python_version()}, {platform.machine()}, {processor()}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (DigitsError, OSError) as problem:
        sys.exit(f"scripts/bench-inference: {problem}")
