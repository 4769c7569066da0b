import numpy as np
import pytest

from digits_edge.blobs import MOST, OVERLAP, find_blobs
from digits_edge.classifier import Classifier
from digits_edge.opencv import cv2
from drawn import ink_of, on_paper
from reads import read, texts


def test_every_digit_is_one_blob_and_nothing_else_is() -> None:
    _, blobs = find_blobs(ink_of("1234567890"))
    assert len(blobs) == 10


def test_a_blob_has_its_own_ink_only() -> None:
    ink = np.zeros((60, 60), np.uint8)
    cv2.line(ink, (10, 10), (10, 50), 255, 3)
    cv2.line(ink, (10, 50), (40, 50), 255, 3)  # an L around …
    cv2.line(ink, (30, 10), (30, 40), 255, 3)  # … a stroke of its own, in the same box
    _, blobs = find_blobs(ink)
    strokes = {blob.box.width for blob in blobs}
    assert len(blobs) == 2
    corner = next(blob for blob in blobs if blob.box.width == max(strokes))
    assert not corner.ink[:20, 15:].any()


def test_the_bar_of_a_five_belongs_to_it() -> None:
    ink = np.zeros((100, 80), np.uint8)
    cv2.ellipse(ink, (40, 65), (18, 20), 0, -90, 140, 255, 4)
    cv2.line(ink, (30, 30), (30, 45), 255, 4)
    cv2.line(ink, (30, 45), (40, 45), 255, 4)
    cv2.line(ink, (32, 20), (58, 20), 255, 4)
    _, blobs = find_blobs(ink)
    assert len(blobs) == 1


def test_digits_beside_the_border_of_a_shadow_stay_apart_from_it() -> None:
    page = np.pad(np.vstack([ink_of("2345"), ink_of("2345")]), 30)
    cv2.line(page, (10, 10), (10, page.shape[0] - 10), (255,), 5)
    cv2.line(page, (10, page.shape[0] - 10), (page.shape[1] - 10, page.shape[0] - 10), (255,), 5)
    assert len(find_blobs(page)[1]) == 9


def test_digits_of_two_rows_stay_apart() -> None:
    ink = np.vstack([ink_of("888"), ink_of("888")])
    _, blobs = find_blobs(ink)
    assert len(blobs) == 6


def test_faint_ink_counts_where_it_hangs_together_with_sure_ink() -> None:
    ink = np.zeros((40, 40), np.uint8)
    ink[5:35, 10:13] = 90
    ink[5:10, 10:13] = 255
    ink[5:35, 30:33] = 90
    mask, blobs = find_blobs(ink)
    assert [blob.box.height for blob in blobs] == [30]
    assert not mask[:, 30:33].any()


def test_a_digit_stands_out_of_coarse_grain() -> None:
    ink = np.pad(ink_of("7"), 40)
    grain = np.random.default_rng(0).normal(45, 14, ink.shape)  # paper is the brightest of it
    _, blobs = find_blobs(np.maximum(ink, grain).clip(0, 255).astype(np.uint8))
    assert [blob.box.height for blob in blobs] == [pytest.approx(60, abs=7)]


def test_dust_is_no_blob() -> None:
    ink = np.zeros((100, 100), np.uint8)
    ink[10:12, 10:12] = 255
    assert find_blobs(ink)[1] == []


def test_a_page_of_print_gives_no_more_blobs_than_can_be_asked_for() -> None:
    ink = np.zeros((800, 800), np.uint8)
    ink[::8, ::8] = 255
    ink = cv2.dilate(ink, np.ones((6, 3), np.uint8))
    ink[100:160, 400:430] = 255
    _, blobs = find_blobs(ink)
    assert len(blobs) <= MOST
    assert any(blob.box.height >= 60 for blob in blobs)  # the largest are kept


def test_of_many_rings_no_more_is_cut_out_than_a_few_times_the_picture() -> None:
    digit = ink_of("7")
    ink = np.pad(digit, [((1000 - side) // 2, (1001 - side) // 2) for side in digit.shape])
    for radius in range(80, 500, 8):
        cv2.circle(ink, (500, 500), radius, (255,), 2)
    _, blobs = find_blobs(ink)
    assert OVERLAP * ink.size / 2 < sum(blob.ink.size for blob in blobs) <= OVERLAP * ink.size
    assert min(blob.box.height for blob in blobs) == pytest.approx(60, abs=7)  # the digit's


@pytest.mark.parametrize("frame", ["box", "ring", "comb"])
@pytest.mark.parametrize("text", ["7", "36", "472"])
def test_a_number_in_a_frame_is_no_part_of_it(classifier: Classifier, text: str, frame: str) -> None:
    ink = np.pad(ink_of(text, height=60, gap=30), 60)
    height, width = ink.shape
    left, right, top, foot = 60, width - 60, 75, height - 75
    if frame == "ring":
        middle, axes = (width // 2, height // 2), (width // 2 - 20, height // 2 - 45)
        cv2.ellipse(ink, middle, axes, 0, 0, 360, (255,), 4, cv2.LINE_AA)
    else:
        cv2.rectangle(ink, (left, top), (right, foot), (255,), 3)
    if frame == "comb":
        gaps = np.flatnonzero(~ink[top + 4 : foot - 4].any(axis=0))
        for gap in np.split(gaps, np.flatnonzero(np.diff(gaps) > 1) + 1)[1:-1]:
            cv2.line(ink, (int(gap.mean()), top), (int(gap.mean()), foot), (255,), 2)
    page = on_paper(np.pad(ink, ((200, 200), (300, 300))))
    assert texts(read(classifier, page)) == [text]


def test_a_hairline_in_a_small_picture_is_ink_and_grain_is_none() -> None:
    grain = np.random.default_rng(2).normal(5, 3, (60, 90)).clip(0, 90).astype(np.uint8)
    assert not find_blobs(grain)[1]
    ink = grain.copy()
    cv2.ellipse(ink, (45, 30), (9, 14), 0, 0, 360, (215,), 1)
    assert [blob.box.height for blob in find_blobs(ink)[1]] == [pytest.approx(29, abs=3)]
