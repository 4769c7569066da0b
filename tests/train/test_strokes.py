import numpy as np
import pytest

from digits_edge.glyph import BOX, SIZE
from digits_edge.opencv import cv2
from digits_train.strokes import FORMS, Hand, stroke_digit, write_digit


@pytest.mark.parametrize("value", range(10))
def test_a_stroke_digit_is_a_glyph_of_mnist_s_form(value: int) -> None:
    glyph = stroke_digit(value, seed=1)
    rows, columns = glyph.any(axis=1).nonzero()[0], glyph.any(axis=0).nonzero()[0]
    assert glyph.shape == (SIZE, SIZE)
    assert glyph.dtype == np.uint8
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == pytest.approx(BOX, abs=1)
    assert glyph.max() > 200
    assert glyph[0, 0] == 0


def test_the_same_seed_writes_the_same_digit_and_another_seed_another() -> None:
    assert np.array_equal(stroke_digit(4, seed=7), stroke_digit(4, seed=7))
    assert not np.array_equal(stroke_digit(4, seed=7), stroke_digit(4, seed=8))


def test_a_writer_never_writes_a_digit_twice_the_same() -> None:
    rng = np.random.default_rng(0)
    hand = Hand.of(rng)
    first, second = write_digit(8, hand, 60, rng), write_digit(8, hand, 60, rng)
    assert first.shape != second.shape or not np.array_equal(first, second)


def test_ink_is_as_high_as_asked_and_cropped_to_its_extent() -> None:
    hand = Hand((0,) * 10, slant=0, breadth=1, pen=0.1, wobble=0)
    ink = write_digit(1, hand, 100, np.random.default_rng(0))
    assert ink.shape[0] == pytest.approx(110, abs=4)  # half a pen above and below
    assert ink[0].any()
    assert ink[-1].any()
    assert ink[:, 0].any()
    assert ink[:, -1].any()


@pytest.mark.parametrize("value", range(10))
def test_no_form_falls_apart(value: int) -> None:
    for form in range(len(FORMS[value])):
        hand = Hand((form,) * 10, slant=0.1, breadth=1, pen=0.09, wobble=0.015)
        ink = write_digit(value, hand, 80, np.random.default_rng(form))
        parts, _ = cv2.connectedComponents((ink > 127).astype(np.uint8))
        assert parts - 1 == 1, f"form {form} falls apart"
