from pathlib import Path

import pytest

from digits_train.data import load_data
from digits_train.evaluate import evaluate
from digits_train.recipe import load_recipe
from digits_train.store import load_network

MODELS = Path(__file__).parents[2] / "models"
PUBLISHED = {"article": 0.98, "compact": 0.996}  # at least, of MNIST's test digits


@pytest.mark.parametrize(
    ("name", "parameters", "images"), [("article", 81_066, 42_000), ("compact", 31_521, 50_000)]
)
def test_a_shipped_network_is_its_recipe_s_trained_on_mnist_with_the_recipe_s_seed(
    name: str, parameters: int, images: int
) -> None:
    model, card = load_network(MODELS / f"{name}.keras")
    recipe = load_recipe(name)
    assert model.count_params() == parameters
    assert (card.recipe, card.normalisation, card.labels) == (
        recipe.name,
        recipe.normalisation,
        recipe.labels,
    )
    assert (card.training.data, card.training.images) == ("mnist", images)
    assert (card.training.epochs, card.training.seed) == (recipe.epochs, recipe.seed)
    assert card.training.accuracy >= PUBLISHED[name]


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_shipped_network_reads_mnist_as_published(
    mnist_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("DIGITS_DATA", str(mnist_path.parent))
    model, card = load_network(MODELS / f"{name}.keras")
    data = load_data("mnist")
    evaluation = evaluate(model, card.normalisation, data.test)
    assert evaluation.accuracy >= PUBLISHED[name]
    # Another processor may sum in another order and so decide a close case otherwise.
    assert evaluation.accuracy == pytest.approx(card.training.accuracy, abs=0.0005)
    assert data.sha256() == card.training.data_sha256
