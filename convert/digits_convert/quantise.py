"""From a Keras network to the content of a .tflite file, in four kinds of numbers."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from os import devnull
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
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
    # tflite-runtime off its fast path.
    glyph = tf.TensorSpec((1, SIZE, SIZE, 1), tf.float32, "glyph")
    try:
        # Saved first, in our own words: from_keras_model hides a full disk behind a TypeError.
        with TemporaryDirectory() as folder, _silence():
            network.export(folder, format="tf_saved_model", verbose=False, input_signature=[glyph])
            return _converted(folder, mode, ranges)
    except (ConverterError, RuntimeError, ValueError) as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise ModelError(
            f"TensorFlow Lite can't express this network as {mode} ({reason}); change its layers"
        ) from error
    except (OSError, tf.errors.OpError) as error:
        reason = str(error).rpartition("; ")[2]  # TensorFlow puts a long path before it
        raise OutputError(f"{gettempdir()}: can't be written ({reason}); free space there") from error


def _converted(folder: str, mode: Mode, ranges: Inputs | None) -> bytes:
    converter = tf.lite.TFLiteConverter.from_saved_model(folder)
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
    return bytes(converter.convert())


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
