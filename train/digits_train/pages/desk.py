"""What the sheet lies on, and what lies beside it."""

import numpy as np

from digits_edge.opencv import cv2
from digits_train.pages.noise import Surface, clouds
from digits_train.pages.paper import polyline
from digits_train.pages.scene import Colour, Points, Scene
from digits_train.pages.signs import Mask
from digits_train.pages.strengths import Chance, Random

WOODS: tuple[Colour, ...] = ((0.14, 0.2, 0.3), (0.3, 0.45, 0.6), (0.5, 0.64, 0.76), (0.09, 0.1, 0.13))
PLAIN: tuple[Colour, ...] = ((0.86, 0.87, 0.88), (0.55, 0.54, 0.52), (0.2, 0.2, 0.2), (0.4, 0.3, 0.18))
THINGS: tuple[Colour, ...] = ((0.1, 0.1, 0.1), (0.6, 0.25, 0.1), (0.15, 0.15, 0.7), (0.55, 0.65, 0.85))
FINER = 3


def desk(scene: Scene, chance: Chance, area: Points, bare: bool = False) -> None:
    """Lays the sheet on a desk so that some of its edges are seen; `bare`: there is no sheet.

    `area` is what is written on, its four corners on the sheet.
    """
    amount, rng = chance.of("desk")
    if not amount and not bare:
        return
    amount = amount or 0.3
    top = _surface(scene.shape, rng)
    sheet = _sheet(scene, area, amount, rng) if not bare else np.zeros(scene.shape, np.uint8)
    lit = _clutter(top, amount, rng, bare)
    # The sheet's own shadow falls on the desk, further where it doesn't lie flat.
    drop = rng.uniform(2, 4 + 14 * amount)
    shift = np.array([[1, 0, rng.normal(0, drop)], [0, 1, abs(rng.normal(0, drop))]])
    below = cv2.warpAffine(sheet, shift, sheet.shape[::-1])
    below = cv2.blur(cv2.blur(below, (9, 9)), (9, 9)) * np.float32(1 / 255)
    on = (sheet * np.float32(1 / 255))[..., np.newaxis]
    top *= (lit * (1 - 0.55 * below))[..., np.newaxis]
    scene.albedo[:] = scene.albedo * on + top * (1 - on)


def _surface(shape: tuple[int, int], rng: Random) -> Points:
    """Wood with its grain, or something plain."""
    if rng.random() < 0.6:
        along = clouds(shape, 900, rng, down=rng.uniform(5, 14)) + 0.6 * clouds(shape, 300, rng, down=3)
        wood = np.array(WOODS[rng.integers(len(WOODS))], np.float32)
        if rng.random() < 0.4:
            along = np.ascontiguousarray(
                cv2.resize(along.T, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32
            )
        return np.asarray(wood * (1 + np.float32(0.16) * along[..., np.newaxis]), np.float32).clip(0.02, 1)
    plain = np.array(PLAIN[rng.integers(len(PLAIN))], np.float32)
    mottle = 0.05 * clouds(shape, 3, rng) + 0.03 * clouds(shape, 60, rng)
    return np.asarray(plain * (1 + mottle[..., np.newaxis]), np.float32).clip(0.02, 1)


def _sheet(scene: Scene, area: Points, amount: float, rng: Random) -> Mask:
    """255 where the sheet is: it ends a little beyond what is written, or far outside the frame."""
    height, width = scene.shape
    (left, top), (right, foot) = area.min(axis=0), area.max(axis=0)
    near = rng.random(4) < 0.3 + 0.7 * amount
    near[rng.integers(4)] = True
    gaps = np.where(near, rng.uniform(0.015, 0.10, 4), 2.0) * max(height, width)
    edges = np.array([left - gaps[0], top - gaps[1], right + gaps[2], foot + gaps[3]])
    corners = np.array([(edges[i], edges[j]) for i, j in ((0, 1), (2, 1), (2, 3), (0, 3))])
    corners += rng.normal(0, 0.002 * width, corners.shape)
    mask = np.zeros(scene.shape, np.uint8)
    at = np.rint(scene.view.seen(corners).clip(-9e4, 9e4) * (1 << FINER)).astype(np.int32)
    cv2.fillPoly(mask, [at], (255,), cv2.LINE_AA, FINER)
    return mask


def _clutter(top: Points, amount: float, rng: Random, bare: bool) -> Surface:
    """Pens, coins, cables and cups on the desk, drawn into `top`; the light that their shadows leave."""
    height, width = top.shape[:2]
    shade = np.zeros((height, width), np.uint8)
    unit = min(height, width)
    for _ in range(int(rng.integers(0, 2 + round(5 * amount))) + 3 * bare):
        at = rng.uniform(0, 1, 2) * (width, height)
        thing = np.zeros((height, width), np.uint8)
        kind, angle = rng.integers(5), rng.uniform(0, 2 * np.pi)
        along = np.array([np.cos(angle), np.sin(angle)])
        if kind == 0:  # a pen
            ends = np.array([at - along * unit * 0.16, at + along * unit * 0.16])
            polyline(thing, ends, round(unit * rng.uniform(0.012, 0.022)), 255)
        elif kind == 1:  # a coin, a cup
            cv2.circle(thing, at.astype(int).tolist(), round(unit * rng.uniform(0.015, 0.09)), (255,), -1)
        elif kind == 2:  # a ring that a cup left
            wide = max(1, round(unit * rng.uniform(0.003, 0.008)))
            cv2.circle(thing, at.astype(int).tolist(), round(unit * rng.uniform(0.03, 0.07)), (150,), wide)
        elif kind == 3:  # a cable
            turns = angle + rng.normal(0, 0.35, 40).cumsum()
            path = at + np.column_stack([np.cos(turns), np.sin(turns)]).cumsum(axis=0) * unit * 0.02
            polyline(thing, path, max(2, round(unit * 0.006)), 255)
        else:  # a box, a telephone, a key
            size = unit * rng.uniform(0.02, 0.12, 2)
            box = cv2.boxPoints((at.tolist(), size.tolist(), float(np.degrees(angle))))
            cv2.fillPoly(thing, [np.rint(box).astype(np.int32)], (255,))
        shade = cv2.max(shade, cv2.warpAffine(thing, np.array([[1.0, 0, 5], [0, 1, 8]]), (width, height)))
        colour = np.array(THINGS[rng.integers(len(THINGS))], np.float32)
        on = thing > 0
        top[on] = colour * rng.uniform(0.7, 1.3)
    return np.asarray(1 - cv2.blur(shade, (11, 11)) * np.float32(0.5 / 255), np.float32)
