"""What systemd hears of a service, on a socket that stands for its own."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digits_edge.frame import Away
from digits_edge.outputs.watchdog import Watchdog
from program import PROGRAM


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(60)
        yield listener


def said(listener: socket.socket) -> list[str]:
    """What was said so far."""
    listener.setblocking(False)
    heard = []
    try:
        while True:
            heard.append(listener.recv(100).decode())
    except BlockingIOError:
        return heard


def environment(listener: socket.socket, watched_us: int) -> dict[str, str]:
    return {**os.environ, "NOTIFY_SOCKET": listener.getsockname(), "WATCHDOG_USEC": str(watched_us)}


def test_a_run_says_that_it_is_ready_alive_and_stopping(
    systemd: socket.socket, saved: Callable[..., Path]
) -> None:
    pages = [str(saved("42", name)) for name in ("a.png", "b.png", "c.png")]
    subprocess.run([*PROGRAM, *pages], check=True, capture_output=True, env=environment(systemd, 4))
    assert said(systemd) == ["READY=1", *["WATCHDOG=1"] * 3, "STOPPING=1"]


def test_a_source_that_blocks_gives_no_sign_of_life_and_sigterm_is_a_stop(
    systemd: socket.socket, saved: Callable[..., Path], tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # nobody ever writes into it
    with subprocess.Popen(
        [*PROGRAM, str(saved("42")), str(pipe)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(systemd, 4),
    ) as run:
        assert run.stdout
        line = run.stdout.readline()
        heard = [systemd.recv(100) for _ in range(2)]
        run.send_signal(signal.SIGTERM)
    assert "42" in line
    assert heard == [b"READY=1", b"WATCHDOG=1"]
    assert said(systemd) == ["STOPPING=1"]
    assert run.returncode == 0


def test_a_run_that_fails_to_load_its_model_is_never_ready(systemd: socket.socket, tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "--model", str(tmp_path / "none"), "a.png"],
        check=False,
        capture_output=True,
        env=environment(systemd, 4),
    )
    assert (done.returncode, said(systemd)) == (1, [])


@pytest.mark.parametrize(
    ("microseconds", "pid", "signs"),
    [("4", str(os.getpid()), 3), ("3600000000", "", 1), ("", "", 0), ("4", "1", 0)],
    ids=["as often as asked", "not oftener than needed", "not watched", "another process is watched"],
)
def test_attempts_at_a_camera_that_is_away_are_signs_of_life(
    systemd: socket.socket, monkeypatch: pytest.MonkeyPatch, microseconds: str, pid: str, signs: int
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", microseconds)
    monkeypatch.setenv("WATCHDOG_PID", pid or str(os.getpid()))
    watchdog = Watchdog(systemd.getsockname())
    for _ in range(3):
        watchdog.refuse(Away("0", "unplugged"))
    watchdog.stop()
    assert said(systemd) == ["READY=1", *["WATCHDOG=1"] * signs, "STOPPING=1"]


def test_an_abstract_address_is_reached_and_a_silent_one_does_no_harm() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(f"\0edge-digits-test-{os.getpid()}")
        Watchdog(f"@edge-digits-test-{os.getpid()}").stop()
        assert said(listener) == ["READY=1", "STOPPING=1"]
    Watchdog("/nowhere/notify").stop()
