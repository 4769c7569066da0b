"""scripts/pi-install and its service file, as far as that goes without installing anything."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "pi-install"
UNIT = ROOT / "scripts" / "pi" / "edge-digits.service"
SUPPORTED = re.compile(r"^VERSION_ID=\"1[23]\"", re.MULTILINE)


def pi_install(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCRIPT, *words], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def needs(program: str) -> None:
    if not shutil.which(program):
        pytest.skip(f"no {program} here; it comes from apt")


def test_it_says_what_it_would_do_and_does_nothing() -> None:
    release = Path("/etc/os-release")
    if not release.exists() or not SUPPORTED.search(release.read_text(encoding="utf-8")):
        pytest.skip("no Debian 12 or 13")
    done = pi_install("--dry-run")
    assert done.returncode == 0, done.stderr
    for named in (
        "python3-venv",
        "/opt/edge-digits",
        "/etc/edge-digits.conf",
        "edge-digits.service",
        "video",
    ):
        assert named in done.stdout


def test_a_removal_keeps_settings_and_pictures_unless_told_otherwise() -> None:
    assert "keep /etc/edge-digits.conf, /var/lib/edge-digits" in pi_install("--uninstall", "--dry-run").stdout
    assert (
        "remove /etc/edge-digits.conf, /var/lib" in pi_install("--uninstall", "--purge", "--dry-run").stdout
    )


@pytest.mark.parametrize("words", [["--force"], ["--purge"]], ids=" ".join)
def test_wrong_usage_changes_nothing(words: list[str]) -> None:
    done = pi_install(*words)
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1].startswith("scripts/pi-install: ")


def test_the_help_names_every_option() -> None:
    known = re.findall(r"^ {8}(?:-h \| )?(--[a-z-]+)\)", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(known) == 5
    assert [option for option in known if option not in pi_install("--help").stdout] == []


def test_the_installer_passes_shellcheck() -> None:
    needs("shellcheck")
    done = subprocess.run(["shellcheck", "-x", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_systemd_accepts_the_service(tmp_path: Path) -> None:
    needs("systemd-analyze")
    unit = tmp_path / UNIT.name  # with a program that is there
    unit.write_text(
        UNIT.read_text(encoding="utf-8").replace("/opt/edge-digits/bin/edge-digits", "/bin/true"),
        encoding="utf-8",
    )
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_service_is_told_when_reading_stops() -> None:
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    for wanted in ("Type=notify", "WatchdogSec=30", "Restart=always", "StartLimitIntervalSec=0"):
        assert wanted in lines
