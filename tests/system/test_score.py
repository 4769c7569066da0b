import json
import sys
from pathlib import Path

import pytest

from digits_edge.errors import InputError
from digits_edge.opencv import cv2
from digits_train.strokes import stroke_digit
from scoring.answers import Answer, Box, read
from scoring.sets import LabelledSet, find_sets
from scoring.verdicts import Figures, edit_distance, figures, judge
from scoring.worst import draw_worst

# Stands in for edge-digits: reads what the file's name says, in the same JSON lines.
STAND_IN = """
import json, pathlib, sys
for source in sys.argv[sys.argv.index("--") + 1:]:
    said = pathlib.Path(source).stem.split("_")[1:]
    if said == ["broken"]:
        print(json.dumps({"source": source, "error": "no image"}))
        continue
    numbers = [{"text": text, "confidence": 0.9, "box": [1, 1, 20, 20]} for text in said if text]
    print(json.dumps({"source": source, "numbers": numbers, "rejected": []}))
sys.exit(3)
"""
COMMAND = [sys.executable, "-c", STAND_IN]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The three layouts; a file's name holds the reading that the stand-in gives."""
    files = {
        "singles/3": ["a_3", "b_", "c_3_3", "d_33", "e_8", "f_broken"],
        "singles/4": ["a_4"],
        "pages": ["one_12_34", "two_5", "three_broken"],
        "negatives": ["a_", "b_7"],
    }
    for folder, names in files.items():
        (tmp_path / folder).mkdir(parents=True)
        for name in names:
            cv2.imwrite(str(tmp_path / folder / f"{name}.png"), stroke_digit(3, seed=1))
    labels = {"one_12_34": "12\n34", "two_5": "56", "three_broken": "1"}
    pages = {f"{name}.png": {"digits": digits, "notes": ""} for name, digits in labels.items()}
    (tmp_path / "pages" / "labels.json").write_text(json.dumps(pages))
    (tmp_path / "notes.txt").write_text("not an image")
    return tmp_path


def scored(labelled: LabelledSet) -> Figures:
    return figures(labelled, judge(labelled, read(COMMAND, list(labelled.expected))))


def test_a_folder_s_layout_shows_by_what_it_holds(data: Path) -> None:
    sets = find_sets(data)
    assert [(one.name.partition("/")[2], one.layout, len(one.expected)) for one in sets] == [
        ("negatives", "negatives", 2),
        ("pages", "pages", 3),
        ("singles", "singles", 7),
    ]
    assert find_sets(data / "singles")[0].expected == sets[2].expected


def test_a_folder_without_labelled_images_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name a labelled folder"):
        find_sets(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", '{"a.png": "12"}', '{"a.png": {}}'])
def test_labels_of_another_form_are_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "labels.json").write_text(content)
    with pytest.raises(InputError, match="wanted"):
        find_sets(tmp_path)


def test_a_single_is_right_only_as_exactly_one_number_equal_to_its_label(data: Path) -> None:
    row = scored(find_sets(data / "singles")[0])
    assert (row.images, row.right, row.none, row.split, row.wrong, row.errors) == (7, 2, 1, 2, 1, 1)
    assert row.score == pytest.approx(2 / 7)


def test_pages_score_by_edits_over_all_their_digits_spaces_ignored(data: Path) -> None:
    row = scored(find_sets(data / "pages")[0])
    assert (row.digits, row.edits, row.right, row.errors) == (7, 2, 1, 1)  # "6" of 56 and the broken page's 1
    assert row.score == pytest.approx(1 - 2 / 7)


def test_negatives_score_the_share_with_any_number(data: Path) -> None:
    row = scored(find_sets(data / "negatives")[0])
    assert (row.images, row.right, row.score) == (2, 1, 0.5)


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [
        ("", "", 0),
        ("12", "", 2),
        ("", "12", 2),
        ("123", "123", 0),
        ("123", "133", 1),
        ("1234", "234", 1),
        ("12", "21", 2),
    ],
)
def test_the_edit_distance_is_the_fewest_edits(a: str, b: str, distance: int) -> None:
    assert edit_distance(a, b) == distance


def test_an_edge_digits_that_stops_is_an_error_with_its_own_last_line(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such model')"]
    with pytest.raises(InputError, match="exit code 1: no such model"):
        read(command, [tmp_path / "a.png"])


def test_an_image_without_a_line_counts_as_an_error(tmp_path: Path) -> None:
    command = [sys.executable, "-c", 'print(\'{"source": "other.png", "numbers": []}\')']
    assert read(command, [tmp_path / "a.png"])[tmp_path / "a.png"].error is not None


def test_the_sheet_of_the_worst_is_a_picture(data: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "worst.png"
    (singles,) = find_sets(data / "singles")
    answers = dict.fromkeys(singles.expected, Answer(("88",), (Box(0, 0, 28, 28),), 0.9))
    draw_worst(sheet, [judge(singles, answers)])
    assert cv2.imread(str(sheet)).shape[0] > 100
