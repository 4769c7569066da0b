"""What neighbours say of a digit, on boxes alone and once on written words."""

import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.company import in_company, share_of_digits
from digits_edge.frame import Frame
from digits_edge.opencv import cv2
from digits_edge.reader import Reader
from digits_edge.reading import Box, Digit, Rejected
from prints import IN_PRINT


def kept(digits: list[Digit], rejected: list[Rejected]) -> list[int]:
    """The values that stay; nothing may get lost."""
    left, refused = in_company(digits, rejected, Box(-50, -200, 20000, 20000))
    assert len(left) + len(refused) == len(digits) + len(rejected)
    return [digit.value for digit in left]


def digit(value: int, x: int, *, height: int = 40, confidence: float = 0.999) -> Digit:
    return Digit(value, confidence, Box(x, 40 - height, height // 2, height))


def sign(x: int, *, y: int = 0, height: int = 40) -> Rejected:
    return Rejected(0.1, Box(x, y, height // 2, height))


def test_an_o_and_an_l_go_with_the_letters_of_their_word() -> None:
    word = [sign(0), sign(25), sign(50), sign(125), sign(150), sign(175)]
    assert kept([digit(0, 75), digit(1, 100, confidence=0.9)], word) == []


def test_a_sum_keeps_its_digits_whatever_the_sign_between_them() -> None:
    assert kept([digit(1, 0), digit(2, 25), digit(6, 75)], [sign(50, y=10, height=25)]) == [1, 2, 6]


def test_two_numbers_keep_their_digits() -> None:
    row = [digit(value, x) for value, x in ((1, 0), (9, 25), (8, 50), (4, 75), (3, 200), (6, 225))]
    assert kept(row, []) == [1, 9, 8, 4, 3, 6]
    assert kept(row, [sign(137)]) == [1, 9, 8, 4, 3, 6]


def test_a_number_beside_a_word_stays() -> None:
    word = [sign(x) for x in (0, 25, 50, 75)]
    assert kept([digit(4, 200), digit(2, 225), digit(5, 250)], word) == [4, 2, 5]


def test_a_speck_among_digits_is_dust_whatever_it_looks_like() -> None:
    specks = [digit(1, x, height=6) for x in (110, 300, 400)]
    assert kept([digit(4, 0), digit(2, 25), digit(5, 50), *specks], []) == [4, 2, 5]


def test_in_a_picture_of_one_sign_its_strokes_are_no_digits() -> None:
    assert kept([digit(1, 0)], [sign(25)]) == []
    assert kept([digit(3, 0)], [sign(25)]) == []
    assert kept([digit(7, 0), digit(7, 25)], []) == [7, 7]


@pytest.mark.parametrize(
    "beside",
    [sign(25, height=10), Rejected(0.1, Box(-30, -15, 70, 70)), Rejected(0.1, Box(25, -200, 20, 240))],
    ids=["a point", "a ring around it", "a remnant that the picture's edge cuts off"],
)
@pytest.mark.parametrize("value", [1, 7])
def test_a_digit_cut_out_stays_one_beside(beside: Rejected, value: int) -> None:
    assert kept([digit(value, 0, confidence=0.5)], [beside]) == [value]


def test_an_unsure_stroke_among_other_ink_is_no_one_and_a_sure_one_is() -> None:
    far = [sign(500, y=y) for y in (0, 200, 400)]
    assert kept([digit(1, 0, confidence=0.5), digit(7, 300), digit(5, 325)], far) == [7, 5]
    assert kept([digit(1, 0), digit(7, 300), digit(5, 325)], far) == [1, 7, 5]


def test_a_digit_alone_has_no_company_to_answer_to() -> None:
    assert kept([digit(7, 0, confidence=0.5)], []) == [7]


def test_strokes_in_a_swarm_of_other_ink_are_none() -> None:
    grain = [sign(1000 + 90 * place, y=90 * place) for place in range(40)]
    ones = [digit(1, 300 * place) for place in range(3)]
    assert kept(ones, grain) == []


@pytest.mark.parametrize("word", ["hello", pytest.param("school", marks=IN_PRINT), "Follow me", "tool box"])
def test_a_written_word_has_no_digit_and_takes_none_from_the_number_beside_it(
    classifier: Classifier, word: str
) -> None:
    page = np.full((300, 1200), 230, np.uint8)
    cv2.putText(page, word, (40, 170), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2, 40, 5, cv2.LINE_AA)
    cv2.putText(page, "425", (800, 170), cv2.FONT_HERSHEY_SIMPLEX, 2, 40, 5, cv2.LINE_AA)
    reading = Reader(classifier).read(Frame(page, "page"))
    assert [number.text for number in reading.numbers] == ["425"]
    assert reading.rejected


def test_what_looks_like_a_digit_here_and_there_on_a_page_of_words_is_none() -> None:
    page = [sign(25 * x, y=100 * y) for x in range(8) for y in range(4)]
    assert kept([digit(0, 400, confidence=0.98), digit(7, 600, confidence=0.98)], page) == []


def test_a_number_on_a_page_of_words_is_one() -> None:
    page = [sign(25 * x, y=100 + 100 * y) for x in range(8) for y in range(4)]
    assert kept([digit(value, 25 * place) for place, value in enumerate((4, 2, 5))], page) == [4, 2, 5]


def test_any_number_of_strokes_on_a_page_of_words_is_as_little_as_one() -> None:
    page = [sign(25 * x, y=100 + 100 * y) for x in range(8) for y in range(4)]
    assert kept([digit(1, 25 * place) for place in range(6)], page) == []


def test_a_page_of_strokes_alone_is_ones() -> None:
    assert kept([digit(1, 100 * place, confidence=0.97) for place in range(20)], []) == [1] * 20


def test_digits_stay_beside_one_that_could_not_be_read() -> None:
    row = [digit(value, 25 * place) for place, value in enumerate((4, 2, 5, 9, 8))]
    assert kept(row[:2] + row[3:], [sign(50)]) == [4, 2, 9, 8]


def test_a_number_stands_though_one_of_its_digits_was_half_refused() -> None:
    row = [digit(6, 0, confidence=0.99), digit(6, 25, confidence=0.96), digit(6, 50, confidence=0.77)]
    assert kept(row, [Rejected(0.33, Box(75, 0, 20, 40))]) == [6, 6, 6]
    assert kept(row, [Rejected(0.01, Box(75, 0, 20, 40))]) == []


def test_an_odd_sign_among_digits_is_judged_by_the_others() -> None:
    row = [digit(7, 25 * place) for place in range(9)]
    edge = Rejected(0.5, Box(900, 0, 2, 40))
    assert share_of_digits(row, [sign(250), edge]) == share_of_digits(row, []) > 0.9


def test_a_page_of_numbers_has_a_share_near_1_and_never_all() -> None:
    row = [digit(4, 25 * place) for place in range(20)]
    assert 0.9 < share_of_digits(row, [sign(600, height=5)]) < 1
    assert share_of_digits(row[:1], [sign(600), sign(700), sign(800), sign(900)]) < 0.5
    assert 0 < share_of_digits([], [sign(25 * place) for place in range(100)]) < 0.05
