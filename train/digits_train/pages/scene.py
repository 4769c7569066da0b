"""What the camera looks at: a sheet and how it lies, and the inks that are put on it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digits_edge.opencv import cv2
from digits_edge.reading import Box
from digits_train.pages.noise import Surface
from digits_train.pages.signs import Sign

Points = NDArray[np.float64]  # (n, 2), x and y
Placing = NDArray[np.float64]  # (2, 3), affine
Colour = tuple[float, float, float]  # blue, green, red, 0 to 1


@dataclass(frozen=True, slots=True)
class View:
    """How the sheet appears in the frame. Sheet and frame have the same units, pixels."""

    homography: NDArray[np.float64]  # (3, 3)

    def seen(self, points: Points) -> Points:
        at = np.column_stack([points, np.ones(len(points))]) @ self.homography.T
        return np.asarray(at[:, :2] / at[:, 2:])

    def around(self, point: Points) -> Placing:
        """The view near a point of the sheet, (2,): what a small thing there goes through."""
        origin, right, below = self.seen(point + np.array([(0, 0), (1, 0), (0, 1)]))
        turn = np.column_stack([right - origin, below - origin])
        return np.column_stack([turn, origin - turn @ point])


class Pen(NamedTuple):
    width: float  # of the sheet's pixels
    colour: Colour
    density: float  # 0 to 1, how much of the paper's own colour the ink takes away
    rough: float  # 0 to 1, how much the paper's tooth breaks it up
    soft: float = 1.0  # pixels over which its edge fades


@dataclass(frozen=True, slots=True)
class Scene:
    """The frame while it is composed: what things reflect, how they are lit, and where digits are."""

    view: View
    albedo: NDArray[np.float32]  # (height, width, 3), 0 to 1
    light: Surface  # (height, width), 1 full
    tooth: Surface  # (height, width), the paper's relief, mean 0, deviation 1
    digits: NDArray[np.uint8]  # (height, width), 255 where a digit's ink is
    height: float  # of a digit, pixels of the sheet

    @property
    def shape(self) -> tuple[int, int]:
        return self.light.shape[0], self.light.shape[1]

    def write(self, sign: Sign, placing: Placing, pen: Pen) -> tuple[Box, NDArray[np.float32]] | None:
        """A sign put on the sheet by its field's `placing`: where its ink is seen and how dense it is there.

        None where that is outside the frame.
        """
        turn = self.view.around(placing @ (sign.away.shape[1] / 2, sign.away.shape[0] / 2, 1))
        seen = turn[:, :2] @ placing + np.column_stack([np.zeros((2, 2)), turn[:, 2]])
        high, wide = sign.away.shape
        corners = np.array([(0, 0, 1), (wide, 0, 1), (wide, high, 1), (0, high, 1)]) @ seen.T
        left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
        right, foot = np.minimum(np.ceil(corners.max(axis=0)).astype(int) + 1, self.shape[::-1])
        if right <= left or foot <= top:
            return None
        scale = float(np.sqrt(abs(np.linalg.det(seen[:, :2]))))  # pixels of the frame a cell
        width = max(pen.width * float(np.sqrt(abs(np.linalg.det(turn[:, :2])))), 0.0)
        seen[:, 2] -= left, top
        away = cv2.warpAffine(
            sign.away, seen, (int(right - left), int(foot - top)),
            flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=1e3,
        )  # fmt: skip
        # A line thinner than a pixel is a paler pixel.
        cover = ((width / 2 - away * scale) / pen.soft + 0.5).clip(0, min(1.0, width) if width else 1.0)
        box = cv2.boundingRect((cover > 0.15).astype(np.uint8))
        if not box[2]:
            return None
        self.stain(cover, int(left), int(top), pen)
        return Box(*box).moved(int(left), int(top)), cover

    def stain(self, cover: Surface, left: int, top: int, pen: Pen) -> None:
        """Ink on the albedo, which takes away light as dye does; pencil catches on the paper's tooth."""
        there = np.s_[top : top + cover.shape[0], left : left + cover.shape[1]]
        if pen.rough:
            cover = cover * (1 + pen.rough * (self.tooth[there] - 0.3)).clip(0, 1)
        taken = pen.density * (1 - np.array(pen.colour, np.float32))
        self.albedo[there] *= 1 - cover[..., np.newaxis] * taken
