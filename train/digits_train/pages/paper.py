"""The sheet: its grain, its lines and boxes, its folds, and what shows through from the other side."""

import numpy as np

from digits_edge.opencv import cv2
from digits_train.pages.noise import clouds
from digits_train.pages.scene import Colour, Pen, Points, Scene
from digits_train.pages.signs import HEIGHT, MARGIN, Mask, letter_sign
from digits_train.pages.strengths import Chance

LINES: tuple[Colour, ...] = ((0.85, 0.66, 0.5), (0.6, 0.6, 0.6), (0.72, 0.5, 0.75), (0.5, 0.42, 0.4))
RED_LINE: Colour = (0.45, 0.4, 0.85)
LETTERS = tuple("acdehkmnprtuvwxyABEHKMNRTX")
FINER = 3  # fractional bits of OpenCV's drawing


def grain(scene: Scene, chance: Chance) -> None:
    """Fibres, mottles, and the dark specks of recycled paper."""
    amount, rng = chance.of("grain")
    if not amount:
        return
    rough = 0.055 * amount * clouds(scene.shape, rng.uniform(2, 5), rng)
    rough += 0.035 * amount * clouds(scene.shape, rng.uniform(25, 90), rng)
    scene.light[:] *= 1 + rough + 0.03 * amount * scene.tooth
    height, width = scene.shape
    specks = np.zeros(scene.shape, np.uint8)
    for x, y in rng.uniform((0, 0), (width, height), (int(rng.uniform(0, 500) * amount**2), 2)):
        bend = rng.normal(0, 2 + 3 * amount, (2, 2)).cumsum(axis=0)
        polyline(
            specks, np.array([x, y]) + np.vstack([np.zeros((1, 2)), bend]), 1, int(rng.integers(60, 255))
        )
    scene.light[:] *= 1 - specks * np.float32(0.45 * amount / 255)


def ruling(scene: Scene, chance: Chance) -> None:
    """Lines, squares or a table, at any distance from what is written; and a margin's red line."""
    amount, rng = chance.of("ruling")
    if not amount:
        return
    height, width = scene.shape
    thick = max(1, round(scene.height * rng.uniform(0.012, 0.03) * (0.7 + 0.6 * amount)))
    kind = rng.choice(3, p=(0.45, 0.4, 0.15))
    step = scene.height * (rng.uniform(1.0, 2.2), rng.uniform(0.4, 0.9), rng.uniform(1.3, 2.5))[kind]
    step = max(step, 9.0)
    lines = np.zeros(scene.shape, np.uint8)
    for y in np.arange(rng.uniform(-1, 0) * step - height, 2 * height, step):
        polyline(lines, scene.view.seen(np.array([(-width, y), (2 * width, y)])), thick, 255)
    across = step if kind == 1 else step * rng.uniform(2, 4)
    for x in np.arange(rng.uniform(-1, 0) * across - width, 2 * width, across) if kind else ():
        polyline(lines, scene.view.seen(np.array([(x, -height), (x, 2 * height)])), thick, 255)
    colour = LINES[rng.integers(len(LINES))]
    density = min(1.0, (0.35 + 0.85 * amount) * rng.uniform(0.8, 1.1))
    scene.stain(lines * np.float32(1 / 255), 0, 0, Pen(0, colour, density, 0.1))
    if rng.random() < 0.5 * amount + 0.2:
        lines[:] = 0
        x = width * rng.uniform(0.03, 0.13)
        polyline(lines, scene.view.seen(np.array([(x, -height), (x, 2 * height)])), thick + 1, 255)
        scene.stain(lines * np.float32(1 / 255), 0, 0, Pen(0, RED_LINE, density, 0.1))


def folds(scene: Scene, chance: Chance) -> None:
    """Each fold a crease with light on one side and shade on the other; a crumple is many small ones."""
    amount, rng = chance.of("folds")
    if not amount:
        return
    height, width = scene.shape
    small = max(2, height // 3), max(2, width // 3)
    y, x = np.mgrid[0 : height : small[0] * 1j, 0 : width : small[1] * 1j].astype(np.float32)
    shade = np.ones(small, np.float32)
    for _ in range(int(rng.integers(1, 2 + round(4 * amount)))):
        angle = rng.choice((0, np.pi / 2)) + rng.normal(0, 0.06 + 0.4 * amount * (rng.random() < 0.5))
        middle = rng.uniform(0.15, 0.85, 2) * (width, height)
        off = (x - middle[0]) * np.float32(np.cos(angle)) + (y - middle[1]) * np.float32(np.sin(angle))
        reach = height * rng.uniform(0.02, 0.12)
        side = np.float32(rng.choice((-1, 1)) * rng.uniform(0.1, 0.22) * amount)
        shade *= 1 + side * np.tanh(off / 3) * np.exp(-np.abs(off) / np.float32(reach))
        crease = np.float32(rng.uniform(0.15, 0.4) * amount)
        shade *= 1 - crease * np.exp(-((off / np.float32(rng.uniform(1.2, 2.6))) ** 2))
    if rng.random() < amount:
        relief = np.abs(clouds(small, height / rng.uniform(8, 20), rng))
        slope = cv2.Sobel(relief, cv2.CV_32F, 1, 1, ksize=5)
        shade *= 1 + np.tanh(slope / (slope.std() + 1e-6)) * np.float32(0.1 * amount)
    scene.light[:] *= cv2.resize(shade, (width, height), interpolation=cv2.INTER_LINEAR)


def show_through(scene: Scene, chance: Chance) -> None:
    """Mirrored writing of the other side, blurred by the paper between."""
    amount, rng = chance.of("show_through")
    if not amount:
        return
    height, width = scene.shape
    tall = max(10.0, scene.height * rng.uniform(0.4, 0.9))
    pen = Pen(tall * rng.uniform(0.08, 0.14), (0.3, 0.25, 0.25), 0.4 * amount, 0, soft=1 + tall * 0.06)
    scale = tall / HEIGHT
    for y in np.arange(rng.uniform(1, 3) * tall, height, tall * rng.uniform(1.8, 3))[:12]:
        x, end = width * rng.uniform(0.05, 0.4), width * rng.uniform(0.6, 0.97)
        while x < end:
            sign = letter_sign(str(rng.choice(LETTERS)), cv2.FONT_HERSHEY_SIMPLEX)
            right = x + scale * (sign.width + MARGIN)
            scene.write(sign, np.array([[-scale, 0, right], [0, scale, y - scale * sign.foot]]), pen)
            x += scale * (sign.width + 4) + (rng.random() < 0.2) * tall * 0.5


def polyline(mask: Mask, points: Points, thick: int, value: int) -> None:
    """Smooth to a fraction of a pixel."""
    at = np.rint(points.clip(-9e4, 9e4) * (1 << FINER)).astype(np.int32)
    cv2.polylines(mask, [at], False, (value,), thick, cv2.LINE_AA, FINER)
