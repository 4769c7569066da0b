import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from digits_edge.errors import InputError, OutputError
from digits_train.checkpoint import Epoch
from digits_train.data import load_data
from digits_train.fit import Step, fit
from digits_train.images import NONE, Dataset, Images
from digits_train.recipe import load_recipe

ARTICLE = load_recipe("article")


@pytest.fixture(scope="module")
def few() -> Dataset:
    """500 training images: eleven batches an epoch."""
    data = load_data("uci")
    return Dataset("few", data.train.take(np.arange(500)), data.test)


def same_weights(one: keras.Model, other: keras.Model) -> bool:
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def ctrl_c_in(epoch: int) -> Callable[[Step], None]:
    """Presses Ctrl-C after the first batches of an epoch."""

    def press(step: Step) -> None:
        if step.epoch == epoch:
            raise KeyboardInterrupt

    return press


@pytest.fixture(scope="module")
def three_epochs(few: Dataset, tmp_path_factory: pytest.TempPathFactory) -> keras.Model:
    checkpoint = tmp_path_factory.mktemp("fit") / "c.npz"
    fitted = fit(ARTICLE, few, seed=3, epochs=3, checkpoint=checkpoint)
    assert [epoch.epoch for epoch in fitted.history] == [1, 2, 3]
    assert (fitted.epoch, fitted.interrupted) == (3, False)
    assert fitted.history[2].loss < fitted.history[0].loss
    assert checkpoint.exists()  # until the network is stored
    return fitted.model


def test_the_same_seed_gives_the_same_weights(
    few: Dataset, three_epochs: keras.Model, tmp_path: Path
) -> None:
    again = fit(ARTICLE, few, seed=3, epochs=3, checkpoint=tmp_path / "c.npz")
    assert same_weights(again.model, three_epochs)


ON_SOME_CORES = """
import hashlib, os, sys
from dataclasses import replace
from pathlib import Path
import numpy as np

os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(sys.argv[1])])
from digits_train.backend import load_tensorflow

load_tensorflow()
from digits_train.fit import fit
from digits_train.images import Dataset, Images
from digits_train.recipe import load_recipe

rng = np.random.default_rng(0)
noise = Images(rng.integers(0, 256, (1200, 28, 28), np.uint8), rng.integers(0, 10, 1200).astype(np.uint8))
recipe = replace(load_recipe("compact"), lesson=None)
fitted = fit(recipe, Dataset("noise", noise, noise), seed=0, epochs=1, checkpoint=Path(sys.argv[2]))
print(hashlib.sha256(b"".join(part.tobytes() for part in fitted.model.get_weights())).hexdigest())
"""


