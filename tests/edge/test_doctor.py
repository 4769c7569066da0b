"""edge-digits --doctor in a process of its own, with files, folders and programs made wrong for real."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digits_edge.models import default_model

PROGRAM = [
    sys.executable,
    "-c",
    "from digits_edge.cli import main; main(prog_name='edge-digits')",
    "--doctor",
]
NAMES = ["machine", "interpreter", "numpy", "OpenCV", "model", "inference", "frame", "camera", "ribbon"]
NAMES += ["power", "disk"]
NOBODY = 65534


def doctor(
    *arguments: object, first: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """`first` is a folder whose modules and packages come before all others."""
    environment = {**os.environ, **variables}
    if first:
        environment["PYTHONPATH"] = f"{first}:{os.environ.get('PYTHONPATH', '')}"
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def checks(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, str]]:
    """The last check of every name."""
    return {check["name"]: check for check in json.loads(done.stdout)["checks"]}


def package(folder: Path, name: str, version: str) -> None:
    """What pip leaves of an installed package, as far as its version is asked for."""
    meta = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    meta.mkdir(parents=True)
    (meta / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


@pytest.fixture
def vcgencmd(tmp_path: Path) -> Callable[[str], str]:
    """Puts a vcgencmd that says `answer` first in the PATH that it returns."""

    def say(answer: str) -> str:
        program = tmp_path / "bin" / "vcgencmd"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\n[ "$*" = get_throttled ] && echo "{answer}"\n')
        program.chmod(0o755)
        return f"{program.parent}:{os.environ['PATH']}"

    return say


def test_every_check_is_one_line_and_this_machine_can_read() -> None:
    done = doctor()
    lines = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert [line[1] for line in lines] == NAMES
    assert {line[0] for line in lines} <= {"ok", "note"}
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    "variables",
    [
        pytest.param({"PYTHONIOENCODING": "ascii:strict"}, id="ascii"),
        pytest.param({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="C locale"),
    ],
)
def test_a_terminal_that_knows_no_micro_sign_is_told_all_the_same(variables: dict[str, str]) -> None:
    done = doctor(**variables)
    assert [line.split()[1] for line in done.stdout.splitlines()] == NAMES
    assert r"\xb5s a digit" in done.stdout
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""


def test_json_is_one_object_with_the_same_checks() -> None:
    (line,) = doctor("--json").stdout.splitlines()
    told: dict[str, Any] = json.loads(line)
    assert (told["schema"], told["ok"]) == ("digits.doctor/1", True)
    assert [check["name"] for check in told["checks"]] == NAMES
    assert all(check["state"] == "ok" or check["found"] for check in told["checks"])


def test_the_frame_it_times_holds_ten_digits_that_are_read() -> None:
    assert "with 10 digits" in checks(doctor("--json"))["frame"]["found"]


def test_a_broken_model_is_bad_and_the_rest_is_still_looked_at(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tflite"
    content = bytearray(default_model().read_bytes())
    content[len(content) // 3] ^= 1
    broken.write_bytes(content)
    done = doctor("--json", "--model", broken)
    found = checks(done)
    assert found["model"]["state"] == "bad"
    assert "damaged" in found["model"]["found"]
    assert found["model"]["remedy"].startswith("copy it here again")
    assert "disk" in found
    assert done.returncode == 1


def test_an_opencv_that_cannot_load_is_bad_and_named(tmp_path: Path) -> None:
    (tmp_path / "cv2.py").write_text("raise ImportError('libGL.so.1: cannot open shared object file')")
    done = doctor("--json", first=tmp_path)
    found = checks(done)
    assert "libGL.so.1" in found["OpenCV"]["found"]
    assert "pip install --force-reinstall opencv-python-headless" in found["OpenCV"]["remedy"]
    assert found["model"]["state"] == "bad"
    assert done.returncode == 1


def test_two_opencvs_are_bad(tmp_path: Path) -> None:
    package(tmp_path, "opencv-python", "4.10.0.84")
    done = doctor("--json", first=tmp_path)
    assert "opencv-python beside opencv-python-headless" in checks(done)["OpenCV"]["found"]
    assert done.returncode == 1


def test_tflite_runtime_with_numpy_2_is_bad(tmp_path: Path) -> None:
    package(tmp_path, "numpy", "2.2.0")
    package(tmp_path, "tflite-runtime", "2.14.0")
    (tmp_path / "tflite_runtime").mkdir()
    found = checks(doctor("--json", "--runtime", "tflite-runtime", first=tmp_path))
    assert "fails with numpy 2.2.0" in found["interpreter"]["found"]
    assert "'numpy<2'" in found["interpreter"]["remedy"]


def test_no_interpreter_is_bad_and_names_the_one_to_install(tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", bare], check=True)
    (packages,) = bare.glob("lib/python*/site-packages")
    import click
    import cv2  # noqa: TID251
    import numpy as np

    for module in (click, np, cv2):
        folder = Path(str(module.__file__)).parent
        (packages / folder.name).symlink_to(folder)
        libraries = folder.parent / f"{folder.name}.libs"
        if libraries.exists():
            (packages / libraries.name).symlink_to(libraries)
    done = subprocess.run(
        [str(bare / "bin" / "python"), *PROGRAM[1:], "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "edge")},
    )
    found = checks(done)
    assert found["interpreter"]["state"] == found["model"]["state"] == "bad"
    assert f"{bare}/bin/python -m pip install" in found["interpreter"]["remedy"]
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        ("throttled=0x0", "ok", "never"),
        ("throttled=0x50005", "bad", "under-voltage now, throttled now"),
        ("throttled=0x50000", "note", "under-voltage since the start, throttled since the start"),
        ("throttled=0x80008", "bad", "too warm now"),
        ("VCHI initialization failed", "note", "no answer"),
    ],
)
def test_the_supply_is_what_vcgencmd_says(
    vcgencmd: Callable[[str], str], answer: str, state: str, words: str
) -> None:
    done = doctor("--json", PATH=vcgencmd(answer))
    power = checks(done)["power"]
    assert power["state"] == state
    assert words in power["found"]
    assert bool(power["remedy"]) == (state != "ok")
    assert done.returncode == (state == "bad")


def test_a_picamera2_built_for_another_numpy_is_bad(tmp_path: Path) -> None:
    (tmp_path / "libcamera.py").touch()
    (tmp_path / "picamera2.py").write_text("raise ValueError('numpy.dtype size changed')")
    ribbon = checks(doctor("--json", first=tmp_path))["ribbon"]
    assert ribbon["state"] == "bad"
    assert "'numpy<2'" in ribbon["remedy"]


def test_a_picamera2_that_loads_is_well(tmp_path: Path) -> None:
    for name in ("libcamera", "picamera2"):
        (tmp_path / f"{name}.py").touch()
    assert checks(doctor("--json", first=tmp_path))["ribbon"]["state"] == "ok"


def test_apt_s_packages_that_this_environment_hides_are_told_of(tmp_path: Path) -> None:
    for name in ("libcamera", "picamera2"):
        (tmp_path / name).mkdir()
    script = "from pathlib import Path; from digits_edge.doctor.ribbon import ribbon; "
    script += f"print(ribbon(Path('{tmp_path}')))"
    command = [sys.executable, "-S", "-c", script]  # no site-packages at all
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "edge")},
    )
    assert "picamera2 and libcamera hidden" in done.stdout


@pytest.mark.parametrize(
    ("camera", "found", "remedy"),
    [
        ("97", "no camera at position 97", ""),
        ("/dev/video97", "no camera at /dev/video97", "plug one in"),
        ("/dev/null", "/dev/null is no camera", "see: edge-digits --list-cameras"),
        ("no such name", "no camera of this name", ""),
        ("album:nowhere", "no album at nowhere", "name a folder of images"),
        ("http://127.0.0.1:9/stream", "no stream answers there", "check the address"),
    ],
)
def test_a_camera_that_is_wanted_and_not_there_is_bad(camera: str, found: str, remedy: str) -> None:
    done = doctor("--json", "--camera", camera)
    check = checks(done)["camera"]
    assert check["state"] == "bad"
    assert f"{check['found']}; {check['remedy']}".startswith(found)
    assert remedy in check["remedy"]
    assert done.returncode == 1


def test_a_ribbon_camera_without_picamera2_is_bad_and_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "picamera2.py").write_text("raise ImportError('no libcamera here')")
    check = checks(doctor("--json", "--camera", "csi", first=tmp_path))["camera"]
    assert check["state"] == "bad"
    assert "--system-site-packages" in check["remedy"]


def test_a_camera_is_looked_for_as_the_option_looks_for_it(tmp_path: Path) -> None:
    (tmp_path / "libcamera.py").touch()
    (tmp_path / "picamera2.py").write_text(
        "class Picamera2:\n"
        "    @staticmethod\n"
        "    def global_camera_info():\n"
        "        return [{'Num': 0, 'Model': 'imx708', 'Id': '/base/i2c@88000/imx708'}]\n"
    )
    for camera in ("0", "csi", "csi:0", "IMX"):
        check = checks(doctor("--json", "--camera", camera, first=tmp_path))["camera"]
        assert (check["state"], check["found"]) == ("ok", f"{camera} is imx708 (csi:0)")
    listed = checks(doctor("--json", first=tmp_path))["camera"]
    assert listed["found"].startswith("0 imx708 (csi:0)")


def test_an_album_is_a_camera(tmp_path: Path) -> None:
    (tmp_path / "1.png").touch()
    check = checks(doctor("--json", "--camera", f"album:{tmp_path}"))["camera"]
    assert (check["state"], check["found"]) == ("ok", f"album:{tmp_path}")


def test_a_camera_that_may_not_be_opened_names_the_group_to_join(tmp_path: Path) -> None:
    (tmp_path / "video0").touch()
    (tmp_path / "video0").chmod(0)
    tmp_path.chmod(0o755)
    script = (
        "import os; from pathlib import Path; from digits_edge.doctor.cameras import cameras\n"
        f"if os.getuid() == 0: os.setuid({NOBODY})\n"  # root may open anything
        "print(*cameras(None, Path('.')))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "video0 may not be opened" in done.stdout
    assert "sudo usermod -aG video" in done.stdout


def test_a_folder_that_cannot_be_written_is_bad_where_pictures_should_go(tmp_path: Path) -> None:
    done = doctor("--json", "--annotate", "/proc/pictures")
    assert checks(done)["disk"]["state"] == "bad"
    assert done.returncode == 1
    assert checks(doctor("--json", "--annotate", tmp_path / "new" / "folder"))["disk"]["state"] == "ok"
    assert not (tmp_path / "new").exists()
