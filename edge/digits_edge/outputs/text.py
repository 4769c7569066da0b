"""Readings for people: one number a line, with how sure it is."""

from digits_edge.frame import Away, Unreadable
from digits_edge.outputs.printing import one_line, print_line
from digits_edge.reader import Steps


class Text:
    """Prints `1984   97 %` for every number, behind its source where several are read.

    A video or camera repeats itself, so people get what changed.
    """

    def __init__(self, *, named: bool) -> None:
        self._named = named

    def write(self, steps: Steps, *, changed: bool) -> None:
        if not changed:
            return
        before = f"{one_line(steps.reading.source)}: " if self._named else ""
        for number in steps.reading.numbers:
            print_line(f"{before}{number.text:<10} {number.confidence * 100:3.0f} %")

    def refuse(self, failure: Unreadable | Away) -> None:
        """Nothing: the remark on standard error is for people, too."""
