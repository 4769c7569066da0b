from dataclasses import replace
from functools import partial
from pathlib import Path

import keras
import numpy as np
import pytest

from digits_edge.again import seen_again
from digits_edge.calibration import calibrated
from digits_edge.errors import OutputError
from digits_edge.models import default_model
from digits_train import calibrate
from digits_train.calibrate import choose_accept, fit_temperature
from digits_train.checkpoint import Epoch
from digits_train.data import load_data
from digits_train.evaluate import predict
from digits_train.images import NONE, Dataset, Images, joined
from digits_train.other_people import lesson
from digits_train.recipe import load_recipe
from digits_train.splits import tail
from digits_train.store import load_network
from digits_train.train import checkpoint_of, train

SHIPPED = default_model().with_name("compact.keras")
ARTICLE = load_recipe("article")


class CtrlC(Images):
    """Test images that press Ctrl-C when they are to be read, after the last epoch."""

    def digits(self) -> Images:
        raise KeyboardInterrupt


@pytest.fixture(scope="module")
def few() -> Dataset:
    data = load_data("uci")
    return Dataset("few", data.train.take(np.arange(300)), data.test)


def test_ctrl_c_after_the_last_epoch_loses_nothing(few: Dataset, tmp_path: Path) -> None:
    output, report = tmp_path / "a.keras", tmp_path / "report"
    impatient = replace(few, test=CtrlC(few.test.glyphs, few.test.labels))
    stopped = train(ARTICLE, impatient, output, report, seed=3, epochs=1)
    assert (stopped.fitted.epoch, stopped.fitted.interrupted, stopped.evaluation) == (1, True, None)
    assert not output.exists()
    trained_again: list[Epoch] = []
    done = train(ARTICLE, few, output, report, seed=3, epochs=1, resume=True, on_epoch=trained_again.append)
    assert trained_again == []
    assert not done.fitted.interrupted
    network, card = load_network(output)
    for stored, trained in zip(network.get_weights(), stopped.fitted.model.get_weights(), strict=True):
        np.testing.assert_array_equal(stored, trained)
    assert card.calibration.accept == 0.5  # the recipe has shown the network nothing but digits
    assert not checkpoint_of(output).exists()


def test_a_report_that_cannot_be_written_loses_no_epoch(few: Dataset, tmp_path: Path) -> None:
    (tmp_path / "report" / "metrics.json").mkdir(parents=True)
    with pytest.raises(OutputError, match="can't be written"):
        train(ARTICLE, few, tmp_path / "a.keras", tmp_path / "report", seed=3, epochs=1)
    assert checkpoint_of(tmp_path / "a.keras").exists()


def test_a_recipe_that_can_say_no_is_calibrated_on_signs_too(
    few: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrate, "LEAST", 0.0)  # of a hundred digits the least sure one may be none
    recipe = replace(
        load_recipe("compact"),
        build=lambda: load_network(SHIPPED)[0],  # which knows enough for a threshold that means something
        optimizer=lambda _: keras.optimizers.SGD(1e-9),
    )
    train(recipe, few, tmp_path / "a.keras", tmp_path / "report", seed=3, epochs=1)
    network, card = load_network(tmp_path / "a.keras")
    held_out = tail(few.train, recipe.validation_share)[1]
    rng = np.random.default_rng((3, 0))
    last, first = (lesson(held_out, rng, done) for done in (1.0, 0.0))
    near, far = joined([held_out, last]), joined([held_out, first])
    assert NONE in near.labels
    look = partial(predict, network, recipe.normalisation)
    scores = seen_again(near.glyphs, look)
    assert card.calibration.temperature == pytest.approx(fit_temperature(scores, near.labels), abs=0.01)
    as_on_the_device = calibrated(seen_again(far.glyphs, look), card.calibration)
    at_one_look = calibrated(look(far.glyphs), card.calibration)
    assert card.calibration.accept == choose_accept(as_on_the_device, far.labels)
    assert card.calibration.accept != choose_accept(at_one_look, far.labels)
