"""One run over all sources, and the exit code that sums it up."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from digits_edge.errors import InputError, OutputError, StdoutError
from digits_edge.expected import lack
from digits_edge.frame import Away, Frame, Unreadable
from digits_edge.options import DigitCount
from digits_edge.outputs.printing import remark
from digits_edge.reader import Reader, Steps
from digits_edge.reading import Reading

if TYPE_CHECKING:
    from digits_edge.orientation import TurnedReader
    from digits_edge.stable import Tracker

READ, UNUSABLE, UNMET = 0, 1, 3  # exit codes; what can't be used outranks an unmet expectation


class Output(Protocol):
    """Where readings, and the lack of them, go.

    `changed` is False where a video shows the same numbers again, or a camera has the same values.
    """

    def write(self, steps: Steps, *, changed: bool) -> None: ...

    def refuse(self, failure: Unreadable | Away) -> None: ...


def read_all(
    items: Iterable[Frame | Unreadable | Away],
    reader: "Reader | TurnedReader",
    outputs: Sequence[Output],
    expected: DigitCount | None,
    *,
    once: bool = False,
) -> int:
    """Reads every frame into `outputs`, remarks on standard error. Returns READ, UNUSABLE or UNMET.

    A video or camera meets an expectation when one of its frames does. With `once` only that frame of
    a camera is written whose every number is stable, and then it's over.
    """
    unusable = False
    before: Reading | None = None
    unmet: dict[str, str] = {}  # source → why
    trackers: dict[str, Tracker] = {}  # of cameras, by source
    gone = False
    for item in items:
        if isinstance(item, Away):
            trackers.pop(item.source, None)
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
        live = steps.frame.captured
        if live is not None:
            if steps.frame.source not in trackers:
                trackers[steps.frame.source] = _tracker(expected)
            tracker = trackers[steps.frame.source]
            steps = replace(steps, reading=tracker.follow(steps.reading, live))
            if once and not _settled(steps.reading, expected):
                continue
        changed = _changed(steps.reading, before)
        unusable |= not _written(steps, outputs, changed=changed)
        before = steps.reading
        if once and live is not None:
            return UNUSABLE if unusable else READ
        lacking = lack(steps.reading, expected)
        if steps.frame.index == 0 and lacking:
            unmet[steps.frame.source] = lacking
        elif not lacking:
            unmet.pop(steps.frame.source, None)
    for source, lacking in unmet.items():
        remark(f"{source}: {lacking}")
    return UNUSABLE if unusable else UNMET if unmet else READ


def _steps(item: Frame | Unreadable, reader: "Reader | TurnedReader") -> Steps | Unreadable:
    if isinstance(item, Unreadable):
        return item
    try:
        return reader.steps(item)
    except InputError as error:
        return Unreadable(item.source, str(error), item.index, item.time)


def _written(steps: Steps, outputs: Sequence[Output], *, changed: bool) -> bool:
    """Whether all outputs took it; a picture that can't be saved keeps nothing else from being read."""
    whole = True
    for output in outputs:
        try:
            output.write(steps, changed=changed)
        except StdoutError:
            raise
        except OutputError as error:
            whole = False
            remark(f"Error: {error}")
    return whole


def _tracker(expected: DigitCount | None) -> "Tracker":
    import digits_edge.stable  # for cameras only: images needn't wait for it

    return digits_edge.stable.Tracker(expected)


def _settled(reading: Reading, expected: DigitCount | None) -> bool:
    """Whether a camera's frame shows what is stable, all of it and nothing else."""
    values = sorted(value.text for value in reading.values or ())
    return not lack(reading, expected) and values == sorted(number.text for number in reading.numbers)


def _changed(reading: Reading, before: Reading | None) -> bool:
    """Whether other numbers are shown than before: a camera's values, or what a video's frame holds."""
    if before is None or before.source != reading.source or (reading.values is None and reading.frame == 0):
        return reading.values is None or bool(reading.values)
    return _shown(reading) != _shown(before)


def _shown(reading: Reading) -> list[str]:
    return [number.text for number in (reading.numbers if reading.values is None else reading.values)]
