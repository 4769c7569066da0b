"""What tests share: the data they may find, and one small network trained once for all of them."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

import digits_edge.opencv  # noqa: F401  (before Keras loads cv2 without its limits)

with suppress(ModuleNotFoundError):  # it can't load any model once TensorFlow is in the same process
    import tflite_runtime.interpreter  # noqa: F401

ROOT = Path(__file__).parent.parent
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def shared_data() -> Path:
    """The folder of data that is no part of the project, there or not."""
    return Path(os.environ.get("DIGITS_DATA") or ROOT.parent / "shared" / "data")


@pytest.fixture(scope="session")
def mnist_path() -> Path:
    path = shared_data() / "mnist.npz"
    if not path.exists():
        pytest.skip(f"no MNIST at {path}; DIGITS_DATA names the folder that holds mnist.npz")
    return path


@pytest.fixture(scope="session")
def uci_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article's network trained on the UCI digits: a .keras file, its report in report/ beside it."""
    from digits_train.data import load_data
    from digits_train.recipe import load_recipe
    from digits_train.train import train

    folder = tmp_path_factory.mktemp("uci")
    path = folder / "digits.keras"
    trained = train(load_recipe("article"), load_data("uci"), path, folder / "report", seed=0, epochs=9)
    assert trained.evaluation is not None
    assert trained.evaluation.accuracy > 0.9
    return path
