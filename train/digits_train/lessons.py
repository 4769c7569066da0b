"""What each epoch shows: the training images, or what a recipe makes of them, drawn from the seed."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

import numpy as np

from digits_train.images import Images

Lesson = Callable[[Images, np.random.Generator, float], Images]  # training images, …, share done


@dataclass(frozen=True, slots=True)
class Course:
    """All lessons of a run; each follows from these and its number alone."""

    make: Lesson | None  # None: the training images themselves
    train: Images
    seed: int
    epochs: int

    def lesson(self, epoch: int) -> Images:
        """The images of an epoch, from 1, in the order in which they are shown."""
        rng = np.random.default_rng((self.seed, epoch))
        shown = self.make(self.train, rng, (epoch - 1) / self.epochs) if self.make else self.train
        return shown.take(rng.permutation(len(shown)))

    def lessons(self, first: int) -> Iterator[Images]:
        """From epoch `first` on; the next ones are made by another core while one is learnt."""
        ahead = range(first, self.epochs + 1)
        if self.make is None:
            yield from map(self.lesson, ahead)
            return
        # Spawned, since a process with TensorFlow's threads in it can't be forked.
        with ProcessPoolExecutor(1, get_context("spawn"), _end_with_the_parent) as other_core:
            waiting = [other_core.submit(self.lesson, epoch) for epoch in ahead[:2]]
            for epoch in ahead:
                yield waiting.pop(0).result()
                if epoch + 2 in ahead:
                    waiting.append(other_core.submit(self.lesson, epoch + 2))


def _end_with_the_parent() -> None:
    """Without a word at Ctrl-C, which a terminal sends to both; and not outliving one that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(process: BaseProcess) -> None:
    process.join()
    os._exit(0)
