import numpy as np

from digits_edge.normalise import normalise


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
