"""Digits that a shadow or a stain touches: cut out of it, read, and nothing made of what is no digit."""

import numpy as np
import pytest

from digits_edge.blobs import MOST, find_blobs
from digits_edge.classifier import Classifier
from digits_edge.glyph import Ink
from digits_edge.opencv import cv2
from digits_edge.shaded import pieces_in_shade
from drawn import ink_of, on_paper
from reads import read, texts

SHADE = 85  # of 255: enough to be taken for ink


def shaded(ink: Ink) -> Ink:
    """The ink with a stain behind its lower half that ends beyond its right edge."""
    stain = np.zeros_like(ink)
    height, width = ink.shape
    cv2.ellipse(stain, (2 * width // 3, 2 * height // 3), (width // 2, height // 3), 20, 0, 360, (SHADE,), -1)
    return np.maximum(ink, stain)


def pieces(classifier: Classifier, ink: Ink) -> list[list[str]]:
    """What the pieces of its only blob read, left to right."""
    blobs = find_blobs(ink)[1]
    assert len(blobs) == 1
    found = sorted(pieces_in_shade(ink, blobs[0], classifier.probabilities), key=lambda piece: piece.box.x)
    return [texts(read(classifier, on_paper(np.pad(piece.ink, 20)))) for piece in found]


@pytest.mark.parametrize("text", ["3", "5", "8", "47"])
def test_a_digit_on_a_stain_is_cut_out_of_it(classifier: Classifier, text: str) -> None:
    assert pieces(classifier, shaded(ink_of(text, height=80))) == [[digit] for digit in text]


def test_ink_of_one_strength_has_no_darker_part(classifier: Classifier) -> None:
    assert pieces(classifier, np.where(ink_of("5", height=80) > 127, 255, 0).astype(np.uint8)) == []


def test_a_sign_on_a_stain_is_no_digit(classifier: Classifier) -> None:
    ink = np.zeros((140, 160), np.uint8)
    cv2.putText(ink, "W", (40, 100), cv2.FONT_HERSHEY_SIMPLEX, 2.5, (255,), 6)
    assert pieces(classifier, shaded(ink)) == []


def test_a_page_reads_the_digit_that_a_narrow_shadow_touches(classifier: Classifier) -> None:
    page = np.full((600, 800), 230, np.float32)
    ink = np.pad(ink_of("45 327", height=60), 200)[:600, :800]
    page[: ink.shape[0], : ink.shape[1]] -= ink * np.float32(0.75)
    shadow = np.zeros((600, 800), np.uint8)
    cv2.line(shadow, (310, 270), (420, 420), (255,), 34, cv2.LINE_AA)
    page *= 1 - 0.4 * shadow / 255
    assert texts(read(classifier, page.astype(np.uint8))) == ["45", "327"]


@pytest.mark.parametrize("mark", ["point", "dash"])
def test_a_point_on_a_stain_still_parts_its_numbers(classifier: Classifier, mark: str) -> None:
    ink = ink_of("314", height=70, gap=40)
    middle = int(np.flatnonzero(ink.any(axis=0))[0]) + 65  # between the 3 and the 1
    assert not ink[:, middle - 9 : middle + 9].any()
    if mark == "point":
        cv2.circle(ink, (middle, 100), 5, (255,), -1, cv2.LINE_AA)
    else:
        cv2.line(ink, (middle - 8, 70), (middle + 8, 70), (255,), 6, cv2.LINE_AA)
    stain = np.zeros_like(ink)
    cv2.ellipse(stain, (ink.shape[1] // 2, 75), (ink.shape[1] // 2 - 8, 38), 8, 0, 360, (255,), -1)
    page = np.full((600, 800), 230, np.float32)
    page[200 : 200 + ink.shape[0], 300 : 300 + ink.shape[1]] *= (1 - 0.4 * stain / 255) * (
        1 - 0.75 * ink / 255
    )
    assert texts(read(classifier, page.astype(np.uint8))) == ["3", "14"]


def test_dark_patches_full_of_digits_yield_no_more_blobs_than_a_frame_may_have(
    classifier: Classifier,
) -> None:
    page, ink = np.full((2000, 2700), 230, np.float32), np.zeros((2000, 2700), np.uint8)
    for top in range(60, 1600, 580):
        for left in range(60, 1900, 940):
            page[top : top + 400, left : left + 760] *= 0.55
            for y in range(top + 38, top + 395, 30):
                for x in range(left + 8, left + 734, 22):
                    cv2.putText(ink, "3", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (255,), 2, cv2.LINE_AA)
    found = read(classifier, (page * (1 - 0.75 * ink / 255)).astype(np.uint8))
    assert MOST // 2 < len(found.digits) <= MOST
