import numpy as np
import pytest

from digits_train.calibrate import fit_temperature, softened


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_the_temperature_that_spoilt_honest_probabilities_is_found(temperature: float) -> None:
    rng = np.random.default_rng(0)
    honest = rng.dirichlet(np.full(10, 0.3), 20_000)
    labels = np.array([rng.choice(10, p=row) for row in honest], np.uint8)
    spoilt = softened(honest.astype(np.float32), 1 / temperature).astype(np.float32)
    assert fit_temperature(spoilt, labels) == pytest.approx(temperature, rel=0.05)


def test_softened_rows_sum_to_one_and_keep_their_order() -> None:
    scores = np.array([[0.7, 0.2, 0.1], [1.0, 0.0, 0.0]], np.float32)
    soft = softened(scores, 2.0)
    np.testing.assert_allclose(soft.sum(axis=1), 1)
    assert (soft.argsort() == scores.argsort()).all()
    assert soft[0, 0] < scores[0, 0]
