"""What one answer costs, counted from the shapes in a .tflite file."""

from math import prod
from typing import NamedTuple

from tensorflow.lite.python import schema_py_generated as schema

from digits_convert.inspection import OPERATORS


class Graph(NamedTuple):
    macs: int  # multiply-accumulates of one glyph, in convolutions and dense layers
    parameters: int  # weights and biases of those, batch normalisation folded into them


def count(content: bytes) -> Graph:
    """What pools, adds, normalises or looks up is not counted, as is the custom."""
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0))
    (graph,) = model.subgraphs
    shapes = [() if tensor.shape is None else tuple(int(n) for n in tensor.shape) for tensor in graph.tensors]
    macs = parameters = 0
    for operator in graph.operators:
        products = _products(
            OPERATORS[model.operatorCodes[operator.opcodeIndex].builtinCode],
            shapes[operator.inputs[1]] if len(operator.inputs) > 1 else (),
        )
        if products:
            macs += products * prod(shapes[operator.outputs[0]])
            parameters += sum(prod(shapes[i]) for i in operator.inputs[1:] if i >= 0)
    return Graph(macs, parameters)


def _products(kind: str, weights: tuple[int, ...]) -> int:
    """How many products each value of an operator's result is the sum of; 0 for what has no weights."""
    match kind:
        case "CONV_2D":  # (out, height, width, in)
            return prod(weights[1:])
        case "DEPTHWISE_CONV_2D":  # (1, height, width, out)
            return prod(weights[1:3])
        case "FULLY_CONNECTED":  # (out, in)
            return weights[-1]
    return 0
