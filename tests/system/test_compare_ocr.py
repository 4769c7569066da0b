"""scripts/compare-ocr: other programs' texts as edge-digits' lines, and what is left out."""

import json
from pathlib import Path

import pytest

from compare_ocr import cell, fewer, installed, main
from digits_edge.opencv import cv2
from digits_edge.reading import Box
from drawn import ink_of, on_paper
from ocr.lines import Text, json_line, read_in_rows
from scoring.answers import Answer
from scoring.sets import LabelledSet
from scoring.verdicts import figures, judge


def test_only_the_digits_of_a_text_count_and_letters_part_them() -> None:
    line = json.loads(
        json_line("a.png", [Text("l2a34", 0.9, Box(1, 2, 3, 4)), Text("no", 0.8, Box(0, 0, 9, 9))])
    )
    assert line["source"] == "a.png"
    assert line["numbers"] == [
        {"text": "2", "confidence": 0.9, "box": [1, 2, 3, 4]},
        {"text": "34", "confidence": 0.9, "box": [1, 2, 3, 4]},
    ]


def test_texts_are_put_into_rows_from_the_top() -> None:
    places = {"4": (60, 104), "2": (80, 12), "3": (5, 100), "1": (10, 10)}
    texts = [Text(text, 1.0, Box(x, y, 20, 30)) for text, (x, y) in places.items()]
    assert [one.text for one in read_in_rows(texts)] == ["1", "2", "3", "4"]


def test_a_limit_draws_evenly_so_that_every_label_stays() -> None:
    images = {Path(f"{place:03}.png"): str(place // 10) for place in range(100)}
    some = fewer(LabelledSet("all", "singles", images), 10)
    assert list(some.expected.values()) == list("0123456789")
    assert fewer(some, 10) is some
    assert fewer(some, None) is some


def test_a_cell_holds_the_score_what_is_exact_and_the_time() -> None:
    pages = LabelledSet("pages", "pages", {Path("a.png"): "1234", Path("b.png"): "5"})
    answers = {Path("a.png"): Answer(("123",)), Path("b.png"): Answer(("5",))}
    assert cell(figures(pages, judge(pages, answers)), 0.1234) == "80.0% (50%), 0.12 s"


def test_what_is_not_installed_is_left_out_with_the_way_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [engine.name for engine in installed(tmp_path / "python")] == ["edge-digits"]
    said = capsys.readouterr().err
    assert "sudo apt install tesseract-ocr" in said
    assert "pip install rapidocr" in said


def test_a_folder_is_read_by_whatever_is_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "7").mkdir()
    cv2.imwrite(str(tmp_path / "7" / "a.png"), on_paper(ink_of("7")))
    main([str(tmp_path), "--rapidocr", str(tmp_path / "python")])
    head, _, row = capsys.readouterr().out.splitlines()
    assert head.startswith("|  | edge-digits |")
    assert f"{tmp_path.name}, 1 single digits right | 100.0%, " in row
