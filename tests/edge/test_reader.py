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


@pytest.mark.parametrize("pen", [(60, 220, 240), (60, 60, 230), (200, 90, 60)], ids=["yellow", "red", "blue"])
def test_a_pen_of_any_colour_is_read(classifier: Classifier, pen: tuple[int, int, int]) -> None:
    share = np.pad(ink_of("1984 36"), 100)[:, :, None] / 255
    page = (235 * (1 - share) + np.array(pen) * share).astype(np.uint8)
    assert texts(read(classifier, page)) == ["1984", "36"]


@pytest.mark.parametrize("grain", [1, 3])
@pytest.mark.parametrize("seed", range(4))
def test_hairlines_of_a_faint_pencil_are_read(classifier: Classifier, seed: int, grain: float) -> None:
    """They absorb a tenth of the light."""
    thin = cv2.erode(ink_of("3268 907", height=50, seed=seed), np.ones((2, 2), np.uint8))
    page = on_paper(np.pad(thin, 60), 230, 206)
    noise = np.random.default_rng(seed).normal(0, grain, page.shape)
    assert texts(read(classifier, (page + noise).clip(0, 255).astype(np.uint8))) == ["3268", "907"]


@pytest.mark.parametrize("height", [28, 60, 300])
@pytest.mark.parametrize("seed", range(4))
def test_a_lone_1_in_its_own_picture_is_read(classifier: Classifier, height: int, seed: int) -> None:
    assert texts(read(classifier, on_paper(ink_of("1", height=height, seed=seed)))) == ["1"]


@pytest.mark.parametrize("value", range(10))
@pytest.mark.parametrize(("paper", "pen"), [(60, 30), (90, 60)])
def test_a_digit_in_a_dim_and_noisy_picture_is_read(
    classifier: Classifier, value: int, paper: int, pen: int
) -> None:
    page = on_paper(ink_of(str(value), height=100), paper, pen)
    noise = cv2.GaussianBlur(np.random.default_rng(value).normal(0, 8, page.shape), (3, 3), 0)
    assert texts(read(classifier, (page + noise).clip(0, 255).astype(np.uint8))) == [str(value)]


@pytest.mark.parametrize("value", [0, 2, 3, 4, 5, 6, 7, 8, 9])
def test_a_digit_mostly_in_the_shade_of_a_hand_is_read(classifier: Classifier, value: int) -> None:
    page = on_paper(np.pad(ink_of(str(value)), 30), pen=120)
    down, across = np.indices(page.shape)
    lit = np.where(across + 0.4 * (down - len(page) / 2) < 0.2 * page.shape[1], 1, 0.35)
    shaded = page * cv2.GaussianBlur(lit, (9, 9), 0)
    assert texts(read(classifier, shaded.astype(np.uint8))) == [str(value)]


@pytest.mark.parametrize("shade", [0.35, 0.6])
def test_digits_are_read_across_the_shadow_of_a_pen(classifier: Classifier, shade: float) -> None:
    numbers = ["264735", "409286", "583064"]
    rows = [ink_of(number) for number in numbers]
    width = max(row.shape[1] for row in rows)
    ink = np.vstack([np.pad(row, ((0, 0), (0, width - row.shape[1]))) for row in rows])
    page = np.pad(on_paper(ink), 90, constant_values=230)
    light = np.ones(page.shape)
    cv2.line(light, (60, 60), (520, 400), (shade,), 50)
    shaded = (page * cv2.GaussianBlur(light, (5, 5), 0)).astype(np.uint8)
    assert texts(read(classifier, shaded)) == numbers


def test_a_dark_shadow_with_all_digits_in_it_is_no_stroke(classifier: Classifier) -> None:
    page = np.pad(on_paper(ink_of("264735")), ((200, 200), (120, 120)), constant_values=230).astype(
        np.float32
    )
    shadow = np.ones(page.shape, np.float32)
    corners = np.array([(130, 205), (520, 170), (640, 330), (250, 340)])
    cv2.fillConvexPoly(shadow, corners, (0.45,))
    shaded = page * cv2.GaussianBlur(shadow, (9, 9), 0)
    assert texts(read(classifier, shaded.astype(np.uint8))) == ["264735"]


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
