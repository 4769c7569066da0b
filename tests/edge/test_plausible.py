"""What can't be a digit for its size, its place or its shape."""

import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.opencv import cv2
from drawn import ink_of, on_paper
from reads import read, texts


def test_a_rule_across_the_page_is_no_digit(classifier: Classifier) -> None:
    page = on_paper(ink_of("35"))
    page[-6:-3, 10:-10] = 40
    assert texts(read(classifier, page)) == ["35"]


def test_the_rim_of_a_cup_is_no_0(classifier: Classifier) -> None:
    desk = np.full((600, 800), 150, np.uint8)
    cv2.circle(desk, (400, 300), 60, (60,), 10, cv2.LINE_AA)
    reading = read(classifier, desk)
    assert texts(reading) == []
    assert reading.rejected[0].confidence > 0.9  # for its looks alone it would have been read
    for seed in range(5):
        page = np.pad(on_paper(ink_of("0", height=120, seed=seed)), 200, constant_values=230)
        assert texts(read(classifier, page)) == ["0"]


def test_the_rim_of_a_cup_seen_from_the_side_is_no_0_and_a_wide_zero_is_one(classifier: Classifier) -> None:
    desk = np.full((600, 800), 150, np.uint8)
    cv2.ellipse(desk, (400, 300), (75, 60), 5, 0, 360, (60,), 10, cv2.LINE_AA)
    assert texts(read(classifier, desk)) == []
    for seed in range(5):
        zero = ink_of("0", height=120, seed=seed)
        wide = cv2.resize(zero, None, fx=1.5, fy=1.0, interpolation=cv2.INTER_CUBIC)
        page = np.pad(on_paper(wide), 200, constant_values=230)
        assert texts(read(classifier, page)) == ["0"]


def test_a_speck_on_a_blank_page_is_no_1(classifier: Classifier) -> None:
    page = np.full((900, 900), 230, np.uint8)
    page[776:795, 290:295] = 60
    reading = read(classifier, page)
    assert texts(reading) == []
    assert len(reading.rejected) == 1


def test_a_fold_with_nothing_beside_it_is_no_1(classifier: Classifier) -> None:
    for pen, expected in ((197, []), (150, ["1"])):
        page = np.full((600, 800), 230, np.uint8)
        cv2.line(page, (400, 200), (390, 330), (pen,), 12)
        reading = read(classifier, page)
        assert texts(reading) == expected
        assert len(reading.rejected) == 1 - len(expected)


def test_a_digit_cut_off_at_a_page_s_corner_is_refused(classifier: Classifier) -> None:
    ink = ink_of("8", height=200)[100:-100]
    page = np.full((400, 800), 230, np.uint8)
    page[60:260, : ink.shape[1] - 100] = on_paper(ink)[:, 100:]
    assert texts(read(classifier, page)) == []
    assert texts(read(classifier, np.ascontiguousarray(page[30:290, : ink.shape[1] - 80]))) == ["8"]


@pytest.mark.parametrize("height", [10, 400])
def test_a_scrap_of_a_line_beside_digits_is_no_1(classifier: Classifier, height: int) -> None:
    page = np.pad(on_paper(ink_of("46", height=80)), 300, constant_values=230)
    assert texts(read(classifier, page)) == ["46"]
    page[200 : 200 + height, 60:66] = 40
    assert texts(read(classifier, page)) == ["46"]


def test_the_edge_of_a_sheet_that_ends_in_the_picture_is_no_1(classifier: Classifier) -> None:
    page = np.full((480, 640), 230, np.uint8)
    page[:, 20:40] = 60
    reading = read(classifier, page)
    assert texts(reading) == []
    assert reading.rejected


@pytest.mark.parametrize(("beyond", "expected"), [(230, ["42", "1"]), (90, ["42"])], ids=["paper", "desk"])
def test_a_1_has_paper_on_both_sides(classifier: Classifier, beyond: int, expected: list[str]) -> None:
    page = np.pad(on_paper(ink_of("42", height=120)), 60, constant_values=230)
    scene = np.hstack([page, np.full((len(page), 200), beyond, np.uint8)])
    edge = page.shape[1]
    cv2.line(scene, (edge, 120), (edge, 230), (30,), 9)  # as the gap under a sheet's edge is
    assert texts(read(classifier, scene)) == expected


def test_a_1_with_a_foot_is_read_where_a_shadow_ends_beside_it(classifier: Classifier) -> None:
    page = np.full((480, 440), 220, np.uint8)
    for ends in (((215, 140), (215, 340)), ((215, 140), (165, 195)), ((160, 340), (275, 338))):
        cv2.line(page, *ends, (70,), 16, cv2.LINE_AA)
    assert texts(read(classifier, page)) == ["1"]
    shaded = page.copy()
    shaded[:, 232:] = cv2.convertScaleAbs(shaded[:, 232:], alpha=0.4)
    assert texts(read(classifier, shaded)) == ["1"]
