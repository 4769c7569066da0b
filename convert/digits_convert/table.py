"""The measured figures as a table for people."""

from collections.abc import Sequence

from digits_convert.parity import drop_points
from digits_edge.card import Parity


def parity_table(rows: Sequence[Parity]) -> str:
    """Accuracy, drop, agreement and largest difference of every runtime, then each digit's accuracy."""
    width = max(len(row.runtime) for row in rows)
    lines = [
        f"{rows[0].images:,} test images".ljust(width)
        + "  accuracy  drop, points  agreement  largest difference",
        *(
            f"{row.runtime:{width}}  {row.accuracy:8.2%}  {drop_points(row):12.2f}  {row.agreement:9.2%}"
            f"  {row.largest_difference:18.3f}"
            for row in rows
        ),
        "",
        "accuracy of each digit, %".ljust(width) + "".join(f"{digit:7}" for digit in range(10)),
        *(
            row.runtime.ljust(max(width, 25))
            + "".join(f"{100 * each:7.2f}" for each in row.accuracy_per_digit)
            for row in rows
        ),
    ]
    return "\n".join(lines)
