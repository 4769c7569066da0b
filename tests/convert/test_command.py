"""convert-digits as a user meets it."""

import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest
from click.testing import CliRunner, Result

from digits_convert.cli import main
from digits_convert.convert import Conversion
from digits_convert.quantise import Mode
from digits_convert.runtimes import network_here
from digits_edge.normalise import normalise
from digits_train.data import load_data
from digits_train.evaluate import predict
from digits_train.images import Images, joined
from digits_train.store import load_network, save_network

Converted = Callable[[Mode], Conversion]

COMMAND = [sys.executable, "-c", "from digits_convert.cli import main; main()"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path, uci_network: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with digits.keras in it."""
    shutil.copy(uci_network, tmp_path / "digits.keras")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_no_option_at_all_converts_the_network_in_this_folder(folder: Path) -> None:
    result = run("--max-drop", "5")  # the UCI test part is 360 images: one is 0.28 points
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in folder.iterdir()) == ["digits.keras", "digits.tflite"]
    assert "360 test images" in result.stdout
    assert result.stdout.splitlines()[-1] == "next  edge-digits --model digits.tflite page.jpg"
    assert "int8: ranges from 500 training images of uci, seed 0" in result.stderr
    shown = run("--inspect", "digits.tflite")
    assert shown.exit_code == 0, shown.output
    for words in (
        "quantized         int8",
        "normalisation     l2",
        "0 1 2 3 4 5 6 7 8 9",
        "temperature",
        "taught            digits alone",
        "uci, sha256",
        "500 training images",
        "uint8 [1, 28, 28, 1]",
        "FULLY_CONNECTED",
        "right on tensorflow",
        "agreement",
    ):
        assert words in shown.stdout


def test_a_file_that_runs_wrongly_is_shown_and_exits_1(folder: Path, converted: Converted) -> None:
    content = converted("int8").content
    Path("digits.tflite").write_bytes(_with_other_answers(content))
    result = run("--inspect", "digits.tflite")
    assert result.exit_code == 1
    assert "WRONG on tensorflow" in result.stdout
    assert "computes this model wrongly" in result.stderr


def _with_other_answers(content: bytes) -> bytes:
    from digits_convert.pack import pack
    from digits_edge.card import read_card
    from digits_edge.golden import Golden, read_golden

    golden, card = read_golden(content), read_card(content)
    assert card is not None
    return pack(content, card, Golden(golden.glyphs, golden.scores[::-1].copy()))


def test_a_worse_model_leaves_the_old_file_untouched(folder: Path, converted: Converted) -> None:
    network, card = load_network(Path("digits.keras"))
    images = load_data("uci")
    # Digits laid over one another, which rounding tips to another answer: all lost in int8.
    pairs = np.random.default_rng(0).permutation(np.tile(np.arange(len(images.train)), 6)).reshape(2, -1)
    mixed = (images.train.glyphs[pairs].astype(np.uint16).sum(axis=0) // 2).astype(np.uint8)
    wanted = predict(network, card.normalisation, mixed).argmax(axis=1)
    quantised = (
        network_here(converted("int8").content).scores(normalise(mixed, card.normalisation)).argmax(axis=1)
    )
    tipped = np.flatnonzero(wanted != quantised)
    assert len(tipped)
    test = joined([images.test, Images(mixed[tipped], wanted[tipped].astype(np.uint8))])
    np.savez(
        "hard.npz",
        x_train=images.train.glyphs,
        y_train=images.train.labels,
        x_test=test.glyphs,
        y_test=test.labels,
    )
    Path("digits.tflite").write_bytes(b"the old file")
    result = run("--data", "hard.npz", "--representative", "200", "--max-drop", "0")
    assert result.exit_code == 1
    assert "points below the network's" in result.stderr
    assert "largest difference" in result.stdout
    assert Path("digits.tflite").read_bytes() == b"the old file"
    assert not list(folder.glob(".*"))


def _lambda(path: Path, like: Path) -> None:
    glyph = keras.Input((28, 28, 1))
    flat = keras.layers.Flatten()(keras.layers.Lambda(lambda x: x)(glyph))
    save_network(path, keras.Model(glyph, keras.layers.Dense(10)(flat)), load_network(like)[1])


def _other_shape(path: Path, like: Path) -> None:
    glyph = keras.Input((32, 32, 1))
    scores = keras.layers.Dense(10)(keras.layers.Flatten()(glyph))
    save_network(path, keras.Model(glyph, scores), load_network(like)[1])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(lambda path, _: path.unlink(), "No such file", id="missing"),
        pytest.param(lambda path, _: path.write_bytes(b""), "empty", id="empty"),
        pytest.param(lambda path, _: path.write_bytes(b"not a zip" * 99), "no .keras file", id="not a zip"),
        pytest.param(
            lambda path, like: path.write_bytes(like.read_bytes()[:9999]), "no .keras file", id="truncated"
        ),
        pytest.param(_lambda, "Keras can't load it", id="code inside"),
        pytest.param(_other_shape, "wanted (None, 28, 28, 1)", id="another shape"),
    ],
)
def test_a_bad_network_is_one_line_and_exit_1(
    folder: Path, uci_network: Path, spoil: object, words: str
) -> None:
    spoil(folder / "digits.keras", uci_network)  # type: ignore[operator]
    result = run()
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: digits.keras")
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not Path("digits.tflite").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file"),
        (b"", "an empty file"),
        (b"\x1c\0\0\0TFL3" + bytes(99), "no card inside"),
    ],
    ids=["missing", "empty", "nonsense"],
)
def test_a_bad_file_to_inspect_is_one_line_and_exit_1(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "digits.tflite"
    if content is not None:
        path.write_bytes(content)
    result = run("--inspect", path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {path}: ")
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_truncated_file_to_inspect_is_refused(tmp_path: Path, converted: Converted) -> None:
    path = tmp_path / "digits.tflite"
    path.write_bytes(converted("int8").content[:50_000])
    result = run("--inspect", path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {path}: ")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8], ids="{:.0%}".format)
def test_a_file_with_a_flipped_bit_is_damaged_whatever_it_still_computes(
    tmp_path: Path, converted: Converted, share: float
) -> None:
    content = bytearray(converted("int8").content)
    content[int(share * len(content))] ^= 1
    path = tmp_path / "digits.tflite"
    path.write_bytes(content)
    result = run("--inspect", path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {path}: damaged or incomplete")
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--quantize", "int4"],
        ["--representative", "3"],
        ["--max-drop", "-1"],
        ["--max-drop", "nan"],
        ["--max-drop", "inf"],
        ["--output", "digits.keras"],
        ["--output", ""],
        ["--data", ""],
        ["--inspect", ""],
        [""],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_an_output_folder_that_cannot_be_is_known_before_the_work(folder: Path) -> None:
    Path("file").touch()
    result = run("--output", "file/digits.tflite")
    assert result.exit_code == 1
    assert "can't be written" in result.stderr
    assert "ranges from" not in result.stderr


@pytest.mark.parametrize(
    "moment", ["ranges from", "through tensorflow"], ids=["while converting", "at the end"]
)
def test_a_full_disk_leaves_the_old_file_untouched(folder: Path, moment: str) -> None:
    Path("digits.tflite").write_bytes(b"the old file")
    said = []
    with subprocess.Popen(
        [*COMMAND, "--max-drop", "5"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            said.append(line)
            if moment in line:  # a limit on the size of files fails a write where a full disk would
                resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (50_000, 50_000))
    assert running.returncode == 1, said
    assert said[-1].startswith("Error: ")
    assert "can't be written" in said[-1]
    assert not any("Traceback" in line for line in said)
    assert Path("digits.tflite").read_bytes() == b"the old file"
    assert not list(folder.glob(".*"))


def test_ctrl_c_leaves_nothing_and_exits_130(folder: Path) -> None:
    with subprocess.Popen(COMMAND, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if "through Keras" in line:
                running.send_signal(signal.SIGINT)
                break
        assert "Traceback" not in running.stderr.read()
    assert running.returncode == 130
    assert [path.name for path in folder.iterdir()] == ["digits.keras"]


def test_without_tensorflow_the_extra_to_install_is_named() -> None:
    script = f"import sys; sys.modules['tensorflow'] = None; {COMMAND[-1]}"
    bare = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert bare.returncode == 1
    assert bare.stderr.strip().endswith("run: pip install 'edge-digits[convert]'")
    assert len(bare.stderr.splitlines()) == 1
