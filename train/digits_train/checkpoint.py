"""A training run as it stood at the end of an epoch, in one .npz file, so that it can go on after a kill."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
from numpy.typing import NDArray

from digits_edge.attached import BROKEN
from digits_edge.errors import InputError
from digits_edge.files import write_whole

Weights = list[NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Run:
    """What makes two runs the same: from these all randomness follows."""

    recipe: str
    data_sha256: str
    seed: int
    epochs: int  # in all: rates and lessons depend on how much is done


@dataclass(frozen=True, slots=True)
class Epoch:
    """One row of history.csv: the figures while training, and on the validation part after it."""

    epoch: int  # from 1
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    seconds: float  # since the epoch before ended


class Best(NamedTuple):
    """The epoch that did best on the validation part, the earlier of equals, and its weights."""

    epoch: Epoch
    weights: Weights


@dataclass(slots=True)
class Progress:
    """What a run has reached."""

    history: list[Epoch] = field(default_factory=list)
    best: Best | None = None

    def record(self, epoch: Epoch, weights: Weights) -> Best:
        """Takes note of an epoch; the best so far."""
        self.history.append(epoch)
        if self.best is None or epoch.val_accuracy > self.best.epoch.val_accuracy:
            self.best = Best(epoch, weights)  # both at once: Ctrl-C may come between any two lines
        return self.best


def save_checkpoint(path: Path, run: Run, history: Sequence[Epoch], best: Best, model: keras.Model) -> None:
    """The weights, the optimizer's state and the progress, whole or not at all."""
    told = {
        "run": asdict(run),
        "history": [asdict(epoch) for epoch in history],
        "best": best.epoch.epoch,
    }
    content = io.BytesIO()
    np.savez(
        content,
        told=np.array(json.dumps(told)),
        **{f"state{i}": np.asarray(value) for i, value in enumerate(_state(model))},
        **{f"best{i}": value for i, value in enumerate(best.weights)},
    )
    write_whole(path, content.getvalue())


def load_checkpoint(path: Path, run: Run, model: keras.Model) -> Progress:
    """The progress in `path`, with the compiled `model` and its built optimizer as they were then.

    Raises InputError where there is none, or where it belongs to another run.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            told = json.loads(str(archive["told"]))
            before = Run(**told["run"])
            if before != run:
                raise InputError(
                    f"{path}: {_difference(before, run)}; give what was given then, or leave out --resume"
                )
            history = [Epoch(**row) for row in told["history"]]
            for i, variable in enumerate(_state(model)):
                variable.assign(archive[f"state{i}"])
            weights = [archive[f"best{i}"] for i in range(len(model.get_weights()))]
            best = Best(history[told["best"] - 1], weights)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no checkpoint to resume from; leave out --resume to start anew") from error
    except (IndexError, KeyError, OSError, TypeError, *BROKEN) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{path}: no readable checkpoint ({error}); leave out --resume to start anew"
        ) from error
    return Progress(history, best)


def _state(model: keras.Model) -> list[keras.Variable]:
    return [*model.trainable_variables, *model.non_trainable_variables, *model.optimizer.variables]


def _difference(before: Run, run: Run) -> str:
    if before.recipe != run.recipe:
        return f"it was trained with --recipe {before.recipe}, not {run.recipe}"
    if before.seed != run.seed:  # which shuffles the data, too
        return f"it was trained with --seed {before.seed}, not {run.seed}"
    if before.data_sha256 != run.data_sha256:
        return "it was trained on other data"
    return f"it was to train for --epochs {before.epochs}, not {run.epochs}"
