"""Rules go, digits that they cross stay: on ink alone, and on paper with the whole reader."""

import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.frame import Pixels
from digits_edge.glyph import Ink
from digits_edge.ink import to_page
from digits_edge.opencv import cv2
from digits_edge.rules import without_rules
from drawn import ink_of, on_paper
from reads import read, texts

APART = 40  # pixels from a rule to the next


def ruled(page: Pixels, rise: float = 0.0, *, squared: bool = False) -> Pixels:
    """The page on ruled paper, whose pale rules are two pixels wide and rise so many pixels per pixel."""
    height, width = page.shape
    rules = np.full_like(page, 255)
    for y in range(7 - height, 2 * height, APART):
        cv2.line(rules, (0, y), (width, y - round(rise * width)), 170, 2)
    for x in range(5 - width, 2 * width, APART) if squared else ():
        cv2.line(rules, (x, 0), (x + round(rise * height), height), 170, 2)
    return np.minimum(page, rules)


def sheet(text: str, seed: int = 1) -> Ink:
    return np.pad(ink_of(text, seed=seed), 200)


@pytest.mark.parametrize("squared", [False, True], ids=["ruled", "squared"])
@pytest.mark.parametrize("rise", [0.0, 0.03, -0.05])
def test_empty_paper_keeps_no_rule(rise: float, *, squared: bool) -> None:
    ink = to_page(ruled(np.full((600, 800), 230, np.uint8), rise, squared=squared)).ink
    assert np.count_nonzero(ink > 100) > 4000
    assert np.count_nonzero(without_rules(ink) > 100) < 0.1 * np.count_nonzero(ink > 100)


