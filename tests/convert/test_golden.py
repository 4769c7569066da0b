"""The golden inputs guard a file: what is computed wrongly, by whatever cause, is refused."""

import io
import zipfile
from collections.abc import Callable

import numpy as np
import pytest
from tensorflow.lite.python import schema_py_generated as schema

from digits_convert.convert import Conversion
from digits_convert.golden import MARGIN
from digits_convert.pack import pack
from digits_convert.quantise import MODES, Mode
from digits_edge.errors import ModelError
from digits_edge.golden import Golden, Scorer, check_golden, read_golden
from digits_edge.interpreter import Network, Scores
from digits_edge.normalise import Inputs

Converted = Callable[[Mode], Conversion]


class Dazed:
    """A runtime that has lost its numbers."""

    runtime = "dazed"

    def __init__(self, outputs: int) -> None:
        self.outputs = outputs

    def scores(self, inputs: Inputs) -> Scores:
        return np.full((len(inputs), self.outputs), np.nan, np.float32)


def weights_of(content: bytes) -> slice:
    """Where the largest buffer of the model lies: the weights of a convolution."""
    model = schema.Model.GetRootAsModel(content, 0)
    largest = max((model.Buffers(i) for i in range(model.BuffersLength())), key=lambda b: b.DataLength())
    start = largest._tab.Vector(largest._tab.Offset(4))
    return slice(start, start + largest.DataLength())


@pytest.mark.parametrize("mode", MODES)
def test_ten_clear_answers_travel_with_a_file(converted: Converted, mode: Mode) -> None:
    golden = read_golden(converted(mode).content)
    assert 5 <= len(golden.glyphs) <= 10
    ordered = np.sort(golden.scores, axis=1)
    assert (ordered[:, -1] - ordered[:, -2]).min() >= MARGIN
    check_golden(Network(converted(mode).content), converted(mode).content)


@pytest.mark.parametrize("mode", ["int8", "dynamic"])
def test_negated_weights_are_refused(converted: Converted, mode: Mode) -> None:
    content = bytearray(converted(mode).content)
    where = weights_of(bytes(content))
    weights = np.frombuffer(bytes(content[where]), np.int8)
    content[where] = np.where(weights == -128, weights, -weights).astype(np.int8).tobytes()
    with pytest.raises(ModelError, match=r"computes this model wrongly: \d+ of \d+ golden inputs are off"):
        check_golden(Network(bytes(content)), bytes(content))


def test_swapped_scores_are_refused(converted: Converted) -> None:
    made = converted("int8")
    golden = read_golden(made.content)
    swapped = pack(made.content, made.card, Golden(golden.glyphs, golden.scores[::-1].copy()))
    with pytest.raises(ModelError, match="computes this model wrongly"):
        check_golden(Network(swapped), swapped)


def test_scores_that_are_no_numbers_are_refused(converted: Converted) -> None:
    dazed: Scorer = Dazed(10)
    with pytest.raises(ModelError, match="dazed computes this model wrongly"):
        check_golden(dazed, converted("int8").content)


def test_another_number_of_scores_is_refused(converted: Converted) -> None:
    with pytest.raises(ModelError, match="gives 11 scores, its golden inputs have 10"):
        check_golden(Dazed(11), converted("int8").content)


def test_a_file_without_golden_inputs_is_refused(converted: Converted) -> None:
    content = converted("int8").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        bare = content[: archive.infolist()[0].header_offset]
    with pytest.raises(ModelError, match=r"no golden_glyphs\.npy in the model"):
        check_golden(Network(bare), bare)


@pytest.mark.parametrize(
    ("glyphs", "scores"),
    [
        pytest.param(np.zeros((2, 28, 28), np.uint8), np.zeros((3, 10), np.float32), id="other numbers"),
        pytest.param(np.zeros((0, 28, 28), np.uint8), np.zeros((0, 10), np.float32), id="none"),
        pytest.param(np.zeros((2, 20, 20), np.uint8), np.zeros((2, 10), np.float32), id="another size"),
        pytest.param(np.zeros((2, 28, 28), np.float32), np.zeros((2, 10), np.float32), id="another type"),
    ],
)
def test_golden_inputs_that_do_not_fit_are_refused(
    converted: Converted, glyphs: object, scores: object
) -> None:
    made = converted("int8")
    with pytest.raises(ModelError, match="don't fit together"):
        read_golden(pack(made.content, made.card, Golden(glyphs, scores)))  # type: ignore[arg-type]


def test_a_broken_array_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("golden_glyphs.npy", b"\x93NUMPY\x01")
    with pytest.raises(ModelError, match=r"golden_glyphs\.npy in the model can't be read"):
        read_golden(file.getvalue())
