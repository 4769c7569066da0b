"""All modes on a small real network, and every runtime beside Keras."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digits_convert.convert import Conversion, convert
from digits_convert.inspection import check_types, inspect_model
from digits_convert.parity import measure_parity
from digits_convert.quantise import MODES, Mode
from digits_edge.card import read_card
from digits_edge.errors import InputError
from digits_edge.interpreter import Network
from digits_train.data import load_data
from digits_train.images import Dataset, joined
from digits_train.store import load_network, save_network

Converted = Callable[[Mode], Conversion]

TYPES = {"int8": np.uint8, "dynamic": np.float32, "float16": np.float32, "float32": np.float32}


@pytest.fixture(scope="session")
def uci() -> Dataset:
    return load_data("uci")


@pytest.mark.parametrize("mode", MODES)
def test_a_file_has_the_types_that_were_asked_for(converted: Converted, mode: Mode) -> None:
    content = converted(mode).content
    check_types(inspect_model(content), mode)
    network = Network(content)
    assert network.input.dtype is network.output.dtype is TYPES[mode]
    assert network.input.shape == (1, 28, 28, 1)
    assert network.output.shape == (1, 10)


@pytest.mark.parametrize(
    ("mode", "agreement"), [("int8", 0.99), ("dynamic", 0.99), ("float16", 0.999), ("float32", 1)]
)
def test_every_runtime_answers_like_keras_on_all_uci_digits(
    converted: Converted, uci_network: Path, uci: Dataset, mode: Mode, agreement: float
) -> None:
    network, card = load_network(uci_network)
    everything = joined([uci.train, uci.test])
    rows = measure_parity(network, converted(mode).content, card.normalisation, everything, lambda _: None)
    assert len(rows) > 1
    for row in rows:
        assert row.images == 1797
        assert row.agreement >= agreement, row


def test_the_card_in_the_file_tells_how_it_was_made(converted: Converted, uci: Dataset) -> None:
    card = read_card(converted("int8").content)
    assert card == converted("int8").card
    assert card is not None
    assert card.quantize == "int8"
    assert card.representative is not None
    assert card.representative.images == 200
    assert card.minimum_runtime == "1.14.0"
    assert card.parity[0].runtime.startswith("keras ")
    assert all(row.images == len(uci.test) for row in card.parity)
    assert read_card(converted("float32").content).representative is None  # type: ignore[union-attr]


def test_int8_takes_the_whole_input_range_in_255_steps(converted: Converted) -> None:
    ends = Network(converted("int8").content)
    assert ends.input.scale == pytest.approx(1 / 255, rel=1e-6)
    assert ends.input.zero_point == 0


def test_the_batch_is_fixed_so_that_nothing_computes_shapes(converted: Converted) -> None:
    names = {operator.name for operator in converted("float32").inspection.operators}
    assert names == {"CONV_2D", "MAX_POOL_2D", "FULLY_CONNECTED", "SOFTMAX"}


def test_data_without_a_name_must_be_named(uci_network: Path, tmp_path: Path) -> None:
    network, card = load_network(uci_network)
    save_network(
        tmp_path / "own.keras", network, replace(card, training=replace(card.training, data="my-digits"))
    )
    with pytest.raises(InputError, match=r"trained on my-digits; name that with --data"):
        convert(tmp_path / "own.keras", "int8", data=None, representative=100, seed=0, say=lambda _: None)


def test_other_data_than_the_networks_own_is_warned_of(
    uci_network: Path, tmp_path: Path, uci: Dataset
) -> None:
    half = uci.train.take(np.arange(len(uci.train) // 2))
    np.savez(
        tmp_path / "half.npz",
        x_train=half.glyphs,
        y_train=half.labels,
        x_test=uci.test.glyphs,
        y_test=uci.test.labels,
    )
    said: list[str] = []
    convert(
        uci_network, "float32", data=str(tmp_path / "half.npz"), representative=100, seed=0, say=said.append
    )
    assert any(line.startswith("Warning") and "half.npz" in line for line in said)


def test_a_network_tested_on_its_own_share_is_proved_on_the_same_images(
    uci_network: Path, tmp_path: Path
) -> None:
    network, card = load_network(uci_network)
    third = load_data("uci", test_share=0.3, seed=card.training.seed)
    trained = replace(card.training, test_share=0.3, data_sha256=third.sha256())
    save_network(tmp_path / "third.keras", network, replace(card, training=trained))
    said: list[str] = []
    done = convert(
        tmp_path / "third.keras", "float32", data=None, representative=100, seed=0, say=said.append
    )
    assert not any(line.startswith("Warning") for line in said)
    assert done.card.parity[0].images == len(third.test)
