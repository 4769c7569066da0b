import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.frame import Frame, Unreadable
from digits_edge.opencv import cv2
from digits_edge.outputs.drawing import annotated
from digits_edge.outputs.explaining import explained
from digits_edge.outputs.json_lines import json_line
from digits_edge.outputs.pictures import PictureFolder
from digits_edge.outputs.printing import one_line
from digits_edge.reader import Reader, Steps
from digits_edge.reading import Box, Digit, Number, Reading, Rejected
from drawn import ink_of, on_paper

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def steps(classifier: Classifier) -> Steps:
    return Reader(classifier).steps(Frame(on_paper(ink_of("42 7")), "page"))


def test_a_json_line_is_as_the_contract_has_it() -> None:
    digits = (Digit(4, 0.5, Box(1, 2, 3, 4)), Digit(2, 0.5, Box(5, 2, 3, 4)))
    reading = Reading(
        "page.jpg", 0, NOON, 1280, 720, (Number(digits),), (Rejected(0.31234, Box(9, 9, 1, 1)),), 4.2
    )
    assert json.loads(json_line(reading)) == {
        "schema": "digits.reading/1",
        "source": "page.jpg",
        "frame": 0,
        "time": "2026-01-01T12:00:00.000Z",
        "width": 1280,
        "height": 720,
        "numbers": [
            {
                "text": "42",
                "confidence": 0.25,
                "box": [1, 2, 7, 4],
                "digits": [
                    {"value": 4, "confidence": 0.5, "box": [1, 2, 3, 4]},
                    {"value": 2, "confidence": 0.5, "box": [5, 2, 3, 4]},
                ],
            }
        ],
        "rejected": [{"box": [9, 9, 1, 1], "confidence": 0.3123}],
        "elapsed_ms": 4.2,
    }


def test_an_unreadable_source_gives_a_line_with_its_error_and_no_numbers() -> None:
    line = json.loads(json_line(Unreadable("a.jpg", "an empty file", time=NOON)))
    assert line["error"] == "an empty file"
    assert "numbers" not in line


def test_what_was_really_read_is_plain_json(steps: Steps) -> None:
    line = json.loads(json_line(steps.reading))
    assert [number["text"] for number in line["numbers"]] == ["42", "7"]
    assert line["elapsed_ms"] > 0


def test_the_annotated_picture_has_a_box_around_every_digit_and_leaves_the_frame_alone(steps: Steps) -> None:
    before = steps.frame.pixels.copy()
    picture = annotated(steps)
    assert np.array_equal(steps.frame.pixels, before)
    colour = (picture.astype(int).max(axis=2) - picture.astype(int).min(axis=2)) > 60
    assert colour.any()
    enlarged = picture.shape[0] // steps.frame.height
    for number in steps.reading.numbers:
        box = number.digits[0].box
        rows = slice(box.y * enlarged, box.bottom * enlarged)
        assert colour[rows, box.x * enlarged - 1].mean() > 0.8


@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (3000, 40), (40, 3000, 3)], ids=str)
def test_every_size_of_frame_can_be_annotated_and_explained(steps: Steps, shape: tuple[int, ...]) -> None:
    small = replace(steps, frame=Frame(np.full(shape, 200, np.uint8), "page"))
    assert annotated(small).ndim == 3


def test_every_step_is_a_picture_down_to_the_glyphs(steps: Steps, classifier: Classifier) -> None:
    pictures = dict(explained(steps, classifier.card))
    assert list(pictures) == sorted(pictures)
    assert len(pictures) == 9
    assert pictures["8-glyphs"].shape[0] >= 140  # three glyphs, enlarged five times
    assert all(cv2.imencode(".png", picture)[0] for picture in pictures.values())


def test_a_glyph_is_seen_beside_what_it_became_for_the_network(steps: Steps, classifier: Classifier) -> None:
    as_it_is, normalised = (
        dict(explained(steps, replace(classifier.card, normalisation=how)))["8-glyphs"]
        for how in ("none", "l2")
    )
    first = np.s_[20:160, 2:142]
    assert np.array_equal(as_it_is[first], normalised[first])
    beside = normalised[20:160, 142:282]
    assert beside.any()
    assert not np.array_equal(beside, normalised[first])


def test_the_rules_of_the_paper_are_seen_to_go(classifier: Classifier) -> None:
    page = np.pad(on_paper(ink_of("42 7")), 200, constant_values=230)
    page[::40] = np.minimum(page[::40], 190)
    pictures = dict(explained(Reader(classifier).steps(Frame(page, "ruled")), classifier.card))
    assert (pictures["4-ink"][80::40].mean(axis=1) < 230).all()
    assert (pictures["5-without-rules"][80::40, :100] > 250).all()


def test_a_blank_page_can_be_explained(classifier: Classifier) -> None:
    blank = Reader(classifier).steps(Frame(np.full((60, 80), 255, np.uint8), "blank"))
    assert len(explained(blank, classifier.card)) == 9


def test_sources_that_share_a_name_get_pictures_of_their_own(tmp_path: Path) -> None:
    folder = PictureFolder(tmp_path / "out")
    frames = [Frame(np.zeros((2, 2), np.uint8), name) for name in ("a/1.png", "b/1.png", "a/1.png", "-")]
    assert [folder.claim(frame) for frame in frames] == ["1", "1-2", "1", "stdin"]
    assert folder.claim(Frame(frames[0].pixels, "clip.mp4", index=7)) == "clip-000007"
    assert folder.claim(Frame(frames[0].pixels, "clip-000007.png")) == "clip-000007-2"


def test_a_name_that_would_break_the_line_is_escaped() -> None:
    assert one_line("a\nb\x1b[31m é.png") == "a\\nb\\x1b[31m é.png"


def test_a_json_line_is_ascii_whatever_the_file_is_called() -> None:
    line = json_line(Unreadable("caf\udce9 ×.png", "an empty file"))
    assert line.isascii()
    assert json.loads(line)["source"] == "caf\udce9 ×.png"
