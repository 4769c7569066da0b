"""edge-digits as its users run it: a process with arguments, two outputs and an exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from digits_edge.models import default_model
from digits_edge.opencv import cv2
from drawn import ink_of, on_paper
from program import PROGRAM, edge_digits

Save = Callable[..., Path]


def test_numbers_go_to_stdout_and_the_model_s_name_to_stderr(saved: Save) -> None:
    done = edge_digits(saved("1984 36"))
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["1984", "36"]
    assert all(line.endswith(" %") for line in done.stdout.splitlines())
    assert default_model().name in done.stderr
    assert done.returncode == 0


def test_several_images_are_told_apart(saved: Save) -> None:
    done = edge_digits(saved("42", "a.png"), saved("7", "b.png"))
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [(Path(source.rstrip(":")).name, text) for source, text, *_ in lines] == [
        ("a.png", "42"),
        ("b.png", "7"),
    ]


def test_an_image_comes_in_on_standard_input(saved: Save) -> None:
    with saved("42").open("rb") as page:
        done = edge_digits("-", "--json", stdin=page)
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["source"] == "-"
    assert json.loads(line)["numbers"][0]["text"] == "42"


def test_an_image_without_a_number_ends_with_3(saved: Save, tmp_path: Path) -> None:
    blank = tmp_path / "blank.png"
    cv2.imwrite(str(blank), np.full((100, 100), 220, np.uint8))
    done = edge_digits(saved("42"), blank)
    assert done.returncode == 3
    assert f"{blank}: no number found" in done.stderr


@pytest.mark.parametrize(("count", "code"), [("2", 0), ("1-3", 0), ("3", 3), ("3-5", 3)])
def test_another_count_of_digits_than_expected_ends_with_3(saved: Save, count: str, code: int) -> None:
    done = edge_digits(saved("42"), "--expect-digits", count)
    assert done.returncode == code
    assert ("42 is 2 digits long, expected" in done.stderr) == (code == 3)


def test_an_unusable_source_outranks_an_image_without_a_number(saved: Save, tmp_path: Path) -> None:
    blank, broken = tmp_path / "blank.png", tmp_path / "broken.png"
    cv2.imwrite(str(blank), np.full((100, 100), 220, np.uint8))
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    done = edge_digits(broken, blank, saved("42"), "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.get("error", "read") == "read" for line in lines] == [False, True, True]
    assert lines[2]["numbers"][0]["text"] == "42"
    assert f"Error: {broken}: " in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--threads", "0", "a.png"],
        ["--roi", "1,2", "a.png"],
        ["--roi", "1,2,0,5", "a.png"],
        ["--expect-digits", "6-4", "a.png"],
        ["--expect-digits", "many", "a.png"],
        ["--min-confidence", "1.5", "a.png"],
        ["--runtime", "onnx", "a.png"],
        ["--resolution", "1280", "a.png"],
        ["--resolution", "0x480", "a.png"],
        ["--fps", "0", "--camera", "0"],
        ["--timeout", "5", "a.png"],
        ["--once", "--timeout", "0", "a.png"],
        ["--home-assistant", "a.png"],
        ["--mqtt-password-file", "p", "a.png"],
        ["--mqtt", "broker", "a.png"],
        ["--no-such-option"],
        ["--json"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    done = edge_digits(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["none.png"],
        ["--camera", "97"],
        ["--model", "none.tflite", "a.png"],
        ["--roi", "9999,0,5,5", "{page}"],
    ],
    ids=" ".join,
)
def test_what_can_t_be_used_is_one_line_and_ends_with_1(saved: Save, arguments: list[str]) -> None:
    page = str(saved("42"))
    done = edge_digits(*(argument.format(page=page) for argument in arguments))
    assert done.returncode == 1
    errors = [line for line in done.stderr.splitlines() if not line.startswith("Reading with")]
    assert len(errors) == 1
    assert errors[0].startswith("Error: ")
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)], ids=["Ctrl-C", "TERM"]
)
def test_a_signal_ends_a_run_at_once(saved: Save, tmp_path: Path, sent: signal.Signals, code: int) -> None:
    path = tmp_path / "long.avi"
    page = cv2.cvtColor(on_paper(ink_of("42")), cv2.COLOR_GRAY2BGR)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 5, page.shape[1::-1])
    for _ in range(3000):
        writer.write(page)
    writer.release()
    run = subprocess.Popen(
        [*PROGRAM, str(path), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert run.stdout
    assert json.loads(run.stdout.readline())["frame"] == 0
    run.send_signal(sent)
    output, errors = run.communicate(timeout=60)
    assert run.returncode == code
    assert "Traceback" not in errors
    assert output.count("\n") < 2999
    assert output == "" or output.endswith("}\n")  # no half line


def test_tensorflow_is_never_loaded(saved: Save) -> None:
    check = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr))\n"
        "from digits_edge.cli import main\n"
        "main()"
    )
    page = saved("42")
    done = subprocess.run(
        [sys.executable, "-c", check, str(page)], capture_output=True, text=True, check=False
    )
    assert done.stdout.split()[0] == "42"
    loaded = done.stderr
    assert "'numpy'" in loaded
    for heavy in ("tensorflow", "keras", "matplotlib", "sklearn", "digits_train", "digits_convert"):
        assert f"'{heavy}'" not in loaded


def test_help_comes_without_loading_numpy() -> None:
    check = "import sys\nfrom digits_edge import cli\nprint('numpy' in sys.modules, 'cv2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_time_is_the_frame_s_own(saved: Save) -> None:
    before = time.time()
    done = edge_digits(saved("42"), "--json")
    stamp = json.loads(done.stdout)["time"]
    assert stamp.endswith("Z")
    assert time.gmtime(before)[:4] <= time.strptime(stamp[:19], "%Y-%m-%dT%H:%M:%S")[:4]


@pytest.mark.parametrize("option", ["--annotate", "--explain", "--model"])
def test_an_empty_path_is_wrong_usage_and_not_the_folder_here(saved: Save, option: str) -> None:
    done = edge_digits(option, "", saved("42"))
    assert done.returncode == 2


def test_an_empty_source_is_not_the_folder_here(saved: Save) -> None:
    done = edge_digits("", cwd=saved("42").parent)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("value", ["nan", "inf", "much"])
def test_a_confidence_that_is_no_share_is_wrong_usage(saved: Save, value: str) -> None:
    assert edge_digits("--min-confidence", value, saved("42")).returncode == 2


def test_a_closed_standard_input_is_one_line() -> None:
    def close() -> None:
        os.close(0)

    done = edge_digits("-", preexec_fn=close)
    assert done.returncode == 1
    assert "Error: -: standard input is closed" in done.stderr


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc/self/mem, whose reading fails")
def test_a_disk_that_fails_while_it_is_read_is_one_line() -> None:
    with Path("/proc/self/mem").open("rb") as failing:
        done = edge_digits("-", stdin=failing)
    assert done.returncode == 1
    assert "Error: -: can't be read (Input/output error)" in done.stderr


def test_a_pipe_by_name_is_read_once(saved: Save, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content = saved("42").read_bytes()
    with subprocess.Popen([*PROGRAM, str(pipe)], stdout=subprocess.PIPE, text=True) as run:
        pipe.write_bytes(content)
        assert run.stdout
        assert run.stdout.read().split()[0] == "42"
    assert run.returncode == 0


def test_an_endless_device_is_refused() -> None:
    done = edge_digits("/dev/zero")
    assert done.returncode == 1
    assert "/dev/zero: more than 400 MB" in done.stderr
