"""Composes hard pages: telephone photographs of handwriting, each difficulty at a strength from 0 to 1.

With a FOLDER they are saved there with a labels.json, for scripts/score. With --sweep they are read at
once, against every difficulty alone and all together, and drawn as one picture.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from breaking.picture import where_it_breaks
from breaking.sweep import EVERYTHING, Point, empty_pages, sweep
from digits_edge.classifier import Classifier
from digits_edge.errors import DigitsError
from digits_edge.files import output_folder, write_whole
from digits_edge.models import default_model
from digits_edge.opencv import cv2
from digits_edge.reader import Reader
from digits_train.backend import load_tensorflow
from digits_train.images import Images
from digits_train.pages.hard_page import KINDS, Kind, hard_page
from digits_train.pages.strengths import FACTORS, Strengths

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "where-it-breaks.png"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/hard-pages",
        description=__doc__,
        epilog=f"The difficulties: {', '.join(FACTORS)}.",
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="where the pages are saved")
    parser.add_argument("--pages", type=int, default=20, metavar="N", help="(%(default)s)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the first page (%(default)s)")
    parser.add_argument(
        "--data", default="mnist", help="whose test part is used: mnist, uci, … (%(default)s)"
    )
    parser.add_argument(
        "--strength", type=strength, default=0.5, metavar="0..1", help="of everything (%(default)s)"
    )
    parser.add_argument(
        "--factor",
        type=factor,
        action="append",
        default=[],
        metavar="NAME=0..1",
        help="another for one of them",
    )
    parser.add_argument("--kind", choices=KINDS, default="numbers", help="all but numbers hold no digit")
    parser.add_argument("--sweep", action="store_true", help="measure where reading breaks")
    parser.add_argument("--model", type=Path, metavar="FILE", help="what --sweep reads with")
    parser.add_argument("--picture", type=Path, default=PICTURE, metavar="PNG", help="what --sweep draws")
    chosen = parser.parse_args(arguments)
    if chosen.sweep == (chosen.folder is not None) or chosen.pages < 1 or chosen.seed < 0:
        parser.error("wanted a FOLDER or --sweep, at least one page, and a seed of 0 or more")

    seeds = range(chosen.seed, chosen.seed + chosen.pages)
    if chosen.sweep:
        # Loaded before TensorFlow: tflite-runtime can't load a model after it.
        reader = Reader(Classifier(chosen.model or default_model()))
        measured(reader, test_digits(chosen.data), seeds, chosen.picture)
    else:
        strengths = replace(Strengths.all_at(chosen.strength), **dict(chosen.factor))
        save(chosen.folder, test_digits(chosen.data), strengths, seeds, chosen.kind)


def test_digits(data: str) -> Images:
    load_tensorflow()
    from digits_train.data import load_data

    return load_data(data).test.digits()


def save(folder: Path, digits: Images, strengths: Strengths, seeds: Sequence[int], kind: Kind) -> None:
    """Pages and, where there is something to read, their labels.json; without one all are negatives."""
    output_folder(folder)
    labels = {}
    for seed in seeds:
        page = hard_page(digits, strengths, seed, kind=kind)
        file = f"{kind}-{seed:05}.png"  # a JPEG's traces are in the pixels already
        write_whole(folder / file, cv2.imencode(".png", page.pixels)[1].tobytes())
        labels[file] = {"digits": page.text, "notes": f"seed {seed}"}
        say(file)
    if kind == "numbers":
        write_whole(folder / "labels.json", f"{json.dumps(labels, indent=1)}\n".encode())
    print(f"{len(labels)} pages in {folder}")


def measured(reader: Reader, digits: Images, seeds: Sequence[int], picture: Path) -> None:
    """Prints the tables and draws the picture."""
    points = list(sweep(reader, digits, seeds, say))
    empty = list(empty_pages(reader, digits, seeds, say))
    print(f"{'digits right':13}     0     ¼     ½     ¾     1   false digits a page at ½, at 1")
    for name in (*FACTORS, EVERYTHING):
        line = [point for point in points if point.factor == name]
        shares = "".join(f"{point.right:6.0%}" for point in line)
        print(f"{name:13}{shares}   {false_a_page(line[2]):5.1f} {false_a_page(line[4]):5.1f}")
    medium = next(point for point in points if point.factor == EVERYTHING and point.strength == 0.5)
    print(f"everything at ½: {medium.exact} of {medium.pages} pages exactly right, {medium.digits:,} digits")
    for point in empty:
        print(f"{point.factor:13}{point.read / point.pages:6.0%} of pages have a reading, "
              f"{false_a_page(point):.1f} false digits a page")  # fmt: skip
    counted = f"{len(seeds)} pages a point"
    title = f"Where it breaks: digits right (blue), false digits a page (orange, dotted); {counted}"
    write_whole(picture, where_it_breaks(points, title))
    say(f"drawn in {picture}")


def false_a_page(point: Point) -> float:
    return point.false / point.pages


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def strength(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no strength; wanted 0 to 1")
    return value


def factor(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    if name not in FACTORS:
        raise argparse.ArgumentTypeError(f"no difficulty is called {name!r}; known are {', '.join(FACTORS)}")
    return name, strength(value)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DigitsError as problem:
        sys.exit(f"scripts/hard-pages: {problem}")
