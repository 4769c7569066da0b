"""Readings for people: one number a line, with how sure it is."""

from collections.abc import Sequence
from datetime import datetime

from digits_edge.frame import Away, Unreadable
from digits_edge.outputs.printing import one_line, print_line
from digits_edge.reader import Steps
from digits_edge.reading import Number, Reading, Stable


class Text:
    """Prints `1984   97 %` for every number, behind its source where several are read.

    A video repeats itself, so people get what changed; of a camera, values that are new.
    """

    def __init__(self, *, named: bool) -> None:
        self._named = named
        self._told: set[tuple[str, datetime]] = set()  # values that still hold

    def write(self, steps: Steps, *, changed: bool) -> None:
        if not changed:
            return
        before = f"{one_line(steps.reading.source)}: " if self._named else ""
        for number in self._new(steps.reading):
            print_line(f"{before}{number.text:<10} {number.confidence * 100:3.0f} %")

    def refuse(self, failure: Unreadable | Away) -> None:
        """Nothing: the remark on standard error is for people, too."""

    def _new(self, reading: Reading) -> Sequence[Number | Stable]:
        if reading.values is None:
            return reading.numbers
        told, self._told = self._told, {(value.text, value.since) for value in reading.values}
        return [value for value in reading.values if (value.text, value.since) not in told]
