"""What a .tflite file holds by its own account: types, operators, the runtime that it needs."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from tensorflow.lite.python import schema_py_generated as schema

from digits_convert.quantise import Mode
from digits_edge.errors import ModelError

TYPES = {code: name for name, code in vars(schema.TensorType).items() if not name.startswith("_")}
OPERATORS = {code: name for name, code in vars(schema.BuiltinOperator).items() if not name.startswith("_")}

# The types that may occur, the one that must, and that of both ends. INT32 holds biases and shapes.
WANTED = {
    "int8": ({"INT8", "UINT8", "INT32"}, "INT8", "UINT8"),
    "dynamic": ({"INT8", "FLOAT32", "INT32"}, "INT8", "FLOAT32"),
    "float16": ({"FLOAT16", "FLOAT32", "INT32"}, "FLOAT16", "FLOAT32"),
    "float32": ({"FLOAT32", "INT32"}, "FLOAT32", "FLOAT32"),
}


class Operator(NamedTuple):
    name: str
    version: int
    times: int


class TensorType(NamedTuple):
    name: str
    type: str  # "INT8"
    scales: int  # how many it was quantised with, 0 for none


@dataclass(frozen=True, slots=True)
class Inspection:
    tensors: tuple[TensorType, ...]
    inputs: tuple[TensorType, ...]
    outputs: tuple[TensorType, ...]
    dense_weights: tuple[TensorType, ...]  # of the FULLY_CONNECTED operators
    operators: tuple[Operator, ...]
    minimum_runtime: str | None
    size: int  # bytes


def inspect_model(content: bytes) -> Inspection:
    """What the file says of itself; `content` is the converter's own, or what `check_intact` let pass."""
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0))
    (graph,) = model.subgraphs
    tensors = tuple(_tensor_type(tensor) for tensor in graph.tensors)
    codes = [model.operatorCodes[operator.opcodeIndex] for operator in graph.operators]
    kinds = [(OPERATORS[code.builtinCode], code.version) for code in codes]
    return Inspection(
        tensors=tensors,
        inputs=tuple(tensors[i] for i in graph.inputs),
        outputs=tuple(tensors[i] for i in graph.outputs),
        dense_weights=tuple(
            tensors[operator.inputs[1]]
            for operator, (name, _) in zip(graph.operators, kinds, strict=True)
            if name == "FULLY_CONNECTED"
        ),
        operators=tuple(Operator(*kind, count) for kind, count in Counter(kinds).items()),
        minimum_runtime=_minimum_runtime(model),
        size=len(content),
    )


def check_types(found: Inspection, mode: Mode) -> None:
    """Raises ModelError unless every tensor has the type that `mode` promises."""
    allowed, needed, end = WANTED[mode]
    # The converter may fall back to float without a word (tensorflow/tensorflow#42092).
    strays = [tensor for tensor in found.tensors if tensor.type not in allowed]
    if strays:
        raise ModelError(
            f"asked for {mode}, but {len(strays)} of {len(found.tensors)} tensors are of another type "
            f"({strays[0].name} is {strays[0].type}); use layers that TensorFlow Lite can quantise"
        )
    for tensor in found.inputs + found.outputs:
        if tensor.type != end:
            raise ModelError(
                f"asked for {mode}, but {tensor.name} is {tensor.type}, wanted {end}; convert again"
            )
    if all(tensor.type != needed for tensor in found.tensors):
        raise ModelError(
            f"asked for {mode}, but no tensor is {needed}: the layers are too small to gain by it"
        )
    for weights in found.dense_weights:
        if weights.scales > 1:
            raise ModelError(
                f"the dense weights {weights.name} have {weights.scales} scales, wanted one: older runtimes "
                "compute them wrongly; convert with another TensorFlow"
            )


def _tensor_type(tensor: schema.TensorT) -> TensorType:
    quantisation = tensor.quantization
    scales = 0 if quantisation is None or quantisation.scale is None else len(quantisation.scale)
    return TensorType((tensor.name or b"").decode(), TYPES[tensor.type], scales)


def _minimum_runtime(model: schema.ModelT) -> str | None:
    for entry in model.metadata or ():
        if entry.name == b"min_runtime_version":
            return bytes(model.buffers[entry.buffer].data).rstrip(b"\0").decode()
    return None
