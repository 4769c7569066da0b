import resource
import zipfile
from pathlib import Path

import keras
import numpy as np
import pytest

from digits_edge.card import MEMBER, Card, Training
from digits_edge.errors import MissingPackageError, ModelError, OutputError
from digits_train.recipe import load_recipe
from digits_train.store import load_network, require_safe_keras, save_network

CARD = Card(
    recipe="article",
    normalisation="l2",
    training=Training("uci", "0" * 64, images=10, epochs=1, seed=0, accuracy=0.5, versions={"keras": "3"}),
)


def network(shape: tuple[int, ...] = (28, 28, 1), classes: int = 10) -> keras.Model:
    layers = [keras.Input(shape), keras.layers.Flatten(), keras.layers.Dense(classes, activation="softmax")]
    return keras.Sequential(layers)


def test_a_network_and_its_card_come_back_from_one_file(tmp_path: Path) -> None:
    model = load_recipe("article").build()
    save_network(tmp_path / "a.keras", model, CARD)
    assert [path.name for path in tmp_path.iterdir()] == ["a.keras"]
    loaded, card = load_network(tmp_path / "a.keras")
    assert card == CARD
    image = np.random.default_rng(0).random((1, 28, 28, 1), np.float32)
    np.testing.assert_array_equal(loaded(image), model(image))


def test_keras_itself_loads_the_file_in_safe_mode(uci_network: Path) -> None:
    assert keras.saving.load_model(uci_network, safe_mode=True).count_params() == 81_066


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "an empty file"), (b"hello", r"no \.keras file"), (b"PK\x03\x04", r"no \.keras file")],
    ids=["empty", "text", "cut off"],
)
def test_a_file_that_is_no_network_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.keras"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=message):
        load_network(path)


def test_a_truncated_network_is_refused(tmp_path: Path, uci_network: Path) -> None:
    path = tmp_path / "a.keras"
    path.write_bytes(uci_network.read_bytes()[:200_000])
    with pytest.raises(ModelError, match=r"no \.keras file, or a part of one"):
        load_network(path)


def test_a_network_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"can't be read \(No such file"):
        load_network(tmp_path / "a.keras")


def test_a_network_without_a_card_is_refused(tmp_path: Path) -> None:
    network().save(tmp_path / "a.keras")
    with pytest.raises(ModelError, match="no card of train-digits"):
        load_network(tmp_path / "a.keras")


def test_a_card_without_a_network_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.keras", "w") as archive:
        archive.writestr(MEMBER, CARD.to_json())
    with pytest.raises(ModelError, match="Keras can't load it"):
        load_network(tmp_path / "a.keras")


@pytest.mark.parametrize(
    ("model", "message"),
    [
        pytest.param(network(shape=(32, 32, 3)), r"from \(None, 32, 32, 3\)", id="other images"),
        pytest.param(network(classes=26), r"to \(None, 26\), wanted", id="letters"),
    ],
)
def test_a_network_of_another_shape_is_refused(tmp_path: Path, model: keras.Model, message: str) -> None:
    save_network(tmp_path / "a.keras", model, CARD)
    with pytest.raises(ModelError, match=message):
        load_network(tmp_path / "a.keras")


def test_a_network_that_carries_code_is_refused(tmp_path: Path) -> None:
    model = keras.Sequential([network(), keras.layers.Lambda(lambda x: x)])
    save_network(tmp_path / "a.keras", model, CARD)
    with pytest.raises(ModelError, match="Keras can't load it") as caught:
        load_network(tmp_path / "a.keras")
    assert "\n" not in str(caught.value)


def test_an_unsafe_keras_is_refused_with_the_cure() -> None:
    require_safe_keras("3.13.2")
    require_safe_keras("4.0.0")
    with pytest.raises(MissingPackageError, match=r"pip install 'keras>=3\.13\.2'"):
        require_safe_keras("3.13.1")


def test_a_folder_that_is_not_there_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="can't be written"):
        save_network(tmp_path / "nowhere" / "a.keras", network(), CARD)


@pytest.mark.parametrize("limit", [100, 50_000, 370_000], ids=lambda limit: f"{limit} bytes")
def test_a_full_disk_leaves_the_old_network(tmp_path: Path, uci_network: Path, limit: int) -> None:
    path = tmp_path / "a.keras"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    model, card = load_network(uci_network)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        with pytest.raises(OutputError, match="can't be written"):
            save_network(path, model, card)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.keras"]
