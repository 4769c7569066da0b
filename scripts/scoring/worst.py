"""A sheet of the worst readings: each image with what was found in it, expected and read."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digits_edge.errors import InputError
from digits_edge.files import write_whole
from digits_edge.opencv import cv2
from scoring.verdicts import Verdict

COLUMNS, ROWS = 6, 8
WIDTH, HEIGHT, CAPTION = 220, 160, 44  # of a tile, its caption included
PAPER, BLACK, RED, GREEN = (255, 255, 255), (0, 0, 0), (0, 0, 200), (0, 150, 0)

Picture = NDArray[np.uint8]  # (height, width, 3), BGR


def draw_worst(path: Path, sets: Sequence[Sequence[Verdict]]) -> None:
    """The worst of every set in turn, as many as the sheet holds. Raises InputError where all is right."""
    ranked = [sorted(mistakes, key=_badness, reverse=True) for mistakes in sets if mistakes]
    if not ranked:
        raise InputError("nothing was read wrong, so there is no picture of the worst")
    share = COLUMNS * ROWS // len(ranked)
    tiles = [_tile(verdict) for mistakes in ranked for verdict in mistakes[: max(1, share)]]
    tiles += [_blank()] * (-len(tiles) % COLUMNS)
    rows = [np.hstack(tiles[start : start + COLUMNS]) for start in range(0, len(tiles), COLUMNS)]
    _, content = cv2.imencode(".png", np.vstack(rows))
    write_whole(path, content.tobytes())


def _badness(verdict: Verdict) -> tuple[float, float]:
    """Pages by the share of digits missed; otherwise a sure mistake is worse than a doubtful one."""
    return verdict.edits / max(1, len(verdict.expected)), verdict.answer.confidence


def _blank() -> Picture:
    return np.full((HEIGHT, WIDTH, 3), PAPER, np.uint8)


def _tile(verdict: Verdict) -> Picture:
    tile = _blank()
    image = cv2.imread(str(verdict.image), cv2.IMREAD_COLOR)
    if image is not None:
        scale = min((WIDTH - 8) / image.shape[1], (HEIGHT - CAPTION - 8) / image.shape[0])
        size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_NEAREST)
        tile[4 : 4 + size[1], 4 : 4 + size[0]] = small
        for box in verdict.answer.boxes:
            x, y, right, foot = (
                round(4 + scale * edge) for edge in (box.x, box.y, box.x + box.width, box.y + box.height)
            )
            cv2.rectangle(tile, (x, y), (right, foot), GREEN, 1)
    read = " ".join(verdict.answer.numbers) or ("unreadable" if verdict.answer.error else "nothing")
    _say(tile, f"{verdict.expected or 'nothing'}", 1, BLACK)
    _say(tile, read, 0, RED)
    return tile


def _say(tile: Picture, text: str, lines_below: int, colour: tuple[int, int, int]) -> None:
    text = text if len(text) < 24 else f"{text[:21]}..."
    at = (5, HEIGHT - 8 - 18 * lines_below)
    cv2.putText(tile, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.45, colour, 1, cv2.LINE_AA)
