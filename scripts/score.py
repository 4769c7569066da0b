"""Measures labelled folders, black-box through `edge-digits --json`.

The layout of a folder shows by what it holds: labels.json (pages), sub-folders 0 to 9 (singles: one
digit an image), only images (negatives: no digit anywhere), or other such folders, each then measured.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from digits_edge.errors import DigitsError
from digits_edge.files import write_whole
from scoring.answers import edge_digits, read
from scoring.sets import find_sets
from scoring.verdicts import Figures, figures, judge


def main(arguments: Sequence[str]) -> None:
    own, options = list(arguments), []
    if "--" in own:
        options = own[own.index("--") + 1 :]
        own = own[: own.index("--")]
    parser = argparse.ArgumentParser(
        prog="scripts/score",
        description=__doc__,
        epilog="What follows -- goes to edge-digits: -- --threads 2",
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--errors", action="store_true", help="list every image that was not read right")
    parser.add_argument("--picture", type=Path, metavar="PNG", help="draw the worst of them")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    chosen = parser.parse_args(own)

    command = [edge_digits(), *options]
    results = []
    for labelled in (one for folder in chosen.folders for one in find_sets(folder)):
        print(f"{labelled.name}: {len(labelled.expected):,} images …", file=sys.stderr)
        verdicts = judge(labelled, read(command, list(labelled.expected)))
        results.append((figures(labelled, verdicts), [verdict for verdict in verdicts if not verdict.right]))
    print(table([row for row, _ in results]))
    for verdict in (verdict for _, mistakes in results for verdict in mistakes):
        if chosen.errors or verdict.answer.error is not None:
            read_as = verdict.answer.error or " ".join(verdict.answer.numbers) or "nothing"
            print(f"{verdict.image}: expected {verdict.expected or 'nothing'}, read {read_as}")
    if chosen.json:
        content = json.dumps([asdict(row) for row, _ in results], indent=1)
        write_whole(chosen.json, f"{content}\n".encode())
    if chosen.picture:
        from scoring.worst import draw_worst  # the only part that needs OpenCV

        draw_worst(chosen.picture, [mistakes for _, mistakes in results])
        print(f"The worst are drawn in {chosen.picture}.", file=sys.stderr)


def table(rows: Sequence[Figures]) -> str:
    """One line a set, aligned."""
    cells = [("set", "images", "score", "", "", "errors")]
    for row in rows:
        if row.layout == "singles":
            what = "right"
            details = f"{row.none:,} not read, {row.split:,} split, {row.wrong:,} wrong"
        elif row.layout == "pages":
            what = f"of {row.digits:,} digits"
            details = f"{row.edits:,} edits, {row.right:,} pages exactly right ({row.right / row.images:.1%})"
        else:
            what = "hold a number"
            details = f"{row.images - row.none - row.errors:,} read though there is no digit"
        cells.append((row.name, f"{row.images:,}", f"{row.score:.2%}", what, details, f"{row.errors:,}"))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    aligns = "<>><<>"
    return "\n".join(
        "  ".join(f"{cell:{align}{width}}" for cell, align, width in zip(line, aligns, widths, strict=True))
        for line in cells
    )


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DigitsError as problem:
        sys.exit(f"scripts/score: {problem}")
