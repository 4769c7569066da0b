"""Digits that fell in two."""

import numpy as np
import pytest

from digits_edge.blobs import Blob, find_blobs
from digits_edge.calibration import Probabilities
from digits_edge.classifier import Classifier
from digits_edge.frame import Pixels
from digits_edge.glyph import Glyphs
from digits_edge.mended import MOST, mended
from digits_edge.opencv import cv2
from digits_edge.reading import Box
from drawn import ink_of, on_paper
from reads import read, texts

# A five whose hat slopes and stands apart, in hundredths of its height.
HAT = ((22, 44), (36, 14), (60, 10), (88, 0))
BELLY = ((44, 62), (57, 72), (54, 88), (38, 98), (20, 100), (0, 88))


def with_a_broken_five(before: str, after: str, apart: int = 0) -> Pixels:
    """A number on paper, 60 pixels high, such a five in its middle, its hat `apart` pixels higher."""
    left, right = ink_of(before), ink_of(after, seed=4)
    five = np.zeros((len(left), 70), np.uint8)
    for stroke, up in ((HAT, apart), (BELLY, 0)):
        points = np.array(stroke) * 0.6 + (8, 30 - up)
        cv2.polylines(five, [np.rint(points * 8).astype(np.int32)], False, (255,), 6, cv2.LINE_AA, 3)
    ink = np.hstack([left, five, right])
    assert len(find_blobs(five)[1]) == 2
    return on_paper(cv2.copyMakeBorder(ink, 150, 150, 150, 150, cv2.BORDER_CONSTANT))


def test_a_five_whose_hat_stands_apart_is_one_digit(classifier: Classifier) -> None:
    assert "".join(texts(read(classifier, with_a_broken_five("84", "27")))) == "84527"


def test_a_stroke_far_above_is_no_part_of_it(classifier: Classifier) -> None:
    assert "5" not in "".join(texts(read(classifier, with_a_broken_five("84", "27", apart=26))))


def blob(x: int, y: int, width: int, height: int) -> Blob:
    return Blob(Box(x, y, width, height), np.full((height, width), 255, np.uint8))


def rows(*likeliest: float, value: int = 5) -> Probabilities:
    out = np.zeros((len(likeliest), 11), np.float32)
    out[:, value] = likeliest
    out[:, 10] = 1 - out[:, value]
    return out


def sure(glyphs: Glyphs) -> Probabilities:
    return rows(*[0.9] * len(glyphs))


ACCEPT = 0.4
UPPER, LOWER, DIGIT = blob(100, 100, 40, 20), blob(95, 125, 40, 35), blob(10, 100, 40, 60)


def test_two_pieces_become_what_encloses_them_at_the_place_of_the_first() -> None:
    for blobs in ([UPPER, DIGIT, LOWER], [LOWER, DIGIT, UPPER]):
        found = mended(blobs, rows(0.1, 0.95, 0.1), ACCEPT, sure)
        assert [each.box for each in found] == [Box(95, 100, 45, 60), DIGIT.box]
        assert found[0].ink.shape == (60, 45)
        assert np.count_nonzero(found[0].ink) == 40 * 20 + 40 * 35


def test_pieces_whose_boxes_overlap_lose_no_ink() -> None:
    leaning = Blob(Box(90, 112, 40, 40), np.full((40, 40), 255, np.uint8))
    leaning.ink[:12, 10:] = 0
    for blobs in ([UPPER, leaning], [leaning, UPPER]):
        (whole,) = mended(blobs, rows(0.1, 0.1), ACCEPT, sure)
        assert np.count_nonzero(whole.ink) == 40 * 20 + 40 * 40 - 12 * 30


@pytest.mark.parametrize(
    ("blobs", "likeliest"),
    [
        ([UPPER, DIGIT, LOWER], (0.45, 0.95, 0.1)),
        ([UPPER, DIGIT, LOWER], (0.1, 0.95, 0.45)),
        ([UPPER, blob(10, 100, 40, 200), LOWER], (0.1, 0.95, 0.1)),
        ([UPPER, DIGIT, blob(95, 160, 40, 35)], (0.1, 0.95, 0.1)),
        ([UPPER, DIGIT, blob(145, 125, 40, 35)], (0.1, 0.95, 0.1)),
        ([UPPER, DIGIT, blob(130, 125, 40, 35)], (0.1, 0.95, 0.1)),
        ([UPPER, DIGIT, blob(95, 100, 50, 60)], (0.1, 0.95, 0.1)),
        ([blob(100, 115, 4, 4), DIGIT, LOWER], (0.1, 0.95, 0.1)),
    ],
    ids=[
        "the first is a digit",
        "the second is one",
        "far lower than the page's digits",
        "far apart",
        "side by side",
        "hardly over the other",
        "one within the other",
        "a point",
    ],
)
def test_others_stay_as_they_are(blobs: list[Blob], likeliest: tuple[float, ...]) -> None:
    assert mended(blobs, rows(*likeliest), ACCEPT, sure) is blobs


@pytest.mark.parametrize("confidence", [0.5, 0.65])
def test_pieces_that_make_no_sure_digit_stay_as_they_are(confidence: float) -> None:
    blobs = [UPPER, DIGIT, LOWER]
    assert (
        mended(blobs, rows(0.1, 0.95, 0.1), ACCEPT, lambda glyphs: rows(*[confidence] * len(glyphs))) is blobs
    )


def test_a_stroke_says_how_high_digits_are_only_where_there_is_nothing_else() -> None:
    stroke = blob(10, 100, 10, 200)
    ones = rows(0.1, 0.95, 0.95, 0.1)
    ones[1] = rows(0.95, value=1)
    assert len(mended([UPPER, stroke, DIGIT, LOWER], ones, ACCEPT, sure)) == 3
    alone = [UPPER, stroke, LOWER]
    assert mended(alone, ones[[0, 1, 3]], ACCEPT, sure) is alone


def test_a_piece_is_part_of_the_surest_digit_only() -> None:
    third = blob(95, 165, 40, 20)
    answers = iter([rows(0.8, 0.9)])
    found = mended([UPPER, LOWER, third], rows(0.1, 0.1, 0.1), ACCEPT, lambda _: next(answers))
    assert [each.box for each in found] == [UPPER.box, Box(95, 125, 40, 60)]


def test_of_thousands_of_pieces_the_largest_are_asked_for() -> None:
    asked: list[int] = []

    def counting(glyphs: Glyphs) -> Probabilities:
        asked.append(len(glyphs))
        return sure(glyphs)

    grain = [blob(x, y, 8, 6) for y in range(0, 400, 8) for x in range(0, 400, 10)]
    found = mended([*grain, UPPER, LOWER], rows(*[0.1] * (len(grain) + 2)), ACCEPT, counting)
    assert len(found) >= len(grain) - MOST / 2
    assert Box(95, 100, 45, 60) in [each.box for each in found]
    assert asked[0] <= MOST**2 / 2


def test_nothing_has_no_pieces() -> None:
    assert mended([], rows(), ACCEPT, sure) == []
