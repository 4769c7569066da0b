"""The images that int8 takes its ranges from: a fair sample of the training images."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.errors import InputError
from digits_edge.normalise import Normalisation, normalise
from digits_train.images import Images

FULL = {"none": 255.0, "l2": 1.0}  # what the blackest ink becomes; an input that stops short would clip it


def representative_set(images: Images, count: int, normalisation: Normalisation, seed: int) -> Images:
    """`count` training images, as many of each digit as of any other, none twice.

    One of them at least fills the input's range, so that its scale maps stored 0..255 onto all of
    it. Raises InputError where the images are too few or too pale.
    """
    rng = np.random.default_rng(seed)
    shares = [count // 10 + (digit < count % 10) for digit in range(10)]
    chosen = [
        _distinct(images, rng.permutation(np.flatnonzero(images.labels == digit)), digit, share)
        for digit, share in enumerate(shares)
    ]
    reach = _reach(images.take(np.concatenate(chosen)), normalisation)
    if reach.max() < FULL[normalisation]:
        everything = _reach(images, normalisation) * (images.labels < 10)
        best = int(everything.argmax())
        # The article's l2 gives 1 for a column with one inked pixel, but for rounding.
        if everything[best] < 0.99 * FULL[normalisation]:
            raise InputError(
                f"the strongest ink in {len(images)} training images comes to {everything[best]:.2f} of "
                f"{FULL[normalisation]:g}: wanted images that reach the whole range; stretch their contrast"
            )
        chosen[images.labels[best]][-1] = best
    return images.take(np.concatenate(chosen))


def _distinct(images: Images, order: NDArray[np.intp], digit: int, share: int) -> NDArray[np.intp]:
    """The first `share` positions of `order` whose pixels differ: a data set may repeat an image."""
    picked: dict[bytes, int] = {}
    for position in order:
        if len(picked) == share:
            break
        picked.setdefault(images.glyphs[position].tobytes(), int(position))
    if len(picked) < share:
        raise InputError(
            f"{len(picked)} different training images of the digit {digit}, wanted {share}; "
            "lower --representative or add images"
        )
    return np.array(list(picked.values()), np.intp)


def _reach(images: Images, normalisation: Normalisation) -> NDArray[np.float32]:
    """The largest input value of each image."""
    return np.concatenate(
        [
            normalise(images.glyphs[start : start + 1000], normalisation).max(axis=(1, 2, 3))
            for start in range(0, len(images), 1000)
        ]
    )
