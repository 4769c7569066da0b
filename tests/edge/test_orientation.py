"""Pictures that were turned: told, found out, and left alone where there is no telling."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.frame import Frame, Pixels
from digits_edge.opencv import cv2
from digits_edge.orientation import TURNS, TurnedReader, turned, turned_back
from digits_edge.reader import Reader
from digits_edge.reading import Box
from drawn import ink_of, on_paper
from reads import texts

MARKED = Box(4, 1, 3, 2)


def page(text: str) -> Pixels:
    return on_paper(np.pad(ink_of(text, seed=5), 100))


def turning(
    classifier: Classifier, turn: int | None, roi: Box | None = None
) -> tuple[TurnedReader, list[str]]:
    """The reader, and the list that fills with what it tells."""
    told: list[str] = []
    return TurnedReader(Reader(classifier, roi), turn, told.append), told


@pytest.mark.parametrize("turn", TURNS)
def test_a_box_is_turned_back_to_where_it_was(turn: int) -> None:
    picture = np.zeros((8, 12), np.uint8)
    picture[MARKED.y : MARKED.bottom, MARKED.x : MARKED.right] = 255
    found = Box(*cv2.boundingRect(turned(picture, turn)))
    assert turned_back(found, turn, width=12, height=8) == MARKED


@pytest.mark.parametrize("turn", TURNS)
def test_a_picture_that_lies_is_read_with_boxes_of_its_own_pixels(classifier: Classifier, turn: int) -> None:
    lying = turned(page("35 42"), -turn)
    steps = turning(classifier, turn)[0].steps(Frame(lying, "page"))
    assert texts(steps.reading) == ["35", "42"]
    assert (steps.reading.width, steps.reading.height) == lying.shape[::-1]
    assert steps.frame.pixels is lying
    for number in steps.reading.numbers:
        box = number.box
        assert lying[box.y : box.bottom, box.x : box.right].min() < 60
        around = lying.copy()
        around[box.y : box.bottom, box.x : box.right] = 230
        assert np.count_nonzero(around < 60) < 0.7 * np.count_nonzero(lying < 60)


@pytest.mark.parametrize("turn", TURNS)
def test_a_region_is_one_of_the_picture_as_it_lies(classifier: Classifier, turn: int) -> None:
    upright = page("35 42")
    half = Box(0, 0, upright.shape[1] // 2, upright.shape[0])
    lying = turned(upright, -turn)
    roi = turned_back(half, turn, lying.shape[1], lying.shape[0])
    reading = turning(classifier, turn, roi)[0].steps(Frame(lying, "page")).reading
    assert texts(reading) == ["35"]


@pytest.mark.parametrize("turn", TURNS)
def test_auto_turns_a_page_whose_digits_tell(classifier: Classifier, turn: int) -> None:
    reader, told = turning(classifier, None)
    reading = reader.steps(Frame(turned(page("4711 2358 9042"), -turn), "page")).reading
    assert texts(reading) == ["4711", "2358", "9042"]
    assert reading.turned == turn
    assert told == ([f"page: stands askew, so it is read turned by {turn}°"] if turn else [])


@pytest.mark.parametrize("text", ["66", "99 66", "1008", "8", "7", "609"])
@pytest.mark.parametrize("turn", TURNS)
def test_auto_leaves_alone_what_does_not_tell(classifier: Classifier, text: str, turn: int) -> None:
    reader, told = turning(classifier, None)
    assert reader.steps(Frame(turned(page(text), turn), "page")).reading.turned == 0
    assert not told


def test_auto_decides_once_for_a_source(classifier: Classifier) -> None:
    reader, told = turning(classifier, None)
    frames = [Frame(turned(page(text), 270), "camera", index) for index, text in enumerate(("3542", "66"))]
    assert [texts(reader.steps(frame).reading) for frame in frames] == [["3542"], ["66"]]
    assert len(told) == 1
    assert reader.steps(Frame(page("66"), "another")).reading.turned == 0


def test_the_command_says_that_it_turned(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), turned(page("4711 2358"), 270))
    program = [sys.executable, "-c", "from digits_edge.cli import main; main(prog_name='edge-digits')"]
    done = subprocess.run(
        [*program, "--orientation", "auto", "--json", str(path)], capture_output=True, text=True, check=True
    )
    line = json.loads(done.stdout)
    assert line["turned"] == 90
    assert [number["text"] for number in line["numbers"]] == ["4711", "2358"]
    assert "turned by 90°" in done.stderr
    done = subprocess.run([*program, "--json", str(path)], capture_output=True, text=True, check=False)
    assert "turned" not in json.loads(done.stdout)
