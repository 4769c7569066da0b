"""edge-digits with sources that go on: cameras, and standard input that stays open."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from program import PROGRAM, edge_digits

Save = Callable[..., Path]


def test_a_source_that_gives_nothing_stable_in_time_ends_with_3() -> None:
    silent, open_end = os.pipe()
    done = edge_digits("-", "--once", "--timeout", "0.2", stdin=silent)
    os.close(silent)
    os.close(open_end)
    assert (done.returncode, done.stdout) == (3, "")
    assert "Nothing was stable within 0.2 s." in done.stderr


def with_ribbon_cameras() -> dict[str, str]:
    """An environment in which Picamera2's stand-in is found."""
    tests = Path(__file__).parents[1]
    folders = [str(tests / "standins"), str(tests), *sys.path]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}


def test_the_cameras_that_are_there_are_listed_in_the_order_of_their_numbers() -> None:
    done = edge_digits("--list-cameras", env=with_ribbon_cameras())
    assert [line.split()[:3] for line in done.stdout.splitlines()][:2] == [
        ["0", "csi:0", "imx708"],
        ["1", "csi:1", "ov5647"],
    ]
    assert (done.returncode, done.stderr) == (0, "")
    first = json.loads(
        edge_digits("--list-cameras", "--json", env=with_ribbon_cameras()).stdout.split("\n")[0]
    )
    assert (first["schema"], first["position"], first["kind"]) == ("digits.camera/1", 0, "csi")


def test_a_ribbon_camera_is_read_until_it_is_told_to_stop() -> None:
    command = [*PROGRAM, "--camera", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=with_ribbon_cameras()) as run:
        assert run.stdout
        line = json.loads(run.stdout.readline())
        run.terminate()
        run.stdout.read()
    assert (line["source"], line["width"], line["numbers"][0]["text"]) == ("0", 1280, "42")
    assert run.returncode == 0


def test_who_reads_images_loads_nothing_that_cameras_need(saved: Save) -> None:
    check = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from digits_edge.cli import main\n"
        "main()"
    )
    command = [sys.executable, "-c", check, str(saved("42"))]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stderr.split()
    assert [name for name in loaded if name.endswith((".live", ".found", ".v4l2", ".csi", ".album"))] == []
