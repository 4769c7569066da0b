"""Readings as JSON lines, schema digits.reading/1: fields are only ever added."""

import json
from datetime import UTC, datetime

from digits_edge.frame import Away, Unreadable
from digits_edge.outputs.printing import print_line
from digits_edge.reader import Steps
from digits_edge.reading import Reading

SCHEMA = "digits.reading/1"


class JsonLines:
    """Prints a line for every image and frame, and for every source that gave none."""

    def write(self, steps: Steps, *, changed: bool) -> None:  # noqa: ARG002  (scripts get every frame)
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
    return json.dumps(
        {
            "schema": SCHEMA,
            "source": reading.source,
            "frame": reading.frame,
            "time": _time(reading.time),
            "width": reading.width,
            "height": reading.height,
            "numbers": [
                {
                    "text": number.text,
                    "confidence": _share(number.confidence),
                    "box": number.box,
                    "digits": [
                        {"value": digit.value, "confidence": _share(digit.confidence), "box": digit.box}
                        for digit in number.digits
                    ],
                }
                for number in reading.numbers
            ],
            "rejected": [
                {"box": refused.box, "confidence": _share(refused.confidence)} for refused in reading.rejected
            ],
            "elapsed_ms": round(reading.elapsed_ms, 2),
        },
        allow_nan=False,
    )


def _share(confidence: float) -> float:
    return round(confidence, 4)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
