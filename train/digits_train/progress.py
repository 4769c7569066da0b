"""Training told on a terminal as one line that moves, elsewhere as one line an epoch."""

import time
from typing import Self, TextIO

from digits_train.checkpoint import Epoch
from digits_train.fit import Step

BAR = 24  # characters


ERASE = "\r\x1b[2K"


class Teller:
    """Hears of batches and epochs and writes to `out`; leaves no half line behind."""

    def __init__(self, out: TextIO, epochs: int, every_s: float = 0.1) -> None:
        self._out, self._epochs, self._every_s, self._live = out, epochs, every_s, out.isatty()
        self._started = self._drawn = time.monotonic()
        self._first: int | None = None  # batches of the run when this process told of any

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._out.write(ERASE)
            self._out.flush()

    def step(self, step: Step) -> None:
        now = time.monotonic()
        learnt = (step.epoch - 1) * step.batches + step.batch
        if self._first is None:  # the first ones take long
            self._first, self._started = learnt, now
        if not self._live or now - self._drawn < self._every_s:
            return
        self._drawn = now
        ahead = step.epochs * step.batches - learnt
        left = (now - self._started) / max(learnt - self._first, 1) * ahead
        done = round(BAR * step.batch / step.batches)
        self._out.write(
            f"{ERASE}Epoch {step.epoch}/{step.epochs}  {'━' * done}{'─' * (BAR - done)}  "
            f"accuracy {step.accuracy:.2%}  {clock(left)} left"
        )
        self._out.flush()

    def epoch(self, epoch: Epoch) -> None:
        erase = ERASE if self._live else ""
        self._out.write(
            f"{erase}Epoch {epoch.epoch}/{self._epochs}  accuracy {epoch.accuracy:.2%}, "
            f"validation {epoch.val_accuracy:.2%}, {clock(epoch.seconds)}\n"
        )
        self._out.flush()


def clock(seconds: float) -> str:
    """65 → "1:05"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
