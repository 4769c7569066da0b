"""The new file beside the network it was made from, on every runtime that is installed."""

import math
from collections.abc import Callable

import keras
import numpy as np

from digits_convert.runtimes import networks, with_version
from digits_edge.card import Parity
from digits_edge.errors import InputError, ModelError
from digits_edge.interpreter import Scores
from digits_edge.normalise import Normalisation, normalise
from digits_train.evaluate import predict
from digits_train.images import Images

Say = Callable[[str], None]  # told what is being done


def measure_parity(
    network: keras.Model, content: bytes, normalisation: Normalisation, test: Images, say: Say
) -> tuple[Parity, ...]:
    """Keras' own row, then one for each runtime, all from the same test images."""
    missing = sorted(set(range(10)) - set(test.labels.tolist()))
    if missing:
        raise InputError(f"no test images of {', '.join(map(str, missing))}; wanted all ten digits")
    say(f"{len(test):,} test images through Keras")
    exact = predict(network, normalisation, test.glyphs)
    rows = [_compare(f"keras {keras.__version__}", exact, exact, test)]
    inputs = normalise(test.glyphs, normalisation)
    for other in networks(content):
        name = with_version(other.runtime)
        say(f"{len(test):,} test images through {name}")
        rows.append(_compare(name, other.scores(inputs), exact, test))
    return tuple(rows)


def check_drop(rows: tuple[Parity, ...], max_drop: float) -> None:
    """Raises ModelError if any runtime loses more than `max_drop` points to Keras.

    The limit is rounded up to whole images: of 360 one is 0.28 points, and 0.10 can't be measured.
    """
    worst = max(rows, key=drop_points)
    lost = round((worst.accuracy_float - worst.accuracy) * worst.images)
    if lost > math.ceil(round(max_drop * worst.images / 100, 6)):
        raise ModelError(
            f"on {worst.runtime} the new file reads {worst.accuracy:.2%} of {worst.images:,} test images, "
            f"{drop_points(worst):.2f} points below the network's {worst.accuracy_float:.2%}, allowed are "
            f"{max_drop:.2f}; choose another --quantize, more --representative images or a higher --max-drop"
        )


def drop_points(row: Parity) -> float:
    """How many of 100 images are lost; below 0 where the file is the better one."""
    return round((row.accuracy_float - row.accuracy) * 100, 6)  # 0.1 must not come out above 0.1


def _compare(name: str, scores: Scores, exact: Scores, test: Images) -> Parity:
    answers, wanted = (each[:, :10].argmax(axis=1) for each in (scores, exact))  # ties go to the lower digit
    right = answers == test.labels
    return Parity(
        runtime=name,
        images=len(test),
        accuracy=float(right.mean()),
        accuracy_float=float((wanted == test.labels).mean()),
        agreement=float((answers == wanted).mean()),
        largest_difference=round(float(np.abs(scores - exact).max()), 6),
        accuracy_per_digit=tuple(float(right[test.labels == digit].mean()) for digit in range(10)),
    )
