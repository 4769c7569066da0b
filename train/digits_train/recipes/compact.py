"""The network worth deploying: for other people's digits, at a quarter of the multiplications; it can say no.

Convolutions of 3×3 with batch normalisation, which conversion folds away; the first one has none, since
normalising 28×28×16 costs training more time than it saves. The unpadded ones lose only the empty rim
around the 20×20 box of ink. A weight for each place and channel pools the last 3×3 (a depthwise
convolution): where a stroke lies tells digits apart, which a global average forgets, and Flatten alone
would take six times the bytes.
"""

import keras
from keras import layers

from digits_edge.card import DIGITS
from digits_train.other_people import lesson
from digits_train.recipe import Recipe


def network() -> keras.Model:
    parts = [keras.Input((28, 28, 1)), layers.Rescaling(1 / 255)]
    parts += [layers.Conv2D(16, 3, padding="same", activation="relu"), layers.MaxPooling2D()]
    parts += _block(20, "valid")  # (n, 12, 12, 20)
    parts += _block(24, "valid")  # (n, 10, 10, 24)
    parts += [layers.MaxPooling2D()]  # (n, 5, 5, 24)
    parts += _block(36, "same")  # (n, 5, 5, 36)
    parts += _block(46, "valid")  # (n, 3, 3, 46)
    parts += [layers.DepthwiseConv2D(3), layers.Flatten(), layers.Dense(len(DIGITS) + 1)]
    return keras.Sequential([*parts, layers.Softmax()], name="compact")


def _block(filters: int, padding: str) -> list[layers.Layer]:
    return [
        layers.Conv2D(filters, 3, padding=padding, use_bias=False),
        layers.BatchNormalization(),
        layers.ReLU(),
    ]


def optimizer(steps: int) -> keras.Optimizer:
    """AdamW with one warm-up and one cosine, its weights averaged over the last few hundred steps."""
    warm_up = steps // 50
    rate = keras.optimizers.schedules.CosineDecay(
        1.5e-4, steps - warm_up, warmup_target=3e-3, warmup_steps=warm_up
    )
    return keras.optimizers.AdamW(rate, weight_decay=1e-2, use_ema=True, ema_momentum=0.998)


RECIPE = Recipe(
    name="compact",
    normalisation="none",
    build=network,
    optimizer=optimizer,
    epochs=140,
    quick=16,
    batch=128,
    validation_share=1 / 6,
    seed=0,
    labels=(*DIGITS, "none"),
    lesson=lesson,
)
