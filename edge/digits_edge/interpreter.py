"""A thin skin over the TensorFlow Lite interpreter, whichever package it comes from."""

import importlib
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digits_edge.errors import MissingPackageError, ModelError
from digits_edge.glyph import SIZE
from digits_edge.normalise import Inputs
from digits_edge.quiet import quiet_stderr
from digits_edge.runtimes import MODULES, RUNTIMES

Scores = NDArray[np.float32]  # (n, outputs), as the network gives them, dequantised


@dataclass(frozen=True, slots=True)
class Tensor:
    """One end of a network: float32, or quantised with `real = scale × (stored - zero_point)`."""

    index: int
    shape: tuple[int, ...]
    dtype: type[Any]  # np.float32, np.uint8 or np.int8
    scale: float
    zero_point: int

    def quantise(self, real: Inputs) -> NDArray[Any]:
        if self.dtype is np.float32:
            return real
        stored = np.rint(real / np.float32(self.scale)) + self.zero_point
        limits = np.iinfo(self.dtype)
        return stored.clip(limits.min, limits.max).astype(self.dtype)

    def dequantise(self, stored: NDArray[Any]) -> Scores:
        if self.dtype is np.float32:
            return stored.astype(np.float32)
        return (stored.astype(np.float32) - self.zero_point) * np.float32(self.scale)


class Network:
    """A loaded model: normalised glyphs in, scores out.

    `runtime` is one of RUNTIMES, or None for the first installed. Raises MissingPackageError where
    it isn't installed and ModelError for content that is no model, of another shape or type, or broken.
    """

    def __init__(self, content: bytes, runtime: str | None = None, threads: int = 1) -> None:
        self.runtime, make = _interpreter_class(runtime)
        try:
            with quiet_stderr():  # delegates announce themselves there
                self._interpreter = make(model_content=content, num_threads=threads)
                self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:  # both are raised, by different broken files
            reason = str(error).splitlines()[0] if str(error) else "no reason given"
            raise ModelError(
                f"no model that {self.runtime} can load ({reason}); make one with convert-digits"
            ) from error
        self.input = _only(self._interpreter.get_input_details(), "input")
        self.output = _only(self._interpreter.get_output_details(), "output")
        _check_shape("input", self.input, (1, SIZE, SIZE, 1))

    def scores(self, inputs: Inputs) -> Scores:
        """(n, 28, 28, 1) → (n, outputs). One by one: batches gain nothing on TensorFlow Lite."""
        stored = self.input.quantise(inputs)
        answers = np.empty((len(inputs), self.output.shape[-1]), self.output.dtype)
        try:
            for row, image in enumerate(stored):
                self._interpreter.set_tensor(self.input.index, image[np.newaxis])
                self._interpreter.invoke()
                answers[row] = self._interpreter.get_tensor(self.output.index)[0]
        except RuntimeError as error:  # weights that are missing show only now
            raise ModelError(
                f"the model can't be run by {self.runtime} ({error}); copy it here again"
            ) from error
        return self.output.dequantise(answers)


def _interpreter_class(runtime: str | None) -> tuple[str, Any]:
    for name in RUNTIMES if runtime is None else (runtime,):
        try:
            with quiet_stderr():  # TensorFlow has much to say while it loads
                return name, importlib.import_module(MODULES[name]).Interpreter
        except ImportError as error:  # not there, or there without a library that it needs
            if runtime is not None and not isinstance(error, ModuleNotFoundError):
                raise MissingPackageError(
                    f"{name} can't be loaded here ({error}); install it again"
                ) from error
    wanted = (
        "ai-edge-litert" if runtime is None and sys.version_info >= (3, 12) else runtime or "tflite-runtime"
    )
    raise MissingPackageError(f"no {runtime or 'interpreter'} in this environment; run: pip install {wanted}")


def _only(details: list[dict[str, Any]], end: str) -> Tensor:
    if len(details) != 1:
        raise ModelError(f"the model has {len(details)} {end}s, wanted one; make it with convert-digits")
    (detail,) = details
    if detail["dtype"] not in (np.float32, np.uint8, np.int8):
        raise ModelError(
            f"the model's {end} is {detail['dtype'].__name__}, wanted float32, uint8 or int8; "
            "make it with convert-digits"
        )
    scale, zero_point = detail["quantization"]
    return Tensor(detail["index"], tuple(int(n) for n in detail["shape"]), detail["dtype"], scale, zero_point)


def _check_shape(end: str, tensor: Tensor, wanted: tuple[int, ...]) -> None:
    if tensor.shape != wanted:
        raise ModelError(
            f"the model's {end} has the shape {list(tensor.shape)}, wanted {list(wanted)}; "
            "this is no digit model of convert-digits"
        )
