"""Probabilities from scores, and what a page's own share of digits makes of them."""

import numpy as np
import pytest

from digits_edge.calibration import at_share, calibrated
from digits_edge.card import Calibration

DOUBTFUL = np.array([[0.0] * 7 + [0.3, 0.0, 0.1, 0.6]], np.float32)  # a 7, a 9, or none


def test_a_temperature_changes_how_sure_but_never_what() -> None:
    scores = np.array([[0.7, 0.2, 0.1]], np.float32)
    warm, cold = calibrated(scores, Calibration(2.0)), calibrated(scores, Calibration(0.5))
    assert warm[0].argmax() == cold[0].argmax() == 0
    assert warm[0, 0] < 0.7 < cold[0, 0]


def test_scores_of_zero_and_one_stay_finite() -> None:
    assert np.isfinite(calibrated(np.array([[1.0, 0.0]], np.float32), Calibration(0.1))).all()


def test_among_numbers_an_odd_sign_is_likelier_a_digit_and_among_words_less_so() -> None:
    numbers, same, words = (at_share(DOUBTFUL, share, 0.8)[0] for share in (0.98, 0.8, 0.3))
    assert same == pytest.approx(DOUBTFUL[0])
    assert numbers[7] > 0.6 > 0.3 > words[7]
    for answer in numbers, words:
        assert answer.sum() == pytest.approx(1)
        assert answer[7] / answer[9] == pytest.approx(3)


def test_a_network_that_knows_nothing_but_digits_has_no_other_prior() -> None:
    ten = np.full((2, 10), 0.1, np.float32)
    assert at_share(ten, 0.99, None) is ten
