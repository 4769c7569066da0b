"""Training: the same recipe, data, seed and kind of processor give the same weights, interrupted or not."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import keras
import tensorflow as tf

from digits_edge.errors import InputError
from digits_edge.normalise import normalise
from digits_train.checkpoint import Epoch, Progress, Run, load_checkpoint, save_checkpoint
from digits_train.evaluate import validate
from digits_train.images import Dataset
from digits_train.lessons import Course
from digits_train.recipe import Recipe
from digits_train.splits import tail

TOGETHER = 10  # batches learnt in one call of TensorFlow, which costs as much as a batch's seventh


@dataclass(frozen=True, slots=True)
class Step:
    """Where a run stands after a few batches."""

    epoch: int  # from 1
    epochs: int
    batch: int  # from 1
    batches: int
    loss: float  # mean over the epoch so far
    accuracy: float


@dataclass(frozen=True, slots=True)
class Fitted:
    model: keras.Model  # without an optimizer: ready to be stored
    history: tuple[Epoch, ...]
    epoch: int  # whose weights these are; 0 before the first one ended
    interrupted: bool


def fit(
    recipe: Recipe,
    data: Dataset,
    *,
    seed: int,
    epochs: int,
    checkpoint: Path,
    resume: bool = False,
    on_step: Callable[[Step], None] = lambda _: None,
    on_epoch: Callable[[Epoch], None] = lambda _: None,
) -> Fitted:
    """A network with the weights of the last epoch or, after a KeyboardInterrupt, of the best so far.

    The state after each epoch goes to `checkpoint`, which the caller removes once the network is
    stored. Every epoch's order is drawn from the seed and its number, so a resumed run repeats what an
    uninterrupted one does. Raises InputError where no digit is left to learn from or to validate on.
    """
    train, validation = tail(data.train, recipe.validation_share)
    for part, purpose in ((train, "left to learn from"), (validation, "held out to validate on")):
        if not len(part.digits()):
            raise InputError(
                f"{data.name}: no digit among the {len(part):,} training images {purpose}, "
                "wanted some; add images of digits, or choose another --seed"
            )
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    course = Course(recipe.lesson, train, seed, epochs)
    steps = -(-len(course) // recipe.batch)
    model = recipe.build()
    model.compile(
        recipe.optimizer(steps * epochs),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=TOGETHER,
    )
    model.optimizer.build(model.trainable_variables)  # Ctrl-C may come before the first batch does it
    run = Run(recipe.name, data.sha256(), seed, epochs)
    progress = load_checkpoint(checkpoint, run, model) if resume else Progress()

    interrupted = False
    first = len(progress.history) + 1
    ended = time.monotonic()  # the epoch before: waiting for a lesson counts, too
    try:
        for epoch, shown in enumerate(course.lessons(first), start=first):
            figures = model.fit(
                normalise(shown.glyphs, recipe.normalisation),
                shown.labels,
                batch_size=recipe.batch,
                shuffle=False,
                verbose=0,
                callbacks=[_Steps(epoch, epochs, steps, on_step)],
            ).history
            with averaged(model):
                val_loss, val_accuracy = validate(model, recipe.normalisation, validation)
                weights = model.get_weights()
            before, ended = ended, time.monotonic()
            told = Epoch(
                epoch,
                figures["loss"][0],
                figures["accuracy"][0],
                val_loss,
                val_accuracy,
                seconds=ended - before,
            )
            best = progress.record(told, weights)
            save_checkpoint(checkpoint, run, progress.history, best, model)
            on_epoch(told)
    except KeyboardInterrupt:
        interrupted = True

    if interrupted and progress.best:
        epoch, weights = progress.best.epoch.epoch, progress.best.weights
    else:
        with averaged(model):
            epoch, weights = len(progress.history), model.get_weights()
    finished = recipe.build()  # unlike `model` it has no optimizer, whose state is twice its own size
    finished.set_weights(weights)
    return Fitted(finished, tuple(progress.history), epoch, interrupted)


@contextmanager
def averaged(model: keras.Model) -> Iterator[None]:
    """Inside the block the weights are their moving average, where the optimizer keeps one.

    Polyak and Juditsky 1992, "Acceleration of stochastic approximation by averaging".
    """
    if not model.optimizer.use_ema:
        yield
        return
    raw = [variable.numpy() for variable in model.trainable_variables]
    model.optimizer.finalize_variable_values(model.trainable_variables)
    yield
    for variable, value in zip(model.trainable_variables, raw, strict=True):
        variable.assign(value)


class _Steps(keras.callbacks.Callback):  # type: ignore[misc]
    """Keras' own notice of batches learnt, told on."""

    def __init__(self, epoch: int, epochs: int, batches: int, tell: Callable[[Step], None]) -> None:
        super().__init__()
        self._epoch, self._epochs, self._batches, self._tell = epoch, epochs, batches, tell

    def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
        learnt = min(batch + 1, self._batches)  # Keras counts the last ones as if they were all there
        step = Step(self._epoch, self._epochs, learnt, self._batches, logs["loss"], logs["accuracy"])
        self._tell(step)
