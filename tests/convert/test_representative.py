import numpy as np
import pytest

from digits_convert.representative import representative_set
from digits_edge.errors import InputError
from digits_edge.normalise import NORMALISATIONS, Normalisation, normalise
from digits_train.data import load_data
from digits_train.images import NONE, Images


@pytest.fixture(scope="module")
def uci() -> Images:
    return load_data("uci").train


def test_every_digit_is_drawn_as_often_as_any_other(uci: Images) -> None:
    drawn = representative_set(uci, 105, "none", seed=0)
    assert np.bincount(drawn.labels).tolist() == [11] * 5 + [10] * 5


def test_no_image_is_drawn_twice_even_if_the_data_repeats_it(uci: Images) -> None:
    twice = uci.take(np.tile(np.arange(200), 2))
    drawn = representative_set(twice, 100, "none", seed=0)
    assert len({glyph.tobytes() for glyph in drawn.glyphs}) == 100


def test_the_same_seed_draws_the_same_images(uci: Images) -> None:
    first, again, other = (representative_set(uci, 100, "none", seed=seed).sha256() for seed in (3, 3, 4))
    assert first == again != other


@pytest.mark.parametrize("how", NORMALISATIONS)
def test_what_is_drawn_reaches_the_whole_input_range(uci: Images, how: Normalisation) -> None:
    inputs = normalise(representative_set(uci, 10, how, seed=0).glyphs, how)
    assert inputs.min() == 0
    assert inputs.max() == {"none": 255, "l2": 1}[how]


def test_pale_images_get_one_speck_and_are_not_changed_themselves(uci: Images) -> None:
    pale = Images(np.minimum(uci.glyphs, 200), uci.labels)
    drawn = representative_set(pale, 20, "none", seed=0)
    assert np.sort(drawn.glyphs, axis=None)[-2:].tolist() == [200, 255]
    assert pale.glyphs.max() == 200


def test_too_few_images_of_a_digit_are_refused(uci: Images) -> None:
    with pytest.raises(InputError, match=r"different training images of the digit 0, wanted 500; lower"):
        representative_set(uci, 5000, "none", seed=0)


def test_what_is_no_digit_is_never_drawn(uci: Images) -> None:
    labels = uci.labels.copy()
    labels[::2] = NONE
    assert representative_set(Images(uci.glyphs, labels), 100, "none", seed=0).labels.max() == 9
