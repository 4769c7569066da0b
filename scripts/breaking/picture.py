"""The picture "where it breaks": a small diagram for every difficulty."""

import io
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from breaking.sweep import EVERYTHING, STEPS, Point

INK, BLUE, ORANGE, PALE = "#222222", "#2166ac", "#d95f02", "#d5dbe2"
COLUMNS = 7
MOST_FALSE = 10.0  # digits a page: the right-hand scale


def where_it_breaks(points: Sequence[Point], title: str) -> bytes:
    """A PNG file's content; the worst factors first, everything at once before them."""
    factors = list(dict.fromkeys(point.factor for point in points))
    lines = {factor: [point for point in points if point.factor == factor] for factor in factors}
    ranked = sorted(lines, key=lambda factor: (factor != EVERYTHING, sum(p.right for p in lines[factor])))
    rows = -(-len(ranked) // COLUMNS)
    figure = Figure(figsize=(1.75 * COLUMNS, 1.65 * rows + 0.7), layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=11)
    grid = figure.subplots(rows, COLUMNS, squeeze=False, sharex=True, sharey=True)
    for place, axes in enumerate(grid.flat):
        if place < len(ranked):
            _diagram(axes, lines[ranked[place]], labelled=place % COLUMNS == COLUMNS - 1)
        else:
            axes.set_visible(False)
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=90)
    return content.getvalue()


def _diagram(axes: Axes, line: Sequence[Point], labelled: bool) -> None:
    """Digits right, blue and filled below; false digits a page, orange, on a scale of their own."""
    strengths = [point.strength for point in line]
    axes.plot(strengths, [point.right for point in line], "o-", color=BLUE, markersize=3, linewidth=1.4)
    axes.fill_between(strengths, [point.right for point in line], color=BLUE, alpha=0.12)
    axes.set_ylim(0, 1.03)
    axes.set_xticks(STEPS, ["0", "", "½", "", "1"], fontsize=7)
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.tick_params(labelsize=7, length=2)
    axes.set_title(line[0].factor.replace("_", "-"), loc="left", fontsize=9, color=INK)
    axes.spines[["top"]].set_visible(False)
    axes.grid(axis="y", color=PALE, linewidth=0.5)
    other = axes.twinx()
    other.plot(
        strengths, [min(MOST_FALSE, p.false / p.pages) for p in line], ":", color=ORANGE, linewidth=1.4
    )
    other.set_ylim(0, MOST_FALSE * 1.03)
    other.set_yticks((0, 5, 10), ("0", "5", "10+") if labelled else ("", "", ""), fontsize=7, color=ORANGE)
    other.tick_params(length=0)
    other.spines[["top"]].set_visible(False)