@pytest.mark.parametrize("squared", [False, True], ids=["ruled", "squared"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_digits_that_rules_cross_are_read(classifier: Classifier, seed: int, *, squared: bool) -> None:
    page = ruled(on_paper(sheet("1984 36", seed)), squared=squared)
    assert texts(read(classifier, page)) == ["1984", "36"]


def test_strokes_keep_their_ink_where_rules_cross_them() -> None:
    drawn = sheet("1984 36")
    cleared = without_rules(to_page(ruled(on_paper(drawn), squared=True)).ink)
    assert np.count_nonzero(cleared[drawn > 200] > 100) > 0.98 * np.count_nonzero(drawn > 200)


def test_paper_without_rules_stays_as_it_is() -> None:
    ink = to_page(on_paper(sheet("4477 52"))).ink
    assert np.array_equal(without_rules(ink), ink)


@pytest.mark.parametrize("coarseness", [0.0, 1.5])
@pytest.mark.parametrize("size", [(1040, 1330), (600, 800)])
def test_a_desks_grain_has_no_rules(size: tuple[int, int], coarseness: float) -> None:
    grain = np.random.default_rng(0).normal(0, 1, size)
    if coarseness:
        grain = cv2.GaussianBlur(grain, (0, 0), coarseness)
    desk = (90 + 6 * grain / grain.std()).clip(0, 255).astype(np.uint8)
    ink = to_page(desk).ink
    assert ink.mean() > 15
    assert np.count_nonzero(without_rules(ink) != ink) < 0.01 * ink.size


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("size", [500, 900])
def test_a_hairline_digit_that_fills_its_picture_keeps_its_bar(digit: int, size: int) -> None:
    page = np.full((2 * size, 2 * size), 235, np.uint8)
    at = (size // 4, 3 * size // 2)
    cv2.putText(page, str(digit), at, cv2.FONT_HERSHEY_SIMPLEX, size / 22, 60, 3 + size // 700, cv2.LINE_AA)
    x, y, width, height = cv2.boundingRect(cv2.bitwise_not(page) - 20)
    ink = to_page(page[y : y + height, x : x + width]).ink
    assert np.array_equal(without_rules(ink), ink)


def test_the_rules_that_a_hairline_crosses_still_go() -> None:
    """Two digits on a form's only line are as few pieces as one digit has."""
    page = on_paper(np.pad(ink_of("47"), ((200, 200), (200, 200))))
    page[275:277, 20:-20] = np.minimum(page[275:277, 20:-20], 150)
    cleared = without_rules(to_page(page).ink)
    assert not cleared[274:278, 20:180].any()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_large_digit_is_read_on_paper_seen_from_so_near_that_its_rules_are_broad(
    classifier: Classifier, seed: int
) -> None:
    digit = np.pad(ink_of("4", height=330, seed=seed), ((80, 80), (200, 200)))
    page = on_paper(digit)
    for at in range(60, max(page.shape), 190):
        page[at : at + 11] = np.minimum(page[at : at + 11], 165)
        page[:, at : at + 11] = np.minimum(page[:, at : at + 11], 165)
    assert texts(read(classifier, page)) == ["4"]


@pytest.mark.parametrize("side", [300, 360, 450])
@pytest.mark.parametrize("digit", range(10))
def test_a_digit_alone_is_read_on_squared_paper_of_which_few_squares_are_seen(
    classifier: Classifier, digit: int, side: int
) -> None:
    ink = ink_of(str(digit), height=side // 2)
    margin = (side - ink.shape[1]) // 2 if ink.shape[1] < side else 0
    page = on_paper(np.pad(ink, ((0, 0), (margin, margin))))
    step, thick = side // 4, max(2, side // 60)
    for x in range(step // 2, page.shape[1], step):
        cv2.line(page, (x, 0), (x + 3, page.shape[0]), 130, thick)
    for y in range(step // 3, page.shape[0], step):
        cv2.line(page, (0, y), (page.shape[1], y - 3), 130, thick)
    page = np.minimum(page, on_paper(np.pad(ink, ((0, 0), (margin, margin)))))
    assert texts(read(classifier, page)) == [str(digit)]


def test_of_a_rule_that_a_digit_lies_on_no_rest_stays() -> None:
    page = np.full((700, 900), 230, np.uint8)
    page[400:530, 537:553] = 40  # a 1 along the upright rule at 545
    cleared = without_rules(to_page(ruled(page, squared=True)).ink)
    assert np.count_nonzero(cleared[400:530, 537:553] > 100) > 0.9 * 130 * 16
    assert not np.count_nonzero(cleared[545:695, 537:553] > 40)


@pytest.mark.parametrize("seed", range(4))
def test_a_rule_under_bold_digits_ends_at_none_of_them(seed: int) -> None:
    """Between them it is too short for a rule, and would hold them together."""
    bold = cv2.dilate(ink_of("3456789", height=100, gap=50, seed=seed), np.ones((9, 9), np.uint8))
    drawn = np.pad(bold, ((300, 300), (20, 20)))
    page = on_paper(drawn)
    for y in range(10, page.shape[0], 50):
        page[y : y + 3] = np.minimum(page[y : y + 3], 120)
    cleared = without_rules(to_page(page).ink)
    assert not (cleared[cv2.dilate(drawn, np.ones((9, 9), np.uint8)) == 0] > 100).any()
    assert np.count_nonzero(cleared[drawn > 200] > 100) > 0.98 * np.count_nonzero(drawn > 200)


@pytest.mark.parametrize("at", range(545, 585, 5))
def test_a_stem_along_a_rule_stays(at: int) -> None:
    page = np.full((700, 900), 230, np.uint8)
    page[300:430, at : at + 7] = 40
    page[360:370, at - 60 : at + 40] = 40  # a 4's bar
    pale = ruled(np.full_like(page, 230), squared=True) // 2 + 115
    cleared = without_rules(to_page(np.minimum(page, pale)).ink)
    assert np.count_nonzero(cleared[300:430, at : at + 7] > 100) > 0.9 * 130 * 7


def test_of_a_dark_rule_between_pale_ones_nothing_stays() -> None:
    """So near to each other that they pass for one rule, it is thicker than most of it is."""
    ink = np.zeros((744, 1196), np.uint8)
    for y in range(10, 744, 46):
        cv2.line(ink, (0, y), (1196, y), 128, 1)
    for y in range(25, 744, 138):
        cv2.line(ink, (0, y), (1196, y), 192, 3)
    assert np.count_nonzero(without_rules(ink) > 60) < 0.15 * np.count_nonzero(ink > 60)


@pytest.mark.parametrize("seed", [1, 5, 8, 10])
def test_a_desks_edge_of_uneven_darkness_leaves_no_pieces(seed: int) -> None:
    """Its dark pieces are thicker than the rest of it, as strokes along a rule are."""
    grain = np.random.default_rng(seed)
    page = ruled(np.full((1200, 1600), 225, np.uint8)).astype(np.float32)
    width, left = grain.integers(4, 14), grain.integers(2, 40)
    tone = cv2.GaussianBlur(grain.normal(0, 1, (1200, 1)).astype(np.float32), (1, 61), 20)
    page[:, left : left + width] = 90 + 40 * tone / tone.std()
    page = cv2.GaussianBlur(page, (0, 0), 1) + grain.normal(0, 2, page.shape)
    ink = to_page(page.clip(0, 255).astype(np.uint8)).ink
    assert np.count_nonzero(ink[:, :60] > 100) > 5000
    assert not np.count_nonzero(without_rules(ink)[:, :60] > 100)
