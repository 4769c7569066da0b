"""What is packed into a file, read back by other means than those that wrote it."""

import io
import zipfile
from collections.abc import Callable

import flatbuffers
import numpy as np
import pytest
from flatbuffers.table import Table
from tensorflow.lite.python import schema_py_generated as schema

from digits_convert.convert import Conversion
from digits_convert.pack import pack
from digits_convert.quantise import MODES, Mode
from digits_convert.runtimes import networks
from digits_edge.golden import read_golden
from digits_edge.normalise import normalise
from digits_train.strokes import stroke_digit

Converted = Callable[[Mode], Conversion]


def without_metadata(packed: bytes) -> bytes:
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(packed, 0))
    model.metadata = model.metadata[:-1]
    model.buffers = model.buffers[:-1]
    builder = flatbuffers.Builder()
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


@pytest.mark.parametrize("mode", MODES)
def test_packing_changes_no_bit_of_any_answer(converted: Converted, mode: Mode) -> None:
    packed = converted(mode).content
    inputs = normalise(np.stack([stroke_digit(i % 10, 1000 + i) for i in range(100)]), "l2")
    for before, after in zip(networks(without_metadata(packed)), networks(packed), strict=True):
        assert np.array_equal(before.scores(inputs), after.scores(inputs)), before.runtime


def test_every_buffer_is_aligned_to_16_bytes(converted: Converted) -> None:
    content = converted("int8").content
    model = schema.Model.GetRootAsModel(content, 0)
    starts = [
        model.Buffers(i)._tab.Vector(model.Buffers(i)._tab.Offset(4))
        for i in range(model.BuffersLength())
        if not model.Buffers(i).DataIsNone()
    ]
    assert len(starts) > 10
    assert all(start % 16 == 0 for start in starts)


def test_the_same_parts_make_the_same_bytes(converted: Converted) -> None:
    made = converted("int8")
    model, golden = without_metadata(made.content), read_golden(made.content)
    assert pack(model, made.card, golden) == pack(model, made.card, golden)


def test_the_labels_are_stored_uncompressed_as_other_tools_want_them(converted: Converted) -> None:
    with zipfile.ZipFile(io.BytesIO(converted("int8").content)) as archive:
        assert archive.namelist() == ["labels.txt", "digits.json", "golden_glyphs.npy", "golden_scores.npy"]
        assert archive.getinfo("labels.txt").compress_type == zipfile.ZIP_STORED
        assert archive.read("labels.txt").split() == [str(digit).encode() for digit in range(10)]


class Reader:
    """A flatbuffers table read by field number, as metadata_schema.fbs counts them."""

    def __init__(self, content: bytes, position: int) -> None:
        self.table = Table(content, position)

    def _at(self, field: int) -> int:
        offset: int = self.table.Offset(4 + 2 * field)
        assert offset, f"no field {field}"
        return offset

    def byte(self, field: int) -> int:
        return int(self.table.Get(flatbuffers.number_types.Uint8Flags, self.table.Pos + self._at(field)))

    def text(self, field: int) -> str:
        return str(self.table.String(self.table.Pos + self._at(field)).decode())

    def child(self, field: int) -> "Reader":
        return Reader(self.table.Bytes, self.table.Indirect(self.table.Pos + self._at(field)))

    def children(self, field: int) -> list["Reader"]:
        start, count = self.table.Vector(self._at(field)), self.table.VectorLen(self._at(field))
        return [Reader(self.table.Bytes, self.table.Indirect(start + 4 * i)) for i in range(count)]

    def floats(self, field: int) -> list[float]:
        return [
            float(x)
            for x in self.table.GetVectorAsNumpy(flatbuffers.number_types.Float32Flags, self._at(field))
        ]


def test_the_metadata_reads_back_by_the_schemas_field_numbers(converted: Converted) -> None:
    content = converted("int8").content
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0))
    (entry,) = [entry for entry in model.metadata if entry.name == b"TFLITE_METADATA"]
    metadata = model.buffers[entry.buffer].data.tobytes()
    assert metadata[4:8] == b"M001"
    root = Reader(metadata, int.from_bytes(metadata[:4], "little"))
    assert root.text(0) == "article digits, int8"
    assert root.text(7) == "1.0.0"  # min_parser_version
    assert [file.text(0) for file in root.children(6)] == [
        "digits.json",
        "golden_glyphs.npy",
        "golden_scores.npy",
    ]
    (graph,) = root.children(3)
    (glyph,), (scores,) = graph.children(2), graph.children(3)
    assert (glyph.text(0), scores.text(0)) == ("glyph", "scores")
    assert glyph.child(3).byte(0) == 2  # ImageProperties
    assert glyph.child(3).child(1).byte(0) == 2  # GRAYSCALE
    (step,) = glyph.children(4)
    assert (step.byte(0), step.child(1).floats(0), step.child(1).floats(1)) == (
        1,
        [0],
        [1],
    )  # mean, deviation
    assert (glyph.child(5).floats(0), glyph.child(5).floats(1)) == ([1], [0])  # maximum, minimum
    (labels,) = scores.children(6)
    assert (labels.text(0), labels.byte(2)) == ("labels.txt", 2)  # TENSOR_AXIS_LABELS
