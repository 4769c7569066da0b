"""Digits that touch come apart, and nothing else does."""

import numpy as np
import pytest

from digits_edge.blobs import Blob, find_blobs
from digits_edge.classifier import Classifier
from digits_edge.frame import Frame
from digits_edge.glyph import Ink, to_glyph
from digits_edge.joined import parts_of
from digits_edge.opencv import cv2
from digits_edge.reader import Reader
from digits_edge.reading import Box
from drawn import ink_of, on_paper
from prints import IN_PRINT

TOUCHING = [("47", 5), ("27", 5), ("53", 8), ("69", 8)]  # and how many pixels they overlap


def touching(text: str, overlap: int) -> Ink:
    """Two digits, one into the other."""
    left, right = (_bare(ink_of(sign, seed=place)) for place, sign in enumerate(text, start=1))
    ink = np.zeros((left.shape[0], left.shape[1] + right.shape[1] - overlap), np.uint8)
    ink[:, : left.shape[1]] = left
    ink[:, -right.shape[1] :] = np.maximum(ink[:, -right.shape[1] :], right)
    return np.pad(ink, ((0, 0), (30, 30)))


def _bare(ink: Ink) -> Ink:
    columns = np.flatnonzero(ink.any(axis=0))
    return ink[:, columns[0] : columns[-1] + 1]


def values(classifier: Classifier, blobs: list[Blob]) -> str:
    glyphs = np.array([to_glyph(blob.ink) for blob in blobs])
    return "".join(str(row.argmax()) for row in classifier.probabilities(glyphs)[:, :10])


@pytest.mark.parametrize(("text", "overlap"), TOUCHING)
def test_two_digits_that_touch_are_parted(classifier: Classifier, text: str, overlap: int) -> None:
    _, (blob,) = find_blobs(touching(text, overlap))
    parts = parts_of(blob, classifier.probabilities)
    assert values(classifier, parts) == text
    for part in parts:
        assert blob.box.x <= part.box.x < part.box.right <= blob.box.right
        assert blob.box.y <= part.box.y < part.box.bottom <= blob.box.bottom


@pytest.mark.parametrize(("text", "overlap"), TOUCHING)
def test_they_are_read_among_others_of_their_size(classifier: Classifier, text: str, overlap: int) -> None:
    row = np.hstack([ink_of("1984"), touching(text, overlap), ink_of("63")])
    reading = Reader(classifier).read(Frame(on_paper(np.pad(row, 100)), "page"))
    assert [number.text for number in reading.numbers] == ["1984", text, "63"]


@pytest.mark.parametrize("value", range(10))
def test_a_digit_is_not_cut_into_two(classifier: Classifier, value: int) -> None:
    _, (blob,) = find_blobs(ink_of(str(value), seed=4))
    assert parts_of(blob, classifier.probabilities) == []


@pytest.mark.parametrize("word", ["hello", "note", "silly", pytest.param("school", marks=IN_PRINT)])
def test_a_word_is_not_cut_into_digits(classifier: Classifier, word: str) -> None:
    """Its letters hang together, and beside it stand digits of their size."""
    page = np.full((300, 1000), 230, np.uint8)
    cv2.putText(page, word, (40, 170), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2.4, 40, 5, cv2.LINE_AA)
    cv2.putText(page, "425", (600, 170), cv2.FONT_HERSHEY_SIMPLEX, 2, 40, 5, cv2.LINE_AA)
    steps = Reader(classifier).steps(Frame(page, "page"))
    assert [number.text for number in steps.reading.numbers] == ["425"]


def test_parts_that_lean_stay_within_their_blob(classifier: Classifier) -> None:
    found = 0
    for seed in range(50, 60):
        ink = _bare(ink_of("69", height=80, gap=0, seed=seed))[40:-40]
        lean = np.array([[1, -0.25, 0.25 * ink.shape[0]], [0, 1, 0]], np.float32)
        ink = cv2.warpAffine(ink, lean, (ink.shape[1] + ink.shape[0] // 4, ink.shape[0]))
        ink = _bare(cv2.dilate(ink, np.ones((1, 9), np.uint8)))
        height, width = ink.shape
        for part in parts_of(Blob(Box(0, 0, width, height), ink), classifier.probabilities):
            found += 1
            assert 0 <= part.box.x < part.box.right <= width
    assert found
