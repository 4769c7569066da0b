"""What edge-digits says about images, asked as any user would."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from digits_edge.errors import InputError

AT_ONCE = 1000  # images a call: far fewer than a command line may hold
READ_CODES = (0, 1, 3)  # exit codes that come with a line for every image


class Box(NamedTuple):
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What edge-digits said about one image."""

    numbers: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()  # of the numbers
    confidence: float = 0.0  # the surest number's
    error: str | None = None

    @property
    def digits(self) -> str:
        return "".join(self.numbers)


def read(command: Sequence[str], images: Sequence[Path]) -> dict[Path, Answer]:
    """Every image's answer, `command` being edge-digits and its options."""
    answers = dict.fromkeys(images, Answer(error="edge-digits gave no line for it"))
    for start in range(0, len(images), AT_ONCE):
        paths = {str(image): image for image in images[start : start + AT_ONCE]}
        done = subprocess.run([*command, "--json", "--", *paths], capture_output=True, text=True, check=False)
        if done.returncode not in READ_CODES or not done.stdout:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise InputError(f"edge-digits stopped with exit code {done.returncode}: {reason}")
        for line in done.stdout.splitlines():
            reading = json.loads(line)
            if reading["source"] in paths:
                answers[paths[reading["source"]]] = _answer(reading)
    return answers


def _answer(reading: dict[str, object]) -> Answer:
    numbers = reading.get("numbers")
    if not isinstance(numbers, list):
        return Answer(error=str(reading.get("error", "a line without numbers")))
    return Answer(
        tuple(number["text"] for number in numbers),
        tuple(Box(*number["box"]) for number in numbers),
        max((number["confidence"] for number in numbers), default=0.0),
    )


def edge_digits() -> str:
    """The command of this Python's environment, else the one on the PATH."""
    beside = shutil.which("edge-digits", path=str(Path(sys.executable).parent))
    command = beside or shutil.which("edge-digits")
    if command is None:
        raise InputError("no edge-digits command in this environment; run scripts/demo or scripts/test first")
    return command
