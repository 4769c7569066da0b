"""Digits that a shadow or a stain touches: cut out of it, read, and nothing made of what is no digit."""

import numpy as np
import pytest

from digits_edge.blobs import find_blobs
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
