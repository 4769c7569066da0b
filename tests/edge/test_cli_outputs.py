"""Where edge-digits writes: pictures, pipes, terminals of few letters, and what can't be written."""

import json
import os
import resource
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from digits_edge.opencv import cv2
from program import PROGRAM, edge_digits

Save = Callable[..., Path]


def test_pictures_are_left_where_they_were_asked_for(saved: Save, tmp_path: Path) -> None:
    page = saved("42")
    done = edge_digits(page, "--annotate", tmp_path / "a" / "b", "--explain", tmp_path / "c")
    assert done.returncode == 0
    assert cv2.imread(str(tmp_path / "a" / "b" / "page.png")) is not None
    assert len(list((tmp_path / "c" / "page").glob("*.png"))) == 9


def test_an_output_folder_that_is_a_file_is_one_line(saved: Save, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    done = edge_digits(saved("42"), "--annotate", tmp_path / "out" / "deeper")
    assert (done.returncode, done.stdout) == (1, "")
    assert "can't be written" in done.stderr


def test_a_picture_that_can_t_be_saved_keeps_no_other_source_from_being_read(
    saved: Save, tmp_path: Path
) -> None:
    pages, drawn, steps = (saved("42", "a.png"), saved("7", "b.png")), tmp_path / "drawn", tmp_path / "steps"
    (drawn / "a.png").mkdir(parents=True)
    steps.mkdir()
    (steps / "a").touch()
    done = edge_digits(*pages, "--annotate", drawn, "--explain", steps)
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["42", "7"]
    assert done.stderr.splitlines()[1:] == [
        f"Error: {drawn}/a.png: can't be written (Is a directory); free space or choose another place",
        f"Error: {steps}/a: can't be written (File exists); free space or choose another place",
    ]
    assert cv2.imread(str(drawn / "b.png")) is not None
    assert len(list((steps / "b").glob("*.png"))) == 9
    assert done.returncode == 1


def test_a_picture_whose_name_would_be_too_long_is_one_line(saved: Save, tmp_path: Path) -> None:
    page = saved("42")
    done = edge_digits(page.rename(page.with_name("x" * 254)), "--annotate", tmp_path / "drawn")
    assert "can't be written (File name too long)" in done.stderr
    assert (done.stdout.split()[0], done.returncode, "Traceback" in done.stderr) == ("42", 1, False)


def test_a_full_disk_leaves_no_half_picture(saved: Save, tmp_path: Path) -> None:
    def little_space() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    done = edge_digits(saved("42"), "--annotate", tmp_path / "out", preexec_fn=little_space)
    assert done.returncode == 1
    assert "can't be written" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_standard_output_is_one_line(saved: Save) -> None:
    with Path("/dev/full").open("w") as full:
        command = [*PROGRAM, str(saved("42")), str(saved("7", "b.png"))]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("Error: ") == 1  # and nothing more is read
    assert "Error: standard output: can't be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_had_enough_is_no_error_to_shout_about(saved: Save) -> None:
    page = saved("42")
    with subprocess.Popen(
        [*PROGRAM, *[str(page)] * 200, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        assert run.stderr
        assert json.loads(run.stdout.readline())["source"] == str(page)
        run.stdout.close()
        assert "Traceback" not in run.stderr.read()


def test_pictures_never_replace_the_image_that_was_read(saved: Save) -> None:
    page = saved("42")
    before = page.read_bytes()
    done = edge_digits("--annotate", page.parent, page)
    assert done.returncode == 1
    assert "choose another folder" in done.stderr
    assert page.read_bytes() == before


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "latin-1"])
def test_names_that_the_terminal_can_t_show_stop_nothing(saved: Save, encoding: str) -> None:
    odd = saved("42").rename(saved("42").parent / "caf\udce9 €\n.png")
    environment = {**os.environ, "PYTHONIOENCODING": f"{encoding}:strict"}
    for output in ([], ["--json"]):
        command = [*PROGRAM, str(odd), "none.png", *output]
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
        assert b"42" in done.stdout
        assert b"Traceback" not in done.stderr
        assert done.returncode == 1


def test_a_terminal_of_few_letters_gets_the_help() -> None:
    done = edge_digits("--help", env={**os.environ, "PYTHONIOENCODING": "latin-1:strict"})
    assert r"rtsp://\u2026" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_a_closed_standard_error_stops_nothing(saved: Save) -> None:
    def close() -> None:
        os.close(2)

    command = [*PROGRAM, str(saved("42"))]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, preexec_fn=close)
    assert done.stdout.split()[0] == "42"
    assert done.returncode == 0
