"""Data sets by name: MNIST, UCI digits, a Keras-style .npz, or a folder of images."""

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from tokenize import TokenError

import numpy as np
from keras.datasets import mnist as keras_mnist
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from digits_edge.attached import BROKEN
from digits_edge.errors import InputError
from digits_edge.files import is_folder, is_there
from digits_edge.glyph import SIZE, Glyph, to_glyph
from digits_edge.opencv import cv2
from digits_train.folder import read_folder
from digits_train.images import Dataset, Images, joined
from digits_train.splits import shuffled, stratified

ARRAYS = ("x_train", "y_train", "x_test", "y_test")
TEST_SHARE = 0.2  # where a data set has no test part of its own


def load_data(
    source: str, *, extra: Sequence[Path] = (), test_share: float | None = None, seed: int = 0
) -> Dataset:
    """The data set that `source` names: "mnist", "uci", an .npz file or a folder.

    The folders of `extra` join its training part. With a `test_share` all images are pooled and
    divided anew; without, a data set keeps its own test part, or gives up a fifth.
    """
    if source == "mnist":
        data = _mnist()
    elif source == "uci":
        data = _uci()
    elif is_folder(source):
        data = Dataset(source, read_folder(Path(source)), _no_images())
    elif Path(source).suffix == ".npz":
        data = read_npz(Path(source))
    else:
        raise InputError(f"{source}: no such data; choose mnist, uci, an .npz file or a folder")

    if test_share is not None or not len(data.test):
        pool = joined([data.train, data.test])
        data = Dataset(data.name, *stratified(pool, test_share or TEST_SHARE, seed), test_share)
    if extra:
        more = [read_folder(folder) for folder in extra]
        name = " + ".join([data.name, *map(str, extra)])
        data = replace(data, name=name, train=joined([data.train, *more]))
    if extra or source != "mnist":
        # The validation part is cut from the end: it must not be all of one kind.
        data = replace(data, train=shuffled(data.train, seed))
    for part, purpose in ((data.train, "train"), (data.test, "test")):
        missing = sorted(set(range(10)) - set(part.labels.tolist()))
        if missing:
            raise InputError(
                f"{data.name}: no images of {', '.join(map(str, missing))} to {purpose} on; "
                "wanted all ten digits"
            )
    return data


def read_npz(path: Path) -> Dataset:
    """The data set in a file like Keras' mnist.npz. Raises InputError for any other content."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            missing = [name for name in ARRAYS if name not in archive]
            if missing:
                raise InputError(f"{path}: no {', '.join(missing)} in it; wanted {', '.join(ARRAYS)}")
            x_train, y_train, x_test, y_test = (archive[name] for name in ARRAYS)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; choose mnist, uci, an .npz file or a folder") from error
    except (OSError, TokenError, TypeError, *BROKEN) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path}: not a readable .npz file ({error}); make it with numpy.savez") from error
    return Dataset(
        str(path), _checked(path, "train", x_train, y_train), _checked(path, "test", x_test, y_test)
    )


def _checked(path: Path, part: str, x: NDArray[np.generic], y: NDArray[np.generic]) -> Images:
    if x.shape[1:] != (SIZE, SIZE) or x.dtype != np.uint8 or not len(x):
        raise InputError(
            f"{path}: x_{part} is {x.dtype} {x.shape}, wanted uint8 (n, {SIZE}, {SIZE}), 0 paper to 255 ink"
        )
    if y.shape != (len(x),) or not np.issubdtype(y.dtype, np.integer):
        raise InputError(f"{path}: y_{part} is {y.dtype} {y.shape}, wanted one whole number for each image")
    beyond = y[(y < 0) | (y > 9)]  # type: ignore[operator]
    if len(beyond):
        raise InputError(f"{path}: y_{part} holds the label {beyond[0]}, wanted 0 to 9")
    return Images(np.asarray(x, np.uint8), y.astype(np.uint8))


def _mnist() -> Dataset:
    """MNIST from the folder that DIGITS_DATA names, else from Keras' cache, else from its download."""
    folder = os.environ.get("DIGITS_DATA")
    if folder and is_there(own := Path(folder) / "mnist.npz"):
        return replace(read_npz(own), name="mnist")
    try:
        with redirect_stdout(sys.stderr):  # where its download bar belongs
            (x_train, y_train), (x_test, y_test) = keras_mnist.load_data()
    except Exception as error:  # Keras raises a bare Exception when a download fails
        raise InputError(
            f"no MNIST: it couldn't be downloaded ({error}); put mnist.npz into a folder and name that in "
            "DIGITS_DATA, or choose --data uci, an .npz file or a folder of images"
        ) from error
    return Dataset("mnist", Images(x_train, y_train), Images(x_test, y_test))


def _uci() -> Dataset:
    """1,797 digits of 43 writers, 8×8, bundled with scikit-learn (UCI's "optdigits", its test part)."""
    bunch = load_digits()
    glyphs = np.stack([_enlarged(image) for image in bunch.images])
    return Dataset("uci", Images(glyphs, bunch.target.astype(np.uint8)), _no_images())


def _enlarged(image: NDArray[np.float64]) -> Glyph:
    """(8, 8), 0 paper to 16 ink → a glyph."""
    smooth = cv2.resize(image * (255 / 16), (80, 80), interpolation=cv2.INTER_CUBIC)
    ink = smooth.clip(0, 255).astype(np.uint8)
    x, y, width, height = cv2.boundingRect((ink > 48).astype(np.uint8))
    return to_glyph(ink[y : y + height, x : x + width])


def _no_images() -> Images:
    return Images(np.empty((0, SIZE, SIZE), np.uint8), np.empty(0, np.uint8))
