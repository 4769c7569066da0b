"""What a training run leaves to look at: its figures for programs, and pictures for people."""

import csv
import io
import json
import math
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path

from digits_edge.card import Card
from digits_edge.files import output_folder, write_whole
from digits_train import plots
from digits_train.checkpoint import Epoch
from digits_train.evaluate import Evaluation
from digits_train.images import Dataset

SCHEMA = "digits.metrics/1"


@dataclass(frozen=True, slots=True)
class Metrics:
    """The content of metrics.json. Shares are 0 to 1."""

    schema: str
    recipe: str
    data: str
    data_sha256: str
    seed: int
    epochs: int  # whose weights were kept
    train_images: int
    validation_images: int
    test_images: int
    train_accuracy: float
    train_loss: float
    validation_accuracy: float
    validation_loss: float
    accuracy: float  # on the test part
    accuracy_per_digit: tuple[float | None, ...]  # None for a digit that the test part lacks
    temperature: float
    versions: dict[str, str]


def write_report(
    folder: Path, card: Card, data: Dataset, history: tuple[Epoch, ...], evaluation: Evaluation
) -> None:
    """metrics.json, history.csv and four pictures in `folder`."""
    output_folder(folder)
    metrics = _metrics(card, data, history, evaluation)
    write_whole(folder / "metrics.json", (json.dumps(asdict(metrics), indent=1) + "\n").encode())
    write_whole(folder / "history.csv", _table(history))
    curves = plots.learning_curves(history, card.training.epochs, evaluation.accuracy)
    write_whole(folder / "learning-curves.png", curves)
    write_whole(folder / "confusion.png", plots.confusion(evaluation))
    write_whole(folder / "mistakes.png", plots.mistakes(evaluation))
    write_whole(folder / "probabilities.png", plots.probabilities(evaluation))


def _metrics(card: Card, data: Dataset, history: tuple[Epoch, ...], evaluation: Evaluation) -> Metrics:
    last = history[card.training.epochs - 1]
    return Metrics(
        schema=SCHEMA,
        recipe=card.recipe,
        data=card.training.data,
        data_sha256=card.training.data_sha256,
        seed=card.training.seed,
        epochs=card.training.epochs,
        train_images=card.training.images,
        validation_images=len(data.train) - card.training.images,
        test_images=len(evaluation.images),
        train_accuracy=last.accuracy,
        train_loss=last.loss,
        validation_accuracy=last.val_accuracy,
        validation_loss=last.val_loss,
        accuracy=evaluation.accuracy,
        accuracy_per_digit=tuple(None if math.isnan(a) else a for a in evaluation.accuracy_per_digit),
        temperature=card.calibration.temperature,
        versions=card.training.versions,
    )


def _table(history: tuple[Epoch, ...]) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(field.name for field in fields(Epoch))
    writer.writerows([f"{value:.6g}" for value in astuple(epoch)] for epoch in history)
    return table.getvalue().encode()
