"""What the compact network learns from: still digits, other than MNIST's, and signs that are none."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.models import default_model
from digits_train.alphabets import foreign_signs
from digits_train.augment import Variety, rewritten
from digits_train.calibrate import share_taught
from digits_train.data import load_data
from digits_train.hands import FORMS, other_hands
from digits_train.images import NONE, Images
from digits_train.lessons import Course
from digits_train.negatives import negatives
from digits_train.other_people import NEAR, lesson


@pytest.fixture(scope="module")
def digits() -> Images:
    return load_data("uci").train.take(np.arange(400))


def random() -> np.random.Generator:
    return np.random.default_rng(5)


def centres(glyphs: np.ndarray) -> np.ndarray:
    """(n, 2) centres of mass."""
    places = np.indices((28, 28))
    mass = glyphs.astype(float).sum(axis=(1, 2))
    return np.stack([(glyphs * place).sum(axis=(1, 2)) / mass for place in places], axis=1)


def test_signs_can_be_made_from_images_that_lack_a_digit(digits: Images) -> None:
    few = digits.take(digits.labels < 2)
    assert negatives(100, few, random()).any(axis=(1, 2)).all()


def test_no_sign_is_blank_where_half_a_digit_is() -> None:
    glyphs = np.zeros((10, 28, 28), np.uint8)
    glyphs[:, 4:12, 10:18] = 255
    glyphs[1::2, 20, 14] = 1  # too faint to be seen
    upper_halves = Images(glyphs, np.arange(10, dtype=np.uint8))
    assert negatives(300, upper_halves, random()).any(axis=(1, 2)).all()


def test_a_lesson_has_every_digit_rewritten_and_what_is_none(digits: Images) -> None:
    shown = lesson(digits, random(), 0.0)
    assert len(shown) == 400 + 48 + 64 + 56  # forms, signs and letters, as many for each digit
    assert np.count_nonzero(shown.labels == NONE) == 64 + 56
    assert np.array_equal(shown.labels[:400], digits.labels)
    changed = (shown.glyphs[:400] != digits.glyphs).any(axis=(1, 2))
    assert changed.mean() > 0.98
    assert shown.glyphs.any(axis=(1, 2)).all()


def test_the_shipped_card_knows_how_much_of_a_lesson_is_digits(digits: Images) -> None:
    taught = Classifier(default_model()).card.calibration.digits
    for done in (0.0, 1.0):
        assert share_taught(lesson(digits, random(), done)) == pytest.approx(taught, abs=0.005)
    assert share_taught(digits) is None


def test_the_same_seed_makes_the_same_lesson(digits: Images) -> None:
    one, same, other = (lesson(digits, np.random.default_rng(seed), 0.5) for seed in (1, 1, 2))
    assert np.array_equal(one.glyphs, same.glyphs)
    assert not np.array_equal(one.glyphs, other.glyphs)


def test_a_user_s_own_signs_are_shown_among_the_generated(digits: Images) -> None:
    own = Images(digits.glyphs[:10], np.full(10, NONE, np.uint8))
    with_own = Images(
        np.concatenate([digits.glyphs, own.glyphs]), np.concatenate([digits.labels, own.labels])
    )
    assert np.count_nonzero(lesson(with_own, random(), 0.0).labels == NONE) == 64 + 56 + 10


@pytest.mark.parametrize(("variety", "share"), [(NEAR, 0.8), (Variety(), 0.6)], ids=["near", "far"])
def test_a_rewritten_digit_still_reads_as_what_it_was(digits: Images, variety: Variety, share: float) -> None:
    network = Classifier(default_model())
    before = network.probabilities(digits.glyphs).argmax(axis=1) == digits.labels
    after = network.probabilities(rewritten(digits.glyphs, random(), variety)).argmax(axis=1) == digits.labels
    assert after[before].mean() > share


def test_everything_is_centred_as_on_the_device(digits: Images) -> None:
    glyphs = np.concatenate([rewritten(digits.glyphs, random(), NEAR), other_hands(50, random())[0]])
    off = np.abs(centres(glyphs) - 14)
    assert np.percentile(off, 95) < 1.0


def test_forms_rare_in_mnist_are_drawn_for_the_digits_that_have_them() -> None:
    glyphs, labels = other_hands(200, random())
    assert glyphs.shape == (200, 28, 28)
    assert set(labels.tolist()) <= {form.value for form in FORMS}
    assert {1, 4, 7, 9} <= set(labels.tolist())


def test_signs_are_many_kinds_and_never_blank(digits: Images) -> None:
    signs = negatives(300, digits, random())
    assert signs.any(axis=(1, 2)).all()
    assert len(np.unique(signs.reshape(300, -1), axis=0)) > 290


def test_letters_of_the_world_are_many_and_mostly_refused() -> None:
    signs = foreign_signs(500, random())
    assert np.array_equal(signs, foreign_signs(500, random()))
    assert len(np.unique(signs.reshape(500, -1), axis=0)) > 490
    network = Classifier(default_model())
    digits = network.probabilities(signs)[:, :10].max(axis=1) >= network.card.calibration.accept
    assert digits.mean() < 0.1


def test_another_process_makes_the_lessons_that_this_one_would(digits: Images) -> None:
    course = Course(lesson, digits, seed=3, epochs=5)
    for first in (1, 2, 3):
        made = list(course.lessons(first))
        assert len(made) == 6 - first
        for epoch, shown in enumerate(made, start=first):
            assert np.array_equal(shown.glyphs, course.lesson(epoch).glyphs)
            assert len(shown) == len(course)


def test_a_lesson_is_shown_twice_each_time_in_another_order(digits: Images) -> None:
    course = Course(lesson, digits, seed=3, epochs=4)
    first, again, other = (course.lesson(epoch).glyphs for epoch in (1, 2, 3))
    assert not np.array_equal(first, again)
    assert sorted(glyph.tobytes() for glyph in first) == sorted(glyph.tobytes() for glyph in again)
    assert not {glyph.tobytes() for glyph in first} & {glyph.tobytes() for glyph in other}


WAITING = """
import signal
import numpy as np
from digits_train.images import Images
from digits_train.lessons import Course
from digits_train.other_people import lesson
from digits_train.strokes import stroke_digit

digits = Images(np.stack([stroke_digit(value, 0) for value in range(10)]), np.arange(10, dtype=np.uint8))
try:
    for _ in Course(lesson, digits, seed=0, epochs=4).lessons(3):
        print("learning", flush=True)
        signal.pause()
except KeyboardInterrupt:
    print("stopped")
"""


def test_ctrl_c_on_a_terminal_ends_the_other_process_without_a_word() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITING],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "learning\n"
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does
        out, err = running.communicate()
    assert (out, err, running.returncode) == ("stopped\n", "", 0)


KILLED = """\
import os, time
import numpy as np
from digits_train.images import Images
from digits_train.lessons import Course

def endless(train, *_):
    os.write(1, b"begun\\n")
    time.sleep(3600)

if __name__ == "__main__":
    few = Images(np.zeros((2, 28, 28), np.uint8), np.zeros(2, np.uint8))
    list(Course(endless, few, seed=1, epochs=3).lessons(first=3))
"""


def test_a_killed_run_leaves_no_process_behind(tmp_path: Path) -> None:
    (tmp_path / "killed.py").write_text(KILLED)
    command = [sys.executable, str(tmp_path / "killed.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        assert run.stdout.readline() == "begun\n"
        run.kill()
        assert run.stdout.read() == ""  # which ends only when nobody is left to write
