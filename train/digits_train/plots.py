"""The pictures of a report, each as the content of a PNG file."""

import io
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from digits_edge.glyph import Glyph
from digits_train.checkpoint import Epoch
from digits_train.evaluate import Evaluation

INK, BLUE, ORANGE, RED, PALE = "#222222", "#2166ac", "#d95f02", "#c0392b", "#d5dbe2"
DPI = 110


def learning_curves(history: Sequence[Epoch], kept: int, test_accuracy: float) -> bytes:
    """Loss and accuracy after each epoch, with the epoch whose weights were kept and the test's answer."""
    figure = Figure(figsize=(10, 4.2), layout="constrained")
    loss, accuracy = figure.subplots(1, 2)
    epochs = [epoch.epoch for epoch in history]
    for axes, title, train, validation in (
        (loss, "Loss", [e.loss for e in history], [e.val_loss for e in history]),
        (accuracy, "Accuracy", [e.accuracy for e in history], [e.val_accuracy for e in history]),
    ):
        axes.plot(epochs, train, "o-", color=BLUE, label="while training")
        axes.plot(epochs, validation, "o-", color=ORANGE, label="on the validation part")
        axes.axvline(kept, color=PALE, zorder=0, linewidth=6, label="weights kept")
        axes.set_title(title, loc="left", fontweight="bold")
        axes.set_xlabel("epoch")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        _plain(axes)
    loss.set_ylim(bottom=0)
    accuracy.axhline(test_accuracy, color=INK, linestyle=":", label=f"on the test part: {test_accuracy:.2%}")
    accuracy.yaxis.set_major_formatter(PercentFormatter(1, decimals=1))
    accuracy.legend(frameon=False, loc="lower right")
    return _png(figure)


def confusion(evaluation: Evaluation) -> bytes:
    """How often each digit was taken for each; the shade is the share of the digit's images."""
    counts = evaluation.confusion
    shares = counts / counts.sum(axis=1, keepdims=True).clip(1)
    mistakes = np.where(np.eye(10, dtype=bool), np.nan, shares)
    figure = Figure(figsize=(7.2, 7), layout="constrained")
    axes = figure.subplots()
    axes.imshow(np.eye(10), cmap="Blues", vmin=0, vmax=4)
    worst = max(np.nanmax(mistakes), 1e-9)
    axes.imshow(mistakes, cmap="Reds", vmin=0, vmax=worst)
    for truth, answer in np.ndindex(10, 10):
        if counts[truth, answer]:
            right = truth == answer
            strong = not right and shares[truth, answer] > worst * 0.6
            axes.text(answer, truth, f"{counts[truth, answer]}", ha="center", va="center",
                      color="white" if strong else INK, fontweight="bold" if right else "normal")  # fmt: skip
    per_digit = [f"{digit}   {share:.1%}" for digit, share in enumerate(evaluation.accuracy_per_digit)]
    axes.set_yticks(range(10), [label.replace("nan%", "–") for label in per_digit])
    axes.set_xticks(range(10))
    axes.set_ylabel("what it was, and the share read right")
    axes.set_xlabel("what the network read")
    wrong = int((evaluation.answers != evaluation.images.labels).sum())
    axes.set_title(
        f"{evaluation.accuracy:.2%} right: {wrong:,} mistakes in {len(evaluation.images):,} test digits",
        loc="left",
        fontweight="bold",
    )
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return _png(figure)


def mistakes(evaluation: Evaluation, most: int = 24) -> bytes:
    """The digits that the network read wrongly and was surest of, the surest first."""
    confidence = evaluation.probabilities[np.arange(len(evaluation.answers)), evaluation.answers]
    wrong = np.flatnonzero(evaluation.answers != evaluation.images.labels)
    chosen = wrong[np.argsort(-confidence[wrong], kind="stable")][:most]
    columns = 8
    rows = max(1, -(-len(chosen) // columns))
    figure = Figure(figsize=(10, 1.55 * rows + 0.6), layout="constrained")
    title = f"The {len(chosen)} surest of {len(wrong)} mistakes" if len(chosen) else "No mistakes"
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold")
    for position, axes in enumerate(figure.subplots(rows, columns, squeeze=False).flat):
        if position < len(chosen):
            index = chosen[position]
            _show(axes, evaluation.images.glyphs[index])
            truth, answer = evaluation.images.labels[index], evaluation.answers[index]
            axes.set_title(f"{truth} read as {answer}\n{confidence[index]:.1%} sure", fontsize=9, color=RED)
        else:
            axes.axis("off")
    return _png(figure)


def probabilities(evaluation: Evaluation) -> bytes:
    """Test digits with their ten probabilities: the first of each digit, then the least certain ones."""
    digits = evaluation.probabilities[:, :10]
    firsts = [np.flatnonzero(evaluation.images.labels == digit)[:1] for digit in range(10)]
    unsure = np.argsort(digits.max(axis=1), kind="stable")[:5]
    chosen = np.concatenate([*firsts, unsure])
    columns = 5
    rows = -(-len(chosen) // columns)
    figure = Figure(figsize=(12.5, 1.75 * rows + 0.5), layout="constrained")
    figure.suptitle(
        "Test digits and their ten probabilities: the first of each, and the five least certain",
        x=0.01, ha="left", fontweight="bold",
    )  # fmt: skip
    grid = figure.subplots(rows, 2 * columns, squeeze=False, width_ratios=[1, 1.2] * columns)
    for position, index in enumerate(chosen):
        row, column = divmod(position, columns)
        picture, bars = grid[row, 2 * column], grid[row, 2 * column + 1]
        truth, answer = evaluation.images.labels[index], evaluation.answers[index]
        _show(picture, evaluation.images.glyphs[index])
        colours = [PALE] * 10
        colours[answer], colours[truth] = RED, BLUE
        bars.bar(range(10), digits[index], color=colours)
        bars.set_ylim(0, 1)
        bars.set_xticks(range(10), [str(digit) for digit in range(10)], fontsize=7)
        bars.set_yticks([])
        note = "" if truth == answer else f", was {truth}"
        bars.set_title(f"{answer}: {digits[index, answer]:.1%}{note}", fontsize=9,
                       color=INK if truth == answer else RED)  # fmt: skip
        bars.tick_params(length=0, pad=2)
        bars.spines[["top", "right", "left"]].set_visible(False)
    return _png(figure)


def _show(axes: Axes, glyph: Glyph) -> None:
    """Dark ink on light paper, with the glyph's own edge drawn thinly."""
    axes.imshow(glyph, cmap="gray_r", vmin=0, vmax=255)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_color(PALE)


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)


def _png(figure: Figure) -> bytes:
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=DPI)
    return content.getvalue()
