"""The camera: how it is held, and what its lens, its sensor and its file format do."""

import numpy as np

from digits_edge.frame import Pixels
from digits_edge.opencv import cv2
from digits_train.pages.scene import Points, Scene, View
from digits_train.pages.strengths import Chance


def view(shape: tuple[int, int], chance: Chance, area: Points) -> View:
    """A sheet seen aslant, so that all of its written `area` is in the frame; from further off on a desk."""
    height, width = shape
    amount, rng = chance.of("tilt")
    far, desk = chance.of("desk")
    turn = np.radians(amount * rng.uniform(-14, 14))
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = (area - area.mean(axis=0)) @ spin.T
    corners *= 1 + amount * rng.uniform(-0.11, 0.11, (4, 2))
    zoom = 1 - far * desk.uniform(0.1, 0.4)
    span = np.ptp(corners, axis=0)
    corners *= zoom * min(1.0, *(0.94 * np.array([width, height]) / span))
    low, high = corners.min(axis=0), corners.max(axis=0)
    room = np.array([width, height]) * 0.98 - (high - low)
    corners += np.array([width, height]) * 0.01 - low + room * desk.uniform(0.3, 0.7, 2)
    return View(
        np.asarray(cv2.getPerspectiveTransform(area.astype(np.float32), corners.astype(np.float32)), float)
    )


def photograph(scene: Scene, chance: Chance) -> Pixels:
    """The scene as the file holds it: (height, width, 3)."""
    seen = cv2.multiply(scene.albedo, cv2.merge([scene.light] * 3), scale=255)
    picture = cv2.GaussianBlur(cv2.convertScaleAbs(seen), (3, 3), 0.7)  # what every lens does
    picture = _noisy(_blurred(picture, scene, chance), chance)
    amount, rng = chance.of("jpeg")
    quality = round(96 - 84 * amount * rng.uniform(0.8, 1)) if amount else 96
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1))


def _blurred(picture: Pixels, scene: Scene, chance: Chance) -> Pixels:
    """Out of focus, moved, or both, in proportion to the digits: as much as leaves them legible."""
    amount, rng = chance.of("blur")
    zoom = float(np.sqrt(abs(np.linalg.det(scene.view.homography[:2, :2]))))
    tall = min(scene.height * zoom, 0.2 * picture.shape[0])
    kind = rng.integers(3)
    if amount and kind != 0:
        picture = cv2.GaussianBlur(picture, (0, 0), max(0.3, amount * 0.075 * tall))
    if amount and kind != 1:
        length = max(1.0, amount * 0.22 * tall)
        side = 2 * int(length / 2 + 1) + 1
        angle = rng.uniform(0, np.pi)
        path = np.zeros((side, side), np.uint8)
        reach = np.array([np.cos(angle), np.sin(angle)]) * length / 2
        ends = np.rint((np.array([-reach, reach]) + side // 2) * 8).astype(int).tolist()
        cv2.line(path, ends[0], ends[1], (255,), 1, cv2.LINE_AA, 3)
        picture = cv2.filter2D(picture, -1, path / np.float32(path.sum()))
    return picture


def _noisy(picture: Pixels, chance: Chance) -> Pixels:
    """Grains of brightness, and coarser ones of colour, as a telephone's own smoothing leaves them."""
    amount, rng = chance.of("noise")
    if not amount:
        return picture
    height, width = picture.shape[:2]
    fine = rng.standard_normal((height, width), dtype=np.float32)
    fine = cv2.GaussianBlur(fine, (3, 3), 0.5 + 0.4 * rng.random()) * np.float32(42 * amount)
    blotches = rng.standard_normal((height // 4 + 1, width // 4 + 1, 3), dtype=np.float32)
    coarse = cv2.resize(blotches, (width, height), interpolation=cv2.INTER_LINEAR) * np.float32(9 * amount)
    return np.asarray(cv2.add(picture, coarse + fine[..., np.newaxis], dtype=cv2.CV_8U))
