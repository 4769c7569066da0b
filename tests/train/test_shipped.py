from pathlib import Path

import pytest

from digits_train.data import load_data
from digits_train.evaluate import evaluate
from digits_train.recipe import load_recipe
from digits_train.store import load_network

SHIPPED = Path(__file__).parents[2] / "models" / "article.keras"


def test_the_shipped_network_is_the_articles_trained_on_mnist_with_the_recipes_seed() -> None:
    model, card = load_network(SHIPPED)
    recipe = load_recipe("article")
    assert model.count_params() == 81_066
    assert (card.recipe, card.normalisation, card.labels) == (
        recipe.name,
        recipe.normalisation,
        recipe.labels,
    )
    assert (card.training.data, card.training.images) == ("mnist", 42_000)
    assert (card.training.epochs, card.training.seed) == (recipe.epochs, recipe.seed)
    assert card.training.accuracy >= 0.98


def test_the_shipped_network_reads_98_of_100_mnist_test_digits(
    mnist_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITS_DATA", str(mnist_path.parent))
    model, card = load_network(SHIPPED)
    data = load_data("mnist")
    evaluation = evaluate(model, card.normalisation, data.test)
    assert evaluation.accuracy >= 0.98
    # Another processor may sum in another order and so decide a close case otherwise.
    assert evaluation.accuracy == pytest.approx(card.training.accuracy, abs=0.0005)
    assert data.sha256() == card.training.data_sha256
