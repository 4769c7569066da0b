"""The images that int8 takes its ranges from: a fair sample of the training images."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.errors import InputError
from digits_edge.normalise import FULL, Normalisation, normalise
from digits_train.images import Images


def representative_set(images: Images, count: int, normalisation: Normalisation, seed: int) -> Images:
    """`count` training images, as many of each digit as of any other, none twice.

    Together they fill the input's range, so that its 256 steps reach from paper to the blackest
    ink: an input that stopped short would clip what a camera sees. Raises InputError where the
    images are too few.
    """
    rng = np.random.default_rng(seed)
    shares = [count // 10 + (digit < count % 10) for digit in range(10)]
    chosen = [
        _distinct(images, rng.permutation(np.flatnonzero(images.labels == digit)), share)
        for digit, share in enumerate(shares)
    ]
    for digit, (share, positions) in enumerate(zip(shares, chosen, strict=True)):
        if len(positions) < share:
            raise InputError(
                f"{len(positions)} different training images of the digit {digit}, wanted {share}; "
                "lower --representative or add images"
            )
    drawn = images.take(np.concatenate(chosen))
    if normalise(drawn.glyphs, normalisation).max() < FULL[normalisation]:
        # Pale or blurred images: one gets a black speck, alone in the margin, which l2 makes 1.
        glyphs = drawn.glyphs.copy()
        glyphs[0, :, 0] = 0
        glyphs[0, 0, 0] = 255
        return Images(glyphs, drawn.labels)
    return drawn


def _distinct(images: Images, order: NDArray[np.intp], share: int) -> NDArray[np.intp]:
    """The first `share` positions of `order` whose pixels differ: a data set may repeat an image."""
    picked: dict[bytes, int] = {}
    for position in order:
        if len(picked) == share:
            break
        picked.setdefault(images.glyphs[position].tobytes(), int(position))
    return np.array(list(picked.values()), np.intp)