def test_the_weights_are_the_same_on_one_core_as_on_more(tmp_path: Path) -> None:
    one, more = (
        subprocess.run(
            [sys.executable, "-c", ON_SOME_CORES, cores, str(tmp_path / "c.npz")],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for cores in ("1", "64")
    )
    assert one
    assert one == more


def test_an_epoch_takes_all_the_time_since_the_one_before(few: Dataset, tmp_path: Path) -> None:
    def wait(_: Epoch) -> None:
        time.sleep(2)

    _, second = fit(ARTICLE, few, seed=3, epochs=2, checkpoint=tmp_path / "c.npz", on_epoch=wait).history
    assert second.seconds >= 2


def test_another_seed_gives_other_weights(few: Dataset, three_epochs: keras.Model, tmp_path: Path) -> None:
    other = fit(ARTICLE, few, seed=4, epochs=3, checkpoint=tmp_path / "c.npz")
    assert not same_weights(other.model, three_epochs)


def test_a_stopped_run_resumes_to_the_weights_of_an_undisturbed_one(
    few: Dataset, three_epochs: keras.Model, tmp_path: Path
) -> None:
    checkpoint = tmp_path / "c.npz"
    stopped = fit(ARTICLE, few, seed=3, epochs=3, checkpoint=checkpoint, on_step=ctrl_c_in(3))
    assert stopped.interrupted
    assert not same_weights(stopped.model, three_epochs)
    resumed = fit(ARTICLE, few, seed=3, epochs=3, checkpoint=checkpoint, resume=True)
    assert same_weights(resumed.model, three_epochs)
    assert [epoch.epoch for epoch in resumed.history] == [1, 2, 3]


def test_ctrl_c_keeps_the_weights_of_the_best_epoch(few: Dataset, tmp_path: Path) -> None:
    best = fit(ARTICLE, few, seed=3, epochs=1, checkpoint=tmp_path / "one.npz")
    stopped = fit(ARTICLE, few, seed=3, epochs=3, checkpoint=tmp_path / "c.npz", on_step=ctrl_c_in(2))
    assert (stopped.epoch, stopped.interrupted, len(stopped.history)) == (1, True, 1)
    assert same_weights(stopped.model, best.model)


def test_ctrl_c_in_the_first_epoch_keeps_nothing(few: Dataset, tmp_path: Path) -> None:
    stopped = fit(ARTICLE, few, seed=3, epochs=3, checkpoint=tmp_path / "c.npz", on_step=ctrl_c_in(1))
    assert (stopped.epoch, stopped.interrupted, stopped.history) == (0, True, ())
    assert not (tmp_path / "c.npz").exists()


def test_a_run_resumes_only_as_what_it_was(few: Dataset, tmp_path: Path) -> None:
    checkpoint = tmp_path / "c.npz"
    with pytest.raises(InputError, match="no checkpoint to resume from"):
        fit(ARTICLE, few, seed=3, epochs=3, checkpoint=checkpoint, resume=True)
    fit(ARTICLE, few, seed=3, epochs=3, checkpoint=checkpoint, on_step=ctrl_c_in(2))
    with pytest.raises(InputError, match="with --seed 3, not 4"):
        fit(ARTICLE, few, seed=4, epochs=3, checkpoint=checkpoint, resume=True)
    with pytest.raises(InputError, match="for --epochs 3, not 4"):
        fit(ARTICLE, few, seed=3, epochs=4, checkpoint=checkpoint, resume=True)
    other = Dataset("other", few.test, few.train)
    with pytest.raises(InputError, match="on other data"):
        fit(ARTICLE, other, seed=3, epochs=3, checkpoint=checkpoint, resume=True)
    checkpoint.write_bytes(checkpoint.read_bytes()[:5000])
    with pytest.raises(InputError, match="no readable checkpoint"):
        fit(ARTICLE, few, seed=3, epochs=3, checkpoint=checkpoint, resume=True)


@pytest.mark.parametrize(
    ("part", "found"),
    [
        pytest.param(slice(-100, None), "84 training images held out to validate on", id="validation"),
        pytest.param(slice(-84), "416 training images left to learn from", id="learning"),
    ],
)
def test_a_part_without_a_digit_is_refused_before_anything_is_learnt(
    few: Dataset, tmp_path: Path, part: slice, found: str
) -> None:
    compact, labels = load_recipe("compact"), few.train.labels.copy()
    labels[part] = NONE
    data, learnt = replace(few, train=Images(few.train.glyphs, labels)), list[Step]()
    with pytest.raises(InputError, match=f"no digit among the {found}"):
        fit(compact, data, seed=3, epochs=1, checkpoint=tmp_path / "c.npz", on_step=learnt.append)
    assert learnt == []


def test_a_checkpoint_that_cannot_be_written_ends_the_run(few: Dataset, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="can't be written"):
        fit(ARTICLE, few, seed=3, epochs=3, checkpoint=tmp_path / "nowhere" / "c.npz")


class CtrlC(keras.layers.Layer):  # type: ignore[misc]
    """A layer that presses Ctrl-C before the first batch."""

    def call(self, x: keras.KerasTensor, training: bool | None = None) -> keras.KerasTensor:
        if training:
            raise KeyboardInterrupt
        return x


def test_ctrl_c_before_the_first_batch_keeps_nothing(few: Dataset, tmp_path: Path) -> None:
    compact = load_recipe("compact")  # whose averaged weights aren't there yet
    impatient = replace(compact, lesson=None, build=lambda: keras.Sequential([compact.build(), CtrlC()]))
    stopped = fit(impatient, few, seed=1, epochs=3, checkpoint=tmp_path / "c.npz")
    assert (stopped.epoch, stopped.interrupted, stopped.history) == (0, True, ())


def test_averaged_weights_survive_a_stop_and_a_resume(few: Dataset, tmp_path: Path) -> None:
    compact, run = load_recipe("compact"), tmp_path / "c.npz"
    whole = fit(compact, few, seed=1, epochs=3, checkpoint=tmp_path / "whole.npz")
    stopped = fit(compact, few, seed=1, epochs=3, checkpoint=run, on_step=ctrl_c_in(epoch=3))
    assert stopped.interrupted
    resumed = fit(compact, few, seed=1, epochs=3, checkpoint=run, resume=True)
    assert same_weights(resumed.model, whole.model)
