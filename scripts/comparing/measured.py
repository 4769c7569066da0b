"""All that was measured of one network."""

from dataclasses import dataclass

from bench_inference import Timing
from comparing.accuracy import Answered
from comparing.files import ModelFiles
from comparing.graph import Graph
from comparing.handwriting import Scored
from comparing.reliability import Claims, joined


@dataclass(frozen=True, slots=True)
class Measured:
    files: ModelFiles
    graph: Graph
    accept: float  # the least confidence that is read as a digit
    timings: tuple[Timing, ...]
    mnist: Answered | None  # None where there is no MNIST
    sets: tuple[Scored, ...]  # of the labelled folders given

    @property
    def name(self) -> str:
        return self.files.name

    @property
    def singles(self) -> Claims:
        """Of the digits found in all sets of single digits, whatever their confidence."""
        return joined([scored.claims for scored in self.sets if scored.claims is not None])


def kind_of(timing: Timing) -> str:
    """`int8, tflite-runtime`: what a file's name ends in, and what ran it."""
    return f"{timing.model.stem.rpartition('-')[2]}, {timing.runtime}"
