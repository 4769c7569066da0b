"""A second opinion on what the network is unsure of."""

import numpy as np
import pytest

from digits_edge.again import VIEWS, seen_again
from digits_edge.calibration import calibrated
from digits_edge.classifier import Classifier
from digits_edge.glyph import Glyphs
from digits_edge.interpreter import Scores
from digits_train.augment import rewritten
from digits_train.images import Images
from digits_train.strokes import stroke_digit


def at_the_centre(glyphs: Glyphs) -> Scores:
    """A network that takes the ink at one place for the score of a 3."""
    rows = np.zeros((len(glyphs), 11), np.float32)
    rows[:, 3] = glyphs[:, 14, 14] / 255
    rows[:, 10] = 1 - rows[:, 3]
    return rows


def dot(ink: int, *neighbours: tuple[int, int, int]) -> Glyphs:
    glyph = np.zeros((1, 28, 28), np.uint8)
    glyph[0, 14, 14] = ink
    for y, x, value in neighbours:
        glyph[0, 14 + y, 14 + x] = value
    return glyph


@pytest.mark.parametrize("ink", [255, 250, 5, 0])
def test_what_is_sure_is_asked_once(ink: int) -> None:
    asked: list[int] = []

    def counting(glyphs: Glyphs) -> Scores:
        asked.append(len(glyphs))
        return at_the_centre(glyphs)

    glyphs = dot(ink, (0, 1, 128))
    np.testing.assert_array_equal(seen_again(glyphs, counting), at_the_centre(glyphs))
    assert asked == [1]


def test_what_is_unsure_is_the_mean_over_all_views() -> None:
    cross = dot(100, (1, 0, 200), (-1, 0, 150), (0, 1, 50), (0, -1, 255))
    glyphs = np.concatenate([dot(255), cross, dot(0, (1, 1, 255))])
    answers = seen_again(glyphs, at_the_centre)
    # Four moved by a pixel; at its middle a leaning glyph stays where it is, but for its soft edges.
    leaning = [float(at_the_centre(views(cross)[n : n + 1])[0, 3]) for n in (4, 5)]
    assert leaning == pytest.approx([100 / 255] * 2, abs=0.1)
    moved = [value / 255 for value in (100, 200, 150, 50, 255)]
    assert answers[:, 3].tolist() == pytest.approx([1, (sum(moved) + sum(leaning)) / 7, 0])
    assert np.allclose(answers.sum(axis=1), 1)


def views(glyph: Glyphs) -> Glyphs:
    """What a network that is unsure of it is shown."""
    shown: list[Glyphs] = []

    def unsure(glyphs: Glyphs) -> Scores:
        shown.append(glyphs)
        return np.full((len(glyphs), 11), 1 / 11, np.float32)

    seen_again(glyph, unsure)
    return shown[1]


def test_what_comes_in_at_a_side_is_paper() -> None:
    black = np.full((1, 28, 28), 255, np.uint8)
    for moved, side in zip(views(black)[:4], (np.s_[:, 0], np.s_[:, -1], 0, -1), strict=True):
        assert not moved[side].any()


def test_a_stem_leans_either_way_about_its_middle() -> None:
    stem = np.zeros((1, 28, 28), np.uint8)
    stem[0, 4:24, 14] = 255
    for leaning, way in zip(views(stem)[4:], (1, -1), strict=True):
        top, foot = leaning[4].argmax(), leaning[23].argmax()
        assert (top - 14, foot - 14) == (way, -way)


def test_glyphs_keep_their_places_among_the_views() -> None:
    glyphs = np.concatenate([dot(60), dot(255), dot(120), dot(180)])
    each = np.concatenate([seen_again(glyph[np.newaxis], at_the_centre) for glyph in glyphs])
    np.testing.assert_allclose(seen_again(glyphs, at_the_centre), each)


def test_no_glyphs_have_no_answers() -> None:
    assert seen_again(np.empty((0, 28, 28), np.uint8), at_the_centre).shape == (0, 11)


def test_the_shipped_network_errs_less_for_it(classifier: Classifier) -> None:
    labels = np.repeat(np.arange(10, dtype=np.uint8), 60)
    drawn = Images(np.array([stroke_digit(int(v), i) for i, v in enumerate(labels)]), labels)
    hard = rewritten(drawn.glyphs, np.random.default_rng(0))
    once: list[Scores] = []

    def keeping(glyphs: Glyphs) -> Scores:
        once.append(classifier.look(glyphs))
        return once[-1]

    again = seen_again(hard, keeping)
    doubtful = len(once[1]) // len(VIEWS)
    assert 20 < doubtful < 300

    def loss(rows: Scores) -> float:
        return float(-np.log(rows[np.arange(len(labels)), labels] + 1e-6).sum())

    assert loss(again) < loss(once[0])
    calibration = classifier.card.calibration
    np.testing.assert_array_equal(classifier.probabilities(hard), calibrated(again, calibration))
