"""Trained networks as .keras files that carry their card inside."""

import zipfile
from pathlib import Path

import keras

from digits_edge.attached import BROKEN
from digits_edge.card import MEMBER, Card, read_card
from digits_edge.errors import MissingPackageError, ModelError
from digits_edge.files import whole_file
from digits_edge.glyph import SIZE

KERAS = (3, 13, 2)  # older ones can be made to run code by a crafted file: CVE-2025-1550, CVE-2026-1462


def save_network(path: Path, model: keras.Model, card: Card) -> None:
    """`model` and `card` in the one file `path`, whole or absent."""
    with whole_file(path) as scratch:
        model.save(scratch)
        with zipfile.ZipFile(scratch, "a") as archive:
            archive.writestr(MEMBER, card.to_json())


def load_network(path: Path) -> tuple[keras.Model, Card]:
    """The network and the card of a file that train-digits made, loaded in Keras' safe mode.

    Raises ModelError for any other file and MissingPackageError for a Keras that isn't safe.
    """
    require_safe_keras(keras.__version__)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: can't be read ({error.strerror}); make one with train-digits") from error
    if not content:
        raise ModelError(f"{path}: an empty file, wanted a .keras model; make one with train-digits")
    if not zipfile.is_zipfile(path):
        raise ModelError(f"{path}: no .keras file, or a part of one; make one with train-digits")
    card = read_card(content)
    if card is None:
        raise ModelError(f"{path}: no card of train-digits in it; make one with train-digits")
    try:
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
    except (
        AttributeError,
        ImportError,
        KeyError,
        OSError,
        TypeError,
        *BROKEN,
    ) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(f"{path}: Keras can't load it ({reason}); make one with train-digits") from error
    shapes = model.input_shape, model.output_shape
    wanted = (None, SIZE, SIZE, 1), (None, len(card.labels))
    if shapes != wanted:
        raise ModelError(
            f"{path}: a network from {shapes[0]} to {shapes[1]}, wanted {wanted[0]} to {wanted[1]}; "
            "make one with train-digits"
        )
    return model, card


def require_safe_keras(version: str) -> None:
    if tuple(int(part) for part in version.split(".")[:3] if part.isdigit()) < KERAS:
        wanted = ".".join(map(str, KERAS))
        raise MissingPackageError(
            f"Keras {version} is unsafe, wanted {wanted}; run: pip install 'keras>={wanted}'"
        )
