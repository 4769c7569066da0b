"""The whole of train-digits: data in, a .keras file and its report out."""

import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from digits_edge.again import seen_again
from digits_edge.calibration import calibrated
from digits_edge.card import Calibration, Card, Training
from digits_edge.files import output_folder
from digits_edge.interpreter import Scores
from digits_train.calibrate import choose_accept, fit_temperature, share_taught
from digits_train.checkpoint import Epoch
from digits_train.evaluate import Evaluation, evaluate, predict
from digits_train.fit import Fitted, Step, fit
from digits_train.images import Dataset, Images, joined
from digits_train.recipe import Recipe
from digits_train.report import write_report
from digits_train.splits import tail
from digits_train.store import require_safe_keras, save_network


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run left behind; `fitted.epoch` is 0 where Ctrl-C came before there was anything to keep."""

    fitted: Fitted
    evaluation: Evaluation | None  # on the test part; None where Ctrl-C came before all was stored


def train(
    recipe: Recipe,
    data: Dataset,
    output: Path,
    report: Path,
    *,
    seed: int,
    epochs: int,
    resume: bool = False,
    on_step: Callable[[Step], None] = lambda _: None,
    on_epoch: Callable[[Epoch], None] = lambda _: None,
) -> Trained:
    """A network in `output`, whole or not at all, and its report in the folder `report`.

    Until both are written the run's checkpoint stays, so that whatever stops it loses no epoch.
    """
    require_safe_keras(keras.__version__)
    output_folder(output.parent)  # what can't be written is known before the hours of training
    output_folder(report)
    fitted = fit(
        recipe,
        data,
        seed=seed,
        epochs=epochs,
        checkpoint=checkpoint_of(output),
        resume=resume,
        on_step=on_step,
        on_epoch=on_epoch,
    )
    if not fitted.epoch:
        return Trained(fitted, None)
    try:
        evaluation = _store(recipe, data, fitted, output, report, seed)
    except KeyboardInterrupt:
        return Trained(replace(fitted, interrupted=True), None)
    if not fitted.interrupted:
        checkpoint_of(output).unlink(missing_ok=True)
    return Trained(fitted, evaluation)


def checkpoint_of(output: Path) -> Path:
    """Where a run that is to leave `output` keeps its state between epochs."""
    return output.with_suffix(".checkpoint.npz")


def _store(
    recipe: Recipe, data: Dataset, fitted: Fitted, output: Path, report: Path, seed: int
) -> Evaluation:
    kept, held_out = tail(data.train, recipe.validation_share)
    evaluation = evaluate(fitted.model, recipe.normalisation, data.test)
    card = Card(
        recipe=recipe.name,
        normalisation=recipe.normalisation,
        training=Training(
            data=data.name,
            data_sha256=data.sha256(),
            test_share=data.test_share,
            images=len(kept),
            epochs=fitted.epoch,
            seed=seed,
            accuracy=evaluation.accuracy,
            versions=versions(),
        ),
        labels=recipe.labels,
        calibration=_calibration(recipe, fitted.model, held_out, seed),
    )
    save_network(output, fitted.model, card)
    write_report(report, card, data, fitted.history, evaluation)
    return evaluation


def _calibration(recipe: Recipe, model: keras.Model, held_out: Images, seed: int) -> Calibration:
    """Fitted on the validation part and, where epochs show more than digits, on lessons made of it.

    Confidence is fitted on the last lessons, which are as near to real digits as any; how much of it is
    enough is asked of the first ones, since most people's digits are further from the data than its own.
    """

    def scores(images: Images) -> Scores:  # as on the device
        return seen_again(images.glyphs, partial(predict, model, recipe.normalisation))

    if recipe.lesson is None:
        temperature = fit_temperature(scores(held_out), held_out.labels)
        return Calibration(temperature, digits=share_taught(held_out))
    rng = np.random.default_rng((seed, 0))  # epochs count from 1
    last, first = (recipe.lesson(held_out, rng, done) for done in (1.0, 0.0))
    near, far = joined([held_out, last]), joined([held_out, first])
    fitted = Calibration(fit_temperature(scores(near), near.labels), digits=share_taught(last))
    return replace(fitted, accept=choose_accept(calibrated(scores(far), fitted), far.labels))


def versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "numpy": np.__version__,
        "tensorflow": tf.__version__,
    }
