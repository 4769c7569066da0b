"""Reads labelled folders with edge-digits and, where they are installed, with Tesseract and RapidOCR.

They read any text and are told to read digits, where they can be told; each on one thread. Of pages the
share of digits right and of pages exactly right, of images without digits the share read as a number.
Seconds are the processor's for an image, steadier than the wall's, each program's start included.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digits_edge.errors import DigitsError
from scoring.answers import edge_digits, read
from scoring.sets import LabelledSet, Layout, find_sets
from scoring.verdicts import Figures, figures, judge

ROOT = Path(__file__).parents[1]
OCR = ROOT / "scripts" / "ocr"
RAPIDOCR = ROOT / ".venv-ocr" / "bin" / "python"
# Tesseract's page segmentation modes, of those tried the best for it: sparse text, one word.
MODES: dict[Layout, str] = {"pages": "11", "singles": "8", "negatives": "11"}


@dataclass(frozen=True, slots=True)
class Engine:
    name: str
    commands: dict[Layout, list[str]]


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/compare-ocr", description=__doc__)
    parser.add_argument(
        "folders", nargs="+", type=Path, metavar="FOLDER", help="labelled, as scripts/score's"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="read only N images of each set, evenly drawn")
    parser.add_argument(
        "--rapidocr", type=Path, default=RAPIDOCR, metavar="PYTHON", help="one that has it (%(default)s)"
    )
    chosen = parser.parse_args(arguments)
    if chosen.limit is not None and chosen.limit < 1:
        parser.error("--limit: wanted at least 1")
    sets = [fewer(one, chosen.limit) for folder in chosen.folders for one in find_sets(folder)]
    os.environ["OMP_THREAD_LIMIT"] = "1"  # Tesseract's only switch
    engines = installed(chosen.rapidocr)
    head = ["", *(engine.name for engine in engines)]
    print(f"| {' | '.join(head)} |\n| {' | '.join(['---', *['---:'] * len(engines)])} |")
    for some in sets:
        cells = []
        for engine in engines:
            print(f"{engine.name}: {some.name}, {len(some.expected):,} images …", file=sys.stderr)
            before = processor_s()
            answers = read(engine.commands[some.layout], list(some.expected))
            seconds = (processor_s() - before) / len(some.expected)
            cells.append(cell(figures(some, judge(some, answers)), seconds))
        print(f"| {' | '.join([title(some), *cells])} |", flush=True)


def processor_s() -> float:
    """Of all programs started so far that have ended, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def installed(rapidocr: Path) -> list[Engine]:
    """edge-digits and what else is here; says how to install what isn't."""
    engines = [Engine("edge-digits", {layout: [edge_digits()] for layout in MODES})]
    if shutil.which("tesseract"):
        script = [sys.executable, str(OCR / "with_tesseract.py")]
        commands = {layout: [*script, mode] for layout, mode in MODES.items()}
        engines.append(Engine(f"Tesseract {_said(['tesseract', '--version']).split()[1]}", commands))
    else:
        print("Left out: Tesseract; run: sudo apt install tesseract-ocr", file=sys.stderr)
    version = _said([str(rapidocr), "-c", "import importlib.metadata as m; print(m.version('rapidocr'))"])
    if version:
        command = [str(rapidocr), str(OCR / "with_rapidocr.py")]
        engines.append(Engine(f"RapidOCR {version}", dict.fromkeys(MODES, command)))
    else:
        install = "python3 -m venv .venv-ocr && .venv-ocr/bin/pip install rapidocr onnxruntime"
        print(f"Left out: RapidOCR; run: {install}", file=sys.stderr)
    return engines


def fewer(labelled: LabelledSet, limit: int | None) -> LabelledSet:
    """At most `limit` of the images, as far from each other as can be, so that every label is there."""
    images = list(labelled.expected)
    if limit is None or limit >= len(images):
        return labelled
    kept = [images[place * len(images) // limit] for place in range(limit)]
    return LabelledSet(labelled.name, labelled.layout, {image: labelled.expected[image] for image in kept})


def title(labelled: LabelledSet) -> str:
    what = {
        "singles": "single digits right",
        "pages": "pages, digits right (exact)",
        "negatives": "read as a number",
    }
    return f"{labelled.name}, {len(labelled.expected):,} {what[labelled.layout]}"


def cell(row: Figures, seconds: float) -> str:
    exact = f" ({row.right / row.images:.0%})" if row.layout == "pages" else ""
    return f"{row.score:.1%}{exact}, {seconds:.2g} s"


def _said(command: Sequence[str]) -> str:
    """The first line on standard output, "" where the command fails or isn't there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.partition("\n")[0].strip()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DigitsError as problem:
        sys.exit(f"scripts/compare-ocr: {problem}")
