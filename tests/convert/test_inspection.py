from collections.abc import Callable

import keras
import numpy as np
import pytest

from digits_convert.convert import Conversion
from digits_convert.inspection import check_types, inspect_model
from digits_convert.quantise import Mode, quantise
from digits_edge.errors import ModelError
from digits_edge.normalise import Inputs

Converted = Callable[[Mode], Conversion]


def network_with(operation: Callable[[keras.KerasTensor], keras.KerasTensor]) -> keras.Model:
    glyph = keras.Input((28, 28, 1))
    waves = operation(keras.layers.Conv2D(2, 3, strides=9)(glyph))
    return keras.Model(glyph, keras.layers.Dense(10, activation="softmax")(keras.layers.Flatten()(waves)))


def some_inputs() -> Inputs:
    return np.random.default_rng(0).uniform(0, 255, (8, 28, 28, 1)).astype(np.float32)


def test_a_float_island_that_the_converter_leaves_without_a_word_is_found() -> None:
    found = inspect_model(quantise(network_with(keras.ops.sin), "int8", some_inputs()))
    assert found.inputs[0].type == found.outputs[0].type == "UINT8"  # from outside it looks right
    with pytest.raises(ModelError, match=r"asked for int8, but \d+ of \d+ tensors .* is FLOAT32"):
        check_types(found, "int8")


def test_a_layer_that_tensorflow_lite_lacks_is_named() -> None:
    with pytest.raises(
        ModelError, match=r"can't express this network as int8 \('tf\.Erf' op .*\); change its layers"
    ):
        quantise(network_with(keras.ops.erf), "int8", some_inputs())


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
