import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from digits_edge.opencv import cv2
from digits_train.cli import main
from digits_train.store import load_network

TRAIN = [sys.executable, "-c", "from digits_train.cli import main; main(prog_name='train-digits')"]


def test_training_leaves_a_network_a_report_and_the_next_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [*TRAIN, "--recipe", "article", "--data", "uci", "--epochs", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    result, *where = done.stdout.splitlines()
    assert result.endswith("of 360 test digits read right")
    assert where == ["network  digits.keras", "report   report", "next     convert-digits digits.keras"]
    told, epoch = done.stderr.splitlines()  # and nothing of TensorFlow's
    assert told == "Training article on uci: 1,437 images, 360 to test"
    assert epoch.startswith("Epoch 1/1  accuracy ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["digits.keras", "report"]
    assert json.loads((tmp_path / "report" / "metrics.json").read_text())["epochs"] == 1
    assert load_network(tmp_path / "digits.keras")[1].recipe == "article"


def test_names_that_are_no_utf_8_are_trained_on_and_told(tmp_path: Path) -> None:
    (tmp_path / "extra" / "none").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "extra" / "none" / "blank.png"), np.full((40, 40), 255, np.uint8))
    (tmp_path / "extra").rename(tmp_path / "caf\udce9")
    usual = ["--recipe", "article", "--data", "uci", "--epochs", "1"]
    done = subprocess.run(
        [*TRAIN, *usual, "--extra", "caf\udce9", "--output", "\udce9.keras"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert r"Training article on uci + caf\udce9: " in done.stderr
    assert "network  \\udce9.keras\n" in done.stdout
    assert done.stdout.endswith("next     convert-digits --data uci $'\\xe9.keras'\n")
    assert load_network(tmp_path / "\udce9.keras")[1].training.data == "uci + caf\udce9"


def test_ctrl_c_leaves_the_best_network_and_says_how_to_go_on(tmp_path: Path) -> None:
    run = subprocess.Popen(
        [*TRAIN, "--recipe", "article", "--data", "uci", "--epochs", "500"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    next(line for line in run.stderr if line.startswith("Epoch 1/500"))
    run.send_signal(signal.SIGINT)
    rest = run.stderr.read()
    run.stderr.close()
    assert run.wait() == 130
    assert "Stopped: kept the best weights so far, of epoch " in rest
    assert rest.endswith("; add --resume to go on\n")
    assert load_network(tmp_path / "digits.keras")[1].training.epochs >= 1
    assert (tmp_path / "digits.checkpoint.npz").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output", "digits.h5"], "must end in .keras"),
        (["--recipe", "nonesuch"], "is not"),
        (["--test-share", "1.5"], "not in the range"),
        (["--test-share", "nan"], "nan is no number"),
        (["--report", ""], "'--report': it is empty"),
        (["--output="], "'--output': it is empty"),
        (["--data", ""], "'--data': it is empty"),
        (["--extra", ".", "--extra", ""], "'--extra': it is empty"),
        (["--epochs", "0"], "not in the range"),
        (["--seed", "-1"], "not in the range"),
        (["digits"], "unexpected extra argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_ends_with_2(arguments: list[str], message: str) -> None:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data", "nowhere"], "choose mnist, uci, an .npz file or a folder"),
        (["--data", "uci", "--extra", "nowhere"], "nowhere: no such folder"),
        (["--data", "uci", "--output", "/proc/nowhere/digits.keras"], "/proc/nowhere: can't be written"),
        (["--data", "uci", "--report", "/proc/nowhere"], "/proc/nowhere: can't be written"),
        (["--data", "uci", "--resume"], "no checkpoint to resume from"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_used_is_one_line_and_ends_with_1(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert message in last
    assert not (tmp_path / "digits.keras").exists()


def test_without_tensorflow_the_extra_to_install_is_named() -> None:
    script = f"import sys; sys.modules['tensorflow'] = None; {TRAIN[-1]}"
    bare = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert bare.returncode == 1
    assert bare.stderr == "Error: no tensorflow here; run: pip install 'edge-digits[train]'\n"


def test_every_option_is_explained() -> None:
    done = CliRunner().invoke(main, ["--help"], terminal_width=100)
    assert done.exit_code == 0
    for option in main.params:
        assert getattr(option, "help", None), option.name


def test_images_of_no_digit_are_left_out_with_a_word_where_the_network_has_no_class_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "extra" / "none").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "extra" / "none" / "blank.png"), np.full((40, 40), 255, np.uint8))
    monkeypatch.chdir(tmp_path)
    # --resume ends the run before it trains.
    done = CliRunner().invoke(main, ["--recipe", "article", "--data", "uci", "--extra", "extra", "--resume"])
    assert "1 images of no digit left out: the recipe article has no class for them" in done.stderr
