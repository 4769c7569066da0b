"""The order in which boxes are read: rows from the top, left to right."""

import numpy as np

from digits_edge.reading import Box

SHARED = 0.25  # of the lower one's height: neighbours in a row overlap at least this much


def in_rows(boxes: list[Box]) -> list[list[int]]:
    """Indices of `boxes`, row by row.

    Each box joins the row whose last box it overlaps most in height, so that rows may slant or bend.
    """
    rows: list[list[int]] = []
    last = np.empty((len(boxes), 2), np.int64)  # top and bottom of every row's last box
    for index in sorted(range(len(boxes)), key=lambda i: boxes[i].x):
        box = boxes[index]
        top, bottom = last[: len(rows)].T
        shared = np.minimum(bottom, box.bottom) - np.maximum(top, box.y)
        overlap = shared / np.minimum(bottom - top, box.height)
        if overlap.max(initial=0) >= SHARED:
            row = int(overlap.argmax())
            rows[row].append(index)
        else:
            row = len(rows)
            rows.append([index])
        last[row] = box.y, box.bottom
    return sorted(rows, key=lambda row: float(np.median([boxes[i].y + boxes[i].height / 2 for i in row])))
