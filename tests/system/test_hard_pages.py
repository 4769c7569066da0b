import subprocess
from pathlib import Path

import numpy as np
import pytest

from breaking.picture import where_it_breaks
from breaking.sweep import EVERYTHING, STEPS, Point, measure, strengths_for
from digits_edge.classifier import Classifier
from digits_edge.models import default_model
from digits_edge.opencv import cv2
from digits_edge.reader import Reader
from digits_train.images import Images
from digits_train.pages.strengths import Strengths
from digits_train.strokes import stroke_digit
from scoring.sets import find_sets

ROOT = Path(__file__).parents[2]


def saved(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "scripts" / "hard-pages"), "--data", "uci", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_folder_of_hard_pages_is_one_that_score_reads(tmp_path: Path) -> None:
    done = saved(str(tmp_path), "--pages", "2", "--strength", "0.1", "--factor", "shadow=0.5")
    assert done.returncode == 0, done.stderr
    (pages,) = find_sets(tmp_path)
    assert pages.layout == "pages"
    assert [path.name for path in pages.expected] == ["numbers-00000.png", "numbers-00001.png"]
    assert all(digits.isdigit() for digits in pages.expected.values())


def test_a_folder_of_pages_without_digits_is_one_of_negatives(tmp_path: Path) -> None:
    assert saved(str(tmp_path), "--pages", "1", "--kind", "blank").returncode == 0
    assert [one.layout for one in find_sets(tmp_path)] == ["negatives"]


@pytest.mark.parametrize(
    "arguments",
    [[], ["f", "--sweep"], ["f", "--factor", "rain=1"], ["f", "--strength", "2"], ["f", "--pages", "0"]],
)
def test_what_can_t_be_composed_is_wrong_usage(arguments: list[str]) -> None:
    assert saved(*arguments).returncode == 2


def test_a_factor_alone_leaves_the_others_low() -> None:
    alone = strengths_for("blur", 1.0)
    assert (alone.blur, alone.noise) == (1.0, 0.15)
    assert strengths_for(EVERYTHING, 0.5) == Strengths.all_at(0.5)


def test_a_point_counts_digits_edits_and_readings() -> None:
    digits = Images(np.stack([stroke_digit(v, v) for v in range(10)]), np.arange(10, dtype=np.uint8))
    reader = Reader(Classifier(default_model()))
    point = measure(reader, digits, range(2), Strengths(), EVERYTHING, 0)
    assert (point.pages, point.read, point.false) == (2, 2, 0)
    assert point.right > 0.9
    blank = measure(reader, digits, range(2), Strengths(), "blank", 0, "blank")
    assert (blank.digits, blank.edits, blank.read) == (0, 0, 0)


def test_the_picture_of_where_it_breaks_is_small() -> None:
    names = ("blur", "noise", EVERYTHING)
    points = [Point(name, s, 4, 80, round(70 * s), round(9 * s), 0, 4) for name in names for s in STEPS]
    content = where_it_breaks(points, "Where it breaks")
    assert len(content) < 200_000
    assert cv2.imdecode(np.frombuffer(content, np.uint8), 1).shape[1] > 600
