"""Readings at a real Mosquitto that asks for a password, or proves itself by a certificate."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from digits_edge.broker import broker_at
from digits_edge.outputs.delivery import Delivery
from mosquitto import Listener, Mosquitto, program, wait_until
from program import PROGRAM


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Mosquitto]:
    """A broker that knows one user, `me`, whose password is `s/e:cret`."""
    passwords = tmp_path / "passwords"
    passwords.touch(0o600)
    subprocess.run([program("mosquitto_passwd"), "-b", str(passwords), "me", "s/e:cret"], check=True)
    broker = Mosquitto(tmp_path, "allow_anonymous false", f"password_file {passwords}")
    broker.start()
    yield broker
    broker.kill()


def test_the_right_password_opens_the_broker(guarded: Mosquitto) -> None:
    delivery = Delivery(broker_at(f"mqtt://me:s%2Fe:cret@127.0.0.1:{guarded.port}/w"), "w/a", "offline")
    delivery.publish("w/value", "42")
    listener = Listener(guarded.port, "me", "s/e:cret")
    listener.wait_for("w/value", "42")
    listener.close()
    assert not delivery.close(10)


def test_a_wrong_password_is_one_line_and_tried_again(
    guarded: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    tries = []
    delivery = Delivery(broker_at(f"mqtt://me:wr0ng@127.0.0.1:{guarded.port}/w"), "w/a", "offline")
    delivery._client.on_pre_connect = lambda *_: tries.append(1)
    delivery.publish("w/value", "42")
    wait_until(lambda: len(tries) >= 2)
    assert "refuses user 'me'" in delivery.close(0.1)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"mqtt://127.0.0.1:{guarded.port}: refuses user 'me' (")
    assert "wr0ng" not in line


def test_a_password_is_in_no_message_and_in_no_command_line(guarded: Mosquitto, film: Path) -> None:
    command = [*PROGRAM, str(film), "--mqtt", f"mqtt://me:s%2Fe:cret@127.0.0.1:{guarded.port}/w"]
    listener = Listener(guarded.port, "me", "s/e:cret")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        listener.wait_for("w/value", "42")
        shown = Path(f"/proc/{run.pid}/cmdline").read_text(encoding="utf-8")
        run.terminate()
        printed = "".join(run.communicate(timeout=60))
    listener.close()
    assert "mqtt://me:xxx" in shown
    for secret in ("cret", "s%2F"):
        assert secret not in shown
        assert secret not in printed


def test_tls_speaks_to_a_broker_whose_certificate_is_trusted_and_to_no_other(tmp_path: Path, saved) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run(
        [
            openssl,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-keyout",
            key,
            "-out",
            certificate,
            *subject,
        ],
        check=True,
        capture_output=True,
    )
    broker = Mosquitto(tmp_path, "allow_anonymous true", f"certfile {certificate}", f"keyfile {key}")
    broker.start()
    command = [*PROGRAM, str(saved("42")), "--mqtt", f"mqtts://127.0.0.1:{broker.port}/w"]
    trusting = {**os.environ, "SSL_CERT_FILE": str(certificate)}
    assert subprocess.run(command, capture_output=True, check=False, env=trusting).returncode == 0
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    broker.kill()
    assert done.returncode == 1
    assert "certificate verify failed" in done.stderr
