from collections.abc import Callable

import keras
import numpy as np
import pytest
import tensorflow as tf

from digits_convert.convert import Conversion
from digits_convert.inspection import check_types, inspect_model
from digits_convert.quantise import Mode, _silence
from digits_edge.errors import ModelError

Converted = Callable[[Mode], Conversion]


def with_an_island() -> bytes:
    """An int8 file whose sine was left in float32, as the converter does by itself."""
    glyph = keras.Input(batch_shape=(1, 28, 28, 1))
    waves = keras.ops.sin(keras.layers.Conv2D(2, 3, strides=9)(glyph))
    scores = keras.layers.Dense(10, activation="softmax")(keras.layers.Flatten()(waves))
    images = np.random.default_rng(0).uniform(0, 255, (8, 1, 28, 28, 1)).astype(np.float32)
    converter = tf.lite.TFLiteConverter.from_keras_model(keras.Model(glyph, scores))
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([image] for image in images)
    converter.inference_input_type = converter.inference_output_type = tf.uint8
    with _silence():
        return bytes(converter.convert())


def test_a_float_island_in_an_int8_file_is_found() -> None:
    found = inspect_model(with_an_island())
    assert found.inputs[0].type == found.outputs[0].type == "UINT8"  # from outside it looks right
    with pytest.raises(ModelError, match=r"asked for int8, but \d+ of \d+ tensors .* is FLOAT32"):
        check_types(found, "int8")


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        ("dynamic", "int8"),
        ("float16", "int8"),
        ("float32", "dynamic"),
        ("float32", "float16"),
        ("int8", "float32"),
    ],
)
def test_a_file_of_another_mode_is_refused(converted: Converted, made: Mode, asked: Mode) -> None:
    with pytest.raises(ModelError, match=f"asked for {asked}"):
        check_types(converted(made).inspection, asked)


@pytest.mark.parametrize("mode", ["int8", "dynamic"])
def test_dense_weights_have_one_scale_for_older_runtimes(converted: Converted, mode: Mode) -> None:
    found = converted(mode).inspection
    assert len(found.dense_weights) == 3
    assert all(weights.scales <= 1 for weights in found.dense_weights)
    assert all(operator.version < 12 for operator in found.operators)  # tflite-runtime 2.14 refuses 12
