"""TensorFlow Lite's standard metadata, written field by field.

No maintained package ships the schema for every Python we run on, and it needs no more than this.
Each table lists its fields in the order of metadata_schema.fbs, version 1.1.0, of
github.com/tensorflow/tflite-support (tensorflow_lite_support/metadata/); a union is two fields, its
kind and its value. Other programs (Android's code generator, Netron, MediaPipe) read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import flatbuffers
import numpy as np
from numpy.typing import NDArray

IDENTIFIER = b"M001"
PARSER = "1.0.0"  # the first parser version that knows all fields used here


class FileKind(IntEnum):
    """AssociatedFileType."""

    DESCRIPTIONS = 1
    TENSOR_AXIS_LABELS = 2


IMAGE_PROPERTIES = 2  # in the union ContentProperties
FEATURE_PROPERTIES = 1
NORMALIZATION_OPTIONS = 1  # in the union ProcessUnitOptions
GRAYSCALE = 2  # ColorSpaceType


class Attachment(NamedTuple):
    """A file that the model file carries."""

    name: str
    description: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True, slots=True)
class Table:
    """A flatbuffers table: one value a slot, None for a default."""

    slots: tuple["Field", ...]


Field = None | int | str | Table | Sequence[Table] | NDArray[np.float32]  # every number here is a byte


class TensorMetadata(NamedTuple):
    name: str
    description: str
    low: float
    high: float


def model_metadata(
    name: str,
    description: str,
    version: str,
    image: TensorMetadata,
    scores: TensorMetadata,
    attachments: Sequence[Attachment],
) -> bytes:
    """The content of the buffer TFLITE_METADATA."""
    files = [_associated_file(attachment) for attachment in attachments]
    labels = [_associated_file(a) for a in attachments if a.kind is FileKind.TENSOR_AXIS_LABELS]
    gray = Table((GRAYSCALE,))
    identity = Table((NORMALIZATION_OPTIONS, Table((_floats(0), _floats(1)))))  # (x - 0) / 1
    graph = Table(
        (
            None,  # name
            None,  # description
            [_tensor(image, Table((IMAGE_PROPERTIES, gray)), [identity], None)],
            [_tensor(scores, Table((FEATURE_PROPERTIES, Table(()))), None, labels)],
        )
    )
    others = [file for file in files if file not in labels]
    root = Table((name, description, version, [graph], "edge-digits", LICENCE, others, PARSER))
    builder = flatbuffers.Builder()
    builder.Finish(_write(builder, root), IDENTIFIER)
    return bytes(builder.Output())


LICENCE = "the model is its maker's; edge-digits, which made it, is under Apache-2.0"


def _associated_file(attachment: Attachment) -> Table:
    return Table((attachment.name, attachment.description, int(attachment.kind)))


def _tensor(
    tensor: TensorMetadata, content: Table, units: Sequence[Table] | None, files: Sequence[Table] | None
) -> Table:
    stats = Table((_floats(tensor.high), _floats(tensor.low)))  # maximum first
    dimensions = None
    return Table((tensor.name, tensor.description, dimensions, content, units, stats, files))


def _floats(*values: float) -> NDArray[np.float32]:
    return np.array(values, np.float32)


def _write(builder: flatbuffers.Builder, table: Table) -> int:
    """The table's offset, once all that it points to is written: flatbuffers grow from the leaves."""
    ready = [_offset(builder, field) for field in table.slots]
    builder.StartObject(len(table.slots))
    for slot, (field, value) in enumerate(zip(table.slots, ready, strict=True)):
        if isinstance(field, int):
            builder.PrependUint8Slot(slot, value, 0)
        elif field is not None:
            builder.PrependUOffsetTRelativeSlot(slot, value, 0)
    return int(builder.EndObject())


def _offset(builder: flatbuffers.Builder, field: Field) -> int:
    match field:
        case None:
            return 0
        case int():
            return field
        case str():
            return int(builder.CreateString(field))
        case Table():
            return _write(builder, field)
        case np.ndarray():
            return int(builder.CreateNumpyVector(field))
    offsets = [_write(builder, table) for table in field]
    builder.StartVector(4, len(offsets), 4)  # offsets take four bytes
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return int(builder.EndVector())
