"""Labels, card and golden inputs put inside the one .tflite file, the way TensorFlow Lite does it.

The model is a flatbuffer with a buffer named TFLITE_METADATA; the files that it mentions follow as
a zip archive. The labels are stored uncompressed, since TensorFlow Lite's own tools map them into
memory; what only edge-digits reads is compressed.
"""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from typing import NamedTuple

import flatbuffers
import numpy as np
from numpy.typing import NDArray
from tensorflow.lite.python import schema_py_generated as schema

from digits_convert.metadata import Attachment, FileKind, TensorMetadata, model_metadata
from digits_edge.attached import checksum
from digits_edge.card import MEMBER, Card
from digits_edge.golden import GLYPHS, SCORES, Golden
from digits_edge.normalise import FULL

METADATA = "TFLITE_METADATA"
LABELS = "labels.txt"
IMAGE, ANSWER = "glyph", "scores"  # the tensors that go in and come out
ALIGNMENT = 16  # bytes, of every buffer: schema.fbs's force_align, which the Python writer forgets


class Buffer(NamedTuple):
    """A buffer of the model that writes itself, as the schema's own BufferT, but aligned."""

    data: bytes

    def Pack(self, builder: flatbuffers.Builder) -> int:  # noqa: N802
        vector = None
        if self.data:
            builder.Prep(ALIGNMENT, len(self.data))
            vector = builder.CreateByteVector(self.data)
        schema.BufferStart(builder)
        if vector is not None:
            schema.BufferAddData(builder, vector)
        return int(schema.BufferEnd(builder))


def pack(model: bytes, card: Card, golden: Golden) -> bytes:
    """The file as it goes to the device. The same parts give the same bytes."""
    attachments = (
        Attachment(LABELS, "What each score stands for", FileKind.TENSOR_AXIS_LABELS, _lines(card.labels)),
        Attachment(
            MEMBER, "How the model was made and measured", FileKind.DESCRIPTIONS, card.to_json().encode()
        ),
        Attachment(GLYPHS, "Golden inputs before normalisation", FileKind.DESCRIPTIONS, _npy(golden.glyphs)),
        Attachment(SCORES, "The scores that they must give", FileKind.DESCRIPTIONS, _npy(golden.scores)),
    )
    described = model_metadata(
        name=f"{card.recipe} digits, {card.quantize}",
        description="One handwritten digit, cut out and centred as in MNIST, to the score of each label.",
        version=f"sha256 {hashlib.sha256(model).hexdigest()[:12]}",
        image=TensorMetadata(
            IMAGE,
            f"28×28 ink, 0 paper to 255 ink, then the normalisation {card.normalisation!r} of edge-digits",
            0,
            FULL[card.normalisation],
        ),
        scores=TensorMetadata(ANSWER, "One for each label, together 1", 0, 1),
        attachments=attachments,
    )
    return _with_files(_with_metadata(model, described), attachments)


def _with_metadata(model: bytes, described: bytes) -> bytes:
    parts = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))
    parts.buffers = [Buffer(b"" if b.data is None else b.data.tobytes()) for b in parts.buffers]
    for graph in parts.subgraphs:
        # The converter's, after every layer folded into a tensor, take a fiftieth of a small file.
        for tensor in graph.tensors:
            tensor.name = None
        graph.tensors[graph.inputs[0]].name, graph.tensors[graph.outputs[0]].name = IMAGE, ANSWER
    parts.buffers.append(Buffer(described))
    parts.metadata = [*(parts.metadata or ()), schema.MetadataT(METADATA, len(parts.buffers) - 1)]
    builder = flatbuffers.Builder(len(model))
    builder.Finish(parts.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _with_files(model: bytes, attachments: Sequence[Attachment]) -> bytes:
    file = io.BytesIO(model)
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = checksum(model)
        for attachment in attachments:
            how = zipfile.ZIP_STORED if attachment.name == LABELS else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(attachment.name), attachment.content, how)  # dated 1980, always
    return file.getvalue()


def _lines(labels: Sequence[str]) -> bytes:
    return "".join(f"{label}\n" for label in labels).encode()


def _npy(array: NDArray[np.generic]) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()
