"""The figures of several networks side by side, as a table in Markdown."""

from collections.abc import Iterator, Sequence

from comparing.measured import Measured, kind_of
from comparing.reliability import Claims, calibration_error
from scoring.verdicts import Figures

Line = tuple[str, str]  # what was measured, and the figure


def table(networks: Sequence[Measured]) -> str:
    """One row a figure, one column a network; a dash where a network has no such figure."""
    columns = [dict(lines(network)) for network in networks]
    every = dict.fromkeys(what for column in columns for what in column)
    head = ["", *(network.name for network in networks)]
    body = [[what, *(column.get(what, "–") for column in columns)] for what in every]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---", *["---:"] * len(networks)], *body])


def lines(network: Measured) -> Iterator[Line]:
    if network.mnist is not None:
        for what, share in network.mnist.accuracies:
            yield f"MNIST test, {what}", f"{share:.2%}"
        yield from _confidence("MNIST test", network.mnist.claims, network.accept)
    for scored in network.sets:
        yield _set(scored.figures)
    if len(network.singles):
        yield from _confidence("single digits found", network.singles, network.accept)
    yield "accepted from a confidence of", f"{network.accept:.2f}"
    yield "int8 file, bytes", f"{network.files.int8.stat().st_size:,}"
    yield "multiply-accumulates a digit", f"{network.graph.macs:,}"
    yield "parameters in the file", f"{network.graph.parameters:,}"
    for timing in network.timings:
        yield f"µs a digit, {kind_of(timing)}", f"{timing.median_us:.0f}"


def _confidence(what: str, claims: Claims, least: float) -> Iterator[Line]:
    accepted = claims.accepted(least)
    yield f"{what}: accepted", f"{len(accepted) / len(claims):.2%}"
    yield (
        f"{what}: calibration error, of the accepted",
        (f"{calibration_error(claims):.2%}, {calibration_error(accepted):.2%}"),
    )


def _set(row: Figures) -> Line:
    """The figure that scripts/score gives, and in brackets what it hides."""
    match row.layout:
        case "singles":
            what, rest = "single digits right (not read)", f"{row.none / max(1, row.images):.2%}"
        case "pages":
            what, rest = "pages, of the digits (exact)", f"{row.right / max(1, row.images):.0%}"
        case "negatives":
            return f"{row.name}, {row.images:,} without digits, read as a number", f"{row.score:.2%}"
    return f"{row.name}, {row.images:,} {what}", f"{row.score:.2%} ({rest})"
