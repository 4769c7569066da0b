"""A sheet on a desk: what the desk shows is no company for what is written on the sheet."""

import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.frame import Pixels
from digits_edge.ground import on_their_ground
from digits_edge.opencv import cv2
from digits_edge.reading import Box, Digit, Rejected
from drawn import ink_of
from reads import read, texts

WHITE, YELLOW, WOOD, SLATE = (225, 230, 232), (120, 215, 235), (60, 100, 150), (60, 60, 60)
REGION = Box(0, 0, 800, 600)


def picture(desk: tuple[int, int, int], *sheets: tuple[int, int, int]) -> Pixels:
    """600×800: sheets of these colours side by side, the desk below them and on both sides."""
    pixels = np.full((600, 800, 3), desk, np.uint8)
    width = 600 // max(1, len(sheets))
    for i, colour in enumerate(sheets):
        pixels[0:480, 100 + i * width : 100 + (i + 1) * width] = colour
    return pixels


def company(pixels: Pixels, digits: list[Digit], rejected: list[Rejected]) -> list[int]:
    """The values that stay; nothing may get lost."""
    kept, refused = on_their_ground(digits, rejected, pixels, light_on_dark=False, region=REGION)
    assert len(kept) + len(refused) == len(digits) + len(rejected)
    return [digit.value for digit in kept]


def digit(value: int, x: int, y: int = 100) -> Digit:
    return Digit(value, 0.9, Box(x, y, 20, 40))


STRIPES = [Rejected(0.0, Box(x, 530, 30, 40)) for x in range(20, 780, 60)]


@pytest.mark.parametrize("desk", [WOOD, SLATE], ids=["wood", "slate"])
def test_a_desks_stripes_say_nothing_of_a_digit_on_the_sheet(desk: tuple[int, int, int]) -> None:
    assert company(picture(desk, WHITE), [digit(7, 300)], STRIPES) == [7]


def test_nor_does_a_dark_desk_in_a_grey_picture() -> None:
    pixels = cv2.cvtColor(picture(SLATE, WHITE), cv2.COLOR_BGR2GRAY)
    assert company(pixels, [digit(7, 300)], STRIPES) == [7]


def test_without_a_sheet_they_do() -> None:
    assert company(picture(WOOD), [digit(7, 300)], STRIPES) == []


def test_foreign_signs_on_the_sheet_do_even_in_a_shadow() -> None:
    pixels = picture(WOOD, WHITE)
    pixels[0:480, 400:] //= 2
    signs = [Rejected(0.0, Box(x, 300, 30, 40)) for x in range(420, 700, 60)]
    assert company(pixels, [digit(7, 300)], [*signs, *STRIPES]) == []


def test_a_stripe_beside_the_sheet_is_no_one() -> None:
    stripe = digit(1, 40)
    assert company(picture(WOOD, WHITE), [digit(7, 300), digit(4, 325), stripe], STRIPES) == [7, 4]


def test_digits_on_two_sheets_stay() -> None:
    pixels = picture(WOOD, WHITE, YELLOW)
    both = [digit(7, 300), digit(4, 325), digit(6, 500), digit(1, 525)]
    assert company(pixels, both, STRIPES[:1]) == [7, 4, 6, 1]


def test_a_false_digit_on_the_desk_takes_nothing_from_the_true_one() -> None:
    assert 7 in company(picture(WOOD, WHITE), [digit(7, 300), digit(4, 40, 530)], STRIPES)


def test_one_digit_on_a_sheet_on_a_striped_desk_is_read(classifier: Classifier) -> None:
    rng = np.random.default_rng(1)
    pixels = picture(WOOD, WHITE)
    for x in range(4, 790, 20):
        wide, high = rng.integers(8, 15), rng.integers(30, 100)
        pixels[490 : 490 + high, x : x + wide] //= 2
        pixels[500 : 490 + high // 2, x : x + wide + 4] //= 2
    assert texts(read(classifier, pixels)) == []
    ink = ink_of("5", height=70)
    window = pixels[200 : 200 + ink.shape[0], 350 : 350 + ink.shape[1]]
    window[:] = (window * (1 - 0.8 * ink[..., np.newaxis] / 255)).astype(np.uint8)
    assert texts(read(classifier, pixels)) == ["5"]
