"""Compares networks, article and compact unless others are named: a table in Markdown, and a picture.

Accuracy on MNIST's test part in Keras and on every interpreter installed, bytes, multiply-accumulates,
parameters, time, calibration; and every set of the labelled folders given, asked as scripts/score does.
"""

import argparse
import platform
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from bench_inference import ROUNDS, timings
from bench_start import processor
from comparing.files import find_files, shipped
from digits_edge.command import needs
from digits_edge.errors import DigitsError
from digits_edge.files import output_folder, write_whole
from digits_train.backend import load_tensorflow
from scoring.sets import find_sets

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "compare.png"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/compare", description=__doc__)
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="labelled, as scripts/score's"
    )
    parser.add_argument(
        "--model",
        action="append",
        metavar="STEM",
        help="a name in models/, or a path up to -int8.tflite; repeatable (default: all of models/)",
    )
    parser.add_argument(
        "--without", action="append", default=[], metavar="SET", help="leave a set out; repeatable"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of timing (%(default)s)")
    parser.add_argument("--picture", type=Path, default=PICTURE, metavar="PNG", help="(%(default)s)")
    chosen = parser.parse_args(arguments)

    output_folder(chosen.picture.parent)  # what can't be written is known before the work
    models = [find_files(stem) for stem in chosen.model or shipped()]
    found = list(chain.from_iterable(map(find_sets, chosen.folders)))
    sets = [one for one in found if one.name.rpartition("/")[2] not in chosen.without]
    if not sets:
        _say("Left out: other people's handwriting; name a labelled FOLDER")
    _say("timing …")
    taken = list(timings([file for model in models for file in model.converted], chosen.rounds))
    with needs("convert"):  # from here on with TensorFlow, after which tflite-runtime can't be timed
        load_tensorflow()
        from comparing.measure import measure
        from comparing.picture import draw
        from comparing.table import table
    networks = measure(models, taken, sets, _say)
    print(table(networks))
    print(f"\none thread, Python {platform.python_version()}, {platform.machine()}, {processor()}")
    write_whole(chosen.picture, draw(networks))
    _say(f"The picture is {chosen.picture}.")


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DigitsError as problem:
        sys.exit(f"scripts/compare: {problem}")
