import csv
import json
from pathlib import Path

import numpy as np
import pytest

from digits_edge.opencv import cv2
from digits_train import plots
from digits_train.data import load_data
from digits_train.evaluate import Evaluation, evaluate
from digits_train.images import NONE, Images
from digits_train.store import load_network


def test_metrics_tell_what_was_trained_on_what_and_how_well(uci_network: Path) -> None:
    metrics = json.loads((uci_network.parent / "report" / "metrics.json").read_text())
    data = load_data("uci")
    _, card = load_network(uci_network)
    assert metrics["schema"] == "digits.metrics/1"
    assert (metrics["recipe"], metrics["data"], metrics["seed"], metrics["epochs"]) == (
        "article",
        "uci",
        0,
        9,
    )
    assert metrics["data_sha256"] == data.sha256() == card.training.data_sha256
    assert (metrics["train_images"], metrics["validation_images"], metrics["test_images"]) == (1005, 432, 360)
    assert len(metrics["accuracy_per_digit"]) == 10
    assert 0.9 < metrics["accuracy"] == card.training.accuracy <= 1
    assert metrics["temperature"] == card.calibration.temperature
    assert {"keras", "tensorflow", "numpy", "python"} <= metrics["versions"].keys()


def test_the_history_has_a_row_for_each_epoch(uci_network: Path) -> None:
    with (uci_network.parent / "report" / "history.csv").open() as table:
        rows = list(csv.DictReader(table))
    assert [row["epoch"] for row in rows] == list("123456789")
    assert float(rows[-1]["val_accuracy"]) > float(rows[0]["val_accuracy"])


@pytest.mark.parametrize("name", ["learning-curves", "confusion", "mistakes", "probabilities"])
def test_the_pictures_show_something(uci_network: Path, name: str) -> None:
    picture = cv2.imread(str(uci_network.parent / "report" / f"{name}.png"))
    assert picture is not None
    assert min(picture.shape[:2]) > 300
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 50


def test_accuracy_is_the_share_of_right_answers(uci_network: Path) -> None:
    model, card = load_network(uci_network)
    evaluation = evaluate(model, card.normalisation, load_data("uci").test)
    assert evaluation.accuracy == card.training.accuracy
    assert evaluation.confusion.sum() == len(evaluation.images)
    assert evaluation.confusion.trace() == round(evaluation.accuracy * len(evaluation.images))


def test_what_is_no_digit_is_not_counted(uci_network: Path) -> None:
    model, card = load_network(uci_network)
    images = load_data("uci").test.take(np.arange(20))
    labels = images.labels.copy()
    labels[5:] = NONE
    assert len(evaluate(model, card.normalisation, Images(images.glyphs, labels)).images) == 5


def test_a_flawless_network_still_has_pictures() -> None:
    labels = np.arange(10, dtype=np.uint8)
    flawless = Evaluation(
        Images(np.zeros((10, 28, 28), np.uint8), labels),
        np.eye(10, dtype=np.float32),
        labels,
        np.eye(10, dtype=np.int64),
    )
    for draw in (plots.confusion, plots.mistakes, plots.probabilities):
        assert draw(flawless).startswith(b"\x89PNG")


def test_a_test_part_without_some_digit_still_has_pictures() -> None:
    labels = np.array([3], np.uint8)
    confusion = np.zeros((10, 10), np.int64)
    confusion[3, 5] = 1
    one = Evaluation(
        Images(np.zeros((1, 28, 28), np.uint8), labels),
        np.eye(10, dtype=np.float32)[5:6],
        np.array([5], np.uint8),
        confusion,
    )
    assert one.accuracy_per_digit[3] == 0
    for draw in (plots.confusion, plots.mistakes, plots.probabilities):
        assert draw(one).startswith(b"\x89PNG")
