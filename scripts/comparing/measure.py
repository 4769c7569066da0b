"""Measuring networks, all in the same way."""

from collections.abc import Callable, Sequence

from bench_inference import Timing
from comparing.accuracy import answer, card_of
from comparing.files import ModelFiles
from comparing.graph import count
from comparing.handwriting import score
from comparing.measured import Measured
from digits_edge.errors import InputError
from digits_train.data import load_data
from digits_train.images import Images
from scoring.sets import LabelledSet

Say = Callable[[str], None]  # told what is being done


def measure(
    models: Sequence[ModelFiles], taken: Sequence[Timing], sets: Sequence[LabelledSet], say: Say
) -> list[Measured]:
    """`taken` are the times of all their files, measured before TensorFlow was loaded."""
    test = _mnist_test(say)
    networks = []
    for files in models:
        mnist = None
        if test is not None:
            say(f"{files.name}: {len(test):,} test images …")
            mnist = answer(files, test)
        scored = []
        for labelled in sets:
            say(f"{files.name}: {labelled.name}, {len(labelled.expected):,} images …")
            scored.append(score(files.int8, labelled))
        networks.append(
            Measured(
                files=files,
                graph=count(files.int8.read_bytes()),
                accept=card_of(files.int8).calibration.accept,
                timings=tuple(one for one in taken if one.model in files.converted),
                mnist=mnist,
                sets=tuple(scored),
            )
        )
    return networks


def _mnist_test(say: Say) -> Images | None:
    try:
        return load_data("mnist").test.digits()
    except InputError as error:
        say(f"Left out: {error}")
        return None
