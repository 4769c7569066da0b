"""What a device gets: the wheel alone, with the base dependencies, reads a page without TensorFlow."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = "plain.jpg"
UNREACHABLE = ("Could not find a version", "NewConnectionError", "Temporary failure in name resolution")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False
    )


def pip(python: Path | str, *words: str | Path, cwd: Path) -> None:
    """Skips the test, saying why, where PyPI can't be reached."""
    done = run(python, "-m", "pip", "--disable-pip-version-check", *words, cwd=cwd)
    if done.returncode and any(sign in done.stderr for sign in UNREACHABLE):
        pytest.skip(f"no PyPI: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel and what it asks for, outside the checkout."""
    folder = tmp_path_factory.mktemp("device")
    pip(sys.executable, "wheel", "-q", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("edge_digits-*.whl")
    run(sys.executable, "-m", "venv", "environment", cwd=folder)
    python = folder / "environment" / "bin" / "python"
    pip(python, "install", "-q", wheel, cwd=folder)
    return folder


def test_the_installed_wheel_reads_a_sample_page(device: Path) -> None:
    page = ROOT / "docs" / "samples" / SAMPLE
    done = run(device / "environment" / "bin" / "edge-digits", "--json", page, cwd=device)
    assert done.returncode == 0, done.stderr
    labels = json.loads((page.parent / "labels.json").read_text(encoding="utf-8"))
    numbers = [number["text"] for number in json.loads(done.stdout)["numbers"]]
    assert numbers == labels[SAMPLE]["digits"].split()


def test_the_installed_wheel_brings_no_tensorflow_and_its_own_model(device: Path) -> None:
    python = device / "environment" / "bin" / "python"
    assert "No module named 'tensorflow'" in run(python, "-c", "import tensorflow", cwd=device).stderr
    model = run(python, "-c", "from digits_edge.models import default_model as m; print(m())", cwd=device)
    assert Path(model.stdout.strip()).is_relative_to(device), model.stderr
