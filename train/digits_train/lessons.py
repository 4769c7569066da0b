"""What each epoch shows: the training images, or what a recipe makes of them, drawn from the seed."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

from digits_train.images import Images
from digits_train.recipe import load_recipe


def lesson(recipe: str, train: Images, seed: int, epoch: int) -> Images:
    """The images of an epoch in the order in which they are shown; the same for the same arguments."""
    rng = np.random.default_rng((seed, epoch))
    made = load_recipe(recipe).lesson
    shown = train if made is None else made(train, rng)
    return shown.take(rng.permutation(len(shown)))


def lessons(recipe: str, train: Images, seed: int, epochs: range) -> Iterator[Images]:
    """The lesson of each epoch, the next one being made by another core while the last is learnt."""
    if load_recipe(recipe).lesson is None:  # nothing to make
        yield from (lesson(recipe, train, seed, epoch) for epoch in epochs)
        return
    # Spawned, since a process with TensorFlow's threads in it can't be forked.
    with ProcessPoolExecutor(1, get_context("spawn")) as other_core:
        waiting = [other_core.submit(lesson, recipe, train, seed, epoch) for epoch in epochs[:1]]
        for epoch in epochs:
            if epoch + 1 in epochs:
                waiting.append(other_core.submit(lesson, recipe, train, seed, epoch + 1))
            yield waiting.pop(0).result()
