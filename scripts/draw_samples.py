"""Draws the pages of docs/samples and their labels.json: handwriting of nobody's, from strokes in code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digits_edge.files import output_folder, write_whole
from digits_edge.opencv import cv2
from digits_train.strokes import Hand, write_digit

SAMPLES = Path(__file__).parents[1] / "docs" / "samples"

Cover = NDArray[np.float32]  # (height, width), 0 bare to 1 covered
Picture = NDArray[np.float32]  # (height, width, 3), BGR, 0 to 255
Rng = np.random.Generator
Colour = tuple[int, int, int]  # BGR

BLUE, BLACK, PENCIL, CHALK, MARKER = (128, 54, 26), (44, 38, 36), (88, 84, 82), (226, 232, 230), (40, 34, 190)


class Page(NamedTuple):
    file: str
    notes: str
    rows: tuple[str, ...]
    hand: Hand
    size: tuple[int, int]  # width, height
    digit: float  # height of a digit
    draw: Callable[[Cover, Rng], Picture]


def write(page: Page, rng: Rng) -> Cover:
    """What the pen leaves on the page: rows evenly spread, each a little aslant, digits dancing on them."""
    width, height = page.size
    cover = np.zeros((height, width), np.float32)
    step = height / (len(page.rows) + 0.35)
    for number, row in enumerate(page.rows):
        x = width * 0.08 + rng.uniform(0, 0.3) * page.digit
        foot = step * (number + 0.72) + page.digit / 2 + rng.normal(0, 0.04) * page.digit
        climb = rng.normal(0, 0.012)
        for sign in row:
            if sign == " ":
                x += page.digit * rng.uniform(0.85, 1.05)
                continue
            ink = write_digit(int(sign), page.hand, page.digit * rng.normal(1, 0.035), rng)
            left, top = round(x), round(foot - climb * x - len(ink) + rng.normal(0, 0.025) * page.digit)
            spot = cover[top : top + ink.shape[0], left : left + ink.shape[1]]
            np.maximum(spot, ink / np.float32(255), out=spot)
            x += ink.shape[1] + page.digit * rng.uniform(0.13, 0.24)
    return cover


def clouds(shape: tuple[int, ...], coarse: float, rng: Rng) -> Cover:
    """Smooth noise of mean 0 and deviation 1, whose lumps are about `coarse` pixels wide."""
    height, width = shape[:2]
    seeds = rng.normal(0, 1, (int(height / coarse) + 4, int(width / coarse) + 4)).astype(np.float32)
    noise = cv2.resize(seeds, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray((noise - noise.mean()) / noise.std(), np.float32)


def sheet(shape: tuple[int, ...], colour: Colour, rng: Rng, grain: float = 1.6) -> Picture:
    """Bare paper with its fibres."""
    fibres = grain * (
        0.7 * clouds(shape, 1.5, rng) + 0.6 * clouds(shape, 6, rng) + 0.8 * clouds(shape, 90, rng)
    )
    return np.asarray(fibres[..., np.newaxis] + np.array(colour, np.float32), np.float32)


def inked(paper: Picture, cover: Cover, colour: Colour, rng: Rng, patchy: float = 0.10) -> Picture:
    """The paper with the pen's colour where it went; `patchy` is how unevenly it covers."""
    flow = 1 - patchy * np.abs(0.6 * clouds(cover.shape, 1.6, rng) + 0.6 * clouds(cover.shape, 14, rng))
    alpha = (cv2.GaussianBlur(cover, (0, 0), 0.6) * flow.clip(0, 1))[..., np.newaxis]
    return np.asarray(paper * (1 - alpha) + np.array(colour, np.float32) * alpha, np.float32)


def plain(cover: Cover, rng: Rng) -> Picture:
    return inked(sheet(cover.shape, (240, 244, 246), rng), cover, BLUE, rng)


def shadowed(cover: Cover, rng: Rng) -> Picture:
    """Lamplight from the upper right, dark corners and the soft edge of somebody's shadow."""
    page = inked(sheet(cover.shape, (206, 224, 232), rng, grain=3), cover, BLACK, rng)
    y, x = np.mgrid[-1 : 1 : cover.shape[0] * 1j, -1 : 1 : cover.shape[1] * 1j]
    lamp = 1 - 0.20 * ((x - 0.5) ** 2 + (y + 0.5) ** 2) / 2
    shade = 1 / (1 + np.exp((x + 0.55 * y + 0.45 + 0.1 * np.sin(3 * y)) * 9))
    return np.asarray(page * (lamp * (1 - 0.38 * shade))[..., np.newaxis], np.float32)


