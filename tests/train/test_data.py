import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from digits_edge.errors import InputError
from digits_edge.opencv import cv2
from digits_train.data import load_data, read_npz
from digits_train.images import NONE


def arrays(**changed: object) -> dict[str, object]:
    """What a Keras-style .npz holds, ten training and ten test images, with some arrays `changed`."""
    x, y = np.zeros((10, 28, 28), np.uint8), np.arange(10)
    return {"x_train": x, "y_train": y, "x_test": x, "y_test": y, **changed}


def digit_folder(path: Path, names: str = "0123456789", each: int = 5) -> Path:
    for name in names:
        (path / name).mkdir(parents=True)
        for number in range(each):
            page = np.full((60, 50), 250, np.uint8)
            cv2.putText(page, name, (8 + number, 46), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 20, 3)
            cv2.imwrite(str(path / name / f"{number}.png"), page)
    return path


def test_uci_gives_glyphs_in_two_parts_with_every_digit_in_both() -> None:
    data = load_data("uci")
    assert (len(data.train), len(data.test)) == (1437, 360)
    assert data.train.glyphs.shape == (1437, 28, 28)
    assert np.bincount(data.test.labels).min() >= 34
    assert data.train.glyphs[:, 12:16, 12:16].mean() > 3 * data.train.glyphs[:, :4].mean()


def test_the_same_seed_divides_the_same_way() -> None:
    assert load_data("uci", seed=1).sha256() == load_data("uci", seed=1).sha256()
    assert load_data("uci", seed=1).sha256() != load_data("uci", seed=2).sha256()


def test_mnist_stays_in_its_own_order(mnist_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITS_DATA", str(mnist_path.parent))
    data = load_data("mnist", seed=5)
    assert (data.name, len(data.train), len(data.test)) == ("mnist", 60_000, 10_000)
    assert data.train.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]


def test_a_test_share_pools_all_images_and_keeps_the_proportions(
    mnist_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITS_DATA", str(mnist_path.parent))
    data = load_data("mnist", test_share=0.2)
    assert (len(data.train), len(data.test)) == (56_000, 14_000)
    np.testing.assert_allclose(np.bincount(data.test.labels) * 4, np.bincount(data.train.labels), atol=4)


def test_an_npz_file_keeps_its_own_test_part(tmp_path: Path) -> None:
    np.savez(tmp_path / "own.npz", **arrays())
    data = load_data(str(tmp_path / "own.npz"))
    assert sorted(data.train.labels.tolist()) == list(range(10))
    assert data.test.labels.tolist() == list(range(10))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param({"x_train": np.zeros(3)}, "no y_train, x_test, y_test in it", id="missing arrays"),
        pytest.param(arrays(x_train=np.zeros((10, 32, 32), np.uint8)), "wanted uint8 (n, 28, 28)", id="size"),
        pytest.param(arrays(x_test=np.zeros((10, 28, 28))), "x_test is float64", id="floats"),
        pytest.param(arrays(x_test=np.zeros((0, 28, 28), np.uint8)), "x_test is uint8 (0,", id="none at all"),
        pytest.param(
            arrays(y_train=np.arange(9)), "wanted one whole number for each image", id="too few labels"
        ),
        pytest.param(arrays(y_test=np.eye(10)), "y_test is float64 (10, 10)", id="one-hot labels"),
        pytest.param(arrays(y_test=np.arange(1, 11)), "holds the label 10", id="label beyond 9"),
        pytest.param(arrays(y_train=np.arange(10) - 1), "holds the label -1", id="negative label"),
        pytest.param(
            arrays(y_train=np.zeros(10, int)), "no images of 1, 2, 3, 4, 5, 6, 7, 8, 9", id="only 0"
        ),
        pytest.param(
            arrays(y_test=np.zeros(10, int)), "no images of 1, 2, 3, 4, 5, 6, 7, 8, 9 to test on", id="test 0"
        ),
        pytest.param(arrays(y_test=np.array([None] * 10)), "not a readable .npz file", id="pickled objects"),
    ],
)
def test_an_npz_file_with_other_content_is_refused(
    tmp_path: Path, content: dict[str, np.ndarray], message: str
) -> None:
    np.savez(tmp_path / "own.npz", **content)
    with pytest.raises(InputError) as caught:
        load_data(str(tmp_path / "own.npz"))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"", b"no archive", b"PK\x03\x04 cut"], ids=["empty", "text", "truncated archive"]
)
def test_a_broken_npz_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.npz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"not a readable \.npz file"):
        load_data(str(path))


def test_a_damaged_npz_file_is_refused_wherever_the_damage_is(tmp_path: Path) -> None:
    path = tmp_path / "own.npz"
    np.savez_compressed(path, **arrays())
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 120)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x15]) + whole[place + 1 :])
        with suppress(InputError):  # or the damage is where nobody looks
            read_npz(path)


@pytest.mark.parametrize("source", ["nothing.npz", "nowhere", "mnsit"])
def test_data_that_is_not_there_is_refused_with_what_there_is(source: str) -> None:
    with pytest.raises(InputError, match=r"choose mnist, uci, an \.npz file or a folder"):
        load_data(source)


def test_a_folder_is_divided_with_every_digit_in_both_parts(tmp_path: Path) -> None:
    data = load_data(str(digit_folder(tmp_path)))
    assert np.bincount(data.train.labels).tolist() == [4] * 10
    assert np.bincount(data.test.labels).tolist() == [1] * 10
    assert data.train.labels.tolist() != sorted(data.train.labels.tolist())


def test_a_folder_that_lacks_a_digit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no images of 7, 8, 9 to train on"):
        load_data(str(digit_folder(tmp_path, "0123456")))


def test_a_folder_too_small_to_divide_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"can't spare a share of 0\.2"):
        load_data(str(digit_folder(tmp_path, each=1)))


def test_extra_folders_join_the_training_part_well_mixed(tmp_path: Path) -> None:
    plain = load_data("uci")
    digit_folder(tmp_path, "37")
    (tmp_path / "none").mkdir()
    cv2.imwrite(str(tmp_path / "none" / "blank.png"), np.full((40, 40), 255, np.uint8))
    data = load_data("uci", extra=[tmp_path])
    assert len(data.train) == len(plain.train) + 11
    assert data.test.sha256() == plain.test.sha256()
    assert data.name == f"uci + {tmp_path}"
    assert data.no_digits() == 1
    assert NONE in data.train.labels
    assert len(data.digits_only().train) == len(plain.train) + 10


def test_without_data_and_network_one_line_names_the_alternatives(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"  # the discard port: nothing listens there
    done = subprocess.run(
        [sys.executable, "-c", "from digits_train.cli import main; main()"],
        cwd=tmp_path,
        env={**os.environ, "KERAS_HOME": str(tmp_path), "DIGITS_DATA": str(tmp_path), "https_proxy": nowhere},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert "no MNIST" in line
    assert "choose --data uci, an .npz file or a folder of images" in line
    assert "DIGITS_DATA" in line
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
