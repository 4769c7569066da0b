"""The whole conversion: a .keras file in, the content of a .tflite file and its figures out."""

from dataclasses import dataclass, replace
from pathlib import Path

from digits_convert.golden import choose_golden
from digits_convert.inspection import Inspection, check_types, inspect_model
from digits_convert.pack import pack
from digits_convert.parity import Say, measure_parity
from digits_convert.quantise import Mode, quantise
from digits_convert.representative import representative_set
from digits_convert.runtimes import networks
from digits_edge.card import Card, Representative
from digits_edge.errors import InputError
from digits_edge.golden import check_golden
from digits_edge.normalise import normalise
from digits_train.data import load_data
from digits_train.images import Dataset
from digits_train.store import load_network

BY_NAME = ("mnist", "uci")  # data that can be found again by its name alone


@dataclass(frozen=True, slots=True)
class Conversion:
    content: bytes  # of the .tflite file
    card: Card
    inspection: Inspection


def convert(
    path: Path, mode: Mode, *, data: str | None, representative: int, seed: int, say: Say
) -> Conversion:
    """The network in `path`, converted, measured on every installed runtime and packed.

    Whether it is good enough is for the caller to judge by `card.parity`. `data` is what the
    network was trained on, None for what its card names; `seed` draws the representative set.
    """
    network, card = load_network(path)
    say(f"{path}: {card.recipe}, {network.count_params():,} parameters, trained on {card.training.data}")
    images = _data(path, card, data, say)
    chosen = None
    if mode == "int8":
        chosen = representative_set(images.train, representative, card.normalisation, seed)
        say(f"{mode}: ranges from {len(chosen)} training images of {images.name}, seed {seed}")
    content = quantise(
        network, mode, None if chosen is None else normalise(chosen.glyphs, card.normalisation)
    )
    inspection = inspect_model(content)
    check_types(inspection, mode)
    parity = measure_parity(network, content, card.normalisation, images.test, say)
    card = replace(
        card,
        quantize=mode,
        representative=None if chosen is None else Representative(len(chosen), chosen.sha256(), seed),
        parity=parity,
        minimum_runtime=inspection.minimum_runtime,
    )
    packed = pack(content, card, choose_golden(network, content, card.normalisation))
    for other in networks(packed):
        check_golden(other, packed)
    return Conversion(packed, card, inspection)


def _data(path: Path, card: Card, source: str | None, say: Say) -> Dataset:
    """The images that the network was trained and tested on, those of no digit left out."""
    trained_on = card.training.data
    if source is None and trained_on not in BY_NAME:
        raise InputError(
            f"{path} was trained on {trained_on}; name that with --data: mnist, uci, an .npz or a folder"
        )
    images = load_data(source or trained_on, test_share=card.training.test_share, seed=card.training.seed)
    digits = images.digits_only()
    if card.training.data_sha256 not in (images.sha256(), digits.sha256()):
        say(f"Warning: {images.name} isn't what {path} was trained on: it may know some test images")
    return digits
