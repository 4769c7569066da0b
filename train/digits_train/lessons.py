"""What each epoch shows: the training images, or what a recipe makes of them, drawn from the seed."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

import numpy as np

from digits_train.images import Images

Lesson = Callable[[Images, np.random.Generator, float], Images]  # training images, …, share done
SHOWN = 2  # epochs that a lesson is shown in: making one takes longer than learning it


@dataclass(frozen=True)
class Course:
    """All lessons of a run, equally long; each follows from these and its number alone."""

    make: Lesson | None  # None: the training images themselves
    train: Images
    seed: int
    epochs: int

    def __len__(self) -> int:
        """How many images an epoch shows."""
        return len(self._first)

    def lesson(self, epoch: int) -> Images:
        """The images of an epoch, from 1, in the order in which they are shown."""
        number = _number(epoch)
        return self._in_order(self._first if number == 1 else self._made(number), epoch)

    def lessons(self, first: int) -> Iterator[Images]:
        """From epoch `first` on; the next ones are made by another core while one is learnt."""
        epochs = range(first, self.epochs + 1)
        if self.make is None:
            yield from map(self.lesson, epochs)
            return
        numbers = list(dict.fromkeys(map(_number, epochs)))
        ahead = [number for number in numbers if number > 1]
        maker = replace(self)  # without the first lesson, which would travel along
        # Spawned, since a process with TensorFlow's threads in it can't be forked.
        with ProcessPoolExecutor(1, get_context("spawn"), _end_with_the_parent) as other_core:
            waiting = [other_core.submit(maker._made, number) for number in ahead[:2]]
            for number in numbers:
                if number == 1:
                    made = self._first
                else:
                    made = waiting.pop(0).result()
                    if number + 2 in ahead:
                        waiting.append(other_core.submit(maker._made, number + 2))
                yield from (self._in_order(made, epoch) for epoch in epochs if _number(epoch) == number)

    @cached_property
    def _first(self) -> Images:
        return self._made(1)

    def _made(self, number: int) -> Images:
        if self.make is None:
            return self.train
        rng = np.random.default_rng((self.seed, number, 1))
        return self.make(self.train, rng, (number - 1) * SHOWN / self.epochs)

    def _in_order(self, made: Images, epoch: int) -> Images:
        return made.take(np.random.default_rng((self.seed, epoch)).permutation(len(made)))


def _number(epoch: int) -> int:
    """Of the lesson that an epoch shows, both from 1."""
    return (epoch + SHOWN - 1) // SHOWN


def _end_with_the_parent() -> None:
    """Without a word at Ctrl-C, which a terminal sends to both; and not outliving one that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(process: BaseProcess) -> None:
    process.join()
    os._exit(0)
