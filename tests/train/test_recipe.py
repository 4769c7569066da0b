import numpy as np
import tensorflow as tf

from digits_edge.normalise import normalise
from digits_train.recipe import load_recipe, recipe_names


def test_the_article_has_81066_parameters_in_the_articles_layers() -> None:
    model = load_recipe("article").build()
    assert model.count_params() == 81_066
    assert [type(layer).__name__ for layer in model.layers] == [
        *["Conv2D", "Activation", "MaxPooling2D"] * 3,
        *["Flatten", "Dense", "Dense", "Dense"],
    ]
    assert model.output_shape == (None, 10)


def test_the_article_trains_as_the_article_says() -> None:
    recipe = load_recipe("article")
    assert (recipe.epochs, recipe.batch, recipe.validation_share) == (5, 32, 0.3)
    assert recipe.normalisation == "l2"
    assert not recipe.rejects
    assert type(recipe.optimizer(100)).__name__ == "Adam"
    assert recipe.seed == 2


def test_compact_has_31521_parameters_and_a_class_for_what_is_no_digit() -> None:
    recipe = load_recipe("compact")
    model = recipe.build()
    assert model.count_params() == 31_521
    assert model.output_shape == (None, 11)
    assert recipe.labels[10] == "none"
    assert recipe.rejects
    assert recipe.normalisation == "none"  # raw pixels go into the int8 file


def test_every_recipe_is_found_by_its_name() -> None:
    assert "article" in recipe_names()
    assert all(load_recipe(name).name == name for name in recipe_names())


def test_l2_is_what_keras_normalize_does_along_axis_1() -> None:
    glyphs = np.random.default_rng(0).integers(0, 256, (50, 28, 28), np.uint8)
    glyphs[:, :, :5] = 0  # empty columns, as in MNIST
    wanted = tf.keras.utils.normalize(glyphs, axis=1)
    np.testing.assert_allclose(normalise(glyphs, "l2")[..., 0], wanted, rtol=0, atol=1e-7)
