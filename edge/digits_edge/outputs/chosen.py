"""The outputs that a run was asked for, as one: results on stdout, remarks on stderr."""

import sys
from pathlib import Path

from digits_edge.errors import OutputError
from digits_edge.frame import Unreadable
from digits_edge.outputs.drawing import annotated
from digits_edge.outputs.json_lines import json_line
from digits_edge.outputs.pictures import PictureFolder
from digits_edge.outputs.text import text_lines
from digits_edge.reader import Steps


class Outputs:
    """Text for people or JSON lines, and pictures where a folder for them is named."""

    def __init__(
        self,
        as_json: bool,
        several: bool,
        annotate: Path | None,
        explain: Path | None,
        labels: tuple[str, ...],
    ) -> None:
        self._as_json = as_json
        self._named = several
        self._labels = labels
        self._annotate = PictureFolder(annotate) if annotate else None
        self._explain = PictureFolder(explain) if explain else None
        self._last: dict[str, tuple[str, ...]] = {}  # source → its last numbers

    def write(self, steps: Steps) -> None:
        """A video or camera repeats itself: people get what changed, scripts get every frame."""
        frame = steps.frame
        texts = tuple(number.text for number in steps.reading.numbers)
        changed = self._last.get(frame.source) != texts or frame.index == 0
        self._last[frame.source] = texts
        if self._as_json:
            _print(json_line(steps.reading))
        elif changed:
            for line in text_lines(steps.reading, named=self._named):
                _print(line)
        if changed:
            self._draw(steps)

    def refuse(self, failure: Unreadable) -> None:
        if self._as_json:
            _print(json_line(failure))
        self.remark(f"Error: {failure.source}: {failure.error}")

    def remark(self, line: str) -> None:
        print(line, file=sys.stderr)  # noqa: T201

    def _draw(self, steps: Steps) -> None:
        if self._annotate:
            self._annotate.save(self._annotate.stem(steps.frame), annotated(steps))
        if self._explain:
            from digits_edge.outputs.explaining import explained

            stem = self._explain.stem(steps.frame)
            for name, picture in explained(steps, self._labels):
                self._explain.save(f"{stem}/{name}", picture)


def _print(line: str) -> None:
    try:
        print(line, flush=True)  # noqa: T201  (a camera's reader may be waiting for it)
    except BrokenPipeError:
        raise  # click ends quietly when the reader of a pipe has had enough
    except OSError as error:
        raise OutputError(f"standard output: can't be written ({error.strerror}); free space") from error
