"""The shipped files beside the shipped networks on all 10,000 test images, where MNIST is found."""

from pathlib import Path

import pytest

from digits_convert.parity import drop_points, measure_parity
from digits_train.data import read_npz
from digits_train.store import load_network

MODELS = Path(__file__).parents[2] / "models"


@pytest.mark.parametrize("mode", ["int8", "float32"])
@pytest.mark.parametrize("recipe", ["article", "compact"])
def test_the_shipped_file_reads_mnist_like_the_shipped_network(
    mnist_path: Path, recipe: str, mode: str
) -> None:
    network, card = load_network(MODELS / f"{recipe}.keras")
    content = (MODELS / f"{recipe}-{mode}.tflite").read_bytes()
    rows = measure_parity(network, content, card.normalisation, read_npz(mnist_path).test, lambda _: None)
    for row in rows:
        assert row.images == 10_000
        assert drop_points(row) <= 0.10, row
        assert row.agreement >= 0.998, row
