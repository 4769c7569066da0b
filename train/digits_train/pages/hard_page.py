"""One page of handwriting as a telephone sees it, with what stands on it.

Frozen on 2026-11-23, before the reader was made better than a plain one: that one (connected pieces
of a threshold; compact-int8.tflite of SHA-256 c80eabdf…) got 52.8 % of the digits of 100 pages, seeds 0
to 99 of MNIST's test part at medium strength of everything, and 97.8 % of 40 pages at none. What changes
a page from here on makes those figures, and all that are compared with them, those of another generator.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from digits_edge.frame import Pixels
from digits_train.images import Images
from digits_train.pages.camera import photograph, view
from digits_train.pages.desk import desk
from digits_train.pages.light import light, shadow
from digits_train.pages.noise import clouds
from digits_train.pages.paper import folds, grain, ruling, show_through
from digits_train.pages.scene import Points, Scene
from digits_train.pages.strengths import Chance, Strengths
from digits_train.pages.writing import Writer, Written

Kind = Literal["numbers", "words", "blank", "clutter"]
KINDS: tuple[Kind, ...] = ("numbers", "words", "blank", "clutter")

USUAL, LARGEST = 0.08, 0.62  # of the frame's shorter side: a digit's height
SMALLEST = 12.0  # pixels


@dataclass(frozen=True, slots=True)
class HardPage:
    pixels: Pixels  # (height, width, 3)
    rows: tuple[tuple[tuple[Written, ...], ...], ...]  # rows from the top, numbers in a row, their digits
    digits: NDArray[np.uint8]  # (height, width), 255 where the ink of a digit that is to be read is seen

    @property
    def text(self) -> str:
        """Rows joined by newlines, the numbers of a row by spaces."""
        return "\n".join(
            " ".join("".join(str(digit.value) for digit in number) for number in row) for row in self.rows
        )

    @property
    def written(self) -> list[Written]:
        return [digit for row in self.rows for number in row for digit in number]


def hard_page(
    digits: Images,
    strengths: Strengths,
    seed: int,
    *,
    size: tuple[int, int] = (1600, 1200),
    kind: Kind = "numbers",
) -> HardPage:
    """The page that follows from these: the same ones give the same page. `size` is width, height.

    "words" has words and other signs alone, "blank" a sheet with nothing written on it, "clutter" no
    sheet but a desk and what lies on it: on these there is nothing to read.
    """
    chance = Chance(strengths, seed)
    width, height = size
    area = _area(width, height)
    scene = _scene(size, area, chance)
    grain(scene, chance)
    show_through(scene, chance)
    ruling(scene, chance)
    writer = Writer(scene, digits, chance)
    if kind in ("numbers", "words"):
        writer.write(area, numbers=kind == "numbers")
    folds(scene, chance)
    desk(scene, chance, area, bare=kind == "clutter")
    light(scene, chance)
    shadow(scene, chance)
    return HardPage(photograph(scene, chance), tuple(writer.rows), scene.digits)


def _area(width: int, height: int) -> Points:
    """What is written on: the corners of the sheet's middle."""
    left, top = 0.06 * width, 0.06 * height
    right, foot = width - left, height - top
    return np.array([(left, top), (right, top), (right, foot), (left, foot)])


def _scene(size: tuple[int, int], area: Points, chance: Chance) -> Scene:
    width, height = size
    rng = chance.stream("paper")
    white = np.array((0.9, 0.92, 0.93)) * rng.uniform(0.93, 1.03) + rng.normal(0, 0.008, 3)
    return Scene(
        view((height, width), chance, area),
        np.broadcast_to(white.astype(np.float32), (height, width, 3)).copy(),
        np.ones((height, width), np.float32),
        clouds((height, width), 1.6, rng) * np.float32(0.9),
        np.zeros((height, width), np.uint8),
        _digit_height(width, height, chance),
    )


def _digit_height(width: int, height: int, chance: Chance) -> float:
    amount, rng = chance.of("size")
    usual = USUAL * min(width, height)
    larger = rng.uniform(-1, 1)
    end = LARGEST * min(width, height) if larger > 0 else min(SMALLEST, usual)
    return float(usual * (end / usual) ** (abs(larger) ** 0.7 * amount))
