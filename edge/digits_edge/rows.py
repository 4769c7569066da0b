"""The order in which boxes are read: rows from the top, left to right."""

import numpy as np

from digits_edge.reading import Box

SHARED = 0.25  # of the lower one's height: neighbours in a row overlap at least this much


def in_rows(boxes: list[Box]) -> list[list[int]]:
    """Indices of `boxes`, row by row.

    Each box joins the row whose last box it overlaps most in height, so that rows may slant or bend.
    """
    rows: list[list[int]] = []
    for index in sorted(range(len(boxes)), key=lambda i: boxes[i].x):
        box = boxes[index]
        best = max(rows, key=lambda row: _overlap(boxes[row[-1]], box), default=None)
        if best is not None and _overlap(boxes[best[-1]], box) >= SHARED:
            best.append(index)
        else:
            rows.append([index])
    return sorted(rows, key=lambda row: float(np.median([boxes[i].y + boxes[i].height / 2 for i in row])))


def _overlap(one: Box, other: Box) -> float:
    """Shared height, as a share of the smaller box."""
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    return shared / min(one.height, other.height)