def squared(cover: Cover, rng: Rng) -> Picture:
    paper = sheet(cover.shape, (243, 246, 247), rng)
    for axis, phase in ((0, 17), (1, 9)):
        lines = np.arange(phase, cover.shape[axis], 38)
        rule = np.zeros(cover.shape, np.float32)
        rule[(lines, slice(None)) if axis == 0 else (slice(None), lines)] = 0.75
        paper = inked(paper, rule, (216, 196, 172), rng, patchy=0.2)
    return inked(paper, cover, BLACK, rng)


def chalked(cover: Cover, rng: Rng) -> Picture:
    """Chalk on a board wiped many times: light strokes with the board's grain showing through."""
    board = sheet(cover.shape, (62, 74, 52), rng, grain=1.5)
    wiped = np.abs(cv2.GaussianBlur(clouds(cover.shape, 8, rng), (0, 0), sigmaX=60, sigmaY=5))
    return inked(board + 22 * wiped[..., np.newaxis], cover, CHALK, rng, patchy=0.38)


def marker(cover: Cover, rng: Rng) -> Picture:
    return inked(sheet(cover.shape, (238, 240, 240), rng, grain=0.4), cover, MARKER, rng, patchy=0.04)


def photographed(cover: Cover, rng: Rng) -> Picture:
    """A telephone held not quite straight over a pencilled sheet: perspective, blur, noise, uneven light."""
    height, width = cover.shape
    page = inked(sheet(cover.shape, (214, 226, 230), rng, grain=2), cover, PENCIL, rng, patchy=0.12)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    held = corners + np.array([(-70, -20), (30, -60), (85, 50), (-60, 30)], np.float32)
    turn = cv2.getPerspectiveTransform(corners, held)
    flags, border = cv2.INTER_CUBIC, cv2.BORDER_REPLICATE
    seen = cv2.warpPerspective(page, turn, (width, height), flags=flags, borderMode=border)
    seen = cv2.GaussianBlur(seen, (0, 0), 1.1)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    light = 0.86 - 0.10 * x + 0.05 * y - 0.08 * (x**2 + y**2)
    noisy = seen * light[..., np.newaxis] + 3.5 * rng.normal(0, 1, seen.shape)
    return np.asarray(noisy, np.float32)


PAGES = (
    Page("plain.jpg", "blue pen on white paper", ("1984 365 42", "7 2038 910", "60 1537 284", "5192 30 76"),
         Hand((0, 1, 0, 0, 0, 0, 0, 2, 0, 1), 0.13, 1.05, 0.075, 0.016), (1100, 800), 92, plain),
    Page("shadow.jpg", "black pen, paper grain, a shadow across", ("0049 8152", "30 647 1289", "7513 90 26"),
         Hand((1, 2, 1, 2, 1, 1, 2, 0, 1, 0), 0.09, 1.15, 0.085, 0.014), (1100, 760), 100, shadowed),
    Page("squared.jpg", "fountain pen on squared paper", ("271 8281", "94 5036", "6175 20"),
         Hand((2, 1, 1, 1, 1, 0, 0, 3, 2, 2), 0.10, 1.15, 0.085, 0.014), (960, 700), 96, squared),
    Page("board.jpg", "chalk on a dark board, light on dark", ("12 96 480", "735 2160"),
         Hand((0, 0, 2, 0, 2, 2, 1, 3, 1, 0), 0.08, 1.15, 0.100, 0.018), (1200, 640), 122, chalked),
    Page("digit.png", "one large digit, red marker", ("5",),
         Hand((0, 1, 0, 0, 0, 0, 0, 2, 0, 1), 0.10, 1.20, 0.110, 0.012), (460, 560), 380, marker),
    Page("phone.jpg", "telephone photo of pencil: perspective, blur, noise",
         ("49 30 2754 8163", "0 157 9286", "641 38 5079", "1024 73"),
         Hand((1, 1, 0, 1, 0, 1, 0, 0, 0, 1), 0.09, 1.10, 0.065, 0.018), (1280, 960), 84, photographed),
)  # fmt: skip


def main() -> None:
    output_folder(SAMPLES)
    for seed, page in enumerate(PAGES):
        rng = np.random.default_rng((28, seed))
        picture = page.draw(write(page, rng), rng).clip(0, 255).astype(np.uint8)
        _, content = cv2.imencode(Path(page.file).suffix, picture, [cv2.IMWRITE_JPEG_QUALITY, 84])
        write_whole(SAMPLES / page.file, content.tobytes())
        print(f"{page.file:12} {len(content) / 1000:4.0f} kB  {page.notes}")
    labels = {page.file: {"digits": "\n".join(page.rows), "notes": page.notes} for page in PAGES}
    write_whole(SAMPLES / "labels.json", (json.dumps(labels, indent=1) + "\n").encode())


if __name__ == "__main__":
    main()
