"""The Pi's ribbon camera: whether this environment sees what apt has installed for it."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from digits_edge.doctor.check import Check, State, pip

APT = Path("/usr/lib/python3/dist-packages")
PATIENCE_S = 60  # for a slow card


def ribbon(packages: Path = APT) -> Check:
    """Whether Picamera2 can be loaded; `packages` is where apt puts it."""
    hidden = [name for name in ("picamera2", "libcamera") if not find_spec(name)]
    if not hidden:
        return _loaded()
    if all((packages / name).exists() for name in hidden):
        return Check(
            "ribbon",
            State.NOTE,
            f"{' and '.join(hidden)} hidden from this environment",
            "a ribbon camera needs it: run scripts/pi-install, or python3 -m venv --system-site-packages",
        )
    return Check(
        "ribbon",
        State.NOTE,
        f"no {' and no '.join(hidden)} on this system",
        "a ribbon camera needs it: run sudo apt install --no-install-recommends python3-picamera2",
    )


def _loaded() -> Check:
    """Tried in another process, which a numpy that it wasn't built for may crash."""
    command = [sys.executable, "-c", "import picamera2"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        return Check(
            "ribbon",
            State.BAD,
            f"picamera2 doesn't load within {PATIENCE_S} s",
            "stop other programs that use the camera",
        )
    if done.returncode == 0:
        return Check("ribbon", State.OK, "picamera2 and libcamera load")
    reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    # raspberrypi/picamera2#1088: apt's on Bookworm is built for numpy 1.
    remedy = (
        pip("install 'numpy<2'")
        if "numpy" in reason
        else "run: sudo apt install --reinstall python3-picamera2"
    )
    return Check("ribbon", State.BAD, f"picamera2 can't be loaded ({reason})", remedy)
