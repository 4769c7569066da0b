from pathlib import Path

import numpy as np
import pytest

from digits_edge.glyph import BOX, SIZE, Ink, to_glyph


def extent(image: Ink) -> Ink:
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def centre(glyph: Ink) -> tuple[float, float]:
    y, x = np.mgrid[:SIZE, :SIZE]
    return float((glyph * x).sum() / glyph.sum()), float((glyph * y).sum() / glyph.sum())


def test_mnist_s_own_digits_come_out_as_they_went_in(mnist_path: Path) -> None:
    with np.load(mnist_path) as arrays:
        images = arrays["x_train"][:3000]
    same = [np.array_equal(to_glyph(extent(image)), image) for image in images]
    assert np.mean(same) > 0.999


@pytest.mark.parametrize("shape", [(100, 30), (30, 100), (7, 3), (20, 20), (2000, 900)], ids=str)
def test_the_larger_side_becomes_twenty_pixels_and_the_aspect_stays(shape: tuple[int, int]) -> None:
    glyph = extent(to_glyph(np.full(shape, 255, np.uint8)))
    assert max(glyph.shape) == BOX
    assert glyph.shape[0] / glyph.shape[1] == pytest.approx(shape[0] / shape[1], rel=0.2)


def test_the_centre_of_mass_lands_on_the_middle() -> None:
    ink = np.zeros((40, 20), np.uint8)
    ink[:12] = 255
    ink[-1:] = 1
    x, y = centre(to_glyph(ink))
    assert abs(x - 14) <= 0.5
    assert y <= 14.5


def test_a_lopsided_stroke_stays_whole() -> None:
    ink = np.zeros((60, 60), np.uint8)
    ink[:2] = 255
    ink[-1, -1] = 255
    glyph = to_glyph(ink)
    assert glyph[:, -1].any() or glyph[-1].any() or glyph.any()
    assert extent(glyph).shape == (BOX, BOX)


def test_blank_ink_is_a_bug_and_says_so() -> None:
    with pytest.raises(ValueError, match="blank"):
        to_glyph(np.zeros((10, 10), np.uint8))


def test_a_hairline_that_averages_to_nothing_keeps_its_shape() -> None:
    ink = np.zeros((2000, 500), np.uint8)
    ink[:, 250] = 40  # of a hundred columns that become one
    glyph = to_glyph(ink)
    assert glyph.max() == 255
    assert np.count_nonzero(glyph) >= 20
