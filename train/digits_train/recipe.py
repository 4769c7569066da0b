"""A recipe: a network and how it is trained. Each is one file in recipes/, named like the recipe."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digits_edge.card import DIGITS
from digits_edge.normalise import Normalisation
from digits_train import recipes

if TYPE_CHECKING:
    import keras

    from digits_train.lessons import Lesson


@dataclass(frozen=True, slots=True)
class Recipe:
    name: str
    normalisation: Normalisation
    build: Callable[[], "keras.Model"]  # (n, 28, 28, 1) → (n, labels), probabilities
    optimizer: Callable[[int], "keras.Optimizer"]  # for so many steps; one with `use_ema` is kept averaged
    epochs: int
    quick: int  # epochs of a network to try things with, in minutes
    batch: int
    validation_share: float  # of the training images
    seed: int  # of the network that ships, so that the bare command makes it again
    labels: tuple[str, ...] = DIGITS
    # What an epoch shows, given the share of the training that is done; None: the training images.
    # It runs in a process of its own, beside the epoch before, so it is a function that can be imported.
    lesson: "Lesson | None" = None

    @property
    def rejects(self) -> bool:
        """Whether the network has a class for what is no digit."""
        return len(self.labels) > len(DIGITS)


def recipe_names() -> tuple[str, ...]:
    """The names of all recipes; loads none of them, so that --help is quick."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(recipes.__path__)))


def load_recipe(name: str) -> Recipe:
    recipe: Recipe = importlib.import_module(f"{recipes.__name__}.{name}").RECIPE
    return recipe
