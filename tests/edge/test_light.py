"""What the light and the pen do to a page: colours, faint strokes, dim pictures, shadows."""

import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.opencv import cv2
from drawn import ink_of, on_paper
from reads import read, texts


@pytest.mark.parametrize("pen", [(60, 220, 240), (60, 60, 230), (200, 90, 60)], ids=["yellow", "red", "blue"])
def test_a_pen_of_any_colour_is_read(classifier: Classifier, pen: tuple[int, int, int]) -> None:
    share = np.pad(ink_of("1984 36"), 100)[:, :, None] / 255
    page = (235 * (1 - share) + np.array(pen) * share).astype(np.uint8)
    assert texts(read(classifier, page)) == ["1984", "36"]


@pytest.mark.parametrize("grain", [1, 3])
@pytest.mark.parametrize("seed", range(4))
def test_hairlines_of_a_faint_pencil_are_read(classifier: Classifier, seed: int, grain: float) -> None:
    """They absorb a tenth of the light."""
    thin = cv2.erode(ink_of("3268 907", height=50, seed=seed), np.ones((2, 2), np.uint8))
    page = on_paper(np.pad(thin, 60), 230, 206)
    noise = np.random.default_rng(seed).normal(0, grain, page.shape)
    assert texts(read(classifier, (page + noise).clip(0, 255).astype(np.uint8))) == ["3268", "907"]


@pytest.mark.parametrize("value", range(10))
@pytest.mark.parametrize(("paper", "pen"), [(60, 30), (90, 60)])
def test_a_digit_in_a_dim_and_noisy_picture_is_read(
    classifier: Classifier, value: int, paper: int, pen: int
) -> None:
    page = on_paper(ink_of(str(value), height=100), paper, pen)
    noise = cv2.GaussianBlur(np.random.default_rng(value).normal(0, 8, page.shape), (3, 3), 0)
    assert texts(read(classifier, (page + noise).clip(0, 255).astype(np.uint8))) == [str(value)]


@pytest.mark.parametrize("value", [0, 2, 3, 4, 5, 6, 7, 8, 9])
def test_a_digit_mostly_in_the_shade_of_a_hand_is_read(classifier: Classifier, value: int) -> None:
    page = on_paper(np.pad(ink_of(str(value)), 30), pen=120)
    down, across = np.indices(page.shape)
    lit = np.where(across + 0.4 * (down - len(page) / 2) < 0.2 * page.shape[1], 1, 0.35)
    shaded = page * cv2.GaussianBlur(lit, (9, 9), 0)
    assert texts(read(classifier, shaded.astype(np.uint8))) == [str(value)]


@pytest.mark.parametrize("shade", [0.35, 0.6])
def test_digits_are_read_across_the_shadow_of_a_pen(classifier: Classifier, shade: float) -> None:
    numbers = ["264735", "409286", "583064"]
    rows = [ink_of(number) for number in numbers]
    width = max(row.shape[1] for row in rows)
    ink = np.vstack([np.pad(row, ((0, 0), (0, width - row.shape[1]))) for row in rows])
    page = np.pad(on_paper(ink), 90, constant_values=230)
    light = np.ones(page.shape)
    cv2.line(light, (60, 60), (520, 400), (shade,), 50)
    shaded = (page * cv2.GaussianBlur(light, (5, 5), 0)).astype(np.uint8)
    assert texts(read(classifier, shaded)) == numbers


def test_a_dark_shadow_with_all_digits_in_it_is_no_stroke(classifier: Classifier) -> None:
    page = np.pad(on_paper(ink_of("264735")), ((200, 200), (120, 120)), constant_values=230).astype(
        np.float32
    )
    shadow = np.ones(page.shape, np.float32)
    corners = np.array([(130, 205), (520, 170), (640, 330), (250, 340)])
    cv2.fillConvexPoly(shadow, corners, (0.45,))
    shaded = page * cv2.GaussianBlur(shadow, (9, 9), 0)
    assert texts(read(classifier, shaded.astype(np.uint8))) == ["264735"]
