"""From a Keras network to the content of a .tflite file, in four kinds of numbers."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from os import devnull
from pathlib import Path
from tempfile import gettempdir
from typing import Literal, get_args

import keras
import numpy as np
import tensorflow as tf
from tensorflow.lite.python.convert import ConverterError

from digits_edge.errors import ModelError, OutputError
from digits_edge.glyph import SIZE
from digits_edge.normalise import Inputs
from digits_edge.quiet import quiet_stderr

Mode = Literal["int8", "dynamic", "float16", "float32"]
MODES: tuple[Mode, ...] = get_args(Mode)


def quantise(network: keras.Model, mode: Mode, ranges: Inputs | None = None) -> bytes:
    """The network as a TensorFlow Lite model for one glyph at a time.

    `ranges` are the representative inputs that int8 needs. int8 takes and gives uint8, the others
    float32. Raises ModelError for a network with parts that TensorFlow Lite lacks.
    """
    # A fixed batch: with a free one, Flatten becomes SHAPE, STRIDED_SLICE and PACK, which keep
    # tflite-runtime off its fast path. (from_saved_model makes them even of a fixed one.)
    glyph = keras.Input(batch_shape=(1, SIZE, SIZE, 1))
    converter = tf.lite.TFLiteConverter.from_keras_model(keras.Model(glyph, network(glyph)))
    # Dense weights with one scale a channel need FULLY_CONNECTED 12, which tflite-runtime 2.14
    # refuses and older runtimes may compute wrongly without a word (tensorflow/tflite-micro#2602).
    converter._experimental_disable_per_channel_quantization_for_dense_layers = True
    if mode != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if mode == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if mode == "int8":
        if ranges is None:
            raise ValueError("int8 needs representative inputs")
        converter.representative_dataset = lambda: ([image[np.newaxis]] for image in ranges)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.uint8
    try:
        with _silence():
            return bytes(converter.convert())
    except (ConverterError, RuntimeError, ValueError) as error:
        first = (str(error).splitlines() or ["no reason given"])[0]
        reason = first.rpartition("): ")[2]  # after a long place in the graph
        raise ModelError(
            f"TensorFlow Lite can't express this network as {mode} ({reason}); change its layers"
        ) from error
    except (OSError, TypeError) as error:
        # What goes wrong while the network is saved for conversion is swallowed there, and a fallback
        # for Keras 2 fails with this TypeError instead.
        if isinstance(error, TypeError) and "'NoneType' object is not callable" not in str(error):
            raise
        raise OutputError(
            f"{gettempdir()}: can't be written by the converter; free space there or set TMPDIR"
        ) from error


@contextmanager
def _silence() -> Iterator[None]:
    """The converter narrates on both streams and warns of our own settings; what fails, it raises."""
    with (
        Path(devnull).open("w") as nowhere,
        redirect_stdout(nowhere),
        quiet_stderr(),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield
