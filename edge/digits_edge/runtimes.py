"""The packages that a TensorFlow Lite interpreter can come from, by the names pip knows them by."""

from importlib.util import find_spec

# Faster first (docs/measured.md); TensorFlow last, since it takes seconds to load.
MODULES = {
    "ai-edge-litert": "ai_edge_litert.interpreter",
    "tflite-runtime": "tflite_runtime.interpreter",
    "tensorflow": "tensorflow.lite.python.interpreter",
}
RUNTIMES = tuple(MODULES)


def installed_runtimes() -> tuple[str, ...]:
    """Those of RUNTIMES that this environment has, the faster first; none of them gets loaded."""
    return tuple(name for name, module in MODULES.items() if find_spec(module.partition(".")[0]))
