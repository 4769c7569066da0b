"""Power and disk: what the machine gives, and what this user may use."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from digits_edge.doctor.check import Check, State

# Bits of get_throttled, and 16 bits higher of what has happened since the start:
# https://www.raspberrypi.com/documentation/computers/os.html#get_throttled
POWER, WARM = "use the official power supply and a short cable", "give it a heat sink or more air"
THROTTLED = {
    0: ("under-voltage", POWER),
    1: ("processor slowed", POWER),
    2: ("throttled", POWER),
    3: ("too warm", WARM),
}
LEAST_FREE = 50 << 20  # bytes


def power() -> Check:
    """What the firmware says of its supply and temperature."""
    if not shutil.which("vcgencmd"):
        return Check("power", State.NOTE, "not looked at: vcgencmd is on Raspberry Pi OS alone")
    try:
        done = subprocess.run(
            ["vcgencmd", "get_throttled"], capture_output=True, text=True, check=False, timeout=10
        )
        bits = int(done.stdout.strip().removeprefix("throttled="), 16)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return Check(
            "power",
            State.NOTE,
            "not looked at: vcgencmd gives no answer",
            f"run: sudo usermod -aG video {_user()}, and log in again",
        )
    now = [bit for bit in THROTTLED if bits >> bit & 1]
    before = [bit for bit in THROTTLED if bits >> (bit + 16) & 1]
    if not now and not before:
        return Check("power", State.OK, f"never too low, never too warm ({bits:#x})")
    said = [f"{THROTTLED[bit][0]} now" for bit in now]
    said += [f"{THROTTLED[bit][0]} since the start" for bit in before if bit not in now]
    remedies = dict.fromkeys(THROTTLED[bit][1] for bit in [*now, *before])
    return Check(
        "power", State.BAD if now else State.NOTE, f"{', '.join(said)} ({bits:#x})", "; ".join(remedies)
    )


def disk(folders: tuple[Path, ...]) -> Iterator[Check]:
    """Whether pictures can be written: into `folders`, or else whether they could into the current one."""
    for folder in folders or (Path(),):
        place = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
        try:
            with tempfile.TemporaryFile(dir=place) as file:
                file.write(b"1")
        except OSError as error:
            state = State.BAD if folders else State.NOTE
            remedy = "free space or choose another place"
            yield Check("disk", state, f"{place} can't be written ({error.strerror})", remedy)
            continue
        free = shutil.disk_usage(place).free
        found = f"{place} can be written, {free / 1e9:.1f} GB free"
        if free < LEAST_FREE:
            yield Check("disk", State.NOTE, found, "free space")
        else:
            yield Check("disk", State.OK, found)


def _user() -> str:
    return os.environ.get("USER") or "$USER"
