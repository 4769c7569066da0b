import numpy as np
import pytest

from digits_edge.calibration import calibrated
from digits_edge.card import Calibration
from digits_train.calibrate import choose_accept, fit_temperature
from digits_train.images import NONE


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_the_temperature_that_spoilt_honest_probabilities_is_found(temperature: float) -> None:
    rng = np.random.default_rng(0)
    honest = rng.dirichlet(np.full(10, 0.3), 20_000)
    labels = np.array([rng.choice(10, p=row) for row in honest], np.uint8)
    spoilt = calibrated(honest.astype(np.float32), Calibration(1 / temperature))
    assert fit_temperature(spoilt, labels) == pytest.approx(temperature, rel=0.05)


def surely(digit: int, confidence: float) -> list[float]:
    """Eleven probabilities: `confidence` for a digit, the rest for none of them."""
    row = [0.0] * 11
    row[digit], row[NONE] = confidence, 1 - confidence
    return row


def test_the_highest_threshold_that_accepts_99_of_100_digits_is_chosen() -> None:
    rows = [surely(3, 0.52 + 0.0004 * i) for i in range(1000)]  # the eleventh is 0.524
    assert choose_accept(np.array(rows, np.float32), np.full(1000, 3, np.uint8)) == 0.52
    spread = [surely(3, 0.51 + 0.003 * min(i, 100)) for i in range(1000)]
    accept = choose_accept(np.array(spread, np.float32), np.full(1000, 3, np.uint8))
    assert accept in (0.53, 0.54)  # the eleventh is 0.54, which is no binary fraction
    assert np.mean(np.array(spread)[:, 3] >= accept) >= 0.99


def test_signs_that_are_no_digits_do_not_move_the_threshold() -> None:
    rows = np.array([surely(3, 0.8)] * 100 + [surely(5, 0.3)] * 100, np.float32)
    labels = np.array([3] * 100 + [NONE] * 100, np.uint8)
    assert choose_accept(rows, labels) == choose_accept(rows[:100], labels[:100]) == 0.8


@pytest.mark.parametrize(
    ("confidence", "accept"),
    [(0.999, 0.9), (0.05, 0.2)],
    ids=["sure of everything", "sure of nothing"],
)
def test_the_threshold_stays_within_reason(confidence: float, accept: float) -> None:
    rows = np.array([surely(3, confidence)] * 100, np.float32)
    assert choose_accept(rows, np.full(100, 3, np.uint8)) == accept
