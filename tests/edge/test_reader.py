from pathlib import Path

import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.errors import InputError
from digits_edge.frame import Pixels
from digits_edge.opencv import cv2
from digits_edge.reading import Box
from drawn import ink_of, on_paper
from prints import IN_PRINT
from reads import read, texts


def test_numbers_come_row_by_row(classifier: Classifier) -> None:
    upper, lower = ink_of("1984 36"), ink_of("502 840")
    width = max(upper.shape[1], lower.shape[1])
    page = np.vstack([np.pad(ink, ((0, 0), (0, width - ink.shape[1]))) for ink in (upper, lower)])
    reading = read(classifier, on_paper(page))
    assert texts(reading) == ["1984", "36", "502", "840"]
    assert all(0.5 < number.confidence <= 1 for number in reading.numbers)


@pytest.mark.parametrize("height", [20, 60, 400])
@pytest.mark.parametrize("paper", [230, 30], ids=["dark on light", "light on dark"])
def test_a_digit_of_any_size_and_polarity_reads(classifier: Classifier, height: int, paper: int) -> None:
    pages = [on_paper(ink_of(str(d), height=height), paper, 260 - paper) for d in range(10)]
    assert [texts(read(classifier, page)) for page in pages].count([]) == 0
    right = [texts(read(classifier, page)) == [str(d)] for d, page in enumerate(pages)]
    assert sum(right) >= 9


def test_mnist_s_own_images_read_as_the_network_reads_them(classifier: Classifier, mnist_path: Path) -> None:
    with np.load(mnist_path) as arrays:
        images, labels = arrays["x_train"][-300:], arrays["y_train"][-300:]
    answers = classifier.probabilities(images).argmax(axis=1)
    found = [texts(read(classifier, image)) for image in images]
    same = [text == [str(answer)] for text, answer in zip(found, answers, strict=True)]
    assert np.mean(same) > 0.95
    assert np.mean([text == [str(label)] for text, label in zip(found, labels, strict=True)]) > 0.93


@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (480, 640), (480, 640, 3)], ids=str)
@pytest.mark.parametrize("level", [0, 127, 255])
def test_a_blank_page_has_no_numbers(classifier: Classifier, shape: tuple[int, ...], level: int) -> None:
    reading = read(classifier, np.full(shape, level, np.uint8))
    assert not reading.numbers
    assert not reading.rejected


