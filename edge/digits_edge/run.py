"""One run over all sources, and the exit code that sums it up."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from digits_edge.errors import InputError
from digits_edge.frame import Away, Frame, Unreadable
from digits_edge.options import DigitCount
from digits_edge.outputs.printing import remark
from digits_edge.reader import Reader, Steps
from digits_edge.reading import Reading

READ, UNUSABLE, UNMET = 0, 1, 3  # exit codes; an unusable source outranks an unmet expectation


class Output(Protocol):
    """Where readings, and the lack of them, go. `changed` is False where a video or camera shows the same numbers again."""

    def write(self, steps: Steps, *, changed: bool) -> None: ...

    def refuse(self, failure: Unreadable | Away) -> None: ...


def read_all(
    items: Iterable[Frame | Unreadable | Away],
    reader: Reader,
    outputs: Sequence[Output],
    expected: DigitCount | None,
) -> int:
    """Reads every frame into `outputs`, remarks on standard error. Returns READ, UNUSABLE or UNMET.

    A video or camera meets an expectation when one of its frames does.
    """
    unusable = False
    last = ""  # the frame before, as its source and numbers
    unmet: dict[str, str] = {}  # source → why
    gone = False
    for item in items:
        if isinstance(item, Away):
            for output in outputs:
                output.refuse(item)
            if not gone:
                remark(f"{item.source}: {item.reason}; asking again")
            gone = True
            continue
        if gone and isinstance(item, Frame):
            remark(f"{item.source}: is back")
            gone = False
        steps = _steps(item, reader)
        if isinstance(steps, Unreadable):
            unusable = True
            for output in outputs:
                output.refuse(steps)
            remark(f"Error: {steps.source}: {steps.error}")
            continue
        shown = " ".join([steps.frame.source, *(number.text for number in steps.reading.numbers)])
        for output in outputs:
            output.write(steps, changed=shown != last or steps.frame.index == 0)
        last = shown
        lack = _lack(steps.reading, expected)
        if steps.frame.index == 0 and lack:
            unmet[steps.frame.source] = lack
        elif not lack:
            unmet.pop(steps.frame.source, None)
    for source, lack in unmet.items():
        remark(f"{source}: {lack}")
    return UNUSABLE if unusable else UNMET if unmet else READ


def _steps(item: Frame | Unreadable, reader: Reader) -> Steps | Unreadable:
    if isinstance(item, Unreadable):
        return item
    try:
        return reader.steps(item)
    except InputError as error:
        return Unreadable(item.source, str(error), item.index, item.time)


def _lack(reading: Reading, expected: DigitCount | None) -> str:
    """What the reading lacks, "" for nothing."""
    if not reading.numbers:
        return "no number found"
    if expected:
        for number in reading.numbers:
            if not expected.least <= len(number.digits) <= expected.most:
                return f"{number.text} is {len(number.digits)} digits long, expected {expected}"
    return ""
