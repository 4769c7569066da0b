"""Where the shipped models are, in a wheel and in a checkout alike."""

from pathlib import Path

from digits_edge.errors import ModelError

DEFAULT = "compact-int8.tflite"


def default_model() -> Path:
    """The model that is used when none is named. Raises ModelError where it was not shipped."""
    package = Path(__file__).parent
    for folder in (package / "models", package.parents[1] / "models"):
        if (folder / DEFAULT).is_file():
            return folder / DEFAULT
    raise ModelError(
        f"{DEFAULT} is missing from this installation; install edge-digits again or give --model"
    )
