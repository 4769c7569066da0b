"""All that a .tflite file carries, in words, and whether it runs rightly here."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from digits_convert.inspection import Inspection, inspect_model
from digits_convert.runtimes import network_here, networks, with_version
from digits_convert.table import parity_table
from digits_edge.attached import check_intact
from digits_edge.card import Card, read_card
from digits_edge.errors import DigitsError, ModelError
from digits_edge.golden import check_golden, read_golden
from digits_edge.interpreter import Tensor


class Shown(NamedTuple):
    text: str
    wrong: tuple[DigitsError, ...]  # from runtimes that can't be trusted with this file


def show(path: Path) -> Shown:
    """Raises ModelError for a file that convert-digits didn't make, or that has changed since."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: can't be read ({error.strerror}); make one with convert-digits") from error
    if not content:
        raise ModelError(f"{path}: an empty file, wanted a model; make one with convert-digits")
    try:
        card = read_card(content)
        if card is None:
            raise ModelError("no card inside, so it's incomplete or foreign; make one with convert-digits")
        check_intact(content)  # before anything trusts the model itself
        network = network_here(content)
        golden = read_golden(content)
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from error
    found = inspect_model(content)
    wrong: list[DigitsError] = []
    lines = [
        ("file", f"{path}, {found.size:,} bytes"),
        *_made(card),
        ("input", _end(network.input)),
        ("output", _end(network.output)),
        *_holds(found),
        ("carries", ", ".join(zipfile.ZipFile(io.BytesIO(content)).namelist())),
        *((f"{len(golden.glyphs)} golden inputs", line) for line in _golden(content, wrong)),
    ]
    width = max(len(name) for name, _ in lines)
    text = "\n".join(f"{name:{width}}  {value}" for name, value in lines)
    return Shown(f"{text}\n\n{parity_table(card.parity)}" if card.parity else text, tuple(wrong))


def _made(card: Card) -> Iterator[tuple[str, str]]:
    training, drawn = card.training, card.representative
    yield "recipe", card.recipe
    yield "quantized", str(card.quantize)
    yield "normalisation", card.normalisation
    yield "labels", " ".join(card.labels)
    learnt = card.calibration
    yield "calibration", f"temperature {learnt.temperature}, accepts from {learnt.accept}"
    yield "taught", "digits alone" if learnt.digits is None else f"{learnt.digits:.2%} digits, the rest none"
    yield "trained on", f"{training.data}, sha256 {training.data_sha256}"
    yield "", f"{training.images:,} images, {training.epochs} epochs, seed {training.seed}"
    yield "accuracy", f"{training.accuracy:.2%} of the test images, float"
    yield "made with", ", ".join(f"{package} {number}" for package, number in training.versions.items())
    if drawn:
        yield "ranges from", f"{drawn.images} training images, seed {drawn.seed}, sha256 {drawn.sha256}"
    yield "needs at least", f"TensorFlow Lite {card.minimum_runtime}"


def _end(tensor: Tensor) -> str:
    steps = f", scale {tensor.scale:.8g}, zero point {tensor.zero_point}" if tensor.scale else ""
    return f"{tensor.dtype.__name__} {list(tensor.shape)}{steps}"


def _holds(found: Inspection) -> Iterator[tuple[str, str]]:
    types = Counter(tensor.type for tensor in found.tensors)
    yield "tensors", ", ".join(f"{count} {name}" for name, count in types.items())
    yield "operators", ", ".join(f"{times} {name} {version}" for name, version, times in found.operators)


def _golden(content: bytes, wrong: list[DigitsError]) -> Iterator[str]:
    for network in networks(content):
        try:
            check_golden(network, content)
            yield f"right on {with_version(network.runtime)}"
        except DigitsError as error:
            wrong.append(error)
            yield f"WRONG on {with_version(network.runtime)}"
