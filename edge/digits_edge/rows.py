"""The order in which blobs are read: rows from the top, left to right, and where numbers end."""

from statistics import median

from digits_edge.reading import Box

SPACE = 0.85  # of a row's digit height: a wider gap parts two numbers


def in_rows(boxes: list[Box]) -> list[list[int]]:
    """Indices of `boxes`, row by row.

    Each box joins the row whose last box it overlaps most in height, so that rows may slant or bend.
    """
    rows: list[list[int]] = []
    for index in sorted(range(len(boxes)), key=lambda i: boxes[i].x):
        box = boxes[index]
        best = max(rows, key=lambda row: _overlap(boxes[row[-1]], box), default=None)
        if best is not None and _overlap(boxes[best[-1]], box) >= 0.4:
            best.append(index)
        else:
            rows.append([index])
    return sorted(rows, key=lambda row: median(boxes[i].y + boxes[i].height / 2 for i in row))


def is_space(left: Box, right: Box, height: float) -> bool:
    """Whether the gap between two neighbours parts numbers in a row of digits `height` pixels high."""
    return right.x - left.right > SPACE * height


def _overlap(one: Box, other: Box) -> float:
    """Shared height, as a share of the smaller box."""
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    return shared / min(one.height, other.height)
