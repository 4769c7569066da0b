"""Every step of a reading as a picture, down to the glyphs that the network saw."""

import numpy as np

from digits_edge.calibration import Probabilities
from digits_edge.card import DIGITS, Card
from digits_edge.frame import Pixels
from digits_edge.glyph import SIZE, Glyphs
from digits_edge.normalise import FULL, normalise
from digits_edge.opencv import cv2
from digits_edge.outputs.drawing import GREEN, GREY, ORANGE, annotated, coloured, write_text
from digits_edge.reader import Steps

TILE = SIZE * 5  # pixels a side of an enlarged glyph
BARS = 220  # pixels across, for the probabilities beside it
COLUMNS = 4


def explained(steps: Steps, card: Card) -> list[tuple[str, Pixels]]:
    """Name and picture of every step, in the order of the way."""
    blobs = coloured(cv2.bitwise_not(steps.ruleless))
    for number, blob in enumerate(steps.blobs, start=1):
        x, y, width, height = blob.box
        cv2.rectangle(blobs, (x - 1, y - 1), (x + width, y + height), ORANGE, max(1, max(blobs.shape) // 800))
        write_text(blobs, str(number), (x, max(y - 4, 12)), max(0.4, max(blobs.shape) / 1600), ORANGE)
    return [
        ("1-frame", steps.frame.pixels),
        ("2-grey", steps.page.grey),
        ("3-paper", steps.page.paper),
        ("4-ink", cv2.bitwise_not(steps.page.ink)),
        ("5-without-rules", cv2.bitwise_not(steps.ruleless)),
        ("6-mask", cv2.bitwise_not(steps.mask)),
        ("7-blobs", blobs),
        ("8-glyphs", _sheet(steps, card)),
        ("9-reading", annotated(steps)),
    ]


def _sheet(steps: Steps, card: Card) -> Pixels:
    """Every glyph, what it became for the network where that is something else, and the answers."""
    seen = normalise(steps.glyphs, card.normalisation)[..., 0] * (255 / FULL[card.normalisation])
    ways = np.stack([steps.glyphs, seen.round().astype(np.uint8)], 1)  # (n, 2, 28, 28)
    if card.normalisation == "none":
        ways = ways[:, :1]
    tiles = [
        _tile(number, glyphs, probabilities, card.labels)
        for number, (glyphs, probabilities) in enumerate(zip(ways, steps.probabilities, strict=True), start=1)
    ]
    blank = np.full((TILE + 24, ways.shape[1] * TILE + BARS, 3), 255, np.uint8)
    if not tiles:
        write_text(blank, "no ink found", (10, TILE // 2), 0.7, GREY)
        return blank
    tiles += [blank] * (-len(tiles) % COLUMNS)
    return np.vstack([np.hstack(tiles[start : start + COLUMNS]) for start in range(0, len(tiles), COLUMNS)])


def _tile(number: int, glyphs: Glyphs, probabilities: Probabilities, labels: tuple[str, ...]) -> Pixels:
    """A glyph and what it became beside its probabilities as bars, the highest in green."""
    wide = len(glyphs) * TILE
    tile = np.full((TILE + 24, wide + BARS, 3), 255, np.uint8)
    tile[20 : 20 + TILE, 2 : 2 + wide] = coloured(
        cv2.resize(np.hstack(list(glyphs)), (wide, TILE), interpolation=cv2.INTER_NEAREST)
    )
    write_text(tile, f"blob {number}", (4, 14), 0.4, ORANGE)
    step = TILE // max(len(labels), len(DIGITS))
    for place, (label, probability) in enumerate(zip(labels, probabilities, strict=True)):
        y = 20 + place * step
        colour = GREEN if place == int(probabilities.argmax()) else GREY
        write_text(tile, label, (wide + 10, y + step - 4), 0.4, (0, 0, 0))
        length = round(float(probability) * 100)
        cv2.rectangle(tile, (wide + 50, y + 2), (wide + 50 + length, y + step - 3), colour, cv2.FILLED)
        write_text(tile, f"{probability * 100:.1f}%", (wide + 56 + length, y + step - 4), 0.35, colour)
    return tile
