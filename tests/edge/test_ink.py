import numpy as np
import pytest

from digits_edge.ink import has_light_ink, to_page
from digits_edge.opencv import cv2
from drawn import ink_of, on_paper


@pytest.mark.parametrize("value", range(10))
@pytest.mark.parametrize("height", [10, 28, 300])
def test_the_polarity_of_a_digit_is_settled_by_its_ground(value: int, height: int) -> None:
    ink = ink_of(str(value), height=height, gap=0)
    assert has_light_ink(ink)
    assert not has_light_ink(on_paper(ink))


@pytest.mark.parametrize("value", range(10))
def test_the_polarity_holds_for_a_digit_that_fills_its_picture(value: int) -> None:
    ink = ink_of(str(value), height=40, gap=0)[20:-20, 20:-20]
    assert has_light_ink(ink)
    assert not has_light_ink(on_paper(ink))


def test_a_vignette_is_no_ink() -> None:
    page = on_paper(ink_of("12 34", height=80)).astype(np.float32)
    height, width = page.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    shaded = (page * (1 - 0.3 * (x**2 + y**2))).astype(np.uint8)
    even, dim = to_page(page.astype(np.uint8)).ink, to_page(shaded).ink
    paper = cv2.dilate(even, np.ones((9, 9))) < 30
    assert np.percentile(dim[paper], 99) < 60
    assert dim[even > 200].mean() > 200


def test_light_ink_comes_out_as_dark_ink_does() -> None:
    ink = ink_of("805")
    dark, light = to_page(on_paper(ink)), to_page(on_paper(ink, paper=40, pen=230))
    assert (dark.light_on_dark, light.light_on_dark) == (False, True)
    assert dark.ink[ink > 200].mean() > 200
    assert light.ink[ink > 200].mean() > 200


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 2), (64, 64)], ids=str)
@pytest.mark.parametrize("level", [0, 128, 255])
def test_blank_paper_of_any_size_has_no_ink(shape: tuple[int, int], level: int) -> None:
    assert not to_page(np.full(shape, level, np.uint8)).ink.any()


@pytest.mark.parametrize("tone", [20, 60, 90])
@pytest.mark.parametrize("width", [50, 150])
def test_a_dark_desk_around_the_sheet_turns_no_polarity(tone: int, width: int) -> None:
    page = on_paper(np.pad(ink_of("1984 36"), 100))
    grain = np.random.default_rng(0).normal(tone, 8, [side + 2 * width for side in page.shape])
    desk = grain.clip(0, 255).astype(np.uint8)
    desk[width:-width, width:-width] = page
    assert not has_light_ink(desk)


@pytest.mark.parametrize("pen", [(60, 220, 240), (60, 60, 230), (200, 90, 60)], ids=["yellow", "red", "blue"])
def test_ink_of_any_colour_counts_in_full(pen: tuple[int, int, int]) -> None:
    drawn = np.pad(ink_of("1984 36"), 100)
    share = drawn[:, :, None] / 255
    ink = to_page((235 * (1 - share) + np.array(pen) * share).astype(np.uint8)).ink
    assert ink[drawn > 200].mean() > 200
    assert ink[drawn == 0].mean() < 10


def test_a_stroke_broader_than_the_paper_s_window_is_ink_throughout() -> None:
    page = np.full((600, 500), 220, np.uint8)
    cv2.line(page, (250, 150), (240, 450), (60,), 110)  # a marker's 1 from close by
    ink = to_page(page).ink
    assert ink[(page == 60)].min() > 200
    assert ink[(page == 220)].max() < 60


@pytest.mark.parametrize("side", ["left", "above"])
def test_a_broad_shadow_that_comes_in_from_the_edge_is_no_ink(side: str) -> None:
    page = np.full((600, 500), 220, np.uint8)
    page[:, :200] = 120
    ink = to_page(page if side == "left" else np.ascontiguousarray(page.T)).ink
    assert not ink.any()


def test_a_soft_shadow_in_the_middle_of_a_page_is_no_ink() -> None:
    page = np.full((600, 800), 220, np.uint8)
    cv2.ellipse(page, (400, 300), (160, 90), 30, 0, 360, (140,), -1)
    ink = to_page(cv2.GaussianBlur(page, (0, 0), 4)).ink
    assert (ink > 128).mean() < 0.01
