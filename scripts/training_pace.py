"""Images a second of several ways of training, over whole epochs, validation included.

Call each in a process of its own, since what makes TensorFlow deterministic can't be undone.
"""

import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import keras
import numpy as np
import tensorflow as tf

from digits_edge.normalise import normalise
from digits_train.checkpoint import Epoch
from digits_train.data import load_data
from digits_train.fit import Step, fit
from digits_train.images import Dataset, Images
from digits_train.lessons import SHOWN, Course
from digits_train.recipe import Recipe, load_recipe
from digits_train.splits import tail

SKIPPED = 3  # epochs: Keras compiles its step in the first, and lessons made ahead are used up


def plain_fit(
    name: str, images: int, epochs: int, told: bool = False, determined: bool = False, averaged: bool = True
) -> float:
    """Keras' own `fit`: shuffled by it, nothing kept between epochs, and what is asked for besides.

    `told`: a callback hears of every batch. `determined`: TensorFlow's operators are. `averaged`:
    where the recipe keeps a moving average of its weights, so does this.
    """
    recipe = load_recipe(name)
    keras.utils.set_random_seed(0)
    if determined:
        tf.config.experimental.enable_op_determinism()
    train, validation = tail(_images(recipe, images), recipe.validation_share)
    model, optimizer = recipe.build(), recipe.optimizer(len(train) // recipe.batch * epochs)
    optimizer.use_ema = optimizer.use_ema and averaged
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    ends: list[float] = []
    callbacks = [keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: ends.append(time.perf_counter()))]
    if told:
        callbacks.append(keras.callbacks.LambdaCallback(on_train_batch_end=lambda _, logs: logs["loss"]))
    model.fit(
        normalise(train.glyphs, recipe.normalisation),
        train.labels,
        batch_size=recipe.batch,
        epochs=epochs,
        validation_data=(normalise(validation.glyphs, recipe.normalisation), validation.labels),
        validation_batch_size=500,
        verbose=0,
        callbacks=callbacks,
    )
    return len(train) * (epochs - SKIPPED) / (ends[-1] - ends[SKIPPED - 1])


def train_digits(name: str, images: int, epochs: int, lessons: bool = True) -> float:
    """What train-digits does, checkpoints included; without `lessons` on the training images alone."""
    recipe = load_recipe(name)
    recipe = recipe if lessons else replace(recipe, lesson=None)
    given = _images(recipe, images)
    ends: list[float] = []
    steps: list[int] = []

    def hear(step: Step) -> None:
        steps.append(step.batch)

    def end(_: Epoch) -> None:
        ends.append(time.perf_counter())

    with TemporaryDirectory() as folder:
        fit(
            recipe,
            Dataset("uci, again and again", given, given),
            seed=0,
            epochs=epochs,
            checkpoint=Path(folder) / "run.checkpoint.npz",
            on_step=hear,
            on_epoch=end,
        )
    return steps[-1] * recipe.batch * (epochs - SKIPPED) / (ends[-1] - ends[SKIPPED - 1])


def make_lessons(name: str, images: int, epochs: int) -> float:
    """Lessons made and not learnt."""
    recipe = load_recipe(name)
    train, _ = tail(_images(recipe, images), recipe.validation_share)
    course = Course(recipe.lesson, train, 0, epochs)
    len(course)  # makes the first lesson, which is kept
    start = time.perf_counter()
    made = sum(len(course.lesson(epoch)) for epoch in range(1 + SHOWN, epochs + 1))
    return made / (time.perf_counter() - start)


def _images(recipe: Recipe, images: int) -> Images:
    """Digits of the UCI, which need no download, repeated: as many as leave `images` to train on."""
    digits = load_data("uci").train
    count = round(images / (1 - recipe.validation_share))
    return digits.take(np.arange(count) % len(digits))
