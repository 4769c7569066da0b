"""The model file's promise, and files that break it."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digits_edge.attached import checksum
from digits_edge.card import MEMBER, Calibration, Card, read_card
from digits_edge.classifier import Classifier
from digits_edge.errors import MissingPackageError, ModelError
from digits_edge.models import default_model
from digits_edge.runtimes import installed_runtimes
from digits_train.strokes import stroke_digit

GLYPHS = np.array([stroke_digit(value, seed) for value in range(10) for seed in range(3)])


@pytest.mark.parametrize("runtime", [name for name in installed_runtimes() if name != "tensorflow"])
def test_the_shipped_model_reads_drawn_digits_on_every_runtime(runtime: str) -> None:
    classifier = Classifier(default_model(), runtime)
    probabilities = classifier.probabilities(GLYPHS)
    assert probabilities.shape == (30, len(classifier.card.labels))
    assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert (probabilities.argmax(axis=1) == np.repeat(np.arange(10), 3)).mean() >= 0.8


def test_no_glyphs_have_no_probabilities(classifier: Classifier) -> None:
    nothing = classifier.probabilities(np.empty((0, 28, 28), np.uint8))
    assert nothing.shape == (0, len(classifier.card.labels))


def repacked(content: bytes, card: Card) -> bytes:
    """The same file with another card inside."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
        start = min(info.header_offset for info in archive.infolist())
    members[MEMBER] = card.to_json().encode()
    out = io.BytesIO()
    out.write(content[:start])
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = checksum(content[:start])
        for name, member in members.items():
            archive.writestr(name, member)
    return out.getvalue()


@pytest.fixture
def content() -> bytes:
    return default_model().read_bytes()


def refusal(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "some.tflite"
    path.write_bytes(content)
    with pytest.raises(ModelError) as refused:
        Classifier(path)
    message = str(refused.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


def test_an_empty_model_is_refused(tmp_path: Path) -> None:
    assert "an empty file" in refusal(tmp_path, b"")


def test_what_is_no_flatbuffer_is_refused(tmp_path: Path) -> None:
    assert "no TensorFlow Lite file" in refusal(tmp_path, b"\x89PNG\r\n\x1a\n" * 100)


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_model_is_refused(tmp_path: Path, content: bytes, share: float) -> None:
    refusal(tmp_path, content[: int(len(content) * share)])


def test_a_hole_in_the_weights_is_refused(tmp_path: Path, content: bytes) -> None:
    third = len(content) // 3
    assert "damaged" in refusal(tmp_path, content[:third] + bytes(third) + content[2 * third :])


@pytest.mark.parametrize("place", range(100, 40_000, 4_000))
def test_a_flipped_byte_is_refused_before_an_interpreter_sees_it(
    tmp_path: Path, content: bytes, place: int
) -> None:
    flipped = bytearray(content)
    flipped[place] ^= 0xFF
    assert "damaged" in refusal(tmp_path, bytes(flipped))


def test_weights_that_compute_something_else_are_caught_by_the_golden_inputs(
    tmp_path: Path, content: bytes
) -> None:
    card = read_card(content)
    assert card
    start = content.rindex(b"PK\x03\x04", 0, content.index(b"labels.txt", -20_000))
    model = bytearray(content[:start])
    middle = slice(len(model) // 2, len(model) // 2 + 10_000)
    model[middle] = bytes(byte ^ 0x7F for byte in model[middle])
    assert "wrongly" in refusal(tmp_path, repacked(bytes(model) + content[start:], card))


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No such file"):
        Classifier(tmp_path / "none.tflite")


def test_labels_that_are_no_digits_are_refused(tmp_path: Path, content: bytes) -> None:
    card = read_card(content)
    assert card
    assert "ten digits" in refusal(tmp_path, repacked(content, replace(card, labels=tuple("abcdefghij"))))


def test_a_number_of_classes_that_the_labels_don_t_name_is_refused(tmp_path: Path, content: bytes) -> None:
    card = read_card(content)
    assert card
    message = refusal(tmp_path, repacked(content, replace(card, labels=(*card.labels, "more"))))
    assert f"{len(card.labels)}] outputs for {len(card.labels) + 1} labels" in message


def test_a_normalisation_from_the_future_is_refused(tmp_path: Path, content: bytes) -> None:
    card = read_card(content)
    assert card
    future = replace(card, normalisation="whitened")  # type: ignore[arg-type]
    assert "whitened" in refusal(tmp_path, repacked(content, future))


def test_a_card_of_another_schema_is_refused(tmp_path: Path, content: bytes) -> None:
    card = read_card(content)
    assert card
    changed = repacked(content, card).replace(b"digits.model/1", b"digits.model/9")
    refusal(tmp_path, changed)


@pytest.mark.parametrize(
    "calibration",
    [
        Calibration(0.0),
        Calibration(float("nan")),
        Calibration(1.0, 1.5),
        Calibration("1"),  # type: ignore[arg-type]
        Calibration(digits=1),
    ],
    ids=str,
)
def test_a_calibration_that_can_t_be_is_refused(
    tmp_path: Path, content: bytes, calibration: Calibration
) -> None:
    card = read_card(content)
    assert card
    assert "c" in refusal(tmp_path, repacked(content, replace(card, calibration=calibration)))


def test_a_card_with_fields_of_a_later_version_is_read(content: bytes) -> None:
    card = read_card(content)
    assert card
    later = card.to_json().replace('"recipe"', '"colour": "blue", "recipe"')
    assert Card.from_json(later) == card


def foreign(shape: tuple[int, ...], kind: str = "float32") -> bytes:
    """A TensorFlow Lite model of somebody else's, without a card."""
    import keras
    import tensorflow as tf

    network = keras.Sequential([keras.Input(shape), keras.layers.Flatten(), keras.layers.Dense(10)])
    converter = tf.lite.TFLiteConverter.from_keras_model(network)
    converter.inference_input_type = tf.dtypes.as_dtype(kind)
    model: bytes = converter.convert()
    return model


def test_a_foreign_model_is_refused_for_its_missing_card(tmp_path: Path) -> None:
    assert "no card" in refusal(tmp_path, foreign((28, 28, 1)))


def test_a_model_of_another_input_shape_is_refused(tmp_path: Path, content: bytes) -> None:
    card = read_card(content)
    assert card
    with_card = io.BytesIO(foreign((32, 32, 3)))
    with zipfile.ZipFile(with_card, "a") as archive:
        archive.comment = checksum(with_card.getvalue())
        archive.writestr(MEMBER, card.to_json())
    assert "[1, 32, 32, 3], wanted [1, 28, 28, 1]" in refusal(tmp_path, with_card.getvalue())


def test_a_runtime_that_is_not_installed_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    from digits_edge import interpreter, runtimes

    monkeypatch.setitem(runtimes.MODULES, "tflite-runtime", "no_such_package.interpreter")
    with pytest.raises(MissingPackageError, match="pip install tflite-runtime"):
        interpreter.Network(b"", "tflite-runtime")


def test_the_card_survives_its_own_json(content: bytes) -> None:
    card = read_card(content)
    assert card
    assert Card.from_json(card.to_json()) == card


def test_a_card_names_data_whose_name_is_no_utf_8(content: bytes) -> None:
    card = read_card(content)
    assert card
    odd = replace(card, training=replace(card.training, data="caf\udce9 é"))
    assert Card.from_json(odd.to_json().encode()) == odd