def test_boxes_are_pixels_of_the_source_even_within_a_region(classifier: Classifier) -> None:
    page = on_paper(ink_of("7 7"))
    whole = read(classifier, page)
    half = Box(page.shape[1] // 2, 0, 5000, 5000)
    part = read(classifier, page, roi=half)
    assert texts(part) == ["7"]
    assert part.width == page.shape[1]
    assert part.numbers[0].box.x == pytest.approx(whole.numbers[1].box.x, abs=2)


def test_a_region_outside_the_picture_is_one_line(classifier: Classifier) -> None:
    with pytest.raises(InputError, match="outside its"):
        read(classifier, on_paper(ink_of("7")), roi=Box(9000, 0, 5, 5))


def test_what_is_less_sure_than_asked_is_rejected_with_its_box(classifier: Classifier) -> None:
    page = on_paper(ink_of("7"))
    everything = read(classifier, page, min_confidence=0.0)
    nothing = read(classifier, page, min_confidence=1.0)
    sure = everything.numbers[0].confidence
    assert nothing.numbers == () or sure == 1.0
    assert [r.box for r in nothing.rejected] == [n.box for n in everything.numbers] or sure == 1.0


def test_a_point_between_digits_is_rejected_and_parts_them(classifier: Classifier) -> None:
    ink = ink_of("35", gap=40)
    (three_ends,) = np.flatnonzero(np.diff((ink > 0).any(axis=0).astype(int)) < 0)[:1]
    ink[82:90, three_ends + 15 : three_ends + 23] = 255
    reading = read(classifier, on_paper(ink))
    assert texts(reading) == ["3", "5"]
    assert len(reading.rejected) == 1


@pytest.mark.parametrize("sign", [*"AKMRWX&#@", pytest.param("?", marks=IN_PRINT)])
def test_a_letter_or_sign_is_no_digit(classifier: Classifier, sign: str) -> None:
    page = np.full((160, 160), 230, np.uint8)
    cv2.putText(page, sign, (40, 110), cv2.FONT_HERSHEY_SIMPLEX, 3, (40,), 7, cv2.LINE_AA)
    reading = read(classifier, page)
    assert texts(reading) == []
    assert reading.rejected


def on_desk(page: Pixels, tone: int = 60, width: int = 150) -> Pixels:
    """The sheet on a dark desk, whose surface has a grain."""
    grain = np.random.default_rng(0).normal(tone, 8, [side + 2 * width for side in page.shape])
    desk = grain.clip(0, 255).astype(np.uint8)
    desk[width:-width, width:-width] = page
    return desk


@pytest.mark.parametrize("tone", [20, 60, 90])
def test_the_desk_around_the_sheet_gives_no_digits(classifier: Classifier, tone: int) -> None:
    page = np.pad(on_paper(ink_of("1984 36")), 100, constant_values=230)
    assert texts(read(classifier, on_desk(page, tone))) == ["1984", "36"]
    assert texts(read(classifier, on_desk(np.full((800, 600), 230, np.uint8), tone, width=100))) == []


@pytest.mark.parametrize("tone", [40, 90])
def test_a_sheet_on_a_large_dark_table_is_no_blackboard(classifier: Classifier, tone: int) -> None:
    for sheet, expected in (
        (np.pad(on_paper(ink_of("1984 36")), 60, constant_values=230), ["1984", "36"]),
        (np.full((320, 611), 230, np.uint8), []),
    ):
        table = np.random.default_rng(0).normal(tone, 6, (sheet.shape[0] + 800, sheet.shape[1] + 800))
        table = np.clip(table, 0, 255).astype(np.uint8)
        table[400:-400, 400:-400] = sheet
        assert texts(read(classifier, table)) == expected


@pytest.mark.parametrize("height", [28, 60, 300])
@pytest.mark.parametrize("seed", range(4))
def test_a_lone_1_in_its_own_picture_is_read(classifier: Classifier, height: int, seed: int) -> None:
    assert texts(read(classifier, on_paper(ink_of("1", height=height, seed=seed)))) == ["1"]


@pytest.mark.parametrize("specks", [20, 60, 200])
def test_dust_is_no_number(classifier: Classifier, specks: int) -> None:
    random = np.random.default_rng(0)
    page = np.full((480, 640), 230, np.uint8)
    for x, y in random.integers(10, 470, (specks, 2)).tolist():
        cv2.circle(page, (x, y), int(random.integers(1, 5)), 60, -1)
    assert texts(read(classifier, page)) == []


@pytest.mark.parametrize(("board", "chalk"), [(0, 255), (60, 220), (100, 250)])
@pytest.mark.parametrize("height", [60, 120])
def test_a_board_with_little_on_it_is_read(
    classifier: Classifier, height: int, board: int, chalk: int
) -> None:
    page = np.full((720, 1280), board, np.uint8)
    ink = on_paper(ink_of("482", height=height), board, chalk)
    page[200 : 200 + ink.shape[0], 300 : 300 + ink.shape[1]] = ink
    assert texts(read(classifier, page)) == ["482"]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("turned", [False, True], ids=["upright", "across"])
def test_the_grain_of_a_table_is_no_number(classifier: Classifier, seed: int, *, turned: bool) -> None:
    random = np.random.default_rng(seed)
    streaks = random.normal(0, 1, (1, 800)) + random.normal(0, 0.6, (600, 800))
    streaks = cv2.GaussianBlur(streaks, (3, 61), 0)
    table = (150 + 60 * streaks / np.abs(streaks).max()).astype(np.uint8)
    assert texts(read(classifier, np.ascontiguousarray(table.T) if turned else table)) == []


def test_a_dark_digit_is_read_on_a_page_whose_other_side_shows_through(classifier: Classifier) -> None:
    right = []
    for value in (0, 2, 3, 4, 5, 6, 7, 8, 9):  # a 1 could be part of anything
        page = np.full((900, 1200), 230, np.uint8)
        for line in range(5):
            cv2.putText(page, "MKHRNXWAE", (40, 150 + 170 * line), cv2.FONT_HERSHEY_SIMPLEX, 4, (196,), 9)
        ink = ink_of(str(value), height=70)
        top, left = 430, 560
        place = page[top : top + ink.shape[0], left : left + ink.shape[1]]
        np.minimum(place, on_paper(ink), out=place)
        right.append(texts(read(classifier, page)) == [str(value)])
    assert sum(right) >= 7
