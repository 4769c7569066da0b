"""Readings as JSON lines, schema digits.reading/1: fields are only ever added."""

import json
from datetime import UTC, datetime
from typing import Any

from digits_edge.frame import Away, Unreadable
from digits_edge.outputs.printing import print_line
from digits_edge.reader import Steps
from digits_edge.reading import Number, Reading, Stable

SCHEMA = "digits.reading/1"


class JsonLines:
    """Prints a line for every image and frame, or what changed, and for every source that gave none."""

    def __init__(self, *, changes_only: bool = False) -> None:
        self._changes_only = changes_only

    def write(self, steps: Steps, *, changed: bool) -> None:
        if changed or not self._changes_only:
            print_line(json_line(steps.reading))

    def refuse(self, failure: Unreadable | Away) -> None:
        if isinstance(failure, Unreadable):  # an absence has no frame, so no line
            print_line(json_line(failure))


def json_line(reading: Reading | Unreadable) -> str:
    """One line without its newline, ASCII whatever the terminal speaks.

    Boxes are [x, y, width, height] in pixels of the source.
    """
    if isinstance(reading, Unreadable):
        return json.dumps(
            {
                "schema": SCHEMA,
                "source": reading.source,
                "frame": reading.index,
                "time": _time(reading.time),
                "error": reading.error,
            }
        )
    line: dict[str, Any] = {
        "schema": SCHEMA,
        "source": reading.source,
        "frame": reading.frame,
        "time": _time(reading.time),
        "width": reading.width,
        "height": reading.height,
        "numbers": [_number(number, live=reading.values is not None) for number in reading.numbers],
        "rejected": [
            {"box": refused.box, "confidence": _share(refused.confidence)} for refused in reading.rejected
        ],
        "elapsed_ms": round(reading.elapsed_ms, 2),
    }
    if reading.frame_age_ms is not None:
        line["frame_age_ms"] = round(reading.frame_age_ms, 2)
    if reading.turned is not None:
        line["turned"] = reading.turned
    if reading.values is not None:
        line["values"] = [
            {**_stable(value), "confidence": _share(value.confidence), "box": value.box}
            for value in reading.values
        ]
    return json.dumps(line, allow_nan=False)


def _number(number: Number, *, live: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "text": number.text,
        "confidence": _share(number.confidence),
        "box": number.box,
        "digits": [
            {"value": digit.value, "confidence": _share(digit.confidence), "box": digit.box}
            for digit in number.digits
        ],
    }
    if live:
        entry["stable"] = number.stable and _stable(number.stable)
    return entry


def _stable(value: Stable) -> dict[str, Any]:
    return {"text": value.text, "since": _time(value.since)}


def _share(confidence: float) -> float:
    return round(confidence, 4)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
