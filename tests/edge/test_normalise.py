import numpy as np
import pytest

from digits_edge.glyph import Glyph, to_glyph
from digits_edge.normalise import Normalisation, normalise
from digits_edge.opencv import cv2


def test_none_leaves_the_pixels_alone() -> None:
    glyphs = np.arange(2 * 28 * 28, dtype=np.uint8).reshape(2, 28, 28)
    inputs = normalise(glyphs, "none")
    assert inputs.shape == (2, 28, 28, 1)
    assert inputs.dtype == np.float32
    assert np.array_equal(inputs[..., 0], glyphs)


def test_l2_makes_every_column_of_pixels_one_long_and_leaves_empty_ones_empty() -> None:
    glyph = np.zeros((1, 28, 28), np.uint8)
    glyph[0, 3:5, 7] = 30, 40
    inputs = normalise(glyph, "l2")[0, :, :, 0]
    assert np.allclose(inputs[3:5, 7], [0.6, 0.8])
    assert np.isfinite(inputs).all()
    assert np.count_nonzero(inputs) == 2


def drawn(lean: float = 0, wide: float = 1) -> Glyph:
    """A 4, leaning to the right by `lean` of its height, stretched by `wide`."""
    ink = np.zeros((160, 160), np.uint8)
    for points in (((80, 20), (45, 90), (115, 90)), ((95, 50), (95, 140))):
        bent = [(80 + wide * (x - 80) + lean * (80 - y), y) for x, y in points]
        cv2.polylines(ink, [np.array(bent, np.int32)], False, (255,), 9)
    x, y, width, height = cv2.boundingRect(ink)
    return to_glyph(ink[y : y + height, x : x + width])


def apart(one: Glyph, other: Glyph, how: Normalisation = "moments") -> float:
    """How much of their ink doesn't lie on each other, 0 to 1."""
    a, b = normalise(np.stack([one, other]), how)
    return float(np.abs(a - b).sum() / (a + b).sum())


@pytest.mark.parametrize("lean", [-0.4, 0.4])
def test_moments_set_slanted_digits_upright(lean: float) -> None:
    assert apart(drawn(lean), drawn()) < 0.2
    assert apart(drawn(lean), drawn(), "none") > 0.4


@pytest.mark.parametrize("wide", [0.6, 1.7])
def test_moments_bring_narrow_and_wide_digits_nearer_to_each_other(wide: float) -> None:
    assert apart(drawn(wide=wide), drawn()) < 0.7 * apart(drawn(wide=wide), drawn(), "none")


def test_moments_centre_the_ink_and_keep_its_range() -> None:
    upright = normalise(drawn(0.3)[np.newaxis], "moments")[0, :, :, 0]
    rows, columns = np.indices(upright.shape)
    assert np.average(rows, weights=upright) == pytest.approx(14, abs=0.3)
    assert np.average(columns, weights=upright) == pytest.approx(14, abs=0.3)
    assert upright.min() == 0
    assert 250 <= upright.max() <= 255


@pytest.mark.parametrize("shape", [(28, 1), (1, 28), (1, 1), (28, 28), (0, 0)])
def test_moments_take_dashes_dots_blocks_and_nothing_as_they_come(shape: tuple[int, int]) -> None:
    glyph = np.zeros((1, 28, 28), np.uint8)
    glyph[0, : shape[0], : shape[1]] = 255
    upright = normalise(glyph, "moments")[0, :, :, 0]
    assert np.isfinite(upright).all()
    assert (upright.max() == 255) == bool(glyph.any())
