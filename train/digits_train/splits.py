"""Dividing images into parts: at random with every class in proportion, or by order."""

import numpy as np
from sklearn.model_selection import train_test_split

from digits_edge.errors import InputError
from digits_train.images import Images


def stratified(images: Images, share: float, seed: int) -> tuple[Images, Images]:
    """The images in random order without, and with, a random `share` of each class."""
    try:
        rest, part = train_test_split(
            np.arange(len(images)), test_size=share, random_state=seed, stratify=images.labels
        )
    except ValueError as error:
        raise InputError(
            f"{len(images)} images can't spare a share of {share:g} with every digit in it ({error}); "
            "add images or choose another --test-share"
        ) from error
    return images.take(rest), images.take(part)


def shuffled(images: Images, seed: int) -> Images:
    return images.take(np.random.default_rng(seed).permutation(len(images)))


def tail(images: Images, share: float) -> tuple[Images, Images]:
    """The first images, and the last `share` of them: what Keras' `validation_split` does."""
    kept = int(len(images) * (1 - share))
    order = np.arange(len(images))
    return images.take(order[:kept]), images.take(order[kept:])
