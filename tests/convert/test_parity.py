import pytest

from digits_convert.parity import check_drop, drop_points
from digits_convert.table import parity_table
from digits_edge.card import Parity
from digits_edge.errors import ModelError


def row(runtime: str, accuracy: float) -> Parity:
    return Parity(runtime, 10_000, accuracy, 0.9816, 0.9990, 0.0941, (0.98,) * 10)


def test_a_drop_of_just_the_limit_passes() -> None:
    assert drop_points(row("ai-edge-litert", 0.9806)) == 0.10
    check_drop((row("keras", 0.9816), row("ai-edge-litert", 0.9806)), 0.10)


def test_one_runtime_that_is_worse_is_enough_to_refuse() -> None:
    rows = row("keras", 0.9816), row("ai-edge-litert", 0.9820), row("tflite-runtime", 0.9805)
    with pytest.raises(ModelError, match=r"on tflite-runtime .* 0\.11 points below the network's 98\.16%"):
        check_drop(rows, 0.10)


def test_the_table_shows_every_runtime_and_each_digit() -> None:
    lines = parity_table((row("keras", 0.9816), row("tflite-runtime", 0.9805))).splitlines()
    assert lines[0].endswith("accuracy  drop, points  agreement  largest difference")
    assert lines[2].split() == ["tflite-runtime", "98.05%", "0.11", "99.90%", "0.094"]
    assert lines[-1].split() == ["tflite-runtime", *["98.00"] * 10]


def test_the_limit_is_rounded_up_to_whole_images() -> None:
    one_lost = Parity("r", 360, 349 / 360, 350 / 360, 0.99, 0.1, ())
    check_drop((one_lost,), 0.10)
    with pytest.raises(ModelError, match="points below"):
        check_drop((one_lost,), 0.0)
    two_lost = Parity("r", 360, 348 / 360, 350 / 360, 0.99, 0.1, ())
    with pytest.raises(ModelError, match="points below"):
        check_drop((two_lost,), 0.10)
