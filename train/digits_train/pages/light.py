"""How the page is lit: unevenly, too little, and with somebody's shadow on it."""

import numpy as np

from digits_edge.opencv import cv2
from digits_train.pages.noise import clouds
from digits_train.pages.scene import Scene
from digits_train.pages.strengths import Chance

COARSER = 4  # light is drawn this much smaller


def light(scene: Scene, chance: Chance) -> None:
    """A lamp to one side, dark corners, a dark picture, a tint."""
    amount, rng = chance.of("light")
    if not amount:
        return
    height, width = scene.shape
    y, x = np.mgrid[-1 : 1 : height // COARSER * 1j, -1 : 1 : width // COARSER * 1j].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    slope = np.float32(amount * rng.uniform(0.2, 0.5))
    lit = 1 + slope * (np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y) / 1.4
    middle = rng.normal(0, 0.3, 2).astype(np.float32)
    lit *= (
        1 - np.float32(amount * rng.uniform(0.1, 0.35)) * ((x - middle[0]) ** 2 + (y - middle[1]) ** 2) / 1.4
    )
    lit *= 1 + np.float32(0.06 * amount) * clouds(lit.shape, lit.shape[1] / 3, rng)
    lit = lit.clip(0.12, None) * np.float32(1 - amount * rng.uniform(0, 0.5))
    scene.light[:] *= cv2.resize(lit.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    warm = amount * rng.normal(0, 0.09)
    scene.albedo[:] *= np.array((1 - warm, 1, 1 + warm), np.float32)


def shadow(scene: Scene, chance: Chance) -> None:
    """One to three shadows with soft or hard borders: an arm, a telephone, a window's bars."""
    amount, rng = chance.of("shadow")
    if not amount:
        return
    height, width = scene.shape
    shape = height // COARSER, width // COARSER
    for _ in range(1 + int(rng.integers(0, 1 + round(2 * amount)))):
        mask = np.zeros(shape, np.uint8)
        at = rng.uniform(0.1, 0.9, 2) * shape[::-1]
        kind, angle = rng.integers(3), rng.uniform(0, 180)
        if kind == 0:  # half the page
            cover = (at.tolist(), (2.0 * shape[1], 2.0 * shape[1]), float(angle))
            turned = cv2.boxPoints(cover) + shape[1] * np.array([np.cos(angle), np.sin(angle)])
            cv2.fillPoly(mask, [np.rint(turned).astype(np.int32)], (255,))
        elif kind == 1:  # a telephone, a bar
            size = shape[0] * rng.uniform(0.08, 0.6), shape[0] * rng.uniform(0.5, 1.5)
            cv2.fillPoly(
                mask, [np.rint(cv2.boxPoints((at.tolist(), size, float(angle)))).astype(np.int32)], (255,)
            )
        else:  # a hand
            for _finger in range(int(rng.integers(1, 5))):
                size = (np.array([0.06, 0.3]) * shape[0] * rng.uniform(0.7, 2, 2)).astype(int).tolist()
                spot = (at + rng.normal(0, 0.12 * shape[0], 2)).astype(int).tolist()
                cv2.ellipse(mask, spot, size, float(angle + rng.normal(0, 12)), 0, 360, (255,), -1)
        soft = float(np.exp(rng.uniform(np.log(0.4), np.log(14)))) * height / 1200
        edge = cv2.GaussianBlur(mask, (0, 0), max(soft, 0.4)) * np.float32(1 / 255)
        depth = np.float32(amount * rng.uniform(0.4, 0.85))
        full = cv2.resize(edge, (width, height), interpolation=cv2.INTER_LINEAR)
        scene.light[:] *= 1 - depth * full
