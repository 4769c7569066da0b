"""The comparison as one picture: mistakes on every set, calibration, and what a digit costs."""

import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter, PercentFormatter

from comparing.measured import Measured, kind_of
from comparing.reliability import bins, calibration_error
from digits_train.plots import BLUE, DPI, INK, ORANGE, PALE, RED

COLOURS = ("#8a94a0", BLUE, ORANGE, RED, "#4d9221")  # of the networks, in order, and again
FLOOR = 0.001  # of the logarithmic axis: what is less is drawn there


Row = tuple[str, str]  # a kind of set, and the set


class Mistakes(NamedTuple):
    group: str
    name: str
    share: float  # of what is wrong: less is better


def draw(networks: Sequence[Measured]) -> bytes:
    """The content of a PNG file. What was left out of the figures is left out here."""
    rows = dict.fromkeys((one.group, one.name) for network in networks for one in mistakes(network))
    height = max(5.6, 1.6 + 0.3 * len(rows)) if rows else 3
    figure = Figure(figsize=(12, height), layout="constrained")
    if not rows:
        _costs(figure.subplots(), networks)
        return _png(figure)
    left, right = figure.subfigures(1, 2, width_ratios=[1.15, 1], wspace=0.03)
    upper, lower = right.subfigures(2, 1, height_ratios=[1.25, 1])  # so that their labels need not align
    _mistakes(left.subplots(), networks, list(rows))
    _calibration(upper.subplots(), networks)
    _costs(lower.subplots(), networks)
    return _png(figure)


def mistakes(network: Measured) -> Iterator[Mistakes]:
    if network.mnist is not None:
        yield Mistakes(
            "the likeliest digit is wrong", "MNIST test", 1 - float(network.mnist.claims.right.mean())
        )
    groups = {
        "singles": "single digits wrong or not read",
        "pages": "digits of pages wrong, missed or made up",
        "negatives": "no digit, but read as a number",
    }
    for layout, group in groups.items():
        for row in (scored.figures for scored in network.sets if scored.figures.layout == layout):
            name = f"{row.name.rpartition('/')[2]}, {row.digits or row.images:,}"
            yield Mistakes(group, name, row.score if layout == "negatives" else 1 - row.score)


def _mistakes(axes: Axes, networks: Sequence[Measured], rows: Sequence[Row]) -> None:
    """A line for each set, a dot for each network, under a heading for each kind of set."""
    heights: dict[Row, float] = {}
    foot = 0.0
    for group in dict.fromkeys(group for group, _ in rows):
        axes.text(FLOOR, foot, group, color=INK, fontweight="bold", fontsize=9, va="center")
        own = [row for row in rows if row[0] == group]
        heights |= {row: foot + place for place, row in enumerate(own, 1)}
        foot += len(own) + 1.25
    found: dict[Row, list[tuple[float, str]]] = {row: [] for row in rows}
    for network, colour in zip(networks, _colours(), strict=False):
        for one in mistakes(network):
            found[one.group, one.name].append((max(one.share, FLOOR), colour))
        axes.plot([], [], "o", color=colour, markersize=8, label=network.name)
    for row, dots in found.items():
        at, (least, most) = heights[row], (min(dots), max(dots))
        axes.plot([least[0], most[0]], [at, at], color=PALE, linewidth=3, zorder=1)
        for share, colour in dots:
            axes.plot(share, at, "o", color=colour, markersize=8, zorder=3, clip_on=False)
        for (share, colour), side in {least: -1, most: 1}.items():
            on_axis = share <= FLOOR  # to its left stand the names
            text = "≤ 0.1" if on_axis else f"{100 * share:.1f}"
            right = side > 0 or on_axis
            axes.annotate(text, (share, at), (9 if right else -9, 8 * on_axis), textcoords="offset points",
                          ha="left" if right else "right", va="center", fontsize=8, color=colour)  # fmt: skip
    axes.set_xscale("log")
    axes.set_xlim(FLOOR, 1)
    axes.set_ylim(foot - 0.5, -0.7)
    axes.set_yticks(list(heights.values()), [name for _, name in heights], fontsize=9)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g} %"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_title("Mistakes in %: further left is better", loc="left", fontweight="bold")
    axes.legend(frameon=False, loc="upper right", fontsize=9)


def _calibration(axes: Axes, networks: Sequence[Measured]) -> None:
    """Of the single digits found where there are some, else of MNIST."""
    what = "single digits found" if any(len(network.singles) for network in networks) else "MNIST's test part"
    axes.plot([0, 1], [0, 1], color=PALE, linewidth=2, zorder=0)
    for network, colour in zip(networks, _colours(), strict=False):
        claims = network.singles if len(network.singles) else network.mnist and network.mnist.claims
        if not claims:
            continue
        found = bins(claims)
        confidence, right = [one.confidence for one in found], [one.right for one in found]
        sizes = [8 + 90 * (one.count / len(claims)) ** 0.5 for one in found]
        label = f"{network.name}: off by {calibration_error(claims):.1%} on average"
        axes.plot(confidence, right, color=colour, label=label)
        axes.scatter(confidence, right, sizes, color=colour, zorder=3)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel(f"confidence, {what}")
    axes.set_ylabel("share right")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title("Is confidence the share right?", loc="left", fontweight="bold")
    axes.legend(frameon=False, loc="lower right", fontsize=9)


def _costs(axes: Axes, networks: Sequence[Measured]) -> None:
    """Bars, each as long as its share of the largest of its kind."""
    costs = [dict(_cost(network)) for network in networks]
    kinds = list(dict.fromkeys(kind for cost in costs for kind in cost))
    thick = 0.8 / len(networks)
    for place, (cost, colour) in enumerate(zip(costs, _colours(), strict=False)):
        for row, kind in enumerate(kinds):
            if kind not in cost:
                continue
            share = cost[kind] / max(other.get(kind, 0) for other in costs)
            at = row + (place - (len(networks) - 1) / 2) * thick
            axes.barh(at, share, thick * 0.9, color=colour)
            axes.text(share + 0.01, at, f"{cost[kind]:.3g}", va="center", fontsize=8, color=INK)
    axes.set_yticks(range(len(kinds)), kinds, fontsize=9)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_xlim(0, 1.1)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_title("What a digit costs", loc="left", fontweight="bold")


def _cost(network: Measured) -> Iterator[tuple[str, float]]:
    yield "int8 file, KB", network.files.int8.stat().st_size / 1000
    yield "million multiply-accumulates", network.graph.macs / 1e6
    for timing in network.timings:
        if timing.model == network.files.int8:
            yield f"µs, {kind_of(timing)}", timing.median_us


def _png(figure: Figure) -> bytes:
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=DPI)
    return content.getvalue()


def _colours() -> Sequence[str]:
    return COLOURS * 9
